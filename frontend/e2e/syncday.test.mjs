// A day at a portal, on the screen 同步: log in, read, mend what drifted, do what was prepared while the person watches and
// presses the final button, and the receipt of it.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertScreen, call, picture, settled, visit, withProgram } from './harness.mjs'
import { serveOwnPortal } from './ownportal.mjs'
import { personAt, unseenBrowser } from './portals.mjs'
import { loadSample, press } from './steps.mjs'

const long = { timeout: 90_000 }

async function look(page, name) {
  await settled(page)
  await picture(page, `day-${name}`)
  await assertScreen(page, name)
}

/** The panel and lists look again and again, so the page never comes to rest. */
async function glance(page, name) {
  await picture(page, `day-${name}`)
  await assertScreen(page, name)
}

const region = (page) => page.getByRole('region', { name: '平台' })
const row = (page, title) => region(page).getByRole('listitem').filter({ hasText: title })

test('log in, read, mend, do what was prepared, and the receipt', async () => {
  const portal = await serveOwnPortal()
  const folder = mkdtempSync(join(tmpdir(), 'sjt-day-'))
  try {
    await withProgram(async ({ page, data }) => {
      await loadSample(page)
      const app = (await call(page, 'Apps/List', false)).find((a) => a.name === '示例会议室')
      await call(page, 'Networks/SetElsewhere', portal.url)
      await call(page, 'Portals/SetBrowser', unseenBrowser(folder))
      await visit(page, '/sync')
      const action = await call(page, 'Outbox/Prepare', { app_id: app.id, kind: 'register', component: '', version: '', remark: '', upload: '', job: '' })

      await row(page, 'IRS').getByRole('button', { name: /^打开/ }).click()
      await row(page, 'IRS').getByText('等待登录').waitFor(long)
      await glance(page, '01-login')
      portal.scan()
      await row(page, 'IRS').getByText('已登录').waitFor(long)
      await glance(page, '02-in')

      const person = await personAt(data, 'irs', portal.url)
      portal.rename({ 状态: '当前环节' })
      await press(page, '读取并比较')
      await person.page.goto(`${portal.url}/list`)
      await page.getByRole('heading', { name: /和页面规则对不上/ }).waitFor(long)
      await page.getByRole('button', { name: /^放大/ }).waitFor(long)
      await page.locator('.one-drift').first().scrollIntoViewIfNeeded()
      await glance(page, '03-drift')
      await page.locator('.one-drift .el-select').first().click()
      await page.locator('.el-select-dropdown__item:visible').getByText('当前环节', { exact: true }).click()
      await press(page, '改规则')
      await page.getByText(/规则已改/).waitFor()
      await press(page, '再读一次')
      await page.locator('tr.line').filter({ hasText: '治理侧状态' }).first().waitFor(long)
      await glance(page, '04-plan')

      await visit(page, `/sync?part=outbox&action=${action.id}`)
      const panel = page.getByRole('complementary')
      await press(panel, '开始办理')
      await panel.getByText('请您在浏览器窗口里打开“应用发布注册”的表单').waitFor(long)
      await glance(page, '05-open')
      portal.relabel({ 健康地址: '健康检查地址' })
      await person.page.goto(`${portal.url}/register`)
      await panel.getByText('页面上没有显示应用名称').waitFor(long)
      await glance(page, '05-question')
      await press(panel, '是')
      await panel.getByRole('heading', { name: /和页面规则对不上/ }).waitFor(long)
      await panel.getByRole('button', { name: /^放大/ }).first().waitFor(long)
      await panel.locator('.drift').scrollIntoViewIfNeeded()
      await look(page, '05-form-drift')
      await panel.locator('.one-drift .el-select').first().click()
      await page.locator('.el-select-dropdown__item:visible').getByText('健康检查地址', { exact: true }).click()
      await press(panel, '改规则')
      await panel.getByText(/规则已改/).waitFor()
      await look(page, '05-form-mended')
      await press(panel, '再办理一次')
      await panel.getByText('请您在浏览器窗口里打开“应用发布注册”的表单').waitFor(long) // what is there already was looked at first
      await person.page.goto(`${portal.url}/register`)
      await panel.getByText('页面上没有显示应用名称').waitFor(long)
      await press(panel, '是')
      await panel.getByText('现在请您在浏览器窗口里核对，然后按“提交”').waitFor(long)
      await glance(page, '05-waiting')
      await panel.getByText('填进页面的').scrollIntoViewIfNeeded()
      await glance(page, '06-filled')
      assert.deepEqual(portal.sent(), [], 'the program pressed the final button')
      await person.page.getByRole('button', { name: '提交', exact: true }).click()
      await panel.getByRole('heading', { name: '回执' }).waitFor(long)
      await panel.getByRole('heading', { name: '回执' }).scrollIntoViewIfNeeded()
      await look(page, '07-receipt')
      assert.equal(portal.sent().length, 1)
      await panel.getByRole('button', { name: /^放大/ }).first().click()
      await look(page, '08-picture')
      await page.keyboard.press('Escape')

      await visit(page, '/sync?part=receipts')
      await page.locator('.receipt .head').first().click()
      await look(page, '09-receipts')
      await person.close()
      await row(page, 'IRS').getByRole('button', { name: /^关闭/ }).click()
      await row(page, 'IRS').getByText('已关闭').waitFor(long)
    }, { env: { DISPLAY: process.env.DISPLAY ?? ':0' } })
  } finally {
    await portal.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
