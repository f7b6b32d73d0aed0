// The whole day at a portal built with a real UI kit: prepared offline, then on the network, logged in, read and compared,
// registered, the code uploaded, handed in for approval, and sent back. The person presses what is final.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertScreen, call, picture, visit, withProgram } from './harness.mjs'
import { personAt, servePortal, unseenBrowser } from './portals.mjs'
import { release } from './portalpages.mjs'
import { mendedSite, zipOf } from './sites.mjs'
import { loadSample, press, status } from './steps.mjs'

const long = { timeout: 40_000 }
const subject = '示例督办'
const releases = '/workbench/myresource/governance'
const hosted = '/mobile/dev/app/management/governanceList'

/** The panel and lists look again and again, so the page never comes to rest. */
async function look(page, name) {
  await picture(page, `kitday-${name}`)
  await assertScreen(page, name)
}

/** The same of a part of the page that lies below. */
async function lookAt(page, what, name) {
  await what.scrollIntoViewIfNeeded()
  await look(page, name)
}

const row = (page, title) => page.getByRole('region', { name: '平台' }).getByRole('listitem').filter({ hasText: title })
const line = (page, text) => page.locator('tr.line').filter({ hasText: text })

/** Prepares an action through its dialog. */
async function prepare(page, kind, more = async () => {}) {
  await visit(page, '/sync?part=outbox')
  await press(page, '准备一个动作…')
  const dialog = page.getByRole('dialog', { name: '准备一个动作' })
  await dialog.getByRole('combobox', { name: '应用' }).fill(subject)
  await page.locator('.el-select-dropdown__item:visible').getByText(subject, { exact: true }).click()
  await dialog.getByText(kind).first().click()
  await more(dialog)
  await press(dialog, '准备')
  await dialog.waitFor({ state: 'hidden' })
  return page.getByRole('complementary')
}

/** Reads the lists and writes what is ticked. */
async function readAndWrite(page, what, name) {
  await visit(page, '/sync')
  await press(page, '读取并比较')
  await line(page, what).first().waitFor(long)
  await look(page, name)
}

async function write(page, count, name) {
  await page.getByRole('button', { name: new RegExp(`^确认勾选的 ${count}`) }).click()
  await press(page.getByRole('dialog'), '确认写入')
  await page.getByRole('heading', { name: '已写入' }).waitFor(long)
  await look(page, name)
}

/** A button of the portal as a person finds it: kits set its letters apart, and not every one is a button. */
const button = (where, name) => where.getByText(new RegExp(`^\\s*${[...name].join('\\s*')}\\s*$`)).last()

/** The person at a portal: presses, and counts, what is final. */
function presser(pressed) {
  return async (where, name) => {
    pressed[name] = (pressed[name] ?? 0) + 1
    await button(where, name).click(long)
  }
}

