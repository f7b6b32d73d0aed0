import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from './App.vue'
import { mockTransport } from './api/mock'
import { useTransport } from './api/client'
import { ApiError } from './api/error'
import { makeRouter } from './router'

async function open(path: string) {
  const router = makeRouter(createMemoryHistory())
  const wrapper = mount(App, { global: { plugins: [createPinia(), router] } })
  await router.push(path)
  await flushPromises()
  return { wrapper, router }
}

// The first mount loads all of Element Plus, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
afterEach(() => useTransport(null))

test('the frame names the unit, who works here, the network and the places that exist', async () => {
  useTransport(mockTransport())
  const { wrapper } = await open('/overview')
  const bar = wrapper.get('header').text()
  for (const part of ['上架通', '示例市数据中心', '离线', '联系人甲']) expect(bar).toContain(part)
  const places = wrapper.get('nav[aria-label="主导航"]').findAll('a').map((a) => a.text())
  expect(places).toEqual(['总览', '应用', '待办', '同步', '报表', '设置'])
})

test('an empty store leads to the first run from any address', async () => {
  useTransport(mockTransport({ empty: true }))
  const { router } = await open('/apps')
  expect(router.currentRoute.value.name).toBe('start')
})

test('a program that does not answer is said in words, with a way to try again', async () => {
  let up = false
  const mock = mockTransport()
  useTransport((service, method, args) => {
    if (!up) return Promise.reject(new ApiError({ code: 'unreachable', message: '连不上', hint: '请重试' }))
    return mock(service, method, args)
  })
  const { wrapper } = await open('/overview')
  expect(wrapper.get('[role=alert]').text()).toBe('连不上')
  up = true
  await wrapper.get('button').trigger('click')
  await flushPromises()
  expect(wrapper.get('header').text()).toContain('示例市数据中心')
})

test('F1 opens the help of the screen and Escape closes it', async () => {
  useTransport(mockTransport())
  const { wrapper } = await open('/settings/unit')
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F1', cancelable: true }))
  await flushPromises()
  const panel = wrapper.get('aside')
  expect(panel.text()).toContain('快照')
  await panel.trigger('keydown', { key: 'Escape' })
  expect(wrapper.find('aside').exists()).toBe(false)
})
