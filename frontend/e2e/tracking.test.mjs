// The checks of the tracking code as a person does them: a vendor's site that fails, its mend, the report as the proof,
// and what is said when the code changes after that.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertScreen, call, picture, pictures, settled, visit, withProgram } from './harness.mjs'
import { failingSite, mendedSite, pageView, zipOf } from './sites.mjs'

async function loadSample(page) {
  await page.getByRole('button', { name: '载入示例单位' }).click()
  await page.getByRole('heading', { name: '总览', level: 1 }).waitFor()
  await settled(page)
  return (await call(page, 'Apps/List', false)).find((a) => a.name === '示例督办')
}

async function look(page, name) {
  await settled(page)
  await picture(page, `tracking-${name}`)
  await assertScreen(page, name)
}

const press = (scope, name) => scope.getByRole('button', { name, exact: true }).click()
const zip = (name, files) => ({ name, mimeType: 'application/zip', buffer: zipOf(files) })

/** Hands files over through 选择文件 and waits for the verdict. */
async function check(page, file, verdict) {
  await page.getByLabel('要检查的文件', { exact: true }).setInputFiles(file)
  await verdictIs(page, verdict)
}

async function verdictIs(page, verdict) {
  await page.getByRole('heading', { name: verdict, exact: true, level: 2 }).waitFor()
  await settled(page)
}

/** Saves what a link offers into the folder of pictures. */
async function save(page, link) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const path = join(pictures, download.suggestedFilename().replace(/^.*(\.\w+)$/, 'tracking-report$1'))
  await download.saveAs(path)
  return path
}

test('a failing site, its mend, the report as the proof, and other code after that', () =>
  withProgram(async ({ page }) => {
    const { id } = await loadSample(page)
    await visit(page, `/apps/${id}/tracking`)
    await page.getByText('还没有检查过').first().waitFor()
    await look(page, '01-inputs')
    await press(page, '去检查')
    await look(page, '02-intake')

    await check(page, zip('示例督办-0301.zip', failingSite()), '未通过')
    assert.match(page.url(), /check=/)
    await look(page, '03-failed')
    const pages = page.getByRole('table', { name: '各页面的结论' })
    assert.match(await pages.innerText(), /缺失[\s\S]*detail\.html/)
    assert.equal(await page.getByRole('button', { name: '作为办结依据' }).isDisabled(), true)
    await mend(page)

    await press(page, '检查别的，或看以前的')
    const mended = mendedSite(await call(page, 'Tracking/Snippets', id, 'static'))
    await check(page, zip('示例督办-0302.zip', mended), '通过')
    await look(page, '06-passed')
    await play(page)
    await look(page, '06-played')
    await reports(page)
    await press(page, '作为办结依据')
    await prove(page, id)

    await visit(page, `/apps/${id}/tracking?part=check`)
    await check(page, zip('示例督办-0303.zip', { ...mended, 'list.html': mended['list.html'].replace('督办事项', '督办') }), '通过')
    await visit(page, `/apps/${id}/tracking?part=check`)
    await page.getByText('作为办结依据的检查之后，代码又变过').waitFor()
    await look(page, '09-list')
    await stale(page, id)
  }))

/** Opens the code that was checked last in the browser of this machine, as the client on a PC. */
async function begin(page) {
  await press(page, '实测')
  await page.getByRole('button', { name: '开始实测' }).waitFor()
  await look(page, '18-live-ask')
  for (const device of ['安卓', '苹果']) await page.locator('.el-checkbox').filter({ hasText: device }).click()
  await press(page, '开始实测')
  await page.getByRole('region', { name: '正在检查' }).waitFor()
}

async function play(page) {
  await begin(page)
  await page.getByText(/^实测：/).waitFor({ timeout: 120_000 })
  await verdictIs(page, '通过')
}

/** The code line of a finding and its mend. */
async function mend(page) {
  await press(page, '看第一条')
  await page.waitForFunction(() => document.activeElement.textContent.includes('在代码里没有上报'))
  await press(page, '按文件')
  const retired = page.getByRole('listitem').filter({ hasText: 'aplus-rhost-v 用的是已经废弃的服务器' })
  await press(retired, 'track.js:3:85')
  assert.equal(await retired.locator('mark').innerText(), "'alog.zjzwfw.gov.cn'")
  await press(retired, '复制改法')
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "['aplus-rhost-v', 'alog-api.ding.zj.gov.cn']")
  const started = page.getByRole('listitem').filter({ hasText: '没有推入 _hold START' })
  await press(started, 'track.js:11:70')
  await started.scrollIntoViewIfNeeded()
  await look(page, '04-finding')
  await page.getByRole('button', { name: /^请留意/ }).click()
  await look(page, '05-filtered')
}

async function reports(page) {
  const group = page.getByRole('group', { name: '导出报告' })
  const docx = await save(page, group.getByRole('link', { name: /Word/ }))
  assert.match(execFileSync('unzip', ['-p', docx, 'word/document.xml'], { encoding: 'utf8' }), /埋点检查报告[\s\S]*督办事项/)
  const html = await save(page, group.getByRole('link', { name: /网页/ }))
  assert.match(readFileSync(html, 'utf8'), /实测合格：共 3 页，合格 3 页/)
  const pdf = await save(page, group.getByRole('link', { name: /PDF/ }))
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), '%PDF-')
}

