import { afterEach, expect, test } from 'vitest'
import { previewPage } from './preview'
import { ApiError } from '@/api/error'
import { button, close, dialog, openAt, settle, type } from '@/features/tasks/testing'

afterEach(close)

async function press(text: string, within?: ParentNode): Promise<void> {
  button(text, within).click()
  await settle()
}

test('while something blocks, the list says what with links, and the draft is what is offered first', async () => {
  const { wrapper, of } = await openAt('/apps/a1/packages')
  const make = wrapper.get('.make')
  expect(make.text()).toContain('只能生成草稿')
  expect(make.find('a[href="/apps/a1/data?field=app.egress_ips"]').exists()).toBe(true)
  expect(button('生成草稿').className).toContain('el-button--primary')
  await press('生成草稿')
  expect(of('Packages.Make')[0]?.args[0]).toMatchObject({ app_id: 'a1', draft: true, with_password: false })
  const result = wrapper.get('.result')
  for (const part of ['草稿已生成', 'ab'.repeat(32), 'cd'.repeat(32), '第一个材料包']) expect(result.text()).toContain(part)
})

test('a package that is refused says why, and nothing is listed as made', async () => {
  const { wrapper } = await openAt('/apps/a1/packages')
  await press('生成材料包')
  expect(wrapper.get('.make [role=alert]').text()).toContain('还不能生成正式材料包')
  expect(wrapper.find('.result').exists()).toBe(false)
  expect(wrapper.text()).toContain('还没有生成过材料包')
})

test('with nothing in the way the package itself is offered', async () => {
  const { of } = await openAt('/apps/a1/packages', {
    'Checks.Precheck': () => ({ findings: [{ rule: 'RULE-6', level: 'warning', message: '请留意' }], rules: [] }),
  })
  expect(button('生成材料包').className).toContain('el-button--primary')
  await press('生成材料包')
  expect(of('Packages.Make')[0]?.args[0]).toMatchObject({ draft: false })
})

test('the test password can be printed only when one is kept, and ticking it warns that it is journalled', async () => {
  const without = await openAt('/apps/a1/packages')
  expect(without.wrapper.get<HTMLInputElement>('.make input[type=checkbox]').element.disabled).toBe(true)
  const { wrapper, of } = await openAt('/apps/a1/packages', {
    'Apps.View': () => ({ app: { id: 'a1', name: '示例督办', kind: 'H5', test_password: 'kept' }, unit: {}, completeness: [] }),
  })
  await wrapper.get('.make input[type=checkbox]').setValue(true)
  await settle()
  expect(wrapper.get('.make').text()).toContain('会记入记录')
  await press('生成草稿')
  expect(of('Packages.Make')[0]?.args[0]).toMatchObject({ with_password: true })
})

test('long work shows how far it is and can be canceled, and then nothing is left', async () => {
  let fail: (fault: unknown) => void = () => undefined
  const { wrapper, of } = await openAt('/apps/a1/packages', {
    'Packages.Make': () => new Promise((_, reject) => (fail = reject)),
    'Packages.Job': () => ({ running: true, done: 50, total: 200 }),
    'Packages.Cancel': () => {
      fail(new ApiError({ code: 'canceled', message: '已取消' }))
      return null
    },
  })
  await press('生成草稿')
  await new Promise((resolve) => setTimeout(resolve, 350))
  await settle()
  expect(wrapper.get('[role=progressbar]').attributes('aria-valuenow')).toBe('50')
  expect(button('生成草稿').disabled).toBe(true)
  await press('取消')
  expect(of('Packages.Cancel')[0]?.args[0]).toBe((of('Packages.Make')[0]?.args[0] as { job: string }).job)
  expect(wrapper.get('.make').text()).toContain('已取消，什么也没有留下')
  expect(wrapper.find('.make [role=alert]').exists()).toBe(false)
})

test('the history holds hashes, the difference to the one before, and where a package was handed in', async () => {
  const { wrapper, of } = await openAt('/apps/a1/packages')
  await press('生成草稿')
  await press('生成草稿')
  const newest = wrapper.get('.history .item')
  expect(newest.text()).toContain('-002.zip')
  await press('与上一次的差异', newest.element)
  for (const part of ['应用使用范围', '示例市/市直单位/示例市数据中心', '改变']) expect(newest.text()).toContain(part)
  await press('校验值', newest.element)
  expect(newest.text()).toContain('ef'.repeat(32))

  const mark = newest.findAll('button').find((b) => b.text().startsWith('登记去向'))
  await mark?.trigger('click')
  await settle()
  await press('登记', dialog())
  expect(of('Packages.MarkSubmitted')).toEqual([])
  expect(dialog().textContent).toContain('请写明提交到哪里')
  await type(dialog().querySelector('input'), 'IRS 提交审批')
  await press('登记', dialog())
  expect(wrapper.get('.history .item').text()).toContain('去向：2026-03-02 IRS 提交审批')
})

test('materials are listed by folder with what they lack; what is not there cannot be downloaded', async () => {
  const { wrapper } = await openAt('/apps/a1/packages')
  const table = wrapper.get('table.plain')
  expect(table.findAll('th.group').map((th) => th.text())).toEqual(['申请表', '清单', '附件'])
  const rows = table.findAll('tbody tr')
  const row = (title: string) => rows.find((r) => r.text().includes(title))
  expect(row('IRS 申请表')?.find('a[href="/apps/a1/data?field=app.identifier"]').text()).toBe('应用标识')
  expect(row('FORM-1')?.find('a[download]').attributes('href')).toBe('/file/material/a1/form-1')
  expect(row('建设方案')?.find('a[download]').exists()).toBe(false)
  expect(row('建设方案')?.find('a[href="/apps/a1/data?field=app.plan"]').exists()).toBe(true)
})

test('a preview stands in a frame that can run nothing', async () => {
  const { wrapper } = await openAt('/apps/a1/packages')
  await wrapper.findAll('td.acts button')[0]?.trigger('click')
  await settle()
  const frame = wrapper.get('iframe')
  expect(frame.attributes('sandbox')).toBe('')
  expect(frame.attributes('srcdoc')).toContain('示例督办')
})

test('a preview that is a whole page stays as it is; the title of any other is harmless', () => {
  expect(previewPage('x', '<!doctype html><p>a')).toBe('<!doctype html><p>a')
  expect(previewPage('</title><script>', '<p>a</p>')).not.toContain('<script>')
})
