// Runs the clean sites of build/fixtures in Chromium: the generated tracking code, minified, in the framework it was
// made for (TRACK-3 to TRACK-6, TRACK-10, RULE-15). From the top folder, after the front end's packages are installed:
//   node --test app/tracking/browsertest/builds.test.mjs
// The sites are only read; what the back end would answer is answered here.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fingerprint } from './fingerprint.mjs';
import { launch, look, setup, short, top } from './look.mjs';

const builds = join(top, 'app/tracking/lint/testdata/sites/builds');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const jsapi = (result) => `window.dd = { getAuthCode: () => ${result} };`;
const answered = "Promise.resolve({ auth_code: 'one-time', expires_in: 300 })";

let browser;

before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

test('the sites were built from the code that is generated today; if not, run build/fixtures/build.sh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  try {
    execFileSync('go', ['run', './app/tracking/browsertest/gen', folder], { cwd: top, stdio: 'inherit' });
    assert.equal(fingerprint(folder), readFileSync(join(builds, 'snippets.sha256'), 'utf8').trim());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

// serve serves a built site; the time allowed for a login is shortened to waitMs in the application's own scripts, which
// edit may change besides.
async function serve(name, waitMs, edit = (text) => text) {
  const root = join(builds, name, 'site');
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname.replace(/\/$/, '/index.html');
    const file = join(root, path);
    const type = types[extname(file)];
    if (!existsSync(file) || !type) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type });
    if (type !== 'text/javascript' || /vendor|\.min\./.test(path)) return createReadStream(file).pipe(response);
    return response.end(edit(readFileSync(file, 'utf8').replace(/\b(5e3|5000)\b/g, String(waitMs))));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
const json = (body, more) => ({ contentType: 'application/json', headers: cors, body: JSON.stringify(body), ...more });

