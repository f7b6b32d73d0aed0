// What every end-to-end test needs: the browser build serving a data folder of its own, and Chromium looking at it.
// The tests see what a person sees in browser mode; nothing leaves the machine.
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

/** The program under test. */
export const program = join(root, 'build', 'bin', 'shangjiatong-browser')

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
 * page logged an error or asked for an address outside this machine. Everything is taken down afterwards.
 */
export async function withProgram(body, { env } = {}) {
  mkdirSync(pictures, { recursive: true })
  const data = mkdtempSync(join(tmpdir(), 'shangjiatong-e2e-'))
  const running = await startProgram(data, env)
  const browser = await startBrowser()
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    const page = await context.newPage()
    const complaints = watch(page, running.addr)
    await page.goto(running.url)
    await body({ page, context, data, program: running })
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
  } finally {
    await browser.close()
    await running.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

function watch(page, addr) {
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.host !== addr) complaints.push(`request to ${url.host}`)
  })
  return complaints
}

/** What keeps people from reading or reaching something on the page, by WCAG 2 A and AA; empty when all is well. */
export async function barriers(page) {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  await page.evaluate(readFileSync(source, 'utf8')) // a script tag would be refused by the page's own policy
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }))
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
}
