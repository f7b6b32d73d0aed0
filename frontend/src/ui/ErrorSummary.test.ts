import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick } from 'vue'
import ErrorSummary from './ErrorSummary.vue'

const problems = [
  { field: 'app.name', message: '请填写应用名称' },
  { field: 'app.egress_ips', message: '10.0.0.8 不是公网地址' },
]

test('nothing wrong shows nothing', () => {
  expect(mount(ErrorSummary, { props: { problems: [] } }).find('section').exists()).toBe(false)
})

test('it takes the focus when it appears and counts', async () => {
  const wrapper = mount(ErrorSummary, { props: { problems: [] }, attachTo: document.body })
  await wrapper.setProps({ problems })
  await nextTick()
  expect(document.activeElement).toBe(wrapper.get('section').element)
  expect(wrapper.get('h2').text()).toBe('有 2 处要改')
})

test('each line leads to its field and focuses the input there', async () => {
  const field = document.createElement('div')
  field.dataset.field = 'app.egress_ips'
  field.innerHTML = '<div id="field-app-egress_ips"><input type="text"></div>'
  document.body.append(field)
  const wrapper = mount(ErrorSummary, { props: { problems }, attachTo: document.body })
  await nextTick()
  const lines = wrapper.findAll('a')
  expect(lines.map((l) => l.text())).toEqual(problems.map((p) => p.message))
  await lines[1]?.trigger('click')
  expect(document.activeElement).toBe(field.querySelector('input'))
  expect(wrapper.emitted('go')).toEqual([['app.egress_ips']])
})