test('the day: prepared offline, registered, uploaded, handed in, sent back', async () => {
  const portal = await servePortal('--kit', 'antd-5', '--seed', '13', '--empty')
  const folder = mkdtempSync(join(tmpdir(), 'sjt-kitday-'))
  const pressed = {}
  const decide = presser(pressed)
  const steady = async () => assert.deepEqual(await portal.get('finals'), pressed, 'the program pressed a final button')
  try {
    await portal.post('rows', { Table: 'TABLE-1', Rows: [release('示例巡查', '2002000001', '部署准备中')] })
    await withProgram(async ({ page, data }) => {
      await loadSample(page)
      const app = (await call(page, 'Apps/List', false)).find((a) => a.name === subject)
      for (const task of ['STEP-3.4', 'STEP-3.3', 'STEP-3.2', 'STEP-3.1']) {
        await call(page, 'Cases/Act', { app_id: app.id, task, act: 'undo', reason: '还没有办', note: '', uploads: [] })
      }

      const panel = await prepare(page, '应用发布注册')
      await panel.getByText('定住的数据').waitFor()
      await look(page, '01-prepared')

      await call(page, 'Networks/SetElsewhere', portal.url)
      await call(page, 'Portals/SetBrowser', unseenBrowser(folder))
      await visit(page, '/overview')
      await visit(page, '/sync')
      await press(page, '检查网络')
      await page.getByText(/检查$/).first().waitFor(long)
      await look(page, '02-network')

      await row(page, 'IRS').getByRole('button', { name: /^打开/ }).click()
      await row(page, 'IRS').getByText('等待登录').waitFor(long)
      await look(page, '03-login')
      await portal.post('scan')
      await row(page, 'IRS').getByText('已登录').waitFor(long)
      await look(page, '04-in')

      const owner = await personAt(data, 'irs', portal.url)
      await owner.page.goto(`${portal.url}${releases}`)
      await readAndWrite(page, '治理侧状态', '05-plan')
      await write(page, '', '06-applied')
      await steady()

      // the release is registered
      await visit(page, '/sync?part=outbox')
      await page.getByRole('button', { name: /^应用发布注册/ }).click()
      await press(panel, '开始办理')
      await panel.getByText('请您在浏览器窗口里打开“应用发布注册”的表单').waitFor(long)
      await look(page, '07-open')
      await owner.page.goto(`${portal.url}${releases}/register`)
      await panel.getByText('页面上没有显示应用名称').waitFor(long)
      await look(page, '08-question')
      await press(panel, '是')
      await panel.getByText('现在请您在浏览器窗口里核对').waitFor(long)
      await look(page, '09-filled')
      await owner.page.screenshot({ path: new URL('../../build/cache/pictures/kitday-09-portal.png', import.meta.url).pathname })
      await steady()
      await decide(owner.page, '提交')
      await panel.getByRole('heading', { name: '回执' }).waitFor(long)
      await lookAt(page, panel.getByRole('heading', { name: '回执' }), '10-receipt')
      await press(panel, '登记办结')
      await panel.getByText('已经登记过了').waitFor()
      await lookAt(page, panel.getByText('已经登记过了'), '11-followed')
      assert.equal((await call(page, 'Apps/Portal', app.id)).row.state, '部署准备中')

      // the code is uploaded
      await call(page, 'Cases/Act', { app_id: app.id, task: 'STEP-3.2', act: 'confirm', reason: '', note: '逐页自查通过', uploads: [] })
      const site = zipOf(mendedSite(await call(page, 'Tracking/Snippets', app.id, 'static')))
      await prepare(page, '上传代码', async (dialog) => {
        await dialog.getByLabel('版本号').fill('1.0.1')
        await dialog.getByLabel('备注').fill('首次上传')
        await dialog.locator('input[type=file]').setInputFiles({ name: '示例督办-0303.zip', mimeType: 'application/zip', buffer: site })
        await look(page, '12-preparing')
      })
      await panel.getByText('定住的数据').waitFor(long)
      await look(page, '13-upload')
      await press(panel, '开始办理')
      await panel.getByText('请您在浏览器窗口里登录').waitFor(long)
      await look(page, '14-vendor-login')
      await portal.post('scan')
      const vendor = await personAt(data, 'hosting.杭州', portal.url)
      await panel.getByText('请您在浏览器窗口里打开“部署发布').waitFor(long)
      await look(page, '15-vendor-versions')
      assert.ok(vendor.page.url().endsWith(hosted), vendor.page.url()) // the list was found without the person
      await button(vendor.page.getByRole('row').filter({ hasText: subject }), '部署发布').click()
      await panel.getByText('请您在浏览器窗口里打开“上传代码”的表单').waitFor(long)
      await look(page, '17-vendor-form')
      await button(vendor.page, '上传代码').click()
      await press(panel, '是')
      await panel.getByText('选定文件后会马上上传到平台').waitFor(long)
      await look(page, '18-upload-question')
      await press(panel, '上传')
      await panel.getByText('现在请您在浏览器窗口里核对').waitFor(long)
      await look(page, '19-vendor-filled')
      await steady()
      await decide(vendor.page.getByRole('dialog'), '确定')
      await panel.getByRole('heading', { name: '回执' }).waitFor(long)
      await lookAt(page, panel.getByRole('heading', { name: '回执' }), '20-upload-receipt')
      // the vendor hands the version over, and the state of the release tells so
      await vendor.page.keyboard.press('Escape') // the log stays open for the person
      await vendor.page.getByRole('dialog').first().waitFor({ state: 'hidden' })
      await decide(vendor.page.getByRole('row').filter({ hasText: '1.0.1' }), '提交发布')
      await press(panel, '登记办结')
      await panel.getByText('已经登记过了').waitFor()
      await readAndWrite(page, '治理侧状态', '21-plan')
      await write(page, '', '22-applied')
      assert.equal((await call(page, 'Apps/Portal', app.id)).row.state, '待发布审批')

      // the approval is asked for
      await prepare(page, '提交审批')
      await panel.getByText('定住的数据').waitFor(long)
      await look(page, '23-approval')
      await press(panel, '开始办理')
      await panel.getByText('请您在浏览器窗口里打开“提交审批”的表单').waitFor(long)
      await decide(owner.page.getByRole('row').filter({ hasText: subject }), '提交审批') // the way to the form bears the same name
      await panel.getByText('现在请您在浏览器窗口里核对').waitFor(long) // the page says whose form it is: nobody is asked
      await look(page, '25-filled')
      await owner.page.screenshot({ path: new URL('../../build/cache/pictures/kitday-25-portal.png', import.meta.url).pathname })
      await steady()
      await decide(owner.page, '提交审批')
      await panel.getByRole('heading', { name: '回执' }).waitFor(long)
      await panel.getByText('状态是“发布审批中”').first().waitFor()
      await look(page, '26-receipt')
      await press(panel, '登记提交')
      await panel.getByText('已经登记过了').waitFor()
      await visit(page, `/apps/${app.id}/tasks/STEP-3.4`)
      await status(page, '已提交')
      await look(page, '27-submitted')

      // the reviewers send it back
      await portal.post('state', { Table: 'TABLE-1', Name: subject, State: '发布修改中' })
      await readAndWrite(page, '登记退回', '28-returned')
      const back = line(page, '登记退回')
      await back.locator('.tick .el-checkbox').click()
      await back.getByLabel('退回的理由').fill('首页没有按规范埋点，请补齐后重新提交')
      await back.getByText('埋点').first().click()
      await lookAt(page, back, '29-reason')
      await write(page, '', '30-applied')
      await visit(page, `/apps/${app.id}/tasks`)
      await look(page, '31-reopened')
      const { tasks } = await call(page, 'Cases/View', app.id)
      const statusOf = Object.fromEntries(tasks.map((t) => [t.id, t.status]))
      assert.equal(statusOf['STEP-3.2'], 'returned')
      assert.equal(statusOf['STEP-3.4'], 'blocked')
      assert.equal(await page.getByText('请核对哪一边还没有登记').count(), 0)
      await page.getByText('请开发商办“加入埋点代码并自查”').waitFor()

      const posted = await portal.get('posted')
      assert.deepEqual(posted.map((p) => p.form ?? p.Form), ['FORM-3', 'UPLOAD', 'PUBLISH', 'FORM-4'])
      await steady()
      await owner.close()
      await vendor.close()
    }, { env: { DISPLAY: process.env.DISPLAY ?? ':0' } })
  } finally {
    await portal.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
