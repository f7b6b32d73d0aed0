import { afterEach, describe, expect, test } from 'vitest'
import { formBlocks } from './formRows'
import { button, close, dialog, openAt, settle, type } from './testing'
import { dueWords, leftWords, refusals, sourceWords } from './words'
import { catalogue } from '@/api/mock/catalogue'
import * as data from '@/api/mock/data'
import type { ActView, AppView, Wait } from '@/api/types'

afterEach(close)

async function press(text: string, within?: ParentNode): Promise<void> {
  button(text, within).click()
  await settle()
}

describe('办理', () => {
  test('a blocked task says what it waits for and links there; a wait shows its due date and that it is estimated', async () => {
    const { wrapper } = await openAt('/apps/a1/tasks')
    const row = wrapper.findAll('.task').find((r) => r.text().includes('录入开发商'))
    expect(row?.text()).toContain('要等')
    expect(row?.find('a.link').attributes('href')).toBe('/apps/a1/tasks/STEP-2.1')
    const waits = wrapper.get('[aria-label="正在等待"]').text()
    for (const part of ['还剩 3 个工作日', '2026-03-05', '推算']) expect(waits).toContain(part)
    expect(wrapper.get('[aria-label="下一步"]').text()).toContain('请开发商在政务外网办“调通接口”')
  })

  test('a case that has not begun is explained, and begins with a button', async () => {
    const { wrapper, of } = await openAt('/apps/a2/tasks')
    expect(wrapper.text()).toContain('还没有开始办理')
    await press('开始办理')
    expect(of('Cases.Start')[0]?.args).toEqual(['a2', 'FLOW-1'])
    expect(wrapper.text()).not.toContain('还没有开始办理')
    expect(wrapper.find('[aria-label="下一步"]').exists()).toBe(true)
  })
})

