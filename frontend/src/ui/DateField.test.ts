import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import DateField from './DateField.vue'
import { isDay, tidyDay } from '@/composables/days'

vi.setConfig({ testTimeout: 60_000 })
afterEach(() => {
  document.body.innerHTML = ''
})

test.each([
  ['2027-02-06', '2027-02-06'], ['2027/2/6', '2027-02-06'], ['２０２７年２月６日', '2027-02-06'], [' 2027.12.1 ', '2027-12-01'], ['下周', '下周'], ['', ''],
])('a day typed as “%s”', (text, day) => expect(tidyDay(text)).toBe(day))

test.each([['2026-02-28', true], ['2026-02-29', false], ['2028-02-29', true], ['2026-13-01', false], ['2026-3-2', false], ['', false]])(
  '%s is a day: %s', (text, is) => expect(isDay(text)).toBe(is))

/** Types a text as a person does and leaves the input, or presses Enter in it. */
async function type(text: string, leave: 'change' | 'enter', value = '') {
  const field = mount(DateField, { props: { value, label: '到哪天' }, attachTo: document.body })
  const input = field.get('input')
  input.element.value = text
  await input.trigger('input')
  await input.trigger(leave === 'enter' ? 'keydown' : 'change', leave === 'enter' ? { key: 'Enter', code: 'Enter' } : {})
  return { field, days: (field.emitted('change') ?? []).map(([day]) => day) }
}

test.each(['change', 'enter'] as const)('a day is taken however it is written, on %s', async (leave) => {
  for (const text of ['2026-03-02', '2026/3/2', '2026年3月2日', '２０２６年３月２日']) {
    expect((await type(text, leave)).days).toEqual(['2026-03-02'])
  }
})

test.each(['下周', '2026-02-30', '20'])('“%s” is not taken, and the day before it stays', async (text) => {
  const { field, days } = await type(text, 'change', '2026-03-02')
  expect(days).toEqual([])
  expect(field.get('[role=alert]').text()).toContain(`“${text}”不是日期`)
})

test('an empty text takes the day back', async () => {
  const { field, days } = await type('', 'change', '2026-03-02')
  expect(days).toEqual([''])
  expect(field.find('[role=alert]').exists()).toBe(false)
})

test('the input says what it is and what is wrong with it', async () => {
  const field = mount(DateField, { props: { value: '', id: 'field-x', describedby: 'field-x-error', invalid: true } })
  await flushPromises()
  expect(field.get('input').attributes()).toMatchObject({ id: 'field-x', 'aria-describedby': 'field-x-error', 'aria-invalid': 'true' })
  await field.setProps({ describedby: undefined, invalid: undefined })
  expect(field.get('input').attributes('aria-describedby')).toBeUndefined()
})
