import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noticeText, noticesOn, remind, switchNotices } from './notices'
import { useTransport } from '@/api/client'

const shown: string[] = []
class FakeNotification {
  static permission = 'default'
  static requestPermission = async () => (FakeNotification.permission = 'granted')
  readonly body: string
  constructor(_: string, options: { body: string }) {
    this.body = options.body
    shown.push(this.body)
  }
}
beforeEach(() => {
  shown.length = 0
  localStorage.clear()
  FakeNotification.permission = 'default'
  vi.stubGlobal('Notification', FakeNotification)
  useTransport(async () => ({ role: 'owner', items: [], total: 3, overdue: 1, today: 2, as_of: '' }))
})
afterEach(() => {
  useTransport(null)
  vi.unstubAllGlobals()
})

test('nothing is shown before it is switched on, then once a day', async () => {
  expect(await remind('2026-03-02')).toBe(false)
  expect(await switchNotices(true)).toBe(true)
  expect(await remind('2026-03-02')).toBe(true)
  expect(await remind('2026-03-02')).toBe(false)
  expect(await remind('2026-03-03')).toBe(true)
  expect(shown).toEqual(['2 项今天到期，1 项已过期', '2 项今天到期，1 项已过期'])
  expect(await switchNotices(false)).toBe(false)
  expect(await remind('2026-03-04')).toBe(false)
})

test('a refused permission leaves them off', async () => {
  FakeNotification.requestPermission = async () => (FakeNotification.permission = 'denied')
  expect(await switchNotices(true)).toBe(false)
  expect(noticesOn()).toBe(false)
})

test('nothing due, nothing said', () => expect(noticeText(0, 0)).toBe(''))
