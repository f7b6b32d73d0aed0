import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '@/App.vue'
import { ApiError } from '@/api/error'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import { makeRouter } from '@/router'
import FlowOffers from './FlowOffers.vue'
import PortalBox from './PortalBox.vue'
import type { PortalView } from '@/api/types'

vi.setConfig({ testTimeout: 60_000 })
let begun: unknown[] = []
let refuse = false
beforeEach(() => {
  begun = []
  refuse = false
  setActivePinia(createPinia())
  const mock = mockTransport({ apps: 2 })
  useTransport(async (service, method, args) => {
    if (method !== 'Begin') return mock(service, method, args)
    begun.push(args[0])
    if (refuse) throw new ApiError({ code: 'invalid', field: 'inputs.version', message: '版本号要比现在的大' })
    return mock('Cases', 'View', ['a1'])
  })
})
afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

const press = async (selector: string) => {
  document.querySelector<HTMLElement>(selector)?.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
}

test('a flow asks for what it needs, keeps what was typed when refused, and says it beside the input', async () => {
  const offers = mount(FlowOffers, { props: { appId: 'a1', appName: '示例督办', except: '' }, attachTo: document.body })
  await flushPromises()
  expect(offers.get('details').text()).toContain('还在办，两者不能同时办')
  await offers.findAll('button').find((b) => b.text().startsWith('开始…'))?.trigger('click')
  await flushPromises()
  await press('.el-dialog form')
  expect(begun).toHaveLength(0)
  expect(document.body.textContent).toContain('请填写新版本号')
  const input = document.querySelector<HTMLInputElement>('#field-input-version')
  if (!input) throw new Error('no input')
  input.value = '1.0.0'
  input.dispatchEvent(new Event('input'))
  refuse = true
  await press('.el-dialog form')
  expect(begun).toEqual([{ app_id: 'a1', flow: 'FLOW-3', inputs: { version: '1.0.0' } }])
  expect(document.querySelector('[data-field="input.version"]')?.textContent).toContain('版本号要比现在的大')
  expect(input.value).toBe('1.0.0')
  refuse = false
  await press('.el-dialog form')
  expect(offers.emitted('begun')).toHaveLength(1)
})

test('what the portal shows is kept apart, and a contradiction is said', async () => {
  const view = (await mockTransport({ apps: 2 })('Apps', 'SetPortalState', [{ app_id: 'a1', release_id: '', state: '待发布审批' }])) as PortalView
  const box = mount(PortalBox, { props: { view, appId: 'a1', appName: '示例督办' } })
  expect(box.get('[role=note]').text()).toContain('待发布审批')
  expect(box.get('details').text()).toContain('提交发布')
})

test('the case that was chosen stays while going through its tasks', async () => {
  const router = makeRouter(createMemoryHistory())
  const whole = mount(App, { global: { plugins: [createPinia(), router] } })
  await router.push('/apps/a1/tasks?case=old-a1')
  await router.push('/apps/a1/tasks/STEP-2.3')
  expect(router.currentRoute.value.query).toEqual({ case: 'old-a1' })
  await router.push('/apps/a2/tasks')
  expect(router.currentRoute.value.query).toEqual({})
  await flushPromises()
  whole.unmount()
})
