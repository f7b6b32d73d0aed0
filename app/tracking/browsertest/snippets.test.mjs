// Runs the generated tracking code in Chromium and reads back what it pushed, in order (TRACK-1 to TRACK-5, TRACK-10).
// From the top folder, after the front end's packages are installed:
//   node --test app/tracking/browsertest/snippets.test.mjs
// Nothing leaves the machine: the two servers' scripts are answered here, everything else is refused and reported.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, look, setup, short, top } from './look.mjs';
import { serve, staticSite, vueSite } from './site.mjs';

const modules = join(top, 'frontend/node_modules');
let browser, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  execFileSync('go', ['run', './app/tracking/browsertest/gen', folder], { cwd: top, stdio: 'inherit' });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

// open serves the pages, opens one of them and hands a look at it to check.
async function open(pages, { at = '', delays, ...how }, check) {
  const { server, url } = await serve(pages, delays);
  try {
    await look(browser, url + at, how, check);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const outcomes = {
  'login succeeds': { delays: {}, vendorDone: true, waitMs: 5000, after: ['user:10086', 'START'] },
  'login fails': { delays: {}, vendorDone: false, waitMs: 5000, after: ['START'] },
  'login is slow': { delays: { loginMs: 700 }, vendorDone: true, waitMs: 250, after: ['START', 'user:10086'] },
};

for (const [name, o] of Object.entries(outcomes)) {
  for (const [at, id] of [['index.html', 'home'], ['', 'home'], ['pages/list.html', 'list']]) {
    test(`TRACK-5 static /${at}: ${name}`, async () => {
      await open(staticSite(folder, o), { at, delays: o.delays }, async ({ page, entries, warnings }) => {
        if (name === 'login is slow') await page.waitForFunction(() => window.aplus_queue.some((e) => e.arguments[0] === '_user_id'));
        assert.deepEqual(short(await entries()), [...setup, 'BLOCK', `PV:${id}`, ...o.after]);
        assert.equal(warnings.length > 0, name !== 'login succeeds', warnings.join('\n'));
      });
    });
  }
  for (const history of [false, true]) {
    for (const lazyMs of [0, 500]) {
      test(`TRACK-5 vue3 ${history ? 'history' : 'hash'}, first view after ${lazyMs} ms: ${name}`, async () => {
        const site = vueSite(folder, modules, { ...o, history });
        await open(site, { delays: { ...o.delays, lazyMs } }, async ({ page, entries, warnings }) => {
          if (name === 'login is slow') await page.waitForFunction(() => window.aplus_queue.some((e) => e.arguments[0] === '_user_id'));
          assert.deepEqual(short(await entries()), [...setup, 'BLOCK', 'PV:home', ...o.after]);
          if (name === 'login succeeds') assert.deepEqual(warnings, []);
        });
      });
    }
  }
}

for (const sdk of [0, 400]) {
  test(`dossier 3.2: a replaced queue, SDK ${sdk} ms late, static`, async () => {
    const o = outcomes['login succeeds'];
    await open(staticSite(folder, o), { sdk, at: 'index.html', delays: { loginMs: 200 } }, async ({ sent, page }) => {
      assert.deepEqual(await sent(), [{ user: '10086', sapp_id: '40001', sapp_name: 'demo_parking', page_id: 'home', page_name: '首页',
        page_url: 'https://demo.example.com/web/demo/reserved/index.html' }]);
      assert.equal(await page.evaluate(() => Array.isArray(window.aplus_queue)), false);
    });
  });
  test(`dossier 3.2: a replaced queue, SDK ${sdk} ms late, vue3`, async () => {
    const o = outcomes['login succeeds'];
    await open(vueSite(folder, modules, o), { sdk, delays: { loginMs: 200, lazyMs: 300 } }, async ({ sent, page, warnings }) => {
      await page.evaluate(async () => {
        for (const path of ['/list', '/detail/7', '/detail/8', '/me', '/guarded', '/no/such']) await window.router.push(path);
      });
      const got = await sent();
      assert.deepEqual(got.map((pv) => pv.page_id), ['home', 'list', 'detail', 'detail', 'mine']);
      assert.deepEqual([...new Set(got.map((pv) => pv.user))], ['10086']);
      assert.ok(got.every((pv) => Object.values(pv).every((v) => typeof v === 'string')), 'TRACK-7');
      assert.equal(warnings.filter((w) => w.includes('/no/such')).length, 1);
      assert.equal(warnings.length, 1, warnings.join('\n'));
    });
  });
  test(`dossier 3.2 item 4: a failed login still sends, SDK ${sdk} ms late`, async () => {
    await open(staticSite(folder, outcomes['login fails']), { sdk, at: 'index.html' }, async ({ sent }) => {
      assert.deepEqual((await sent()).map((pv) => [pv.page_id, pv.user]), [['home', '']]);
    });
  });
}

test('TRACK-10 vue3: later views carry a user that came late', async () => {
  const o = outcomes['login is slow'];
  await open(vueSite(folder, modules, o), { sdk: 0, delays: o.delays }, async ({ page, sent }) => {
    await page.waitForFunction(() => window.model.meta._user_id);
    await page.evaluate(() => window.router.push('/list'));
    assert.deepEqual((await sent()).map((pv) => [pv.page_id, pv.user]), [['home', ''], ['list', '10086']]);
  });
});

test('vue3: installed after the first view, its PV is made up for', async () => {
  const o = outcomes['login succeeds'];
  await open(vueSite(folder, modules, { ...o, late: true }), { sdk: 0 }, async ({ sent }) => {
    assert.deepEqual((await sent()).map((pv) => [pv.page_id, pv.user]), [['home', '10086']]);
  });
});

test('static: a page outside the table is not sent and is spoken of', async () => {
  await open(staticSite(folder, outcomes['login succeeds']), { at: 'stranger.html' }, async ({ entries, warnings }) => {
    assert.deepEqual(short(await entries()), [...setup, 'BLOCK', 'user:10086', 'START']);
    assert.equal(warnings.filter((w) => w.includes('stranger.html')).length, 1);
  });
});

test('static: leaving before the login lets the view go', async () => {
  const site = staticSite(folder, outcomes['login succeeds']);
  await open(site, { at: 'index.html', delays: { loginMs: 60000 }, stop: true }, async ({ page, entries }) => {
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide')));
    assert.deepEqual(short(await entries()), [...setup, 'BLOCK', 'PV:home', 'START']);
  });
});

test('static: a repeated include counts once, values are strings, a device is sent only when given', async () => {
  const site = staticSite(folder, outcomes['login succeeds']);
  const twice = site['index.html'].replace('</head>', '<script>window.sjtDeviceId = 42;</script><script src="tracking.js"></script></head>');
  await open({ ...site, 'index.html': twice }, { at: 'index.html', delays: { loginMs: 200 } }, async ({ entries }) => {
    const got = await entries();
    assert.deepEqual(short(got), [...setup, 'BLOCK', 'PV:home', 'user:10086', '_dev_id', 'START']);
    for (const e of got) {
      if (e.action !== 'aplus.sendPV') assert.deepEqual(e.arguments.map((v) => typeof v), ['string', 'string']);
      else assert.deepEqual(e.arguments[0], { is_auto: false });
    }
  });
});

const devices = {
  28302650: 'Mozilla/5.0 (Linux; Android 12; V1) AppleWebKit/537.36 TaurusApp(zhezhengding/2.1)',
  28328447: 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 TaurusApp(zhezhengding/2.1)',
  47130293: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 dingtalk-win TaurusApp(zhezhengding/2.1)',
};
for (const [appId, userAgent] of Object.entries(devices)) {
  for (const [stack, site] of [['static', staticSite], ['vue3', (f, o) => vueSite(f, modules, o)]]) {
    test(`TRACK-2 ${stack}: appId ${appId}`, async () => {
      await open(site(folder, outcomes['login fails']), { userAgent }, async ({ entries, page }) => {
        const meta = Object.fromEntries((await entries()).filter((e) => e.action === 'aplus.setMetaInfo').map((e) => e.arguments));
        assert.equal(meta.appId, appId);
        assert.equal(meta['aplus-rhost-v'], 'alog-api.ding.zj.gov.cn');
        assert.equal(meta['aplus-rhost-g'], 'alog-api.ding.zj.gov.cn');
        assert.equal(meta['aplus-waiting'], 'MAN');
        assert.equal(await page.evaluate(() => document.getElementById('beacon-aplus').async), true);
      });
    });
  }
}

test('TRACK-1: the reporter is built once, and hears the errors Vue catches', async () => {
  const want = { bid: 'demo_parking_zzdpro', signkey: '1234567890abcdef', gateway: 'https://wpkgate-emas.ding.zj.gov.cn' };
  await open(staticSite(folder, outcomes['login succeeds']), { at: 'index.html' }, async ({ page }) => {
    assert.deepEqual(await page.evaluate(() => ({ ...window.wpk, kept: Boolean(window._wpk) })), { config: want, installed: 1, errors: [], kept: true });
  });
  await open(vueSite(folder, modules, outcomes['login succeeds']), {}, async ({ page }) => {
    await page.evaluate(() => window.router.push('/broken'));
    await page.waitForFunction(() => window.wpk.errors.length === 1);
    assert.deepEqual(await page.evaluate(() => window.wpk), { config: want, installed: 1, errors: ['broken view'] });
  });
});

test('TRACK-1: without the reporter script the page goes on', async () => {
  await open(vueSite(folder, modules, outcomes['login succeeds']), { reporter: false }, async ({ page, entries }) => {
    assert.equal(await page.textContent('#app'), 'home');
    assert.deepEqual(short(await entries()).slice(-1), ['START']);
  });
});
