import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import FactsSettings from './FactsSettings.vue'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import FileDrop from '@/ui/FileDrop.vue'

vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => {
  setActivePinia(createPinia())
  useTransport(mockTransport({ apps: 1 }))
})
afterEach(() => {
  useTransport(null)
  document.body.innerHTML = ''
})

test('newer facts are taken once their checksum is given, and can be given up again', async () => {
  const page = mount(FactsSettings, { attachTo: document.body })
  await flushPromises()
  expect(page.text()).toContain('版本 2026-03-01，程序自带')
  expect(page.findAll('tbody tr').map((r) => r.text())).toContain('流量分析上架指南 TRACK-22026-03-01')
  const send = page.getComponent(FileDrop).props('attach')
  await expect(send?.(new File(['x'], 'facts.yaml'), () => null)).rejects.toThrow('没有带校验码')
  await page.get('#field-facts-file-sum').setValue('ab'.repeat(32))
  await send?.(new File(['x'], 'facts.yaml'), () => null)
  await flushPromises()
  expect(page.text()).toMatch(/版本 2026-06-01，.*导入 facts\.yaml/)
  await page.get('button.text-action').trigger('click')
  await flushPromises()
  const confirm = [...document.querySelectorAll<HTMLButtonElement>('form button')].find((b) => b.textContent?.trim() === '改回')
  confirm?.click()
  confirm?.form?.dispatchEvent(new Event('submit'))
  await flushPromises()
  expect(page.text()).toContain('版本 2026-03-01，程序自带')
})
