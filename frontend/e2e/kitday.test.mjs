// The first half of a day at a portal built with a real UI kit: two actions prepared offline, then on the network, logged
// in, read, confirmed, and the release registered. The person presses what is final.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertScreen, call, picture, visit, withProgram } from './harness.mjs'
import { personAt, servePortal, unseenBrowser } from './portals.mjs'
import { release } from './portalpages.mjs'
import { loadSample, press } from './steps.mjs'

const long = { timeout: 120_000 }
const releases = '/workbench/myresource/governance'

/** The panel and lists look again and again, so the page never comes to rest. */
async function look(page, name) {
  await picture(page, `kitday-${name}`)
  await assertScreen(page, name)
}

const row = (page, title) => page.getByRole('region', { name: '平台' }).getByRole('listitem').filter({ hasText: title })
const line = (page, text) => page.locator('tr.line').filter({ hasText: text })
const want = (app_id, kind) => ({ app_id, kind, component: '', version: '', remark: '', upload: '', job: '' })

/** The person presses a button of the portal that is final, and it is counted. */
async function decide(person, pressed, name) {
  pressed[name] = (pressed[name] ?? 0) + 1
  await person.page.locator('button, a, [role=button], input[type=submit]').getByText(name, { exact: true }).or(person.page.getByRole('button', { name, exact: true })).first().click(long)
}

/** Begins a prepared action in the panel beside the list. */
async function begin(page, action) {
  await visit(page, `/sync?part=outbox&action=${action.id}`)
  const panel = page.getByRole('complementary')
  await press(panel, '开始办理')
  return panel
}

/** Reads TABLE-1 and waits for what is different. */
async function read(page) {
  await visit(page, '/sync')
  await press(page, '读取并比较')
}

test('prepared offline, then on the network: read, confirmed, registered, and the receipt', async () => {
  const portal = await servePortal('--kit', 'antd-5', '--seed', '11', '--empty')
  const folder = mkdtempSync(join(tmpdir(), 'sjt-kitday-'))
  const pressed = {}
  try {
    await portal.post('rows', { Table: 'TABLE-1', Rows: [release('示例督办', '2002000001', '部署准备中')] })
    await withProgram(async ({ page, data }) => {
      await loadSample(page)
      const app = (await call(page, 'Apps/List', false)).find((a) => a.name === '示例会议室')
      await visit(page, '/sync')
      const registering = await call(page, 'Outbox/Prepare', want(app.id, 'register'))
      await call(page, 'Outbox/Prepare', want(app.id, 'approval'))
      await visit(page, '/overview') // what was prepared without the page is not on it yet
      await visit(page, '/sync?part=outbox')
      await page.locator('main').getByText('提交审批').first().waitFor()
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

      const person = await personAt(data, 'irs', portal.url)
      await person.page.goto(`${portal.url}${releases}`)
      await read(page)
      await line(page, '治理侧状态').first().waitFor(long)
      await look(page, '05-plan')
      await page.getByRole('button', { name: /^确认勾选的/ }).click()
      await press(page.getByRole('dialog'), '确认写入')
      await page.getByRole('heading', { name: '已写入' }).waitFor(long)
      await look(page, '06-applied')

      const panel = await begin(page, registering)
      await panel.getByText('请您在浏览器窗口里打开“应用发布注册”的表单').waitFor(long)
      await look(page, '07-open')
      await person.page.goto(`${portal.url}${releases}/register`)
      await panel.getByText('页面上没有显示应用名称').waitFor(long)
      await look(page, '08-question')
      await press(panel, '是')
      await panel.getByText('现在请您在浏览器窗口里核对').waitFor(long)
      await look(page, '09-filled')
      await person.page.screenshot({ path: new URL('../../build/cache/pictures/kitday-09-portal.png', import.meta.url).pathname })
      assert.deepEqual(await portal.get('finals'), {}, 'the program pressed a final button')
      await decide(person, pressed, '提交')
      await panel.getByRole('heading', { name: '回执' }).waitFor(long)
      await panel.getByRole('heading', { name: '回执' }).scrollIntoViewIfNeeded()
      await look(page, '10-receipt')

      const mine = (await portal.get('rows?table=TABLE-1')).filter((r) => r.治理侧名称 !== '示例督办')
      assert.equal(mine.length, 1)
      assert.equal(mine[0].状态, '部署准备中')
      assert.equal((await call(page, 'Apps/Portal', app.id)).row.state, '部署准备中')

      const posted = await portal.get('posted')
      assert.deepEqual(posted.map((p) => p.form ?? p.Form), ['FORM-3'])
      assert.deepEqual(await portal.get('finals'), pressed, 'somebody but the person pressed a final button')
      await person.close()
    }, { env: { DISPLAY: process.env.DISPLAY ?? ':0' } })
  } finally {
    await portal.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
