// Opens a page of a site in Chromium and lets a test see what the page pushed into the queue of the traffic SDK, and what
// a model of that SDK would have sent. Nothing leaves the machine: the scripts and the back end on other hosts are
// answered here, everything else is refused and reported.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const top = join(here, '../../..');
const { chromium } = createRequire(join(top, 'frontend/package.json'))('playwright-core');
const modelSDK = readFileSync(join(here, 'model-sdk.js'), 'utf8');
const stubReporter = `window.wpkReporter = function (config) {
  window.wpk = { config, installed: 0, errors: [] };
  this.installAll = () => { window.wpk.installed++; };
  this.reportError = (e) => { window.wpk.errors.push(String(e.message)); };
};`;


export function launch() {
  const args = ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args });
}

// look opens the page at url in a fresh context and hands what can be seen to check. sdk: a number of milliseconds after
// which the model SDK arrives, or undefined when it never does; answers: what other hosts answer, by path, as the
// options of route.fulfill with ms, the milliseconds until then; stop: do not wait for START.
export async function look(browser, url, { sdk, reporter = true, userAgent, stop, answers = {} }, check) {
  const context = await browser.newContext({ userAgent });
  const page = await context.newPage();
  const strangers = [], warnings = [], failures = [];
  page.on('console', (m) => { if (m.type() === 'warning') warnings.push(m.text()); });
  page.on('pageerror', (e) => failures.push(e.message));
  await context.route('**/*', async (route) => {
    const { hostname, pathname } = new URL(route.request().url());
    if (hostname === '127.0.0.1') return route.continue();
    if (pathname.endsWith('/wpkReporter.js') && reporter) return route.fulfill({ contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' }, body: stubReporter });
    if (pathname.endsWith('/aplus_cloud.js') && sdk !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, sdk));
      return route.fulfill({ contentType: 'text/javascript', body: modelSDK });
    }
    if (answers[pathname]) {
      const { ms = 0, ...answer } = answers[pathname];
      await new Promise((resolve) => setTimeout(resolve, ms));
      return route.fulfill(answer).catch(() => {}); // the page may have gone meanwhile
    }
    if (!/\/(wpkReporter|aplus_cloud)\.js$/.test(pathname)) strangers.push(route.request().url());
    return route.abort();
  });
  try {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    if (!stop) await page.waitForFunction(() => (window.model ? window.model.pushed : window.aplus_queue).some((e) => e.arguments[1] === 'START'));
    if (sdk !== undefined && !stop) await page.waitForFunction(() => window.model);
    await check({
      page, warnings, failures, url,
      entries: () => page.evaluate(() => (window.model ? window.model.pushed : window.aplus_queue).map((e) => ({ action: e.action, arguments: e.arguments }))),
      sent: () => page.evaluate(() => window.model.sent),
    });
    assert.deepEqual(strangers, [], 'requests to other hosts');
    assert.deepEqual(failures, [], 'uncaught errors');
  } finally {
    await context.close();
  }
}

// short turns entries into words: BLOCK, START, PV:<page_id>, user:<id>, or the key of the meta information.
export function short(entries) {
  return entries.map(({ action, arguments: [key, value] }) => {
    if (action === 'aplus.sendPV') return `PV:${value.page_id}`;
    if (key === '_hold') return value;
    return key === '_user_id' ? `user:${value}` : key;
  });
}

// What every page pushes before BLOCK.
export const setup = ['aplus-rhost-v', 'aplus-rhost-g', 'appId', 'aplus-waiting'];
