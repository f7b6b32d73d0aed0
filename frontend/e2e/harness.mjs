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

function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  if (!found) throw new Error('no Chromium on this machine: run build/install.sh test')
  return found
}

/**
 * Runs body({ page, program, context, data }) against a fresh program and a window of 1366×768, and fails when the
 * page logged an error, asked for an address outside this machine or got no good answer. An answer that the body
 * expects to be a refusal is announced with expected(status). Everything is taken down afterwards.
 */
export async function withProgram(body, { env } = {}) {
  mkdirSync(pictures, { recursive: true })
  const data = mkdtempSync(join(tmpdir(), 'shangjiatong-e2e-'))
  const running = await startProgram(data, env)
  const browser = await startBrowser()
  try {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const watched = watch(page, running.addr)
    await page.goto(running.url)
    await body({ page, context, data, program: running, expected: watched.expected })
    if (watched.complaints.length > 0) throw new Error(`the page complained:\n${watched.complaints.join('\n')}`)
  } catch (error) {
    await browser.contexts()[0]?.pages()[0]?.screenshot({ path: join(pictures, 'failed.png') })
    throw error
  } finally {
    await browser.close()
    await running.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** The requests of each page that have no answer yet. */
const underway = new WeakMap()

function watch(page, addr) {
  const open = new Set()
  underway.set(page, open)
  page.on('request', (request) => open.add(request))
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => open.delete(request))
  const complaints = []
  const refusals = []
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`))
  page.on('console', (message) => {
    const refused = message.text().startsWith('Failed to load resource') // told in full below
    if (message.type() === 'error' && !refused) complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.host !== addr) complaints.push(`request to ${url.host}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`) // a page left, or a download begun
  })
  page.on('response', (response) => {
    if (response.status() < 400) return
    const known = refusals.indexOf(response.status())
    if (known >= 0) refusals.splice(known, 1)
    else complaints.push(`${response.url()}: ${response.status()}`)
  })
  return { complaints, expected: (status) => refusals.push(status) }
}

/** Opens an address of the program's pages and waits until nothing is being loaded any more. */
export async function visit(page, address) {
  await page.evaluate((to) => (location.hash = `#${to}`), address)
  await settled(page)
}

const quiet = { rounds: 3, ms: 30 }

/** Waits until the page asks for nothing any more and shows that it loads nothing. */
export async function settled(page) {
  const until = Date.now() + 20_000
  for (let calm = 0; calm < quiet.rounds; await page.waitForTimeout(quiet.ms)) {
    if (Date.now() > until) throw new Error(`the page does not come to rest: ${[...underway.get(page)].map((r) => r.url()).join(' ')}`)
    const loading = underway.get(page).size > 0 || (await page.locator('[aria-busy=true], .loading').count()) > 0
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

/** Takes a picture of the page into the folder of pictures. */
export async function picture(page, name, whole = false) {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: whole })
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

/** Checks the screen as it stands: readable for everybody, free of programmers' words, nothing beyond the right edge. */
export async function assertScreen(page, name) {
  assert.deepEqual(await barriers(page), [], `${name}: barriers`)
  assert.deepEqual(await strayWords(page), [], `${name}: words of a programmer`)
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.equal(beyond, 0, `${name}: scrolls sideways by ${beyond} px`)
}

/** What keeps people from reading or reaching something on the page, by WCAG 2 A and AA; empty when all is well. */
export async function barriers(page) {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  await page.evaluate(readFileSync(source, 'utf8')) // a script tag would be refused by the page's own policy
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }))
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
}