async function prove(page, id) {
  await page.getByText('报告已放进附件“埋点检查报告”').waitFor()
  await look(page, '07-proved')
  await page.getByRole('link', { name: 'STEP-3.2', exact: true }).click()
  await page.getByText(/埋点检查报告-示例督办/).first().waitFor()
  await look(page, '08-task')
  assert.ok((await call(page, 'Apps/View', id)).app.attachments['tracking-report'])
}

/** What is said on the page, on the old check and in 核对 when other code was checked after the proof. */
async function stale(page, id) {
  await page.getByRole('row', { name: /办结依据/ }).getByRole('link').click()
  await page.getByText('这个结果说的不是现在的代码').waitFor()
  await look(page, '10-stale')
  await visit(page, `/apps/${id}/tracking`)
  await page.getByText('代码又变过').waitFor()
  await visit(page, `/apps/${id}/tasks/STEP-3.2`)
  await page.getByText('这里的检查报告不再作数').waitFor()
  await page.getByRole('link', { name: '重新检查' }).scrollIntoViewIfNeeded()
  await look(page, '10-stale-task')
  await visit(page, `/apps/${id}/check`)
  await page.getByText('代码在埋点检查之后变过').first().waitFor()
  await look(page, '11-precheck')
}

test('a capture that is pasted, a folder by its place, and an address in the browser', () =>
  withProgram(async ({ page, mayRefuse }) => {
    const { id } = await loadSample(page)
    await visit(page, `/apps/${id}/tracking?part=check`)
    const field = page.getByLabel(/^或写/)
    await field.fill(`curl '${pageView('index', '首页', 'https://duban.example.com/mobile/index.html')}'`)
    await press(page.locator('form'), '检查')
    await verdictIs(page, '未通过')
    assert.match(await page.getByRole('row', { name: /首页/ }).innerText(), /^合格/)
    await page.getByText('还有 2 页没有抓到上报').waitFor()
    await look(page, '12-capture')

    const folder = mkdtempSync(join(tmpdir(), 'sjt-site-'))
    try {
      mkdirSync(join(folder, 'site'))
      for (const [name, text] of Object.entries(failingSite())) writeFileSync(join(folder, 'site', name), text)
      await visit(page, `/apps/${id}/tracking?part=check`)
      await field.fill(join(folder, 'site'))
      await press(page.locator('form'), '检查')
      await verdictIs(page, '未通过')
      await page.getByText('代码检查：site').waitFor()
      await visit(page, `/apps/${id}/tracking?part=check`)
      await page.getByLabel('要检查的文件夹', { exact: true }).setInputFiles(join(folder, 'site'))
      await verdictIs(page, '未通过')
      await page.getByText('代码检查：site').waitFor()
      mayRefuse('Tracking/CheckCode')
      await visit(page, `/apps/${id}/tracking?part=check`)
      await field.fill(join(folder, '没有'))
      await press(page.locator('form'), '检查')
      await page.getByRole('alert').filter({ hasText: '打不开' }).waitFor()
      assert.equal(await page.getByRole('heading', { name: '检查什么' }).count(), 1)
    } finally {
      rmSync(folder, { recursive: true })
    }
    await field.fill('http://127.0.0.1:9/index.html')
    await press(page.locator('form'), '检查')
    await page.getByText('认出：网址').waitFor()
    await look(page, '13-ask')
    await press(page, '取消')
  }))

test('the code that was checked is opened in the browser of this machine', () =>
  withProgram(async ({ page }) => {
    const { id } = await loadSample(page)
    await visit(page, `/apps/${id}/tracking?part=check`)
    await check(page, zip('示例督办.zip', mendedSite(await call(page, 'Tracking/Snippets', id, 'static'))), '通过')
    await begin(page)
    await picture(page, 'tracking-19-live-running')
    await visit(page, '/overview')
    await visit(page, `/apps/${id}/tracking?part=check`)
    await page.locator('#verdict-title').waitFor({ timeout: 120_000 })
    await page.getByText(/^实测：/).waitFor()
    await look(page, '20-live')
    assert.equal(await page.locator('#verdict-title').innerText(), '通过')
  }))

test('at 150 % and by keyboard alone', () =>
  withProgram(async ({ page }) => {
    await page.setViewportSize({ width: 911, height: 512 })
    const { id } = await loadSample(page)
    await visit(page, `/apps/${id}/tracking?part=check`)
    await look(page, '14-narrow-intake')
    await check(page, zip('示例督办.zip', failingSite()), '未通过')
    await look(page, '15-narrow-failed')
    const next = page.getByRole('button', { name: '看第一条' })
    await next.focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement.textContent.includes('在代码里没有上报'))
    await page.keyboard.press('Tab')
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^detail\.html:\d+:\d+$/)
    await page.keyboard.press('Enter')
    await page.locator('pre mark').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('pre mark').waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await look(page, '16-narrow-finding')
    const small = await page.locator('main').getByRole('button').evaluateAll((all) => all.filter((b) => b.offsetHeight > 0 && b.offsetHeight < 44).map((b) => b.textContent))
    assert.deepEqual(small, [])
    await visit(page, '/settings/facts')
    await look(page, '17-facts')
  }))
