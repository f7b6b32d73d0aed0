// The main job as a person does it: from an empty data folder to the package and the tracking code, in one program.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { app, pageTable, parameters, unit } from './facts.mjs'
import { documentPDF, enter, enterAll, field } from './forms.mjs'
import { assertScreen, call, picture, settled, visit, withProgram } from './harness.mjs'

test('from the first run to the package, by the pages alone', () =>
  withProgram(async (given) => {
    const walk = { ...given, id: '' }
    await firstRun(walk)
    await unitAndVendor(walk)
    await newApp(walk)
    await enterData(walk)
    await mendFindings(walk)
    await beginCase(walk)
    await actByActs(walk)
    await packages(walk)
    await tracking(walk)
    await journal(walk)
  }))

/** Looks at the screen as it stands and keeps a picture of it. */
async function look(page, name) {
  await settled(page)
  await picture(page, `walk-${name}`)
  await assertScreen(page, name)
}

function press(scope, name) {
  return scope.getByRole('button', { name, exact: true }).click()
}

async function firstRun({ page }) {
  await look(page, '01-first-run')
  await press(page, '开始使用')
  const summary = page.getByRole('alert')
  await summary.waitFor()
  assert.equal(await summary.evaluate((e) => e === document.activeElement), true, 'the summary takes the focus')
  assert.equal(await summary.getByRole('link').count(), 4)
  await look(page, '02-first-run-wrong')
  await summary.getByRole('link', { name: '请填写单位名称' }).click()
  await page.keyboard.type('示例市数据中心')
  await enterAll(page, { process_region: '杭州', region: '示例市', operator: '联系人甲' })
  await press(page, '开始使用')
  await page.getByRole('dialog', { name: '新建应用' }).waitFor()
  await press(page.getByRole('dialog'), '取消')
}

async function unitAndVendor({ page }) {
  await visit(page, '/settings/unit')
  await enterAll(page, unit)
  await saved(page)
  await look(page, '03-unit')
  await visit(page, '/settings/vendors')
  await press(page, '登记开发商')
  await enter(page, 'vendor_name', '示例科技有限公司')
  await press(page.getByRole('dialog'), '登记')
  await enter(page, 'vendor.credit_code', '社会信用编码：91330199MA0000000R'.replace('社会信用编码', '开发商社会信用编码'))
  await press(page, '新增联系人')
  await enterAll(page, { 'contact-0-name': '联系人己', 'contact-0-phone': '139 0000 0001'.replaceAll(' ', ''), 'contact-0-type': '开发人员', 'contact-0-account': '是' })
  await saved(page)
  await press(page, '承诺参保')
  await enter(page, 'contact-0-note', '已看参保证明')
  await press(page.getByRole('dialog'), '承诺')
  await page.getByText('联系人甲于 2026-03-02 承诺').waitFor()
  assert.equal(await field(page, 'vendor.credit_code').locator('input').inputValue(), '91330199MA0000000R')
  await look(page, '04-vendor')
}

async function newApp(walk) {
  const { page } = walk
  await visit(page, '/apps')
  await press(page, '新建应用')
  await enterAll(page, { new_name: '示例督办', new_kind: 'H5' })
  await look(page, '05-new-app')
  await press(page.getByRole('dialog'), '新建')
  await page.getByRole('heading', { name: '示例督办', level: 1 }).waitFor()
  walk.id = page.url().match(/apps\/([^/]+)\/data/)[1]
}

async function enterData({ page, id }) {
  for (const [subject, values] of Object.entries(app)) {
    await visit(page, `/apps/${id}/data?subject=${subject}`)
    await enterAll(page, values)
    if (subject === 'acceptance') await enterSecret(page, 'app.test_password', '示例密码-仅供演示')
    await saved(page)
    await look(page, `06-data-${subject}`)
  }
  await page.reload()
  await settled(page)
  const { app: stored } = await call(page, 'Apps/View', id)
  assert.equal(stored.identifier, 'sldb_demo', 'a pasted label and full-width letters are forgiven')
  assert.equal(stored.responsible_phone, '13800000005')
  assert.notEqual(stored.test_password, '示例密码-仅供演示')
}

