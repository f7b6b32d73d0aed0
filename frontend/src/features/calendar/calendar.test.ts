import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import CalendarSettings from './CalendarSettings.vue'
import { daysOf, emptyLine, type Form, problems, typedYear } from './typed'
import { useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import FileDrop from '@/ui/FileDrop.vue'

vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => {
  setActivePinia(createPinia())
  useTransport(mockTransport({ apps: 1 }))
})
afterEach(() => useTransport(null))

test('days worked in exchange are parted at anything', () => {
  expect(daysOf('2027-01-09、2027/2/7，2027.2.14')).toEqual(['2027-01-09', '2027-02-07', '2027-02-14'])
})

const form = (given: Partial<Form>): Form => ({
  year: '2027', source: '虚构的通知', date: '2026-11-20', lines: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03', work: '2027-01-09' }, emptyLine()], ...given,
})
test.each([
  [form({}), []],
  [form({ year: '27' }), ['year']],
  [form({ source: ' ' }), ['source']],
  [form({ date: '去年' }), ['date']],
  [form({ lines: [emptyLine()] }), ['lines']],
  [form({ lines: [{ name: '春节', from: '2027-02-05', to: '', work: '' }] }), ['lines']],
  [form({ lines: [{ name: '春节', from: '2027-02-05', to: '2027-02-11', work: '周日' }] }), ['lines']],
])('what is wrong in a typed year', (given, fields) => expect(Object.keys(problems(given))).toEqual(fields))

test('empty lines are left out', () => {
  expect(typedYear(form({ year: '２０２７' }))).toEqual({
    year: 2027, source: '虚构的通知', date: '2026-11-20', holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03', work: ['2027-01-09'] }],
  })
})

test('a file without a checksum is refused with the sum to compare, and taken once it is given', async () => {
  const page = mount(CalendarSettings)
  await flushPromises()
  const send = page.getComponent(FileDrop).props('attach')
  await expect(send?.(new File(['x'], '2027.yaml'), () => null)).rejects.toThrow('没有带校验码')
  await page.get('#field-calendar-file-sum').setValue('ab'.repeat(32))
  await send?.(new File(['x'], '2027.yaml'), () => null)
  await flushPromises()
  expect(page.text()).toContain('已导入 2027 年')
  expect(page.findAll('tbody tr')).toHaveLength(3)
})
