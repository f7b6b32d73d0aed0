import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { foundHelp, placeOf } from './places'
import SearchPalette from './SearchPalette.vue'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import type { Hit } from '@/api/search'
import { makeRouter } from '@/router'

vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => useTransport(mockTransport({ apps: 3 })))
afterEach(() => useTransport(null))

const hit = (given: Partial<Hit>): Hit => ({ kind: 'app', kind_word: '', title: '', note: '', app_id: '', task: '', rule: '', field: '', seq: 0, ...given })

test.each([
  [hit({ kind: 'app', app_id: 'a1' }), '', '/apps/a1/tasks'],
  [hit({ kind: 'task', app_id: 'a1', task: 'STEP-2.3' }), '', '/apps/a1/tasks/STEP-2.3'],
  [hit({ kind: 'field', field: 'app.name' }), 'a2', '/apps/a2/data?field=app.name'],
  [hit({ kind: 'field', field: 'app.name' }), '', ''],
  [hit({ kind: 'rule', rule: 'RULE-5' }), 'a2', '/apps/a2/check?rule=RULE-5'],
  [hit({ kind: 'rule', rule: 'RULE-5' }), '', ''],
  [hit({ kind: 'journal', app_id: 'a3', seq: 4 }), '', '/apps/a3/journal'],
])('a hit %o leads there', (found, openApp, to) => {
  expect(placeOf(found, openApp)).toBe(to)
})

test('help is found by any part of its words, full width or not', () => {
  expect(foundHelp('归档').some((p) => p.screen === 'apps')).toBe(true)
  expect(foundHelp('ｃｔｒｌ＋ｋ')).not.toHaveLength(0)
  expect(foundHelp('归档 没有这种词')).toHaveLength(0)
  expect(foundHelp('  ')).toHaveLength(0)
})

test('by keyboard alone: typing, arrows, Enter', async () => {
  const router = makeRouter(createMemoryHistory())
  const push = vi.spyOn(router, 'push').mockResolvedValue(undefined)
  const palette = mount(SearchPalette, { props: { open: false }, global: { plugins: [createPinia(), router] }, attachTo: document.body })
  await palette.setProps({ open: true })
  await flushPromises()
  const input = document.querySelector<HTMLInputElement>('[role=combobox]')
  expect(input).not.toBeNull()
  if (!input) return
  input.value = '组件申请'
  input.dispatchEvent(new Event('input'))
  await vi.waitFor(() => expect(document.querySelectorAll('[role=option]').length).toBeGreaterThan(1), { timeout: 20_000 })
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }))
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
  await flushPromises()
  expect(push).toHaveBeenCalledWith('/apps/a2/tasks/STEP-2.3')
  expect(palette.emitted('close')).toBeTruthy()
  palette.unmount()
})
