// Runs the generated code of the mini-program in Node with a made-up my, App and Page, and with the model of the SDK's
// queue behind the interface of the mini-program's SDK (TRACK-15, dossier 3.5). From the top folder:
//   node --test app/tracking/browsertest/mini.test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

const here = dirname(fileURLToPath(import.meta.url));
const modelSDK = readFileSync(join(here, 'model-sdk.js'), 'utf8');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let snippets;

before(() => {
  snippets = mkdtempSync(join(tmpdir(), 'snippets-'));
  execFileSync('go', ['run', './app/tracking/browsertest/gen', snippets], { cwd: join(here, '../../..'), stdio: 'inherit' });
});
after(() => rmSync(snippets, { recursive: true, force: true }));

// The mini-program's SDK: started by what require gives, with its queue as a member.
const sdk = `module.exports = ({ metaInfo }) => {
  const window = { aplus_queue: Object.entries(metaInfo).map((pair) => ({ action: 'aplus.setMetaInfo', arguments: pair })) };
  ${modelSDK}
  globalThis.model = window.model;
  return { get aplus_queue() { return window.aplus_queue; } };
};`;

const exchange = `return new Promise((found, failed) => my.request({ url: 'https://api.demo.example.com/login', method: 'POST', data: { code },
    success: (res) => found(res.data.accountId), fail: failed }));`;

function put(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function replaced(text, from, to) {
  assert.ok(text.search(from) >= 0, `the generated code no longer contains ${from}`);
  return text.replace(from, to);
}

// launch assembles the mini-program, starts it and opens its first page. What the client and the back end do is up to
// the test.
async function launch({ waitMs = 5000, platform = 'Android', dd = () => Promise.resolve({ code: 'one-time' }), login = (r) => r.success({ data: { accountId: 10086 } }) }, check) {
  const folder = mkdtempSync(join(tmpdir(), 'mini-'));
  const read = (name) => readFileSync(join(snippets, 'mini', name), 'utf8');
  put(folder, 'utils/aplus_mini.js', sdk);
  put(folder, 'utils/tracking.js', replaced(read('tracking.js'), 'WAIT_MS = 5000', `WAIT_MS = ${waitMs}`));
  put(folder, 'utils/tracking-login.js', replaced(read('tracking-login.js'), /(function exchange\(code\) \{\n)[^\n]*\n[^\n]*/, `$1  ${exchange}`));
  put(folder, 'node_modules/gdt-jsapi/index.js', 'module.exports = { getAuthCode: globalThis.dd };');
  put(folder, 'app.js', read('app.js'));
  for (const page of ['index/index', 'list/list', 'detail/detail', 'stranger/stranger']) put(folder, `pages/${page}.js`, read('page.js'));
  const said = [], warn = console.warn;
  const pages = {};
  let app;
  Object.assign(globalThis, { dd, my: { getSystemInfoSync: () => ({ platform }), request: login }, App: (it) => { app = it; }, Page: (it) => { pages.last = it; } });
  console.warn = (...words) => said.push(words.join(' '));
  try {
    const require = createRequire(join(folder, 'app.js'));
    require('./app.js');
    app.onLaunch();
    const open = (route) => {
      if (!pages[route]) {
        require(`./${route}.js`);
        pages[route] = Object.assign(pages.last, { route });
      }
      pages[route].onShow();
    };
    open('pages/index/index');
    await check({ app, open, said, model: globalThis.model, pushed: () => short(globalThis.model.pushed) });
  } finally {
    console.warn = warn;
    rmSync(folder, { recursive: true, force: true });
  }
}

function short(entries) {
  return entries.map(({ action, arguments: [key, value] }) => {
    if (action === 'aplus.sendPV') return `PV:${value.page_id}`;
    if (key === '_hold') return value;
    return key === '_user_id' ? `user:${value}` : key;
  });
}

const setup = ['appId', 'aplus-rhost-v', 'aplus-rhost-g', 'aplus-waiting'];

for (const [name, how, rest] of [
  ['login succeeds', {}, ['user:10086', 'START']],
  ['login fails', { dd: () => Promise.reject(new Error('no client')) }, ['START']],
  ['the JSAPI throws', { dd: () => { throw new Error('no client'); } }, ['START']],
  ['back end fails', { login: (r) => r.fail({ error: 500 }) }, ['START']],
  ['back end names nobody', { login: (r) => r.success({ data: {} }) }, ['START']],
  ['login is slow', { waitMs: 40, login: (r) => setTimeout(() => r.success({ data: { accountId: 10086 } }), 90) }, ['START', 'user:10086']],
  ['login never answers', { waitMs: 40, dd: () => new Promise(() => {}) }, ['START']],
]) {
  test(`TRACK-4 mini: ${name}`, async () => {
    await launch(how, async ({ pushed, said }) => {
      await pause(how.waitMs ? 150 : 20);
      assert.deepEqual(pushed(), [...setup, 'BLOCK', 'PV:home', ...rest]);
      assert.equal(said.length > 0, name !== 'login succeeds', said.join('\n'));
    });
  });
}

test('TRACK-6 mini: every page shown is sent with the user, every time; a stranger is spoken of', async () => {
  await launch({}, async ({ open, model, said }) => {
    await pause(20);
    for (const route of ['pages/list/list', 'pages/detail/detail', 'pages/list/list', 'pages/stranger/stranger']) open(route);
    assert.deepEqual(model.sent.map((pv) => [pv.page_id, pv.user]), [['home', '10086'], ['list', '10086'], ['detail', '10086'], ['list', '10086']]);
    assert.ok(model.sent.every((pv) => Object.values(pv).every((v) => typeof v === 'string')), 'TRACK-7');
    assert.deepEqual(said, ['[埋点] 页面表里没有这一页，没有上报：/pages/stranger/stranger ']);
  });
});

test('TRACK-4 mini: going to the background before the login lets the page go', async () => {
  await launch({ dd: () => new Promise(() => {}), waitMs: 60 }, async ({ app, pushed }) => {
    app.onHide();
    assert.deepEqual(pushed(), [...setup, 'BLOCK', 'PV:home', 'START']);
    await pause(100);
    assert.deepEqual(pushed().filter((e) => e === 'START').length, 1);
  });
});

test('TRACK-2 mini: hosts and appId by platform', async () => {
  for (const [platform, appId] of [['Android', '28302650'], ['iOS', '28328447'], ['iPhone OS', '28328447'], ['devtools', '47130293']]) {
    await launch({ platform }, async ({ model }) => {
      await pause(20);
      assert.deepEqual([model.meta.appId, model.meta['aplus-rhost-v'], model.meta['aplus-rhost-g'], model.meta['aplus-waiting']],
        [appId, 'alog-api.ding.zj.gov.cn', 'alog-api.ding.zj.gov.cn', 'MAN']);
    });
  }
});

test('TRACK-1 mini: without the stability SDK an error is said, not lost', async () => {
  await launch({}, async ({ app, said }) => {
    await pause(20);
    app.onError('停车记录读不出来');
    assert.deepEqual(said, ['[埋点] 错误没有上报，稳定性监控没有启动 Error: 停车记录读不出来']);
  });
});