async function enterSecret(page, key, text) {
  await field(page, key).locator('input').fill(text)
  await press(field(page, key), '存入密码库')
  await field(page, key).getByText('已存入本机密码库').waitFor()
}

async function saved(page) {
  await settled(page)
  await page.getByRole('status').filter({ hasText: '已保存' }).waitFor()
}

/** The finding of a rule on 核对. */
function finding(page, rule) {
  return page.getByRole('listitem').filter({ has: page.getByText(rule, { exact: true }) })
}

async function mendFindings({ page, id }) {
  await visit(page, `/apps/${id}/check`)
  const ip = finding(page, 'RULE-5')
  assert.match(await ip.innerText(), /10\.45\.13\.181 不是公网地址/)
  await look(page, '07-check')
  await ip.getByRole('link', { name: '去修改' }).click()
  await settled(page)
  await page.waitForFunction(() => document.activeElement?.closest('[data-field="app.egress_ips"]') !== null)
  await field(page, 'app.egress_ips').getByText('10.45.13.181 不是公网地址').waitFor()
  await look(page, '08-mend')
  await enter(page, 'app.egress_ips', ['1.2.3.4'])
  await saved(page)
  await visit(page, `/apps/${id}/check`)
  await finding(page, 'RULE-7').waitFor()
  assert.equal(await finding(page, 'RULE-5').count(), 0)

  await press(finding(page, 'RULE-7'), '说明理由后保留')
  await press(page.getByRole('dialog'), '保留')
  await page.getByText('请写明保留的理由').waitFor()
  await enter(page, 'waive_reason', '本单位的业务由中心区受理')
  await press(page.getByRole('dialog'), '保留')
  await finding(page, 'RULE-7').getByText('联系人甲于 2026-03-02 决定保留：本单位的业务由中心区受理').waitFor()
  await look(page, '09-waived')
}

async function beginCase({ page, id }) {
  await visit(page, `/apps/${id}/tasks`)
  await look(page, '10-tasks-before')
  await press(page, '开始办理')
  await page.getByRole('heading', { name: '新应用上架', level: 2 }).waitFor()
  await look(page, '11-tasks')
  await page.getByRole('link', { name: '组件申请（正式接口权限）', exact: true }).first().click()
  await page.getByText('现在还不能办，要等').waitFor()
  await look(page, '12-blocked')
  await page.locator('.blocked').getByRole('link', { name: '应用注册（编目）' }).click()
  await page.getByRole('heading', { name: '应用注册（编目）', level: 2 }).waitFor()

  const registered = page.getByRole('region', { name: '登记' }).or(page.locator('.box'))
  assert.equal(await registered.getByRole('button', { name: '登记提交' }).isDisabled(), true)
  await registered.getByText(/RULE-2/).first().waitFor()
  await look(page, '13-refused')
  await attest(page, id)
}

async function attest(page, id) {
  await visit(page, `/apps/${id}/check`)
  await finding(page, 'RULE-2').first().getByRole('link', { name: '去修改' }).click()
  await settled(page)
  await press(page.locator('section[aria-label$="的承诺"]'), '承诺')
  await enter(page, 'attest_note', '已核对编制名册')
  await press(page.getByRole('dialog'), '承诺')
  await page.getByText('联系人甲于 2026-03-02 承诺：已核对编制名册').waitFor()
  await look(page, '14-attested')
}

const proof = { name: '截图.pdf', mimeType: 'application/pdf', buffer: documentPDF() }

