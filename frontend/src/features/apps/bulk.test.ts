import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import Apps from '@/pages/Apps.vue'
import { makeRouter } from '@/router'

vi.setConfig({ testTimeout: 60_000 })
let archived: unknown[][] = []
beforeEach(() => {
  archived = []
  const mock = mockTransport({ apps: 4 })
  useTransport((service, method, args) => {
    if (method === 'BulkArchive') archived.push(args)
    return mock(service, method, args)
  })
})
afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

test('several apps are put away together: named first, the snapshot said after', async () => {
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = makeRouter(createMemoryHistory())
  await router.push('/apps')
  const page = mount(Apps, { global: { plugins: [pinia, router] }, attachTo: document.body })
  await flushPromises()
  const boxes = page.findAll('tbody input[type=checkbox]')
  await boxes[0]?.setValue(true)
  await boxes[2]?.setValue(true)
  expect(page.text()).toContain('选了 2 个')
  await page.findAll('button').find((b) => b.text() === '归档…')?.trigger('click')
  await flushPromises()
  const dialog = [...document.querySelectorAll('.el-dialog')].find((d) => d.textContent?.includes('归档 2 个应用'))
  expect(dialog?.textContent).toContain('示例')
  expect(archived).toHaveLength(0)
  dialog?.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  expect(archived).toEqual([[{ ids: ['a1', 'a3'], archived: true, dry_run: false }]])
  expect(page.text()).toContain('快照 20260302-090000-bulk')
  expect(page.findAll('tbody tr')).toHaveLength(2)
  page.unmount()
})

test('what the search hides is not changed with the rest', async () => {
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = makeRouter(createMemoryHistory())
  await router.push('/apps')
  const page = mount(Apps, { global: { plugins: [pinia, router] } })
  await flushPromises()
  await page.get('thead input[type=checkbox]').setValue(true)
  expect(page.text()).toContain('选了 4 个')
  await router.replace('/apps?q=督办')
  await flushPromises()
  expect(page.text()).toContain('选了 1 个')
  page.unmount()
})
