// One app through its whole life on the pages: listed, with a return in acceptance, then a new version, a change of
// facts, and taken down. The acts that the walk shows one by one are registered without it, in between.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enter, field } from './forms.mjs'
import { call, settled, visit, withProgram } from './harness.mjs'
import { act, finish, loadSample, look, nextAct, press, register, status, until } from './steps.mjs'

const name = '示例驾驶舱'
const acceptance = 'STEP-3.4'

test('one app from its listing, with a return, to its taking down', () =>
  withProgram(async ({ page, mayRefuse }) => {
    await loadSample(page)
    const app = (await call(page, 'Apps/List', false)).find((a) => a.name === name)
    await call(page, 'Apps/Set', app.id, [{ key: 'app.test_on_workbench', values: ['是'] }])
    await listed(page, app.id)
    await newVersion(page, app.id)
    await changedFacts(page, app.id)
    await takenDown(page, app.id, mayRefuse)
  }))

function offer(page, flow) {
  return page.getByRole('button', { name: new RegExp(`^开始….*${flow}$`) })
}

/** Begins a flow from the app's page and returns its case. */
async function begin(page, appID, flow, values, picture) {
  await visit(page, `/apps/${appID}/tasks`)
  await offer(page, flow).click()
  const dialog = page.getByRole('dialog', { name: new RegExp(`办理${flow}`) })
  for (const [key, value] of Object.entries(values)) await enter(page, `input.${key}`, value)
  const [, tasks] = (await dialog.innerText()).match(/共 (\d+) 个事项/)
  await look(page, picture)
  await press(dialog, '开始办理')
  await page.getByRole('heading', { name: flow, level: 2 }).waitFor()
  await settled(page)
  await page.getByText(`办好 0 / ${tasks} 个事项`).waitFor()
  return page.url().match(/case=([^&]+)/)[1]
}

async function listed(page, id) {
  let view = await call(page, 'Cases/View', id)
  while (view.tasks.find((t) => t.id === acceptance).status !== 'submitted') {
    const next = nextAct(view)
    view = await register(page, view.case_id, next.id, next.what)
  }
  await visit(page, `/apps/${id}/tasks/${acceptance}`)
  await press(page.locator('article'), '登记退回')
  const dialog = page.getByRole('dialog')
  await enter(dialog, 'act.reason', '首页没有按规范埋点，请补齐后重新提交')
  await dialog.getByText(/规则：埋点完成/).waitFor()
  const again = view.tasks.find((t) => t.id === 'STEP-3.2').title
  await field(dialog, 'act.reopens').getByText(again, { exact: true }).click()
  await look(page, 'life-01-return')
  await press(dialog, '登记退回')
  await dialog.waitFor({ state: 'hidden' })
  await status(page, '暂不能办') // until what it sent back is done again
  await page.locator('article .returned').getByText('首页没有按规范埋点').waitFor()
  await look(page, 'life-02-returned')
  await visit(page, `/apps/${id}/tasks`)
  await look(page, 'life-03-reopened')
  await visit(page, `/apps/${id}/tasks/STEP-3.2`)
  await status(page, '被退回')
  await act(page, '登记办结', { note: '首页已补埋点' }, '已办结')
  await visit(page, `/apps/${id}/tasks/${acceptance}`)
  await act(page, '登记提交', { note: '第二轮提交' }, '已提交')
  await look(page, 'life-04-second-round')
  await finish(page, id, view.case_id)
  await page.getByText('已办结，办好').waitFor()
  await look(page, 'life-05-listed')

  await press(page.locator('aside'), '记下')
  await enter(page, 'portal.state', '已发布')
  await enter(page, 'portal.release', 'FB001')
  await press(page.getByRole('dialog'), '记下')
  await page.getByText('发布编号 FB001').waitFor()
}

async function newVersion(page, id) {
  const caseID = await begin(page, id, '版本升级', { version: '1.2.0', content: '换了首页' }, 'life-06-new-version')
  await look(page, 'life-07-upgrading')
  await page.getByRole('button', { name: '去办理' }).click()
  await page.locator('article header .status').waitFor()
  await look(page, 'life-08-upgrade-task')
  await finish(page, id, caseID)
  await page.getByText('办结时改了').waitFor()
  await look(page, 'life-09-upgraded')
  assert.equal((await call(page, 'Apps/View', id)).app.released_version, '1.2.0')
}

async function changedFacts(page, id) {
  const caseID = await begin(page, id, '信息变更', { responsible_name: '联系人庚', responsible_phone: '13800000009' }, 'life-10-change')
  await finish(page, id, caseID)
  await page.getByText('办结时改了').waitFor()
  await look(page, 'life-11-changed')
  await visit(page, `/apps/${id}/data?field=app.responsible_name`)
  assert.equal(await field(page, 'app.responsible_name').locator('input').inputValue(), '联系人庚')
}

async function takenDown(page, id, mayRefuse) {
  mayRefuse('Cases/Begin')
  await visit(page, `/apps/${id}/tasks`)
  await offer(page, '下线').click()
  const dialog = page.getByRole('dialog', { name: /办理下线/ })
  await press(dialog, '开始办理')
  await page.getByText('请填写下线原因').waitFor()
  const day = field(page, 'input.last_day').locator('input')
  await day.fill('2026年3月31日')
  await day.press('Enter')
  assert.equal(await day.inputValue(), '2026-03-31')
  await day.press('ArrowDown')
  await page.locator('.day-calendar:visible').getByText('2026 年').first().waitFor()
  await page.waitForTimeout(200) // the calendar unfolds
  await look(page, 'life-12-day')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  assert.equal(await day.inputValue(), '2026-03-30')
  await enter(page, 'input.reason', '业务已并入别的应用')
  await look(page, 'life-13-taking-down')
  await press(dialog, '开始办理')
  await page.getByRole('heading', { name: '下线', level: 2 }).waitFor()
  await settled(page)
  const caseID = page.url().match(/case=([^&]+)/)[1]
  await finish(page, id, caseID)
  await page.getByText('办结时改了：已下线 → 是').waitFor()
  await look(page, 'life-14-taken-down')
  assert.equal((await call(page, 'Apps/View', id)).app.retired, true)
  await page.locator('summary').filter({ hasText: '现在不能办的' }).click()
  await page.getByText('已经下线').first().waitFor()
  assert.equal(await page.getByRole('group', { name: '这个应用的办件' }).getByRole('button').count(), 4)
  assert.equal((await until(page, caseID, 0)).finished, true)
  await visit(page, '/overview')
  await page.getByRole('rowheader', { name: /已全部办好/ }).or(page.getByText('已全部办好')).first().waitFor()
  await look(page, 'life-15-overview')
}
