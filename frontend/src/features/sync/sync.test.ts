import { afterEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/error'
import { line, row } from '@/api/mock/sync'
import type { OutboxView } from '@/api/outbox'
import type { SyncApply, SyncPlan } from '@/api/sync'
import { button, close, dialog, openAt, settle, type } from '@/features/tasks/testing'

vi.setConfig({ testTimeout: 60_000 })
afterEach(close)

async function press(text: string, within?: ParentNode): Promise<void> {
  button(text, within).click()
  await settle()
}

async function pick(label: string): Promise<void> {
  const radio = [...document.querySelectorAll<HTMLElement>('.el-radio, .el-checkbox')].find((r) => r.textContent?.includes(label))
  radio?.querySelector('input')?.click()
  await settle()
}

const area = () => document.querySelector<HTMLTextAreaElement>('textarea')

async function paste(text: string): Promise<void> {
  await pick('粘贴表格')
  await type(area(), text)
  await press('读取并比较')
}

describe('reading', () => {
  test('nothing is asked of any network before the person asks', async () => {
    const { wrapper, calls } = await openAt('/sync')
    expect(wrapper.text()).toContain('离线：还没有检查过')
    expect(calls.map((c) => c.name).filter((n) => /Networks.Check|Portals.(Open|Read)/.test(n))).toEqual([])
    await press('检查网络')
    expect(wrapper.text()).toContain('2026-03-02 09:00 检查')
  })

  test('a pasted table becomes a plan; what is ticked is applied after the question', async () => {
    const { wrapper, of } = await openAt('/sync')
    await paste('治理侧名称\t状态\n示例督办\t待发布审批')
    expect(of('Portals.ReadClipboard')[0]?.args[0]).toMatchObject({ table: 'TABLE-1', text: '治理侧名称\t状态\n示例督办\t待发布审批' })
    expect(wrapper.text()).toContain('读到的有 1 行认不准是哪个应用')
    await press('确认勾选的 2 处…')
    expect(dialog().textContent).toContain('写入 1 个应用的 2 处变化？')
    expect(dialog().textContent).toContain('快照')
    expect(of('Sync.Apply')).toEqual([])
    await press('确认写入', dialog())
    expect((of('Sync.Apply')[0]?.args[0] as SyncApply).lines).toEqual(['r1.state', 'r1.act'])
    expect(wrapper.text()).toContain('20260302-090000-sync')
  })

  test('saved pages of one list are read as one table, in the order of their names', async () => {
    const uploaded: string[] = []
    const { wrapper, of } = await openAt('/sync', { 'Files.Begin': (name) => { uploaded.push(String(name)); return `t${uploaded.length}` }, 'Files.Append': () => 4 })
    await pick('读保存的网页')
    const input = wrapper.get<HTMLInputElement>('input[aria-label="保存的网页"]').element
    expect(input.multiple).toBe(true)
    Object.defineProperty(input, 'files', { value: ['列表10.html', '列表2.html'].map((name) => new File(['页'], name)), configurable: true })
    input.dispatchEvent(new Event('change'))
    await settle()
    expect(wrapper.text()).toContain('2 个网页，合成一张表：列表2.html、列表10.html')
    await press('读取并比较')
    expect(uploaded).toEqual(['列表2.html', '列表10.html'])
    expect(of('Portals.ReadFiles').map((c) => c.args[0])).toEqual([{ table: 'TABLE-1', app_id: '', uploads: ['t1', 't2'] }])
    expect(of('Sync.Plan')).toHaveLength(1)
  })

  test('what cannot be read stays to be mended, with the reason', async () => {
    const { wrapper, of } = await openAt('/sync')
    await paste('示例督办\t待发布审批')
    expect(wrapper.text()).toContain('粘贴的内容里没有表头')
    expect(area()?.value).toBe('示例督办\t待发布审批')
    expect(of('Sync.Plan')).toEqual([])
  })

  test('a row that fits several apps is chosen by the person', async () => {
    const { of } = await openAt('/sync')
    await paste('治理侧名称\t状态\n示例督办\t待发布审批')
    await pick('都不是，收为新应用')
    expect(of('Sync.Choose')[0]?.args[0]).toEqual({ plan_id: 'p1', row: 'r2', app_id: 'new' })
  })

  test('a plan that is stale can be compared again', async () => {
    const { wrapper, of } = await openAt('/sync', { 'Sync.Apply': () => { throw new ApiError({ code: 'conflict', message: '本机的资料在这之后改过', hint: '请重新比较' }) } })
    await paste('治理侧名称\t状态\n示例督办\t待发布审批')
    await press('确认勾选的 2 处…')
    await press('确认写入', dialog())
    expect(dialog().textContent).toContain('本机的资料在这之后改过')
    await press('取消', dialog())
    expect(wrapper.text()).toContain('本机的资料在这之后改过')
    await press('重新比较')
    expect(of('Sync.Again')).toHaveLength(1)
  })

  test('markup of a portal is shown as text', async () => {
    const rows = [row('r1', { name: '<img src=x>', lines: [line('r1.state', { portal: '<b>已发布</b>', result: '<b>已发布</b>' })] })]
    const plan = { id: 'p1', at: '', by: '', quiet: false, tables: [], rows, missing: [], counts: { rows: 1, same: 0, fields: 1, acts: 0, questions: 0, adopt: 0, ambiguous: 0, missing: 0, ticked: 1 }, applied_at: '', done: [] } as SyncPlan
    const { wrapper } = await openAt('/sync', { 'Sync.Current': () => plan })
    expect(wrapper.get('.plan').text()).toContain('<b>已发布</b>')
    expect(wrapper.find('.plan img').exists()).toBe(false)
  })

  test('a return wants its reason before it can be written', async () => {
    const returned = line('r1.act', { kind: 'act', act: 'return', act_word: '登记退回', task_title: '提交审批', after: '', reopenable: [{ id: 'STEP-3.2', title: '埋点' }] })
    const plan = { id: 'p1', at: '', by: '', quiet: false, tables: [], rows: [row('r1', { lines: [returned] })], missing: [], counts: { rows: 1, same: 0, fields: 0, acts: 1, questions: 0, adopt: 0, ambiguous: 0, missing: 0, ticked: 1 }, applied_at: '', done: [] } as SyncPlan
    const { of } = await openAt('/sync', { 'Sync.Current': () => plan })
    await press('确认勾选的 1 处…')
    expect(button('确认写入', dialog()).disabled).toBe(true)
    await press('取消', dialog())
    await type(document.querySelector('[data-field="reason-r1.act"] textarea'), '埋点不全')
    await pick('埋点')
    await press('确认勾选的 1 处…')
    await press('确认写入', dialog())
    expect(of('Sync.Apply')[0]?.args[0]).toMatchObject({ reasons: { 'r1.act': '埋点不全' }, reopens: { 'r1.act': ['STEP-3.2'] } })
  })
})

describe('a page that is not as its recipe says', () => {
  const drift = { kind: 'missing_column', what: '状态', seen: ['发布状态', '操作'], recipe: 'irs tables[TABLE-1].columns[状态].also', message: '没有“状态”这一列', hint: '请选现在的名称', picture: '' }

  test('is mended in place and read again', async () => {
    let mended = false
    const { wrapper, of } = await openAt('/sync', {
      'Portals.ReadClipboard': () => ({ result: { table: 'TABLE-1', pages: 1, rows: [], drift: mended ? [] : [drift] }, from: '剪贴板', app_id: '' }),
      'Recipes.Mend': () => { mended = true; return {} },
    })
    await paste('治理侧名称\t发布状态\n示例督办\t待发布审批')
    expect(wrapper.text()).toContain('“治理侧列表”和页面规则对不上')
    expect(of('Sync.Plan')).toEqual([])
    const select = wrapper.findComponent({ name: 'ElSelect' })
    select.vm.$emit('update:modelValue', '发布状态')
    await settle()
    await press('改规则')
    expect(of('Recipes.Mend')[0]?.args).toEqual([drift.recipe, '发布状态'])
    await press('再读一次')
    expect(of('Portals.ReadClipboard')).toHaveLength(2)
    expect(of('Sync.Plan')).toHaveLength(1)
  })
})

describe('prepared actions', () => {
  const prepared: OutboxView = {
    id: 'x1', app_id: 'a1', app_name: '示例督办', kind: 'register', kind_word: '应用发布注册', state: 'prepared', state_word: '已准备', title: '应用发布注册 示例督办',
    target: { portal: 'irs', form: 'FORM-3', name: '示例督办', release_name: '示例督办', release_id: '2002000001' },
    asks: [], steps: [], created_at: '', created_by: '', changed_at: '', changed: [], against: [], can_run: true,
  }

  test('what asks is answered by its own words', async () => {
    const asking = { ...prepared, state: 'running' as const, asking: { id: 'upload', text: '上传“建设方案.pdf”（1.2 MB）？', yes: '同意上传', no: '不上传', files: ['建设方案.pdf'] } }
    const { of } = await openAt('/sync?part=outbox&action=x1', { 'Outbox.List': () => [asking], 'Outbox.Show': () => asking, 'Outbox.Answer': () => prepared })
    await press('不上传')
    expect(of('Outbox.Answer')[0]?.args[0]).toEqual({ id: 'x1', question: 'upload', yes: false })
  })

  test('a renamed field is mended in the panel, and the same action is done again', async () => {
    const drift = { kind: 'missing_field', what: '健康地址', seen: ['健康检查地址', '备注'], recipe: 'irs forms[FORM-3].fields[健康地址].also', message: '没有“健康地址”这一栏', hint: '', picture: '' }
    const stopped = { ...prepared, state: 'stopped' as const, state_word: '已停下', filled: { at: '', url: '', title: '', fields: [], drift: [drift] } }
    const { wrapper, of } = await openAt('/sync?part=outbox&action=x1', {
      'Outbox.List': () => [stopped], 'Outbox.Show': () => stopped, 'Recipes.Mend': () => ({}), 'Outbox.Run': () => ({ ...prepared, state: 'waiting' as const }),
    })
    expect(wrapper.get('aside').text()).toContain('“应用发布注册”和页面规则对不上')
    expect(wrapper.get('aside').text()).not.toContain('不读了')
    wrapper.getComponent({ name: 'DriftBox' }).getComponent({ name: 'ElSelect' }).vm.$emit('update:modelValue', '健康检查地址')
    await settle()
    await press('改规则')
    expect(of('Recipes.Mend')[0]?.args).toEqual([drift.recipe, '健康检查地址'])
    expect(wrapper.get('aside').text()).toContain('规则已改')
    await press('再办理一次')
    expect(of('Outbox.Run')[0]?.args[0]).toMatchObject({ id: 'x1' })
    expect(of('Outbox.Prepare')).toEqual([])
  })

  test('the final button is the person’s', async () => {
    const waiting = { ...prepared, state: 'waiting' as const, state_word: '等您提交' }
    const { wrapper } = await openAt('/sync?part=outbox&action=x1', { 'Outbox.List': () => [waiting], 'Outbox.Show': () => waiting })
    expect(wrapper.get('aside').text()).toContain('现在请您在浏览器窗口里核对，然后按“提交”')
  })

  test('an action that is blocked cannot begin, and says where to mend it', async () => {
    const blocked = { ...prepared, can_run: false, against: [{ rule: 'RULE-19', level: 'error' as const, field: 'app.health_url', message: '没有健康地址' }] }
    const { wrapper } = await openAt('/sync?part=outbox&action=x1', { 'Outbox.List': () => [blocked], 'Outbox.Show': () => blocked })
    expect(button('开始办理').disabled).toBe(true)
    expect(wrapper.get('aside').find('a[href*="/apps/a1/data"]').exists()).toBe(true)
  })

  test('is given up with a reason that is kept', async () => {
    const { of } = await openAt('/sync?part=outbox&action=x1', { 'Outbox.List': () => [prepared], 'Outbox.Show': () => prepared, 'Outbox.Discard': () => ({ ...prepared, state: 'discarded' }) })
    await press('作废…')
    expect(dialog().textContent).toContain('2002000001')
    expect(button('作废', dialog()).disabled).toBe(true)
    await type(dialog().querySelector('textarea'), '改用手工办')
    await press('作废', dialog())
    expect(of('Outbox.Discard')[0]?.args).toEqual(['x1', '改用手工办'])
  })
})

test('where no browser can be used, the ways without it are named', async () => {
  const { wrapper } = await openAt('/sync', { 'Portals.View': () => ({ sessions: [], browser: { found: false, name: '', path: '', chosen: false, message: '单位策略不允许', hint: '' } }) })
  expect(wrapper.text()).toContain('读表用保存的网页或粘贴，填表用逐项复制')
  expect(wrapper.text()).toContain('把保存的网页拖到这里')
})
