// What comes from outside after the program was built: a new version of a flow, the holidays of another year. Each is
// refused while its checksum is not known, and running cases stay as they were until a person moves them.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { enter } from './forms.mjs'
import { call, settled, visit, withProgram } from './harness.mjs'
import { loadSample, look, press } from './steps.mjs'

const version = '2030-01-01'

/** The program's own FLOW-1 as a later version, with one task that takes longer and one that reads otherwise. */
function laterFlow() {
  const own = readFileSync(new URL('../../app/procedure/flows/flow-1.yaml', import.meta.url), 'utf8')
  const changed = own.replace(/^version: .*$/m, `version: "${version}"`).replace('        takes: ', '        takes: 改过，')
  return { name: 'flow-1-new.yaml', mimeType: 'application/yaml', buffer: Buffer.from(changed) }
}

const sumOf = (file) => createHash('sha256').update(file.buffer).digest('hex')

/** Gives a file that is refused without its checksum, then with it. */
async function importChecked(page, id, file) {
  const input = page.locator(`#field-${id}-sum`)
  const drop = page.locator('.checked', { has: input }).locator('input[type=file]')
  await drop.setInputFiles(file)
  await page.getByText(sumOf(file)).waitFor()
  await input.fill('0'.repeat(64))
  await drop.setInputFiles(file)
  await page.locator('.checked', { has: input }).getByText(/校验码.*不/).first().waitFor()
  await input.fill(sumOf(file))
  await drop.setInputFiles(file)
}

test('a newer flow and the holidays of further years', () =>
  withProgram(async ({ page, mayRefuse }) => {
    mayRefuse('Flows/Import')
    mayRefuse('Calendar/Import')
    await loadSample(page)
    await newerFlow(page)
    await furtherYears(page)
  }))

/** A newer flow is imported, a case moved to it and back. */
async function newerFlow(page) {
  await visit(page, '/settings/flows')
  const file = laterFlow()
  await importChecked(page, 'flow-file', file)
  await page.getByText(`已导入“新应用上架”版本 ${version}`).waitFor()
  await look(page, 'versions-01-imported')
  await page.getByRole('button', { name: /^与上一版比.*新应用上架/ }).first().click()
  await page.getByText('改过，').first().waitFor()
  await look(page, 'versions-02-compared')
  await page.keyboard.press('Escape')

  const app = (await call(page, 'Apps/List', false)).find((a) => a.name === '示例驾驶舱')
  const before = await call(page, 'Cases/View', app.id)
  assert.notEqual(before.flow_version, version, 'a running case stays on its version')
  await visit(page, `/apps/${app.id}/tasks`)
  await page.getByText(`有新的流程版本 ${version}`).waitFor()
  await press(page, '看看有哪些差别')
  await page.getByRole('dialog').getByText('改过，').first().waitFor()
  await look(page, 'versions-03-difference')
  await press(page.getByRole('dialog'), '换到新版本')
  await page.getByText(`流程版本 ${version}`).waitFor()
  await look(page, 'versions-04-moved')
  const moved = await call(page, 'Cases/View', app.id)
  assert.deepEqual([moved.flow_version, moved.settled], [version, before.settled])
  await press(page, `换回版本 ${before.flow_version}`)
  await page.getByText(`有新的流程版本 ${version}`).waitFor()
  const back = await call(page, 'Cases/View', app.id)
  assert.deepEqual([back.flow_version, back.settled], [before.flow_version, before.settled])
}

/** A year that has no notice yet; every day of it is made up. */
function holidays() {
  const text = `version: 1\nyear: 2027\nsource: 虚构的 2027 年放假通知\ndate: "2026-11-20"\nholidays:\n`
    + '  - {name: 元旦, from: "2027-01-01", to: "2027-01-03"}\n'
    + '  - {name: 春节, from: "2027-02-05", to: "2027-02-11", work: ["2027-02-14"]}\n'
  return { name: '2027.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) }
}

/** The holidays of a year are imported, and another year is typed. */
async function furtherYears(page) {
  await visit(page, '/settings/calendar')
  await importChecked(page, 'calendar-file', holidays())
  await page.getByText('已导入 2027 年：虚构的 2027 年放假通知').waitFor()
  await look(page, 'versions-05-holidays')
  await press(page, '录入一年')
  await enter(page, 'typed.year', '2028')
  await enter(page, 'typed.source', '虚构的 2028 年放假通知')
  await enter(page, 'typed.date', '2027年11月19日')
  await enterDay(page, '元旦放假第一天', '2028/1/1')
  await enterDay(page, '元旦放假最后一天', '2028.1.3')
  await page.getByLabel('元旦调休上班的日期').fill('２０２８年１月８日')
  await enterDay(page, '春节放假第一天', '下周')
  await page.getByText('“下周”不是日期').waitFor()
  await look(page, 'versions-06-typing')
  await press(page, '录入')
  await page.getByText('已录入 2028 年').waitFor()
  await settled(page)
  const years = await call(page, 'Calendar/Show')
  assert.deepEqual(years.map((y) => y.year), [2025, 2026, 2027, 2028])
  await look(page, 'versions-07-typed')
}

async function enterDay(page, label, text) {
  await page.getByLabel(label, { exact: true }).fill(text)
  await page.getByLabel(label, { exact: true }).blur()
}
