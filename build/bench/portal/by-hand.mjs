// What a person who knows the kit (element-plus) would write with Playwright for this very page: filling the form of 25
// fields, or reading a list over all its pages.
//
//   node build/bench/portal/by-hand.mjs fill URL FOLDER
//   node build/bench/portal/by-hand.mjs read URL
import { createRequire } from 'node:module'
import { join } from 'node:path'

const { chromium } = createRequire(new URL('../../../frontend/package.json', import.meta.url))('playwright-core')
const [work, url, folder] = process.argv.slice(2)
const args = ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']
const browser = await chromium.launch({ executablePath: process.env.BROWSER, args, chromiumSandbox: process.getuid() !== 0 })
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
await page.goto(url)

const item = (label, n = 0) => page.locator('.el-form-item').filter({ has: page.locator('.el-form-item__label', { hasText: label }) }).nth(n)
const write = (label, text, n) => item(label, n).locator('input, textarea').first().fill(text)
const tick = (label, ...words) => words.reduce((done, word) => done.then(() => item(label).locator('.el-radio, .el-checkbox').filter({ hasText: word }).first().click()), Promise.resolve())
const option = (word) => page.locator('.el-select-dropdown__item:visible, .el-cascader-node:visible').filter({ hasText: word }).first().click()

async function select(label, ...words) {
  await item(label).locator('.el-select__wrapper').click()
  for (const word of words) await option(word)
  if (words.length > 1) await page.locator('.heading').first().click()
}

async function search(label, word) {
  await item(label).locator('.el-select__wrapper').click()
  await item(label).locator('input').first().fill(word)
  await option(word)
}

async function date(label, text) {
  await item(label).locator('input').click()
  const [year, month, day] = text.split('-').map(Number)
  const panel = page.locator('.el-date-picker:visible')
  for (;;) {
    const [y, m] = (await panel.locator('.el-date-picker__header-label').allTextContents()).map((t) => Number(t.replace(/\D/g, '')))
    const away = (year - y) * 12 + month - m
    if (away === 0) break
    await panel.locator(away > 0 ? 'button.arrow-right' : 'button.arrow-left').dispatchEvent('click')
  }
  await panel.locator('td.available').filter({ hasText: new RegExp(`^${day}$`) }).first().dispatchEvent('click')
  await panel.waitFor({ state: 'hidden' })
}

async function fill() {
  await item('应用名称').waitFor()
  await write('应用名称', '示例督办')
  await write('应用简介', '一段文字')
  await write('预计用户数', '1200')
  await tick('建设层级', '市级')
  await tick('网络环境', '政务外网', '互联网')
  await select('建设模式', '自主建设')
  await select('应用领域', '数字政府', '数字文化')
  await item('行政区划').locator('.el-cascader').click()
  for (const word of ['样本市', '乙区', '乙区二街道']) await option(word)
  await search('建设部门', '应用推进科')
  await search('归属目录', '目录377号')
  await date('立项日期', '2025-11-03')
  await date('计划上线日期', '2026-12-01')
  await item('是否统建').locator('.el-switch').click()
  await tick('是否协同', '是')
  await tick('建设依据', '政策文件', '其他')
  await write('其他(请注明)', '市政府专题会议')
  await item('建设方案').locator('input[type=file]').setInputFiles(join(folder, '建设方案.docx'))
  await item('补充材料').locator('input[type=file]').setInputFiles(join(folder, '补充材料.pdf'))
  for (const n of [0, 1]) {
    await write('单位名称', '示例科技有限公司', n)
    await write('联系电话', '13800000001', n)
  }
  await write('社会信用编码', '91330199MA0000000R')
  await item('开发商联系方式').locator('button').click()
  const cells = item('开发商联系方式').locator('.row input')
  for (let n = 0; n < 4; n++) await cells.nth(n).fill(n % 2 ? '13800000003' : '联系人甲')
  await write('备注', '无')
}

async function read() {
  const rows = []
  for (;;) {
    await page.locator('.el-table__body tr').first().waitFor()
    await page.locator('.el-loading-mask').waitFor({ state: 'hidden' })
    rows.push(...await page.locator('.el-table__body tr').evaluateAll((list) => list.map((tr) => [...tr.cells].map((td) => td.innerText.trim()))))
    const next = page.locator('.el-pagination .btn-next')
    if (await next.isDisabled()) break
    const first = await page.locator('.el-table__body tr').first().innerText()
    await next.click()
    await page.waitForFunction((old) => document.querySelector('.el-table__body tr')?.innerText !== old, first)
  }
  return rows.length
}

const said = work === 'fill' ? await fill() : await read()
if (said !== undefined) console.log(said)
await browser.close()