describe('acts of a task', () => {
  test('one that is not allowed is disabled, and its reason and way out stand there as text', async () => {
    const { wrapper } = await openAt('/apps/a1/tasks/STEP-2.3')
    expect(button('登记提交').disabled).toBe(true)
    const beside = wrapper.get('[aria-label="登记和办理方式"]')
    expect(beside.text()).toContain('还有 1 项核对没有通过（RULE-5）')
    expect(beside.text()).toContain('办法：改好以后再来登记')
    expect(beside.text()).toContain('退回理由：出口 IP 是内网地址')
    expect(beside.find('a[href="/apps/a1/check"]').exists()).toBe(true)
  })

  test('a blocked task names and links what blocks it', async () => {
    const { wrapper } = await openAt('/apps/a1/tasks/STEP-3.1')
    const blocked = wrapper.get('.blocked')
    expect(blocked.findAll('a').map((a) => a.attributes('href'))).toEqual(['/apps/a1/tasks/STEP-1.2', '/apps/a1/tasks/STEP-2.3'])
    expect(button('登记办结').disabled).toBe(true)
  })

  test.each([
    ['登记退回', 'STEP-2.1', 'return', '被退回'],
    ['撤回上一步', 'STEP-2.1', 'undo', '未开始'],
    ['撤回上一步', 'STEP-1.1', 'undo', '已提交'],
    ['不适用', 'STEP-2.3', 'skip', '不适用'],
  ])('%s on %s is not sent without a reason, and what was typed stays', async (word, task, act, after) => {
    const { wrapper, of } = await openAt(`/apps/a1/tasks/${task}`)
    await press(word)
    await press(word, dialog())
    expect(of('Cases.Act')).toEqual([])
    expect(dialog().textContent).toContain('请写明理由')
    await type(dialog().querySelector('textarea'), '测试账号登录不了')
    await press(word, dialog())
    expect(of('Cases.Act')[0]?.args[0]).toMatchObject({ task, act, reason: '测试账号登录不了' })
    expect(wrapper.get('article header').text()).toContain(after)
  })

  test('登记办结 needs a proof: a note will do, and it is then listed', async () => {
    const { wrapper, of } = await openAt('/apps/a1/tasks/STEP-1.2')
    await press('登记办结')
    await press('登记办结', dialog())
    expect(of('Cases.Act')).toEqual([])
    expect(dialog().textContent).toContain('请放上证明')
    await type(dialog().querySelector('textarea'), '两端各进入三次')
    await press('登记办结', dialog())
    expect(of('Cases.Act')[0]?.args[0]).toMatchObject({ act: 'confirm', note: '两端各进入三次' })
    expect(wrapper.get('.proofs').text()).toContain('两端各进入三次')
    expect(wrapper.get('.history').text()).toContain('登记办结')
  })

  test('不适用 says when a task may be left out', async () => {
    await openAt('/apps/a1/tasks/STEP-2.3')
    await press('不适用')
    expect(dialog().textContent).toContain('什么时候可以不办：组件以前申请过。')
  })

  test('proofs are kept without an act, and an act that needs one then finds it', async () => {
    const { wrapper, of, calls } = await openAt('/apps/a1/tasks/STEP-1.2')
    expect(button('存入凭证').disabled).toBe(true)
    const picker = wrapper.get('input[type=file]')
    Object.defineProperty(picker.element, 'files', { value: [new File(['x'], '截图.png')], configurable: true })
    await picker.trigger('change')
    await press('存入凭证')
    const order = calls.map((c) => c.name).filter((n) => n.startsWith('Files.') || n === 'Cases.AddProofs')
    expect(order).toEqual(['Files.Begin', 'Files.Append', 'Cases.AddProofs'])
    expect(of('Cases.AddProofs')[0]?.args).toEqual(['a1', 'STEP-1.2', '', ['t1']])
    expect(wrapper.get('.proofs').text()).toContain('截图.png')
    expect(wrapper.get('.proofs a').attributes('href')).toBe('/file/proof/a1/p1')
    await press('登记办结')
    await press('登记办结', dialog())
    expect(wrapper.get('article header').text()).toContain('已办结')
  })

  test('what the program refuses is said in the dialog, which keeps what was typed', async () => {
    await openAt('/apps/a1/tasks/STEP-2.1', {
      'Cases.Act': () => { throw Object.assign(new Error('x'), { message: '办件已在别处改过' }) },
    })
    await press('登记退回')
    await type(dialog().querySelector('textarea'), '材料不全')
    await press('登记退回', dialog())
    expect(dialog().textContent).toContain('办件已在别处改过')
    expect(dialog().querySelector('textarea')?.value).toBe('材料不全')
  })
})

describe('the page of a task', () => {
  test('opening an address asks first, because it leaves the program', async () => {
    const { of, wrapper } = await openAt('/apps/a1/tasks/STEP-2.1')
    const open = wrapper.findAll('dl.facts button').find((b) => b.text().startsWith('打开'))
    await open?.trigger('click')
    await settle()
    expect(dialog().textContent).toContain('将在浏览器中打开')
    expect(dialog().textContent).toContain('https://portal.example.com/')
    expect(of('System.OpenAddress')).toEqual([])
    await press('在浏览器中打开', dialog())
    expect(of('System.OpenAddress')[0]?.args).toEqual(['ADDR-4'])
  })

  test('an address nobody has given leads to the settings', async () => {
    const { wrapper } = await openAt('/apps/a1/tasks/STEP-2.3')
    const link = wrapper.get('dl.facts').findAll('a').find((a) => a.attributes('href')?.startsWith('/settings/addresses'))
    expect(link?.text()).toContain('设置')
  })

  test('逐项复制 lists every row of the form under the label of the portal', async () => {
    const { wrapper, router } = await openAt('/apps/a1/tasks/STEP-2.1')
    expect(wrapper.find('table.rows').exists()).toBe(false)
    await press('逐项复制')
    expect(router.currentRoute.value.query.copy).toBe('FORM-1')
    const labels = wrapper.findAll('table.rows th').map((th) => th.text())
    const rows = catalogue.forms.find((f) => f.id === 'FORM-1')?.sections.flatMap((s) => s.rows) ?? []
    expect(labels).toHaveLength(rows.length)
    expect(wrapper.get('table.rows').find('button[aria-label="复制网络环境"]').exists()).toBe(true)
  })

  test('a task the app does not have is said, not shown empty', async () => {
    const { wrapper } = await openAt('/apps/a1/tasks/STEP-9.9')
    expect(wrapper.text()).toContain('没有事项 STEP-9.9')
  })
})

