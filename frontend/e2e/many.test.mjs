// Many apps at once on the pages: an import from a spreadsheet, also one that is stopped, a bulk change, the reports, and
// the way from the search to a rule.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { enter } from './forms.mjs'
import { call, pictures, settled, visit, withProgram } from './harness.mjs'
import { workbook } from './sheet.mjs'
import { loadSample, look, press } from './steps.mjs'

const xlsx = (name, rows) => ({ name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: workbook('应用', rows) })
const names = async (page) => (await call(page, 'Apps/List', false)).map((a) => a.name)

/** Gives the import page a file and waits for what it would do. */
async function give(page, file, counts) {
  await visit(page, '/apps/import')
  await page.locator('.drop input[type=file]').setInputFiles(file)
  await page.locator('.counts').getByText(counts).waitFor({ timeout: 60_000 })
}

test('apps are imported, an import is stopped, and several are changed at once', () =>
  withProgram(async ({ page, mayRefuse }) => {
    mayRefuse('Imports/Apply')
    await loadSample(page)
    await imported(page)
    await stopped(page)
    await changed(page)
  }))

test('the report of a week is given out and printed, and a rule found by the search is led to', () =>
  withProgram(async ({ page }) => {
    await loadSample(page)
    await reported(page)
    await soughtRule(page)
  }))

/** Imported from a spreadsheet: previewed, paired, confirmed, and found in the list. */
async function imported(page) {
  await give(page, xlsx('应用.xlsx', [
    ['应用名称', '应用类型', '建设层级', '我们叫的地区'],
    ['示例新应用', 'H5', '市级', '杭州'],
    ['示例督办', '', '省级', ''],
    ['示例错的', '安卓', '市级', '宁波'],
  ]), '须改正 1 处')
  await page.getByText('应用 B4').waitFor()
  await page.locator('.el-select', { has: page.getByRole('combobox', { name: '第 D 列对应的字段' }) }).click()
  await page.locator('.el-select-dropdown__item:visible').getByText('所属区域', { exact: true }).click()
  await settled(page)
  await look(page, 'many-01-preview')
  assert.equal(await page.getByRole('button', { name: '导入…' }).isDisabled(), true)
  await page.getByText('跳过有“须改正”的行').click()
  await press(page, '导入…')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('示例新应用').waitFor()
  await look(page, 'many-02-confirm')
  assert.equal((await names(page)).length, 6, 'nothing is written before it is confirmed')
  await press(dialog, '导入')
  await page.getByRole('heading', { name: '已导入：新增 1 个，修改 1 个，跳过 1 行' }).waitFor()
  await look(page, 'many-03-imported')
  await page.getByRole('link', { name: '示例新应用' }).click()
  await page.getByRole('heading', { name: '示例新应用', level: 1 }).waitFor()
  const { app } = await call(page, 'Apps/View', '示例新应用')
  assert.deepEqual([app.kind, app.level, app.process_region], ['H5', '市级', '杭州'])
}

/** A long import is stopped and leaves nothing behind. */
async function stopped(page) {
  const before = await names(page)
  const rows = Array.from({ length: 4000 }, (_, i) => [`示例应用${i}`, 'H5', '市级'])
  await give(page, xlsx('很多应用.xlsx', [['应用名称', '应用类型', '建设层级'], ...rows]), '新增 4000 个应用')
  await press(page, '导入…')
  await press(page.getByRole('dialog'), '导入')
  await press(page.getByRole('paragraph').filter({ hasText: '正在导入' }), '取消') // the dialog, which has one too, may still be closing
  await page.getByText('已取消，什么也没有导入').waitFor()
  await look(page, 'many-04-stopped')
  assert.deepEqual(await names(page), before)
}

/** Several apps are changed at once: named before, with a snapshot. */
async function changed(page) {
  await visit(page, '/apps')
  for (const name of ['示例督办', '示例巡查']) await page.getByRole('row', { name: new RegExp(name) }).locator('input[type=checkbox]').check()
  await press(page, '批量填写…')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('将改：').waitFor()
  await dialog.locator('.el-select').first().click()
  await page.locator('.el-select-dropdown__item:visible').getByText('建设层级', { exact: true }).click()
  await enter(page, 'app.level', '县(市、区)')
  await look(page, 'many-05-bulk')
  await press(dialog, '改这 2 个应用')
  await page.getByText(/事前留了快照/).waitFor()
  await look(page, 'many-06-changed')
  for (const name of ['示例督办', '示例巡查']) assert.equal((await call(page, 'Apps/View', name)).app.level, '县(市、区)')
  await visit(page, '/settings/snapshots')
  await page.getByText('批量填写资料').waitFor()
}

/** The weekly report as files and on paper, and another week by a typed day. */
async function reported(page) {
  await visit(page, '/reports?week=2026-02-23')
  for (const [word, magic] of [['Word', 'PK'], ['Excel', 'PK'], ['PDF', '%PDF']]) {
    const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('link', { name: `周报 ${word}` }).click()])
    assert.match(file.suggestedFilename(), /^上架进展周报-2026-02-23\.(docx|xlsx|pdf)$/)
    assert.equal(readFileSync(await file.path(), 'latin1').slice(0, magic.length), magic)
  }
  await page.evaluate(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1 } })
  await press(page, '打印')
  assert.equal(await page.evaluate(() => window.printed), 1)
  await page.emulateMedia({ media: 'print' })
  for (const gone of [page.getByRole('navigation', { name: '主导航' }), page.getByRole('button', { name: '打印' })]) assert.equal(await gone.isVisible(), false)
  await page.getByRole('heading', { name: '应用上架工作周报' }).waitFor()
  const printed = await page.pdf({ path: join(pictures, 'many-07-printed.pdf'), format: 'A4' })
  assert.ok(printed.length > 10_000)
  await page.emulateMedia({ media: 'screen' })
  const day = page.locator('#report-week')
  await day.fill('2026年2月11日')
  await day.press('Enter')
  await page.getByText('2026-02-09 至 2026-02-15').waitFor()
  assert.match(page.url(), /week=2026-02-09/)
}

/** A rule found by the search has the focus on 核对: its finding, or its entry among the rules. */
async function soughtRule(page) {
  const app = (await call(page, 'Apps/List', false)).find((a) => a.name === '示例信访登记')
  const { rules, findings } = await call(page, 'Checks/Precheck', app.id)
  const found = rules.find((r) => findings.some((f) => f.rule === r.id)).id
  const quiet = rules.find((r) => !findings.some((f) => f.rule === r.id)).id
  for (const [rule, where] of [[found, 'item'], [quiet, 'rule']]) {
    await visit(page, `/apps/${app.id}/tasks`)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /搜索/ }).fill(`${rule} `)
    await page.getByRole('option', { name: new RegExp(`^${rule} `) }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForFunction(([id]) => document.activeElement?.dataset.rule === id, [rule])
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains('sought')), true)
    assert.match(await page.evaluate(() => document.activeElement.className), new RegExp(where))
    await look(page, `many-08-${where}`)
  }
}