async function actByActs({ page, id }) {
  await visit(page, `/apps/${id}/tasks/STEP-2.1`)
  await press(page, '填写')
  await status(page, '已填写')
  await act(page, '登记提交', { note: '已在 IRS 提交', file: proof }, '已提交')
  await act(page, '登记审核中', {}, '审核中')
  await look(page, '15-act')
  await act(page, '登记退回', { reason: '建设依据没有写清' }, '被退回')
  await page.getByText('退回理由').waitFor()
  await look(page, '16-returned')
  await act(page, '登记提交', {}, '已提交')
  await act(page, '登记通过', { note: '我的资源里已有本应用' }, '已通过')
  await act(page, '撤回上一步', { reason: '点错了应用' }, '已提交')
  await page.getByText('（已撤回）').waitFor()
  await look(page, '17-undone')
  await act(page, '登记通过', { note: '我的资源里已有本应用' }, '已通过')

  await visit(page, `/apps/${id}/tasks/STEP-2.2`)
  await press(page, '登记办结')
  await press(page.getByRole('dialog'), '登记办结')
  await page.getByText('请放上证明：选择文件，或写一句说明').waitFor()
  await look(page, '18-proof-needed')
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(proof)
  await press(page.getByRole('dialog'), '登记办结')
  await status(page, '已办结')

  for (const [task, what] of [
    ['STEP-1.1', 'submit'], ['STEP-1.1', 'pass'], ['STEP-1.2', 'confirm'], ['STEP-2.3', 'submit'], ['STEP-2.3', 'pass'], ['STEP-2.4', 'confirm'],
  ]) await register(page, id, task, what)
  await visit(page, `/apps/${id}/tasks`)
  await look(page, '19-tasks-later')
}

/** The same as by the pages, which were used once for each kind of act. */
function register(page, id, task, what) {
  return call(page, 'Cases/Act', { app_id: id, task, act: what, reason: '', note: '已办好，见平台', uploads: [] })
}

async function act(page, word, { reason, note, file }, then) {
  await press(page, word)
  const dialog = page.getByRole('dialog')
  if (reason) await enter(dialog, 'act.reason', reason)
  if (note) await enter(dialog, 'act.note', note)
  if (file) await dialog.locator('input[type=file]').setInputFiles(file)
  await press(dialog, word)
  await dialog.waitFor({ state: 'hidden' })
  await status(page, then)
}

function status(page, word) {
  return page.locator('article header .status').getByText(word, { exact: true }).waitFor()
}

async function packages({ page, id }) {
  await visit(page, `/apps/${id}/packages`)
  await page.getByText(/还有 \d+ 条须改正或未核对/).waitFor()
  await look(page, '20-packages')
  const draft = await make(page, '生成草稿')
  assert.match(draft.file_name, /草稿/)
  assert.ok((draft.blocking ?? []).length > 0, 'a draft lists why')
  await look(page, '21-draft')

  await visit(page, `/apps/${id}/tracking`)
  await enterAll(page, parameters)
  await saved(page)
  await press(page, '粘贴整表')
  await enter(page, 'pages.paste', pageTable)
  await press(page.getByRole('dialog'), '读入')
  await page.getByLabel('第 2 行 page_name').waitFor()
  await saved(page)
  await visit(page, `/apps/${id}/journal`)
  await visit(page, `/apps/${id}/tracking`)
  for (const [key, value] of Object.entries(parameters)) {
    assert.equal(await field(page, key).locator('input').inputValue(), value, `${key} is still there after a look elsewhere`)
  }
  for (const [task, what] of [['STEP-3.1', 'confirm'], ['STEP-3.2', 'confirm'], ['STEP-3.3', 'confirm'], ['STEP-3.4', 'fill']]) {
    await register(page, id, task, what)
  }
  await visit(page, `/apps/${id}/packages`)
  await page.getByText('没有须改正的，可以生成正式材料包。').waitFor()
  const first = await make(page, '生成材料包')
  await look(page, '22-package')
  const one = await checkZip(page, first)
  const second = await make(page, '生成材料包')
  await page.getByText('内容完全一样。').first().waitFor()
  assert.deepEqual(await checkZip(page, second), one, 'the same data give the same bytes')

  await visit(page, `/apps/${id}/data?field=app.description`)
  await enter(page, 'app.description', '供本单位工作人员登记、跟踪、催办和评价督办事项。')
  await saved(page)
  await visit(page, `/apps/${id}/packages`)
  await make(page, '生成材料包')
  await page.getByRole('cell', { name: '描述' }).first().waitFor()
  await look(page, '23-difference')
}