describe('rows of a form', () => {
  const view = (more: object): AppView => ({
    app: { ...data.app('a1', '示例督办'), ...more }, vendor: data.vendor, unit: data.unit, completeness: [],
  })
  const field = (key: string) => catalogue.fields.find((f) => f.key === key)

  test('a form per component has a block for each one applied for', () => {
    const form = { id: 'F', title: '组件申请', portal: '', task: '', per_component: true, sections: [
      { rows: [{ label: '应用标识', field: 'app.identifier' }] },
      { component: '扫码登录', rows: [{ label: '回调地址', field: 'app.callback_url' }] },
    ] }
    const blocks = formBlocks(form, view({ components: ['扫码登录', '消息通知'], callback_url: 'https://a.example.com/' }), field)
    expect(blocks.map((b) => [b.title, b.rows.map((r) => r.texts)])).toEqual([
      ['扫码登录', [['app_a1'], ['https://a.example.com/']]], ['消息通知', [['app_a1']]],
    ])
  })

  test('contacts are those chosen, or all; name and phone are copied apart; a secret is never among the texts', () => {
    const form = { id: 'F', title: '表', portal: '', task: '', sections: [{ rows: [
      { label: '开发商联系方式', field: 'vendor.contacts' }, { label: '测试密码', field: 'app.test_password' }, { label: '单位', field: 'unit.name' },
    ] }] }
    const texts = (more: object) => formBlocks(form, view(more), (key) => field(key) ?? (key === 'app.test_password' ? { key, label: '', type: 'secret' } : undefined))[0]?.rows.map((r) => r.texts)
    expect(texts({ test_password: 'ref' })).toEqual([['联系人戊', '13800000011', '联系人己', '13800000012'], [], ['示例市数据中心']])
    expect(texts({ contact_ids: ['c2'] })?.[0]).toEqual(['联系人己', '13800000012'])
  })
})

describe('words', () => {
  const wait: Wait = {
    task: 'T', title: '', wait_id: '', name: '', kind: 'workdays', party: '', actor_name: '', since: '', received: '', due: '2026-03-05T17:30:00+08:00',
    remind: '', days_total: 5, day: 2, left: 3, overdue: false, estimated: false, unknown: false, message: '', source: '',
  }

  test.each([
    [{}, '还剩 3 个工作日'], [{ left: 0 }, '今天到期'], [{ overdue: true }, '已到期，请催办'], [{ unknown: true, due: '' }, '已等 2 天'], [{ kind: 'hours' }, ''],
  ])('how long is left: %o', (more, words) => expect(leftWords({ ...wait, ...more })).toBe(words))

  test('a wait without an end says so', () => expect(dueWords({ ...wait, due: '' })).toBe('时长没有规定'))

  test('refused acts with one reason stand together, without the name of the task', () => {
    const act = (name: ActView['act'], reason: string): ActView => ({ act: name, word: name, allowed: reason === '', reason, hint: '', needs_reason: false, needs_proof: false })
    const groups = refusals([act('fill', '“T 事项”不能填写：要等'), act('submit', '“T 事项”不能登记提交：要等'), act('undo', '')])
    expect(groups.map((g) => [g.acts.map((a) => a.act), g.reason])).toEqual([[['fill', 'submit'], '要等']])
  })

  test('sources read in Chinese', () => expect(sourceWords(['STEP-2.1', 'dossier 5.2'])).toBe('STEP-2.1、公开资料 5.2'))
})
