import { mount, RouterLinkStub } from '@vue/test-utils'
import { expect, test } from 'vitest'
import App from './App.vue'

test('the frame names the program and its places', () => {
  const wrapper = mount(App, { global: { stubs: { RouterLink: RouterLinkStub, RouterView: true } } })
  expect(wrapper.get('h1').text()).toBe('上架通')
  expect(wrapper.get('nav').text()).toContain('总览')
})
