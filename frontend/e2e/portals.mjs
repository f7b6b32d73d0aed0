// The test portals and the person in front of them. The program starts its browser as for anybody; a small program that
// stands in for the browser adds what a machine without a screen needs, and a door through which the test plays the
// person: scans, opens a form, presses the final button.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBrowser } from './harness.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Serves a test portal on this machine; options are those of build/portals/serve. Resolves to { url, post, get, stop }:
 * post and get reach what is for tests alone, such as post('scan') and get('finals').
 */
export async function servePortal(...options) {
  const program = join(root, 'build', 'cache', 'serve-portal')
  await ended(spawn('go', ['build', '-o', program, './build/portals/serve'], { cwd: root, stdio: 'inherit' }))
  const child = spawn(program, options, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const { url } = JSON.parse(await firstLine(child))
  const ask = async (method, path, body) => {
    const answer = await fetch(`${url}/_test/${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) })
    return answer.json()
  }
  return {
    url,
    post: (path, body = {}) => ask('POST', path, body),
    get: (path) => ask('GET', path),
    stop: async () => {
      child.kill('SIGTERM')
      await ended(child, true)
    },
  }
}

function ended(child, any = false) {
  return new Promise((resolve, reject) => child.once('exit', (code) => (code === 0 || any ? resolve() : reject(new Error(`ended with ${code}`)))))
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('exit', (code) => reject(new Error(`the portal ended with ${code}`)))
  })
}

/** Writes what stands in for the browser into a folder and returns its path. */
export function unseenBrowser(folder) {
  const path = join(folder, 'browser.sh')
  writeFileSync(path, `#!/bin/sh\nexec "${findBrowser()}" --headless=new --remote-debugging-port=0 --remote-allow-origins=* "$@"\n`)
  chmodSync(path, 0o700)
  return path
}

/** The window of a portal at an address, as the person before it has it; close only lets go of it. */
export async function personAt(data, portal, url) {
  const host = new URL(url).host.replace(':', '_') // where everything leads elsewhere, a portal's profile is that place's own
  const files = [portal, `${portal}@${host}`].map((folder) => join(data, 'portals', folder, 'DevToolsActivePort'))
  const port = await soon(() => files.filter((f) => existsSync(f)).map((f) => readFileSync(f, 'utf8').split('\n')[0])[0])
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = await soon(() => browser.contexts().flatMap((c) => c.pages()).find((p) => p.url().startsWith(url)))
  return { page, close: () => browser.close() }
}

/** Waits until something is there. */
export async function soon(look) {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it does not come')
}
