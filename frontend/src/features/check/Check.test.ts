import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '@/App.vue'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import { makeRouter } from '@/router'

vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => useTransport(mockTransport({ apps: 3 })))
afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

async function open(path: string) {
  const router = makeRouter(createMemoryHistory())
  const page = mount(App, { global: { plugins: [createPinia(), router] }, attachTo: document.body })
  await router.push(path)
  await vi.waitFor(() => page.get('#check-title'), { timeout: 20_000 })
  await flushPromises()
  return { page, router }
}
const focused = () => document.activeElement as HTMLElement

test('a rule that found something: its finding has the focus and stands out', async () => {
  const { page } = await open('/apps/a1/check?rule=RULE-5')
  expect(focused().dataset.rule).toBe('RULE-5')
  expect(focused().classList).toContain('item')
  expect(page.findAll('.item.sought').length).toBe(page.findAll('.item[data-rule="RULE-5"]').length)
  page.unmount()
})

test('a rule that found nothing: its entry among the rules, opened; and another one later', async () => {
  const { page, router } = await open('/apps/a1/check')
  expect(page.get('details.rules').attributes('open')).toBeUndefined()
  const quiet = page.findAll('.rule').map((r) => r.attributes('data-rule') ?? '').filter((r) => !page.find(`.item[data-rule="${r}"]`).exists())
  expect(quiet.length).toBeGreaterThan(0)
  await router.push(`/apps/a1/check?rule=${quiet[0]}`)
  await flushPromises()
  expect(page.get('details.rules').attributes('open')).toBeDefined()
  expect(focused().classList).toContain('rule')
  expect(focused().dataset.rule).toBe(quiet[0])
  page.unmount()
})
