import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { useTransport } from '@/api/client'
import type { CaseView } from '@/api/types'
import CaseDrop from './CaseDrop.vue'

const kase = (history: { act: string; undone: boolean }[]) =>
  ({ case_id: 'c1', app_name: '示例督办', flow_name: '版本升级', finished: false, tasks: [{ history }] }) as unknown as CaseView

afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

test('a case in which nothing stands can be dropped, after its name was read', async () => {
  const calls: unknown[] = []
  useTransport(async (service, method, args) => calls.push([service, method, args]))
  const drop = mount(CaseDrop, { props: { view: kase([{ act: 'fill', undone: true }, { act: 'undo', undone: false }]) }, attachTo: document.body })
  await drop.get('button').trigger('click')
  await flushPromises()
  expect(document.body.textContent).toContain('“示例督办”的“版本升级”')
  expect(calls).toEqual([])
  document.querySelector('.el-dialog form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  expect(calls).toEqual([['Cases', 'Drop', ['c1']]])
  expect(drop.emitted('dropped')).toHaveLength(1)
})

test('a case with an act that stands is not offered for dropping', () => {
  expect(mount(CaseDrop, { props: { view: kase([{ act: 'fill', undone: false }]) } }).find('button').exists()).toBe(false)
})
