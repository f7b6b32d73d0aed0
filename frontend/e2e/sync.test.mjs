// The screen 同步 without any portal: saved pages, pasted tables, drift and its mending, prepared actions and 逐项复制.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertScreen, call, picture, settled, visit, withProgram } from './harness.mjs'
import { enter } from './forms.mjs'
import { release, savedFile } from './portalpages.mjs'
import { loadSample, press } from './steps.mjs'

async function look(page, name) {
  await settled(page)
  await picture(page, `sync-${name}`)
  await assertScreen(page, name)
}

async function begin(page) {
  await loadSample(page)
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '同步' }).click()
  await page.getByRole('heading', { name: '同步', level: 1 }).waitFor()
  await settled(page)
  return call(page, 'Apps/List', false)
}

const pick = (page, label) => page.locator('.el-radio').filter({ hasText: label }).click()
const line = (page, text) => page.locator('tr.line').filter({ hasText: text })

/** Drops a saved page of a list and reads it. */
async function readFile(page, file) {
  await pick(page, '读保存的网页')
  await page.getByLabel('保存的网页', { exact: true }).setInputFiles(file)
  await press(page, '读取并比较')
}

async function pickApp(dialog, page, name) {
  await dialog.locator('[data-field="prepare.app"] .el-select').click()
  await page.locator('.el-select-dropdown__item:visible').getByText(name, { exact: true }).click()
}

test('a saved page becomes a plan, what is ticked is written, a row becomes an app', () =>
  withProgram(async ({ page }) => {
    const [app] = (await begin(page)).filter((a) => a.name === '示例督办')
    await page.getByText('离线：还没有检查过').waitFor()
    await look(page, '01-first')
    await readFile(page, savedFile('治理侧应用发布.html', 'TABLE-1', [
      release('示例督办', '2002000001', '部署准备中', { 移动端地址: 'https://duban.example.com/m/' }),
      release('示例门户', '2002000009', '已发布'),
      release('<b>示例巡查</b>', '2002000010', '正在盖章'),
    ]))
    await line(page, '治理侧状态').first().waitFor()
    await look(page, '02-plan')
    await page.locator('main').evaluate((m) => m.scrollTo(0, m.scrollHeight))
    await look(page, '03-plan-end')
    assert.equal(await page.locator('.plan b').count(), 0, 'markup of a portal became markup of ours')

    // Nothing is lost when the page is left before the confirmation.
    const ticked = page.getByRole('button', { name: /^确认勾选的/ })
    const adopt = line(page, '示例门户').locator('.el-checkbox')
    if (!(await adopt.locator('input').isChecked())) await adopt.click()
    const before = await ticked.innerText()
    await visit(page, '/overview')
    await visit(page, '/sync')
    await ticked.waitFor()
    assert.equal(await ticked.innerText(), before)

    await ticked.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('快照').waitFor()
    await look(page, '04-question')
    await press(dialog, '确认写入')
    await page.getByRole('heading', { name: '已写入' }).waitFor()
    await page.getByRole('heading', { name: '已写入' }).scrollIntoViewIfNeeded()
    await look(page, '05-applied')
    const view = await call(page, 'Apps/View', app.id)
    assert.equal(view.app.id, app.id)
    assert.equal((await call(page, 'Apps/Portal', app.id)).row.state, '部署准备中')
    assert.ok((await call(page, 'Apps/List', false)).some((a) => a.name === '示例门户'), 'the row did not become an app')
  }))

test('a renamed column stops, is mended in place, and is read again', () =>
  withProgram(async ({ page }) => {
    await begin(page)
    const rows = [release('示例督办', '2002000001', '部署准备中')]
    await readFile(page, savedFile('改过的页面.html', 'TABLE-1', rows, { 状态: '当前环节' }))
    await page.getByRole('heading', { name: /和页面规则对不上/ }).waitFor()
    assert.equal((await call(page, 'Sync/Current')).id, '', 'something was compared although a column was missing')
    const drift = page.locator('.one-drift').filter({ hasText: '状态' }).first()
    await drift.scrollIntoViewIfNeeded()
    await look(page, '06-drift')
    await drift.locator('.el-select').click()
    await page.locator('.el-select-dropdown__item:visible').getByText('当前环节', { exact: true }).click()
    await press(drift, '改规则')
    await drift.getByText(/规则已改/).waitFor()
    await look(page, '07-mended')
    await press(page, '再读一次')
    await line(page, '治理侧状态').first().waitFor()
    await visit(page, '/settings/recipes')
    await page.getByText('改过').first().waitFor()
    await look(page, '08-recipes')
    await page.getByRole('button', { name: /^改回自带的/ }).click()
    await press(page.getByRole('dialog'), '改回')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    assert.ok((await call(page, 'Recipes/List')).every((r) => !r.own))
  }))

