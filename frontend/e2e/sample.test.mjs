// The sample unit on every screen: what a person sees who only wants to look around.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertScreen, assertWhole, call, picture, settled, visit, withProgram } from './harness.mjs'
import { loadSample } from './steps.mjs'

const rooms = ['tasks', 'data', 'check', 'packages', 'tracking', 'journal']
const settings = ['unit', 'vendors', 'machine', 'addresses', 'templates', 'snapshots', 'about']

test('every screen of the sample unit opens, readable and complete', () =>
  withProgram(async ({ page, mayRefuse }) => {
    mayRefuse('Tracking/Snippets') // where parameters are missing, the page says which
    await settled(page)
    await assertScreen(page, 'first run')
    await loadSample(page)
    const places = await page.getByRole('navigation', { name: '主导航' }).getByRole('link').evaluateAll((all) => all.map((a) => a.hash.slice(1)))
    for (const place of [...places, '/apps/import', ...settings.map((s) => `/settings/${s}`)]) {
      await visit(page, place)
      await assertScreen(page, place)
      await picture(page, `sample${place.replaceAll('/', '-')}`)
    }
    const apps = await call(page, 'Apps/List', false)
    assert.equal(apps.length, 6)
    for (const app of apps) await lookAtApp(page, app)
  }))

/** Every room of an app and one of its tasks. The walk looks for barriers in these rooms. */
async function lookAtApp(page, app) {
  for (const room of rooms) {
    await visit(page, `/apps/${app.id}/${room}`)
    assert.equal(await page.locator('h1').innerText(), app.name)
    await assertWhole(page, `${app.name} ${room}`)
    await picture(page, `sample-${app.name}-${room}`)
  }
  const { tasks } = await call(page, 'Cases/View', app.id)
  const task = tasks.find((t) => ['returned', 'submitted', 'filled'].includes(t.status)) ?? tasks[0]
  await visit(page, `/apps/${app.id}/tasks/${task.id}`)
  await page.getByRole('heading', { name: task.title, level: 2 }).waitFor()
  await assertScreen(page, `${app.name} ${task.id}`)
  await picture(page, `sample-${app.name}-${task.id}`)
}

test('the filters of the overview stand in the address and outlive a reload', () =>
  withProgram(async ({ page }) => {
    await loadSample(page)
    const shown = page.getByRole('status').filter({ hasText: '个应用' })
    assert.match(await shown.innerText(), /6 个应用/)
    await page.locator('figure.chart svg').getByText('发布与验收').click()
    await settled(page)
    const some = await shown.innerText()
    assert.match(some, /3 \/ 6 个应用/)
    await page.reload()
    await settled(page)
    assert.equal(await shown.innerText(), some)
    await picture(page, 'sample-overview-filtered')
  }))

test('at 150 % nothing lies beyond the right edge', () =>
  withProgram(async ({ page, mayRefuse }) => {
    mayRefuse('Tracking/Snippets')
    await page.setViewportSize({ width: 911, height: 512 })
    await settled(page)
    await assertWhole(page, 'first run')
    await loadSample(page)
    const [app] = await call(page, 'Apps/List', false)
    const inside = ['tasks', 'tasks/STEP-3.4', ...rooms.slice(1)].map((r) => `/apps/${app.id}/${r}`)
    for (const place of ['/overview', '/apps', ...inside, ...settings.map((s) => `/settings/${s}`)]) {
      await visit(page, place)
      await assertWhole(page, `${place} at 150 %`)
      await picture(page, `narrow-${place.split('/').at(-1)}`)
    }
  }))

test('a data folder that lost its database comes back from a snapshot', () =>
  withProgram(async ({ page, restart }) => {
    await loadSample(page)
    await call(page, 'Snapshots/Take', '搬家之前')
    await restart((data) => rmSync(join(data, 'shangjiatong.db')))
    const offer = page.getByRole('region', { name: '恢复快照' })
    await offer.getByText('搬家之前').waitFor()
    await assertScreen(page, 'first run with a snapshot')
    await picture(page, 'sample-restore')
    await offer.getByRole('listitem').filter({ hasText: '搬家之前' }).getByRole('button', { name: /^恢复/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '恢复到这份快照' }).click()
    await page.getByRole('heading', { name: '总览', level: 1 }).waitFor()
    assert.equal((await call(page, 'Apps/List', false)).length, 6)
  }))
