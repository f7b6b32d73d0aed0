import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import AfterReturn from './AfterReturn.vue'
import ReturnFields from './ReturnFields.vue'
import { linkPlace, linkTitle } from './links'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import type { CaseLink, Round } from '@/api/types'
import { makeRouter } from '@/router'

vi.setConfig({ testTimeout: 60_000 })
let added: unknown[][] = []
beforeEach(() => {
  added = []
  setActivePinia(createPinia())
  const mock = mockTransport({ apps: 2 })
  useTransport((service, method, args) => {
    if (service === 'Checklist' && method === 'Add') added.push(args)
    return mock(service, method, args)
  })
})
afterEach(() => useTransport(null))

const names = { field: () => ({ label: '服务器出口IP' }), form: () => ({ title: '应用注册表' }), slot: () => undefined, rules: [{ id: 'RULE-5', title: '出口 IP', why: '', fix: '', source: '' }] }
test.each([
  [{ kind: 'rule', id: 'RULE-5' }, 'RULE-5 出口 IP', '/apps/a1/check?rule=RULE-5'],
  [{ kind: 'rule', id: 'RULE-99' }, 'RULE-99', '/apps/a1/check?rule=RULE-99'],
  [{ kind: 'field', id: 'app.egress_ips' }, '服务器出口IP', '/apps/a1/data?field=app.egress_ips'],
  [{ kind: 'material', id: 'form-1' }, '应用注册表', '/apps/a1/packages'],
] as [CaseLink, string, string][])('%o has a name and a place', (link, title, place) => {
  expect(linkTitle(link, names)).toBe(title)
  expect(linkPlace(link, 'a1')).toBe(place)
})

test('guesses from the words are confirmed or taken away, and stay away while more is typed', async () => {
  vi.useFakeTimers()
  let links: CaseLink[] = []
  const fields = mount(ReturnFields, { props: {
    words: '', links, reopens: [], reopenable: [{ id: 'STEP-1.2', title: '调通接口' }],
    'onUpdate:words': (words: string) => void fields.setProps({ words }),
    'onUpdate:links': (now: CaseLink[]) => { links = now; void fields.setProps({ links }) },
  } })
  const type = async (text: string) => {
    await fields.get('textarea').setValue(text)
    await vi.advanceTimersByTimeAsync(500)
    await flushPromises()
  }
  await type('出口 IP 是内网地址')
  expect(links).toEqual([{ kind: 'rule', id: 'RULE-5' }, { kind: 'field', id: 'app.egress_ips' }])
  await fields.findAll('input[type=checkbox]')[0]?.setValue(false)
  expect(links).toEqual([{ kind: 'field', id: 'app.egress_ips' }])
  await type('出口 IP 是内网地址，请改')
  expect(links).toEqual([{ kind: 'field', id: 'app.egress_ips' }])
  const reopen = fields.findAll('input[type=checkbox]').pop()
  await reopen?.setValue(true)
  expect(fields.emitted('update:reopens')).toEqual([[['STEP-1.2']]])
  vi.useRealTimers()
})

test('what a return taught is kept for the next apps', async () => {
  const round: Round = {
    n: 1, submitted_at: '', submitted_by: '', result_at: '', result_by: '', result: 'return', result_word: '退回', words: '出口 IP 是内网地址',
    links: [{ kind: 'rule', id: 'RULE-5' }], reopens: [], changes: [],
  }
  const note = mount(AfterReturn, { props: { round, appId: 'a1', rules: names.rules }, global: { plugins: [makeRouter(createMemoryHistory())] } })
  await note.get('button').trigger('click')
  await note.get('textarea').setValue('出口 IP 要写公网地址')
  await note.findAll('button').find((b) => b.text() === '加上')?.trigger('click')
  await flushPromises()
  expect(added).toEqual([['出口 IP 要写公网地址', 'a1', [{ kind: 'rule', id: 'RULE-5' }]]])
  expect(note.get('[role=status]').text()).toContain('已加到本单位核对项')
})
