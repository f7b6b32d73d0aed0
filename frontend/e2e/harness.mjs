// What every end-to-end test needs: the browser build serving a data folder of its own, and Chromium looking at it.
// The tests see what a person sees in browser mode; nothing leaves the machine.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where tests keep their pictures; not committed. */
export const pictures = join(root, 'build', 'cache', 'pictures')

/** The program under test; the environment may name another build of it. */
export const program = process.env.SHANGJIATONG_PROGRAM ?? join(root, 'build', 'bin', 'shangjiatong-browser')

/** The day on which the tests take place: a Monday for which there is holiday data. */
export const now = '2026-03-02T09:00:00+08:00'

/**
 * Starts `shangjiatong serve` with the given data folder, a clock that stands still and a passphrase for the vault, so
 * that no keyring is asked; resolves to { url, addr, pid, stop }.
 */
export async function startProgram(data, env = {}) {
  const passphrase = `${data}.passphrase`
  writeFileSync(passphrase, 'a passphrase of the tests\n', { mode: 0o600 })
  const options = ['--no-open', '--json', '--addr', '127.0.0.1:0', '--data', data, '--passphrase-file', passphrase, '--now', now]
  const child = spawn(program, ['serve', ...options], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const line = await firstLine(child, () => errors)
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(passphrase, { force: true })
  }
  return { ...JSON.parse(line), stop }
}

function firstLine(child, errors) {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${errors()}`)))
  })
}

/** Starts Chromium without any traffic of its own; resolves to a playwright Browser. */
export function startBrowser() {
  const args = [
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
  ]
  const options = { executablePath: findBrowser(), args, chromiumSandbox: process.getuid?.() !== 0 }
  return chromium.launch(options)
}

export function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  if (!found) throw new Error('no Chromium on this machine: run build/install.sh test')
  return found
}

/**
 * Runs body({ page, program, context, data, restart, mayRefuse }) against a fresh program and a window of 1366×768,
 * and fails when the page logged an error, asked for an address outside this machine or got no good answer. Calls that may be refused are
 * announced with mayRefuse('Service/Method'). Everything is taken down afterwards.
 */
export async function withProgram(body, { env } = {}) {
  mkdirSync(pictures, { recursive: true })
  const data = mkdtempSync(join(tmpdir(), 'shangjiatong-e2e-'))
  let running = await startProgram(data, env)
  const browser = await startBrowser()
  const context = await browser.newContext(person)
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  const { complaints, mayRefuse } = watch(page, () => running.addr)
  /** Ends the program, lets the caller change its data folder, and starts it again. */
  const restart = async (change) => {
    await page.goto('about:blank')
    await running.stop()
    change(data)
    running = await startProgram(data, env)
    await page.goto(running.url)
  }
  try {
    await page.goto(running.url)
    await body({ page, context, data, program: running, restart, mayRefuse })
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
  } catch (error) {
    await page.screenshot({ path: join(pictures, 'failed.png') })
    throw error
  } finally {
    await browser.close()
    await running.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** How long a page may take on a busy machine. */
const patience = 20_000

/** The window and the wishes of the person before it. */
const person = {
  viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
  permissions: ['clipboard-read', 'clipboard-write'],
}

/** The requests of each page that have no answer yet. */
const underway = new WeakMap()

/** Collects what goes wrong on a page; addr tells the address of the program. */
function watch(page, addr) {
  const complaints = []
  const refusable = []
  const open = new Set()
  underway.set(page, open)
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`))
  page.on('console', (message) => {
    const answered = message.text().startsWith('Failed to load resource') // told in full below
    if (message.type() === 'error' && !answered) complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    open.add(request)
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.host !== addr()) complaints.push(`request to ${url.host}`)
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => {
    open.delete(request)
    const why = request.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`) // a page left, or a download begun
  })
  page.on('response', (response) => {
    const refused = response.status() < 500 && refusable.some((method) => response.url().endsWith(`/api/${method}`))
    if (response.status() >= 400 && !refused) complaints.push(`${response.url()}: ${response.status()}`)
  })
  return { complaints, mayRefuse: (method) => refusable.push(method) }
}

/** Opens an address of the program's pages and waits until nothing is being loaded any more. */
export async function visit(page, address) {
  await page.evaluate((to) => (location.hash = `#${to}`), address)
  await settled(page)
}

const quiet = { rounds: 3, ms: 30 }

/** Waits until the page asks for nothing any more and shows that it loads nothing. */
export async function settled(page) {
  const until = Date.now() + patience
  for (let calm = 0; calm < quiet.rounds; await page.waitForTimeout(quiet.ms)) {
    if (Date.now() > until) throw new Error(`the page does not come to rest: ${[...underway.get(page)].map((r) => r.url()).join(' ')}`)
    const loading = underway.get(page).size > 0 || (await page.locator('h1').count()) === 0 || (await page.locator('.loading').count()) > 0
    calm = loading ? 0 : calm + 1
  }
}

/** Calls the program as the page does and returns what it answers; a refusal is an error. */
export async function call(page, method, ...args) {
  const { result, error } = await page.evaluate(async ([name, given]) => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(given) })
    return answer.json()
  }, [method, args])
  if (error) throw new Error(`${method}: ${error.message}`)
  return result
}

/** Takes a picture of the window into the folder of pictures. */
export async function picture(page, name) {
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Texts that only a mistake of ours can show; code that the page prints is left out. */
function strayWords(page) {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = []
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const code = node.parentElement?.closest('script, style, pre, .code')
      if (!code && /undefined|\bnull\b|\bNaN\b|\[object/.test(node.data)) found.push(node.data.trim())
    }
    return found
  })
}

/** What lies beyond the right edge of the page or of its content, in pixels. */
function beyond(page) {
  return page.evaluate(() => Math.max(...[document.documentElement, document.querySelector('main')].map((e) => (e ? e.scrollWidth - e.clientWidth : 0))))
}

/** Checks the screen as it stands: something on it, free of programmers' words, nothing beyond the right edge. */
export async function assertWhole(page, name) {
  assert.ok((await page.locator('h1').count()) > 0, `${name}: no heading`)
  assert.deepEqual(await strayWords(page), [], `${name}: words of a programmer`)
  const pixels = await beyond(page)
  assert.equal(pixels, 0, `${name}: scrolls sideways by ${pixels} px`)
}

/** The same, and readable for everybody. */
export async function assertScreen(page, name) {
  await assertWhole(page, name)
  assert.deepEqual(await barriers(page), [], `${name}: barriers`)
}

/** What keeps people from reading or reaching something on the page, by WCAG 2 A and AA; empty when all is well. */
export async function barriers(page) {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  await page.evaluate(readFileSync(source, 'utf8')) // a script tag would be refused by the page's own policy
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }))
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
}
