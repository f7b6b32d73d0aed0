import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { useTransport } from '@/api/client'
import { ApiError } from '@/api/error'
import { mockTransport } from '@/api/mock'
import { useSession } from '@/stores/session'
import StartForm from './StartForm.vue'

// The first mount loads all of Element Plus, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
afterEach(() => useTransport(null))

async function show() {
  const pinia = createPinia()
  const wrapper = mount(StartForm, { global: { plugins: [pinia] }, attachTo: document.body })
  await useSession(pinia).load()
  return wrapper
}

test('pressing the button with nothing filled in names every question, and typing stays where it is', async () => {
  useTransport(mockTransport({ empty: true }))
  const wrapper = await show()
  await wrapper.get('#field-operator').setValue('联系人甲')
  await wrapper.get('form').trigger('submit')
  await flushPromises()
  expect(wrapper.findAll('section[role=alert] a').map((a) => a.text())).toEqual(['请填写单位名称', '请选择所属区域', '请填写单位所在的市、县（市、区）'])
  expect(wrapper.get('[data-field=unit_name] .error').text()).toBe('请填写单位名称')
  expect(wrapper.get<HTMLInputElement>('#field-operator').element.value).toBe('联系人甲')
  expect(wrapper.emitted('started')).toBeUndefined()
})

test('what the program refuses stands beside the field it names', async () => {
  const mock = mockTransport({ empty: true })
  useTransport((service, method, args) =>
    method === 'Start' ? Promise.reject(new ApiError({ code: 'invalid', field: 'unit.name', message: '单位名称太长', hint: '写全称' })) : mock(service, method, args))
  const wrapper = await show()
  for (const [id, text] of [['unit_name', '示例市数据中心'], ['region', '示例市'], ['operator', '联系人甲']]) {
    await wrapper.get(`#field-${id}`).setValue(text)
  }
  wrapper.getComponent({ name: 'ElSelect' }).vm.$emit('update:modelValue', '杭州')
  await wrapper.get('form').trigger('submit')
  await flushPromises()
  expect(wrapper.get('[data-field=unit_name] .error').text()).toBe('单位名称太长。写全称')
})
