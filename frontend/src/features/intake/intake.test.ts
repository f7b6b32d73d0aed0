import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { useTransport } from '@/api/client'
import { ApiError } from '@/api/error'
import type { ApplyRequest } from '@/api/imports'
import { mockTransport } from '@/api/mock'
import Import from '@/pages/Import.vue'
import { makeRouter } from '@/router'
import FileDrop from '@/ui/FileDrop.vue'

vi.setConfig({ testTimeout: 60_000 })
let applied: ApplyRequest[] = []
let aborted: string[] = []
let canceled: string[] = []
beforeEach(() => {
  canceled = []
  applied = []
  aborted = []
  const mock = mockTransport({ apps: 3 })
  useTransport((service, method, args) => {
    if (method === 'Apply') applied.push(args[0] as ApplyRequest)
    if (method === 'Cancel') canceled.push(String(args[0]))
    if (method === 'Abort') aborted.push(String(args[0]))
    return mock(service, method, args)
  })
})
afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

async function open() {
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = makeRouter(createMemoryHistory())
  await router.push('/apps/import')
  const page = mount(Import, { global: { plugins: [pinia, router] }, attachTo: document.body })
  await page.getComponent(FileDrop).props('attach')?.(new File(['x'], '应用.xlsx'), () => null)
  await flushPromises()
  return page
}
const confirm = async () => {
  document.querySelector('.el-dialog form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
}

test('a wrong cell is named and holds the import back until its row is left out on purpose', async () => {
  const page = await open()
  expect(page.text()).toContain('应用 C4')
  expect(page.text()).toContain('须改正 1 处')
  const go = () => page.findAll('button').find((b) => b.text() === '导入…')
  expect(go()?.attributes('disabled')).toBeDefined()
  await page.get('input[type=checkbox]').setValue(true)
  expect(go()?.attributes('disabled')).toBeUndefined()
  await go()?.trigger('click')
  await flushPromises()
  expect(applied).toHaveLength(0)
  await confirm()
  expect(applied).toHaveLength(1)
  expect(applied[0]).toMatchObject({ skip_errors: true, upload: 't1' })
  expect(page.text()).toContain('快照 20260302-090000-import')
})

test('leaving the page drops the file that was sent', async () => {
  const page = await open()
  page.unmount()
  await flushPromises()
  expect(aborted).toEqual(['t1'])
})

test('an import under way is watched and can be stopped; the file then stays to try again', async () => {
  const page = await open()
  const mock = mockTransport({ apps: 3 })
  let refuse: (why: unknown) => void = () => undefined
  useTransport((service, method, args) => {
    if (method === 'Job') return Promise.resolve({ running: true, done: 40, total: 200 })
    if (method === 'Apply') {
      applied.push(args[0] as ApplyRequest)
      return new Promise((_, reject) => (refuse = reject))
    }
    if (method === 'Cancel') {
      canceled.push(String(args[0]))
      refuse(new ApiError({ code: 'canceled', message: '已取消，什么也没有导入' }))
    }
    return mock(service, method, args)
  })
  await page.get('input[type=checkbox]').setValue(true)
  await page.findAll('button').find((b) => b.text() === '导入…')?.trigger('click')
  await flushPromises()
  await confirm()
  await vi.waitFor(() => expect(page.text()).toContain('第 40 个应用，共 200 个'), { timeout: 20_000 })
  await page.findAll('button').find((b) => b.text() === '取消')?.trigger('click')
  await flushPromises()
  expect(canceled).toEqual([applied[0]?.job])
  expect(page.text()).toContain('已取消，什么也没有导入')
  expect(page.findAll('button').find((b) => b.text() === '导入…')?.attributes('disabled')).toBeUndefined()
})
