import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '@/App.vue'
import { type Transport, useTransport } from '@/api/client'
import { ApiError } from '@/api/error'
import { mockTransport } from '@/api/mock'
import type { FieldValue } from '@/api/types'
import { makeRouter } from '@/router'

let down = false
let sent: FieldValue[] = []

function spying(): Transport {
  const mock = mockTransport()
  return (service, method, args) => {
    if (down && method === 'Set') return Promise.reject(new ApiError({ code: 'unwritable', message: '磁盘满了' }))
    if (method === 'Set') sent.push(...(args[1] as FieldValue[]))
    return mock(service, method, args)
  }
}

async function open(path: string) {
  const router = makeRouter(createMemoryHistory())
  const wrapper = mount(App, { global: { plugins: [createPinia(), router] }, attachTo: document.body })
  await router.push(path)
  await vi.waitFor(() => wrapper.get('[data-field]'), patience)
  return { wrapper, router }
}

// The first mount loads all of Element Plus, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })
const patience = { timeout: 20_000 }
beforeEach(() => {
  down = false
  sent = []
  useTransport(spying())
})
afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

test('what was typed is saved when the page is left, without waiting', async () => {
  const { wrapper, router } = await open('/apps/a1/data')
  await wrapper.get('#field-app-description').setValue('供本单位工作人员使用')
  await router.push('/apps')
  expect(sent).toEqual([{ key: 'app.description', values: ['供本单位工作人员使用'] }])
})

test('the page cannot be left unasked while something is not saved', async () => {
  const { wrapper, router } = await open('/apps/a1/data')
  down = true
  await wrapper.get('#field-app-description').setValue('存不上的内容')
  const leaving = router.push('/apps')
  await vi.waitFor(() => expect(document.body.textContent).toContain('磁盘满了'), patience)
  const stay = [...document.querySelectorAll('button')].find((b) => b.textContent?.includes('留在这一页'))
  stay?.click()
  await leaving
  expect(router.currentRoute.value.name).toBe('app-data')
  expect(wrapper.get<HTMLTextAreaElement>('#field-app-description').element.value).toBe('存不上的内容')
  expect(wrapper.get('header').text()).toContain('未保存：磁盘满了')
})

test('next speaks up once: a summary with the focus, the same words beside the field, then it lets go on', async () => {
  const { wrapper, router } = await open('/apps/a1/data?subject=interface')
  const words = '服务器出口IP 10.1.2.3 是内网地址'
  expect(wrapper.get('[data-field="app.egress_ips"]').text()).not.toContain(words)
  const next = () => wrapper.findAll('button').find((b) => /下一组|先不改/.test(b.text()))
  await next()?.trigger('click')
  await flushPromises()
  const summary = wrapper.get('section[role=alert]')
  expect(document.activeElement).toBe(summary.element)
  expect(summary.text()).toContain(words)
  expect(wrapper.get('[data-field="app.egress_ips"] .error').text()).toBe(words)
  await next()?.trigger('click')
  await vi.waitFor(() => expect(router.currentRoute.value.query.subject).toBe('release'), patience)
})

test('an address that names a field opens its group and puts the focus in it', async () => {
  await open('/apps/a1/data?field=app.callback_url')
  await vi.waitFor(() => expect(document.activeElement?.id).toBe('field-app-callback_url'), patience)
})
