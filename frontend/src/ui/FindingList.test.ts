import { mount, RouterLinkStub } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { Finding } from '@/api/types'
import FindingList from './FindingList.vue'

const findings: Finding[] = [
  { rule: 'RULE-20', code: 'guide', level: 'info', message: '提一句' },
  { rule: 'RULE-12', code: 'undecided', level: 'error', message: '缺资料' },
  { rule: 'RULE-6', code: 'violated', level: 'warning', field: 'app.usage_scope', message: '不像路径', fix: '写成路径' },
  { rule: 'RULE-18', code: 'violated', level: 'warning', message: '留着', waiver: { rule: 'RULE-18', by: '联系人甲', on: '2026-03-02', reason: '已另行说明' } },
  { rule: 'RULE-5', code: 'violated', level: 'error', field: 'app.egress_ips', message: '内网地址', effect: '会被退回', fix: '换公网地址' },
]

function show() {
  return mount(FindingList, {
    props: { findings, waivable: true, place: (f: string) => `/to/${f}` },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })
}

const messages = (wrapper: ReturnType<typeof show>) => wrapper.findAll('.message').map((m) => m.text())

test('worst first; what could not be decided reads 未核对 and not 须改正', () => {
  const wrapper = show()
  expect(messages(wrapper)).toEqual(['内网地址', '不像路径', '留着', '缺资料', '提一句'])
  expect(wrapper.findAll('.level').map((l) => l.text())).toEqual(['须改正', '请留意', '请留意', '未核对', '提示'])
})

test('effect, fix and the link to the field stand with the message', () => {
  const first = show().get('li')
  for (const part of ['RULE-5', '会被退回', '换公网地址']) expect(first.text()).toContain(part)
  expect(first.getComponent(RouterLinkStub).props('to')).toBe('/to/app.egress_ips')
})

test('counts leave out what was let stand, and filter when pressed', async () => {
  const wrapper = show()
  const buttons = wrapper.findAll('.filter')
  expect(buttons.map((b) => b.text())).toEqual(['须改正 1', '请留意 1', '未核对 1', '提示 1'])
  await buttons[2]?.trigger('click')
  expect(messages(wrapper)).toEqual(['缺资料'])
  expect(buttons[2]?.attributes('aria-pressed')).toBe('true')
  await buttons[2]?.trigger('click')
  expect(messages(wrapper)).toHaveLength(5)
})

test('only a warning can be let stand, and one let stand names person, date and reason', async () => {
  const wrapper = show()
  const acts = wrapper.findAll('button').filter((b) => !b.classes('filter'))
  expect(acts.map((b) => b.text())).toEqual(['说明理由后保留', '撤销保留'])
  expect(wrapper.text()).toContain('联系人甲于 2026-03-02 决定保留：已另行说明')
  await acts[0]?.trigger('click')
  expect(wrapper.emitted('waive')).toEqual([[findings[2]]])
  await acts[1]?.trigger('click')
  expect(wrapper.emitted('unwaive')).toEqual([[findings[3]]])
})

test('no findings is said in words', () => {
  const wrapper = mount(FindingList, { props: { findings: [], empty: '没有发现问题。' } })
  expect(wrapper.text()).toBe('没有发现问题。')
})
