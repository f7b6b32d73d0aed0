import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { dueWords, progressWords } from './words'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import type { TodoFilter, TodoItem } from '@/api/todo'
import Todo from '@/pages/Todo.vue'
import { makeRouter } from '@/router'

vi.setConfig({ testTimeout: 60_000 })
const patience = { timeout: 20_000 }
let asked: TodoFilter[] = []
beforeEach(() => {
  asked = []
  const mock = mockTransport({ apps: 12 })
  useTransport((service, method, args) => {
    if (service === 'Todo' && method === 'List') asked.push(args[0] as TodoFilter)
    return mock(service, method, args)
  })
})
afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

async function open(path: string) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = makeRouter(createMemoryHistory())
  await router.push(path)
  const page = mount(Todo, { global: { plugins: [pinia, router] }, attachTo: document.body })
  await vi.waitFor(() => page.get('h1, table'), patience)
  await flushPromises()
  return { page, router }
}

const base = { of: 0, day: 0, not_before: '', days: 0, due: '', remind: '', overdue: false } as TodoItem
test.each([
  [{ day: 3, of: 5 }, '第 3 天，共 5 天'],
  [{ days: 4 }, '已等 4 个工作日'],
  [{ not_before: '2026-03-04T09:00:00+08:00', days: 1 }, '2026-03-04 09:00 之后办'],
  [{}, ''],
])('progress of %o', (given, words) => expect(progressWords({ ...base, ...given })).toBe(words))
test.each([
  [{ due: '2026-03-02T17:30:00+08:00' }, '今天'],
  [{ due: '2026-03-02T09:00:00+08:00', overdue: true }, '2026-03-02'],
  [{ due: '2026-03-05T17:30:00+08:00' }, '2026-03-05'],
  [{ remind: '2026-03-06T09:00:00+08:00' }, '2026-03-06 问一次'],
  [{}, '没有期限'],
])('due date of %o', (given, words) => expect(dueWords({ ...base, ...given }, '2026-03-02')).toBe(words))

test('the filters in the address are asked for, and overdue and estimated days carry a word', async () => {
  const { page } = await open('/todo?who=reviewer&late=1')
  expect(asked[0]).toMatchObject({ role: '', party: 'reviewer', overdue: true })
  await vi.waitFor(() => expect(page.text()).toContain('符合筛选的'), patience)
  const all = await open('/todo?role=all')
  expect(all.page.findAll('.mark').map((m) => m.text())).toEqual(expect.arrayContaining(['推算']))
})

test('filters are kept under a name and come back by it', async () => {
  const { page, router } = await open('/todo?who=reviewer')
  await vi.waitFor(() => expect(page.text()).toContain('保存这组筛选'), patience)
  await page.findAll('button').find((b) => b.text() === '保存这组筛选')?.trigger('click')
  await flushPromises()
  const name = document.querySelector<HTMLInputElement>('#field-view-name')
  if (!name) throw new Error('no name field')
  name.value = '等审核的'
  name.dispatchEvent(new Event('input'))
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  const kept = () => page.findAll('.view').find((b) => b.text() === '等审核的')
  expect(kept()?.attributes('aria-pressed')).toBe('true')
  await router.replace('/todo')
  await flushPromises()
  expect(kept()?.attributes('aria-pressed')).toBe('false')
  await kept()?.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ who: 'reviewer' })
})