test('a table without its headers is refused, with them it is read', () =>
  withProgram(async ({ page, mayRefuse }) => {
    await begin(page)
    mayRefuse('Portals/ReadClipboard')
    await pick(page, '粘贴表格')
    const field = page.getByRole('textbox', { name: '粘贴到这里' })
    await field.fill('示例督办\t2002000001\t2026-02-20\t2026-03-01\t部署准备中\t\t\t详情')
    await press(page, '读取并比较')
    await page.locator('.drift, .fault').first().waitFor()
    await page.locator('.drift, .fault').first().scrollIntoViewIfNeeded()
    await look(page, '09-refused')
    assert.equal((await call(page, 'Sync/Current')).id, '')
    if (await page.getByRole('button', { name: '不读了' }).count()) await press(page, '不读了')
    const head = '治理侧名称\t应用发布ID\t创建时间\t更新时间\t状态\t移动端地址\tPC地址\t操作'
    await field.fill(`${head}\n示例督办\t2002000001\t2026-02-20 10:00\t2026-03-01 15:30\t部署准备中\t\t\t详情`)
    await press(page, '读取并比较')
    await line(page, '治理侧状态').first().waitFor()
  }))

test('an action is prepared, shown as it was frozen, and given up with a reason', () =>
  withProgram(async ({ page, mayRefuse }) => {
    const apps = await begin(page)
    mayRefuse('Outbox/Prepare')
    await press(page, '待办理的动作')
    await look(page, '10-outbox-empty')
    await page.getByRole('button', { name: '准备一个动作…' }).click()
    const dialog = page.getByRole('dialog')
    await pickApp(dialog, page, apps[0].name)
    await look(page, '11-prepare')
    await dialog.locator('.el-radio').filter({ hasText: '应用发布注册' }).click()
    await press(dialog, '准备')
    const panel = page.getByRole('complementary')
    await panel.or(dialog.getByRole('alert')).first().waitFor()
    await look(page, '12-prepared')
    await panel.locator('details').scrollIntoViewIfNeeded()
    await look(page, '13-frozen')
    await press(panel, '作废…')
    const question = page.getByRole('dialog')
    assert.equal(await question.getByRole('button', { name: '作废', exact: true }).isDisabled(), true)
    await enter(question, 'discard.reason', '改为到平台上手工办')
    await look(page, '14-discard')
    await press(question, '作废')
    await question.waitFor({ state: 'hidden' })
    await panel.getByText(/已作废/).waitFor()
    const [kept] = await call(page, 'Outbox/List', { app_id: '', open: false })
    assert.equal(kept.state, 'discarded')
    assert.equal(kept.reason, '改为到平台上手工办')
    await visit(page, '/sync?part=receipts')
    await look(page, '15-receipts')
    await visit(page, `/apps/${apps[0].id}/code`)
    await look(page, '16-code')
  }))

test('逐项复制 in a small window, by keyboard', () =>
  withProgram(async ({ page, context }) => {
    const [app] = (await begin(page)).filter((a) => a.name === '示例督办')
    await press(page, '逐项复制')
    await look(page, '17-copy-ask')
    await page.locator('[data-field="copy.app"] .el-select').click()
    await page.locator('.el-select-dropdown__item:visible').getByText(app.name, { exact: true }).click()
    const [small] = await Promise.all([context.waitForEvent('page'), press(page, '打开小窗口')])
    await small.locator('.step').first().waitFor()
    await small.setViewportSize({ width: 440, height: 720 })
    const first = small.locator('.step').first()
    const text = await first.locator('.text').innerText()
    await first.focus()
    await small.keyboard.press('Enter')
    await first.getByText('已复制').waitFor()
    assert.equal(await small.evaluate(() => navigator.clipboard.readText()), text)
    await small.keyboard.press('Enter')
    await small.getByText(/^复制了 2 项/).waitFor()
    await small.screenshot({ path: new URL('../../build/cache/pictures/sync-18-copy.png', import.meta.url).pathname })
    await small.getByRole('button', { name: '关闭' }).click()
  }))

test('networks and settings: asked only by the person, on this machine', () =>
  withProgram(async ({ page, program }) => {
    await begin(page)
    await visit(page, '/settings/browser')
    await look(page, '19-browser')
    // Everything leads to this machine: to the program itself, and to nowhere.
    await enter(page, 'elsewhere', `http://${program.addr}`)
    await press(page.locator('form').filter({ has: page.locator('[data-field="elsewhere"]') }), '保存')
    await page.getByText(/不是真的平台/).waitFor()
    await visit(page, '/sync')
    await press(page, '检查网络')
    await page.getByText(/检查$/).first().waitFor()
    await press(page, '各个地址')
    await look(page, '20-networks')
  }))

test('at 150 % and by keyboard alone', () =>
  withProgram(async ({ page }) => {
    await page.setViewportSize({ width: 911, height: 512 })
    await begin(page)
    await look(page, '21-narrow')
    await readFile(page, savedFile('治理侧应用发布.html', 'TABLE-1', [release('示例督办', '2002000001', '部署准备中'), release('示例门户', '2002000009', '已发布')]))
    await line(page, '治理侧状态').first().waitFor()
    await look(page, '22-narrow-plan')
    await page.locator('.plan input[type=checkbox]').first().focus()
    const was = await page.locator('.plan input[type=checkbox]').first().isChecked()
    await page.keyboard.press('Space')
    assert.equal(await page.locator('.plan input[type=checkbox]').first().isChecked(), !was)
    const small = await page.locator('main').getByRole('button').evaluateAll((all) => all.filter((b) => b.offsetHeight > 0 && b.offsetHeight < 40).map((b) => b.textContent))
    assert.deepEqual(small, [])
  }))