// open opens a page of a built site with the given way the login goes.
async function open(name, at, { waitMs = 5000, login = json({ accountId: 10086 }), dd = answered, answers, edit, ...how }, check) {
  const { server, url } = await serve(name, waitMs, edit);
  const all = { '/gdt/jsapi/1.9.6/index.js': { contentType: 'text/javascript', body: jsapi(dd) }, '/login': login, ...answers };
  try {
    await look(browser, url + at, { answers: all, ...how }, check);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

// The ways a login goes, and what stands in the queue after the first PV.
const outcomes = {
  'login succeeds': { how: {}, after: ['user:10086', 'START'] },
  'login fails': { how: { dd: "Promise.reject(new Error('no client'))" }, after: ['START'] },
  'back end fails': { how: { login: json({}, { status: 500 }) }, after: ['START'] },
  'login is slow': { how: { waitMs: 250, login: json({ accountId: 10086 }, { ms: 900 }) }, after: ['START', 'user:10086'] },
  'login never answers': { how: { waitMs: 250, dd: 'new Promise(() => {})' }, after: ['START'] },
};

const hash = (path) => (page) => page.evaluate((p) => { location.hash = p; }, path);
const spa = {
  first: 'home', at: 'index.html', routes: [['list', hash('#/list')], ['detail', hash('#/detail/7')], ['detail', hash('#/detail/8')], ['mine', hash('#/me')], ['home', hash('#/')]],
  fails: hash('#/me'),
};
const reactSPA = { ...spa, routes: spa.routes.map(([id, go]) => [id, id === 'mine' ? hash('#/elsewhere') : go]), fails: hash('#/elsewhere') };
const sites = {
  'vue2-clean': spa, 'vue3-clean': spa, 'vue3cli-clean': spa, 'react-clean': reactSPA, 'reactcra-clean': reactSPA,
  'uniapp-clean': {
    first: 'home', at: 'index.html',
    routes: [['list', (page) => page.click('#list')], ['detail', (page) => page.click('uni-button:has-text("停车缴费")')],
      ['list', (page) => page.goBack()], ['home', (page) => page.goBack()]],
    fails: hash('#/pages/detail/detail'),
  },
  'jquery-clean': { first: 'home', at: 'index.html', routes: [['about', (page) => page.evaluate(() => window.sjtTrackPage('about'))]] },
  'jquery-old-clean': { first: 'home', at: '', routes: [['list', (page) => page.evaluate(() => window.sjtTrackPage('list'))]] },
};

const pushed = (page, count) => page.waitForFunction((n) => window.model.sent.length >= n, count);

for (const [name, site] of Object.entries(sites)) {
  for (const [outcome, { how, after: rest }] of Object.entries(outcomes)) {
    test(`TRACK-4 ${name}: ${outcome}`, async () => {
      await open(name, site.at, how, async ({ page, entries, warnings }) => {
        if (outcome === 'login is slow') await page.waitForFunction(() => window.aplus_queue.some((e) => e.arguments[0] === '_user_id'));
        assert.deepEqual(short(await entries()), [...setup, 'BLOCK', `PV:${site.first}`, ...rest]);
        assert.equal(warnings.some((w) => w.includes('[埋点]')), outcome !== 'login succeeds', warnings.join('\n'));
      });
    });
  }
  test(`TRACK-6 ${name}: every page is sent, with the user, while the SDK comes late`, async () => {
    await open(name, site.at, { sdk: 300 }, async ({ page, sent, warnings }) => {
      await pushed(page, 1);
      for (const [i, [, go]] of site.routes.entries()) {
        await go(page);
        await pushed(page, i + 2);
      }
      const got = await sent();
      assert.deepEqual(got.map((pv) => pv.page_id), [site.first, ...site.routes.map(([id]) => id)]);
      assert.deepEqual([...new Set(got.map((pv) => pv.user))], ['10086']);
      assert.ok(got.every((pv) => Object.values(pv).every((v) => typeof v === 'string')), 'TRACK-7');
      assert.deepEqual(warnings.filter((w) => w.includes('[埋点]')), []);
    });
  });
  test(`TRACK-4 ${name}: leaving before the login lets the page go`, async () => {
    await open(name, site.at, { dd: 'new Promise(() => {})', stop: true }, async ({ page, entries }) => {
      await page.waitForFunction(() => window.aplus_queue.some((e) => e.action === 'aplus.sendPV'));
      await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide')));
      assert.deepEqual(short(await entries()), [...setup, 'BLOCK', `PV:${site.first}`, 'START']);
    });
  });
  if (site.fails) {
    test(`TRACK-1 ${name}: the reporter hears the errors the framework catches`, async () => {
      await open(name, site.at, {}, async ({ page, failures }) => {
        await site.fails(page);
        await page.click('#fail');
        await page.waitForFunction(() => window.wpk.errors.length > 0);
        assert.deepEqual(await page.evaluate(() => window.wpk.errors), ['停车记录读不出来']);
        failures.length = 0; // React 17 throws what it caught a second time
      });
    });
  }
}

test('TRACK-8 uniapp-clean: a row with nothing but the address of the site is the first page of pages.json', async () => {
  const edit = (text) => text.replace('route:"/pages/index/index"', 'route:"/"').replace("route:'/pages/index/index'", 'route:"/"');
  await open('uniapp-clean', 'index.html#/pages/list/list', { edit, sdk: 0 }, async ({ page, sent }) => {
    await page.evaluate(() => { location.hash = '#/'; });
    await pushed(page, 2);
    assert.deepEqual((await sent()).map((pv) => pv.page_id), ['list', 'home']);
  });
});

for (const name of ['jquery-clean', 'jquery-old-clean']) {
  test(`TRACK-1 ${name}: a call that fails is reported without its parameters`, async () => {
    const answers = { '/records': json({}, { status: 503 }) };
    await open(name, 'index.html', { answers }, async ({ page }) => {
      await page.evaluate(() => { window.jQuery.ajax({ url: 'https://api.demo.example.com/records?plate=demo', dataType: 'json' }); });
      await page.waitForFunction(() => window.wpk.errors.length > 0);
      assert.deepEqual(await page.evaluate(() => window.wpk.errors), ['接口出错 503 https://api.demo.example.com/records']);
    });
  });
  test(`TRACK-6 ${name}: a page in a folder`, async () => {
    await open(name, 'pages/list.html', {}, async ({ entries }) => {
      assert.deepEqual(short(await entries()), [...setup, 'BLOCK', 'PV:list', 'user:10086', 'START']);
    });
  });
}

test('TRACK-1 jquery-clean: what jQuery catches in then is reported', async () => {
  await open('jquery-clean', 'index.html', {}, async ({ page }) => {
    await page.evaluate(() => { window.jQuery.Deferred().resolve().then(() => { throw new TypeError('broken handler'); }); });
    await page.waitForFunction(() => window.wpk.errors.length > 0);
    assert.deepEqual(await page.evaluate(() => window.wpk.errors), ['broken handler']);
  });
});

// RULE-15: the entry tells PC and mobile apart by the names of the 免登 return value, and never stays where it is.
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 TaurusApp(zhezhengding/2.1)';
for (const [about, dd, userAgent, end] of [
  ['auth_code is PC', answered, phone, 'pc'],
  ['code is mobile', "Promise.resolve({ code: 'one-time', expiresIn: 300 })", undefined, 'mobile'],
  ['a failed login goes by the user agent, mobile', "Promise.reject(new Error('no client'))", phone, 'mobile'],
  ['a failed login goes by the user agent, PC', "Promise.reject(new Error('no client'))", undefined, 'pc'],
  ['no answer goes by the user agent', 'new Promise(() => {})', phone, 'mobile'],
]) {
  test(`RULE-15 entry-clean: ${about}`, async () => {
    await open('entry-clean', 'index.html?a=1&auth_code=x#/deep', { dd, userAgent, waitMs: 300, stop: true }, async ({ page, url, entries }) => {
      const root = url.replace(/index\.html.*$/, '');
      await page.waitForURL(`${root}${end}/index.html?a=1#/deep`);
      await page.waitForFunction(() => window.aplus_queue.some((e) => e.arguments[1] === 'START'));
      const got = short(await entries());
      assert.deepEqual(got.filter((e) => /^(BLOCK|PV|START)/.test(e)), ['BLOCK', `PV:${end}_home`, 'START']);
    });
  });
}

// The planted mistakes do what they are said to do, so that a finding about them is true.
test('dossier 3.2 vue2-start-on-success: a login that fails holds everything for ever', async () => {
  await open('vue2-start-on-success', 'index.html', { dd: "Promise.reject(new Error('no client'))", stop: true, sdk: 0 }, async ({ page, entries, sent, failures }) => {
    await page.waitForFunction(() => window.model && window.model.pushed.some((e) => e.action === 'aplus.sendPV'));
    assert.deepEqual(short(await entries()).slice(-2), ['BLOCK', 'PV:home']);
    assert.deepEqual(await sent(), []);
    failures.length = 0; // nobody catches the failed login
  });
});

test('dossier 3.2 vue3-cached-queue: with the SDK between the first page and the login nothing is ever sent', async () => {
  const login = json({ accountId: 10086 }, { ms: 1200 });
  await open('vue3-cached-queue', 'index.html', { stop: true, sdk: 500, login }, async ({ page, entries, sent }) => {
    await page.waitForFunction(() => window.model);
    await page.waitForTimeout(1500);
    assert.deepEqual(short(await entries()), [...setup, 'BLOCK', 'PV:home']);
    assert.deepEqual(await sent(), []);
  });
});

test('dossier 3.2 vue3-login-before-block: the first page goes out without the user', async () => {
  await open('vue3-login-before-block', 'index.html', { sdk: 0, login: json({ accountId: 10086 }, { ms: 600 }) }, async ({ sent }) => {
    assert.deepEqual((await sent()).map((pv) => [pv.page_id, pv.user]), [['home', '']]);
  });
});
