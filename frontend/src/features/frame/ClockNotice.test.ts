import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useTransport } from '@/api/client'
import type { Info } from '@/api/types'
import { useSession } from '@/stores/session'
import ClockNotice from './ClockNotice.vue'

const info: Info = {
  version: '0.1.0', data_dir: '/d', first_run: false, role: 'owner', operator: '联系人甲', unit_name: '示例市数据中心', face: 'browser',
  network: '离线', today: '2026-03-02', clock_behind: '2026-03-04T09:00:00+08:00',
}
let accepted = false

beforeEach(() => {
  setActivePinia(createPinia())
  accepted = false
  useTransport(async (service, method) => {
    if (`${service}.${method}` === 'System.AcceptClock') accepted = true
    return { ...info, clock_behind: accepted ? '' : info.clock_behind }
  })
})
afterEach(() => useTransport(null))

test('a clock behind the records is said, and confirmed by the person', async () => {
  const session = useSession()
  session.info = info
  const notice = mount(ClockNotice)
  expect(notice.text()).toContain('2026-03-04 09:00')
  await notice.get('button').trigger('click')
  await flushPromises()
  expect(accepted).toBe(true)
  expect(notice.text()).toBe('')
})

test('a right clock is not spoken of', () => {
  useSession().info = { ...info, clock_behind: '' }
  expect(mount(ClockNotice).text()).toBe('')
})