/** Makes a package and returns its record. */
async function make(page, button) {
  const before = await page.locator('.history .item').count()
  await press(page.locator('section.make'), button)
  await page.locator('.history .item').nth(before).waitFor({ timeout: 60_000 })
  await settled(page)
  const id = page.url().match(/apps\/([^/]+)\//)[1]
  const records = await call(page, 'Packages/History', id)
  return records.reduce((a, b) => (b.number > a.number ? b : a))
}

/** Downloads the newest package, compares it with its manifest and returns its bytes. */
async function checkZip(page, record) {
  const path = await download(page, page.locator('.result').getByRole('link', { name: '下载' }))
  const bytes = readFileSync(path)
  assert.equal(createHash('sha256').update(bytes).digest('hex'), record.sha256)
  const names = execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).trim().split('\n')
  const read = (name) => execFileSync('unzip', ['-p', path, name.replace(/[[\]*?]/g, '\\$&')], { maxBuffer: 1 << 28 })
  const manifest = JSON.parse(read(names.find((n) => n.endsWith('manifest.json'))))
  assert.equal(manifest.files.length, names.length - 1, 'every file but the manifest itself is listed')
  for (const file of manifest.files) {
    const at = names.find((n) => n === file.name || n.endsWith(`/${file.name}`))
    assert.equal(createHash('sha256').update(read(at)).digest('hex'), file.sha256, file.name)
  }
  return bytes
}

async function download(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), link.first().click()])
  return file.path()
}

async function tracking({ page, id }) {
  await visit(page, `/apps/${id}/tracking`)
  await look(page, '24-tracking')
  for (const stack of ['静态多页站点', 'Vue 3 + vue-router']) {
    await press(page, stack)
    await settled(page)
    const code = page.getByRole('region', { name: '流量分析' }).first()
    await code.scrollIntoViewIfNeeded()
    await code.getByRole('button', { name: /^复制/ }).click()
    await code.getByText('已复制').waitFor()
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /aplus_queue/)
    await look(page, `25-snippet-${stack.split(' ')[0]}`)
    const path = await download(page, page.getByRole('link', { name: /下载全部/ }))
    assert.match(execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }), /tracking/)
  }
}

async function journal({ page, id }) {
  await visit(page, `/apps/${id}/journal`)
  await page.getByRole('table').waitFor()
  await look(page, '26-journal')
  const text = await page.getByRole('table').innerText()
  assert.match(text, /联系人甲/)
  assert.match(text, /评价督办事项/)
  await visit(page, '/overview')
  await look(page, '27-overview')
}

test('the first run and an act need no mouse', () =>
  withProgram(async ({ page }) => {
    const type = async (text) => { await page.keyboard.type(text); await page.keyboard.press('Tab') }
    await tabTo(page, '单位名称')
    await type('示例市数据中心')
    await tabTo(page, '所属区域')
    await page.keyboard.type('杭州')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await tabTo(page, '单位所在的市')
    await type('示例市')
    await tabTo(page, '操作人')
    await type('联系人甲')
    await tabTo(page, '开始使用')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: '新建应用' }).waitFor()
    await tabTo(page, '应用名称')
    await type('示例督办')
    await tabTo(page, 'H5')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '示例督办', level: 1 }).waitFor()
    const id = page.url().match(/apps\/([^/]+)\/data/)[1]
    await call(page, 'Cases/Start', id, 'FLOW-1')
    await visit(page, `/apps/${id}/tasks/STEP-1.1`)
    await tabTo(page, '登记提交')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: /登记提交/ })
    await dialog.waitFor()
    await tabTo(page, '说明')
    await page.keyboard.type('已在平台提交')
    await tabTo(page, '登记提交')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await status(page, '已提交')
  }))

/** Presses Tab until what has the focus is called so. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 80; presses++) {
    if ((await focusName(page)).includes(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to “${name}”`)
}

function focusName(page) {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return ''
    const labels = 'labels' in at ? [...(at.labels ?? [])].map((l) => l.innerText) : []
    const named = ['A', 'BUTTON'].includes(at.tagName) ? at.innerText : ''
    return [at.getAttribute('aria-label') ?? '', ...labels, named].join(' ')
  })
}
