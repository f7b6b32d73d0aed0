import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '@/App.vue'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import type { OverviewFilter } from '@/api/types'
import { makeRouter } from '@/router'

let asked: OverviewFilter[] = []

// The first mount loads all of Element Plus, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })
const patience = { timeout: 20_000 }
beforeEach(() => {
  asked = []
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(272) // there is no layout here, and a chart wants a size
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(176)
  const mock = mockTransport({ apps: 20 })
  useTransport((service, method, args) => {
    if (service === 'Overview') asked.push(args[0] as OverviewFilter)
    return mock(service, method, args)
  })
})
afterEach(() => useTransport(null))

async function open(path: string) {
  const router = makeRouter(createMemoryHistory())
  const wrapper = mount(App, { global: { plugins: [createPinia(), router] } })
  await router.push(path)
  await vi.waitFor(() => wrapper.get('table'), patience)
  return { wrapper, router }
}

test('the filters in the address are asked for, and all choices stay on offer', async () => {
  const { wrapper } = await open('/overview?stage=stage-2&kind=H5')
  await flushPromises()
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({ stage: 'stage-2', kind: 'H5', party: '', query: '' })
  const chart = await vi.waitFor(() => wrapper.get('figure.chart'), patience)
  expect(chart.findAll('td button').map((b) => b.text())).toContain('开发调试')
  expect(wrapper.get('[role=status].small').text()).toMatch(/^\d+ \/ 20 个应用$/)
})

test('a bar filters by its stage through the address, and pressed again takes it back', async () => {
  const { wrapper, router } = await open('/overview')
  await vi.waitFor(() => wrapper.get('figure.chart'), patience)
  const stage = () => wrapper.get('figure.chart').get('td button')
  await stage().trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ stage: 'stage-1' })
  await stage().trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({})
})

test('the one next step leads to its task, and a whole row to its app', async () => {
  const { wrapper, router } = await open('/overview')
  const push = vi.spyOn(router, 'push').mockResolvedValue(undefined)
  await wrapper.get('[aria-label=下一步] button').trigger('click')
  expect(push).toHaveBeenLastCalledWith('/apps/a1/tasks/STEP-2.3')
  await wrapper.get('tr.app td:last-child').trigger('click')
  expect(push).toHaveBeenLastCalledWith(expect.stringMatching(/^\/apps\/a\d+\/tasks$/))
})
