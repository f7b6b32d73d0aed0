// Takes pictures of the pages of a kit, to look at: node look.mjs KIT SEED FOLDER PATH …
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from 'playwright-core';

const [kit, seed, folder, ...paths] = process.argv.slice(2);
const server = spawn('go', ['run', './build/portals/serve', '--kit', kit, '--seed', seed], { cwd: new URL('../..', import.meta.url), stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(server.stdout, 'data');
const { url, pid } = JSON.parse(line);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', '--disable-background-networking'],
});
try {
  for (const [n, path] of paths.entries()) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.on('pageerror', (e) => console.log(kit, path, 'ERROR', e.message, e.stack?.slice(0, 600)));
    page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) console.log(kit, path, m.type(), m.text()); });
    const [at, ...presses] = path.split('|');
    await page.goto(url + at);
    await page.waitForTimeout(1200);
    for (const text of presses) {
      await page.getByText(text).first().click();
      await page.waitForTimeout(800);
    }
    console.log(at, await page.evaluate(() => JSON.stringify(globalThis.__model?.())));
    await page.screenshot({ path: `${folder}/${kit}-${n}.png`, fullPage: presses.length === 0 });
    await page.close();
  }
  console.log('finals', await (await fetch(`${url}/_test/finals`)).text());
} finally {
  await browser.close();
  process.kill(pid);
}
