// Serves a small site or Vue application made of the generated files, as a vendor would assemble it, on 127.0.0.1.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

export const BASE = '/web/demo/lastTest/'; // on purpose not the folder named in the page table

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

// The stub of the client's API: a code that the stub of the vendor's back end takes.
const dd = `<script>window.dd = { getAuthCode: () => Promise.resolve({ auth_code: 'one-time' }) };</script>`;

function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`the generated code no longer contains: ${from}`);
  return text.replace(from, to);
}

// completed does what the vendor is asked to do: it fills in the exchange of the code for an account.
function completed(text) {
  const call = `return fetch('${BASE}login?code=' + encodeURIComponent(code)).then((r) => r.json()).then((d) => d.accountId);`;
  return text.replace(/(function (?:sjtExchange|exchange)\(code\) \{\n[^\n]*\n)[^\n]*/, (all, head) => head + call);
}

export function staticSite(folder, { waitMs, vendorDone }) {
  const read = (name) => readFileSync(join(folder, 'static', name), 'utf8');
  const html = (title, extra, up = '') => `<!doctype html><html><head><meta charset="gbk"><title>${title}</title>
    ${extra}${dd}${read('tags.html').replaceAll('src="', `src="${up}`)}</head><body>${title}</body></html>`;
  const tracking = replaced(read('tracking.js'), 'WAIT_MS = 5000', `WAIT_MS = ${waitMs}`);
  const login = read('tracking-login.js');
  const pages = {
    'index.html': html('home', read('stability.html')),
    'pages/list.html': html('list', '', '../'),
    'stranger.html': html('stranger', ''),
    'tracking.js': tracking,
    'tracking-login.js': vendorDone ? completed(login) : login,
  };
  pages[''] = pages['index.html'];
  return pages;
}

export function vueSite(folder, modules, { waitMs, vendorDone, history, late }) {
  const read = (name) => readFileSync(join(folder, 'vue3', name), 'utf8');
  const imports = JSON.stringify({ imports: { vue: './vue.js', 'vue-router': './vue-router.js' } });
  const login = read('tracking-login.js');
  let main = read('main.js').replace('./router', './router.js');
  if (late) main = replaced(main, 'installTracking(', 'await router.push("/");\nawait router.isReady();\ninstallTracking(');
  return {
    '': `<!doctype html><html><head><meta charset="utf-8"><script type="importmap">${imports}</script>
      ${read('head.html')}${dd}</head><body><div id="app"></div><script type="module" src="${BASE}src/main.js"></script></body></html>`,
    'vue.js': readFileSync(join(modules, 'vue/dist/vue.esm-browser.prod.js'), 'utf8'),
    'vue-router.js': readFileSync(join(modules, 'vue-router/dist/vue-router.esm-browser.prod.js'), 'utf8'),
    'src/main.js': main,
    'src/tracking/tracking.js': replaced(read('tracking.js'), 'WAIT_MS = 5000', `WAIT_MS = ${waitMs}`),
    'src/tracking/tracking-login.js': vendorDone ? completed(login) : login,
    'src/App.vue': `import { h } from 'vue'; import { RouterView } from 'vue-router'; export default { render: () => h(RouterView) };`,
    'src/router.js': `import { createRouter, createWebHashHistory, createWebHistory } from 'vue-router'; import { h } from 'vue';
      const view = (text) => ({ render: () => h('p', text) });
      const router = createRouter({ history: ${history ? `createWebHistory('${BASE}')` : 'createWebHashHistory()'}, routes: [
        { path: '/', component: () => import('./lazy.js') },
        { path: '/list', component: view('list') },
        { path: '/detail/:id', component: view('detail') },
        { path: '/me', meta: { page_id: 'mine' }, component: view('me') },
        { path: '/guarded', beforeEnter: () => false, component: view('guarded') },
        { path: '/broken', component: { mounted() { throw new Error('broken view'); }, render: () => h('p', 'broken') } },
        { path: '/:rest(.*)*', component: view('nowhere') },
      ] });
      window.router = router; export default router;`,
    'src/lazy.js': `import { h } from 'vue'; export default { render: () => h('p', 'home') };`,
  };
}

// serve answers the pages, the login (after loginMs) and the lazily loaded view (after lazyMs).
export async function serve(pages, { loginMs = 0, lazyMs = 0 } = {}) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname.slice(BASE.length);
    if (path === 'login') {
      await pause(loginMs);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"accountId":10086}');
      return;
    }
    if (path === 'src/lazy.js') await pause(lazyMs);
    const isFile = /\.[a-z]+$/.test(path);
    const body = pages[path] ?? (isFile ? undefined : pages['']);
    const type = /\.(js|vue)$/.test(path) ? 'text/javascript' : 'text/html';
    // The scripts carry no charset on purpose: the generated tags have to do it.
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}${BASE}` };
}
