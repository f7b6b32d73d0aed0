import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertScreen, call, picture, settled, visit, withProgram } from './harness.mjs'

const rooms = ['tasks', 'data', 'check', 'packages', 'tracking', 'journal']
const settings = ['unit', 'vendors', 'machine', 'addresses', 'templates', 'snapshots', 'about']

async function loadSample(page) {
  await page.getByRole('button', { name: '载入示例单位' }).click()
  await page.getByRole('heading', { name: '总览', level: 1 }).waitFor()
  await settled(page)
}

test('every screen of the sample unit opens, readable and complete', () =>
  withProgram(async ({ page }) => {
    await assertScreen(page, 'first run')
    await loadSample(page)
    await assertScreen(page, 'overview')
    await picture(page, 'sample-overview', true)
    const apps = await call(page, 'Apps/List', false)
    assert.equal(apps.length, 6)
    await visit(page, '/apps')
    await assertScreen(page, 'apps')
    await picture(page, 'sample-apps')
    for (const app of apps) await lookAtApp(page, app)
    for (const section of settings) {
      await visit(page, `/settings/${section}`)
      await assertScreen(page, section)
      await picture(page, `sample-settings-${section}`, true)
    }
  }))

async function lookAtApp(page, app) {
  for (const room of rooms) {
    await visit(page, `/apps/${app.id}/${room}`)
    assert.equal(await page.locator('h1').innerText(), app.name)
    await assertScreen(page, `${app.name} ${room}`)
    await picture(page, `sample-${app.identifier || app.name}-${room}`, true)
  }
  const { tasks } = await call(page, 'Cases/View', app.id)
  for (const task of tasks.slice(0, 2)) {
    await visit(page, `/apps/${app.id}/tasks/${task.id}`)
    await page.getByRole('heading', { name: task.title, level: 2 }).waitFor()
    await assertScreen(page, `${app.name} ${task.id}`)
  }
}

test('the filters of the overview stand in the address and outlive a reload', () =>
  withProgram(async ({ page }) => {
    await loadSample(page)
    const shown = page.getByRole('status').filter({ hasText: '个应用' })
    const all = await shown.innerText()
    await visit(page, '/overview?kind=H5')
    const some = await shown.innerText()
    assert.notEqual(some, all)
    await page.reload()
    await settled(page)
    assert.equal(await shown.innerText(), some)
    assert.match(page.url(), /kind=H5/)
    await picture(page, 'sample-overview-filtered')
  }))

test('at 150 % nothing lies beyond the right edge', () =>
  withProgram(async ({ page }) => {
    await page.setViewportSize({ width: 911, height: 512 })
    await assertScreen(page, 'first run')
    await loadSample(page)
    await picture(page, 'sample-narrow-overview')
    const [app] = await call(page, 'Apps/List', false)
    const { next } = await call(page, 'Cases/View', app.id)
    const places = ['/overview', '/apps', ...rooms.map((r) => `/apps/${app.id}/${r}`), ...settings.map((s) => `/settings/${s}`)]
    if (next.steps?.[0]) places.push(`/apps/${app.id}/tasks/${next.steps[0].task}`)
    for (const place of places) {
      await visit(page, place)
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.equal(beyond, 0, `${place} scrolls sideways by ${beyond} px`)
      await picture(page, `sample-narrow-${place.split('/').slice(-1)}`)
    }
  }))
