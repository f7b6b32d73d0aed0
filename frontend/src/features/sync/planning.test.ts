import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import { tickable, usePlanning } from './planning'
import { line, row } from '@/api/mock/sync'
import type { SyncPlan } from '@/api/sync'

const act = line('r1.act', { kind: 'act', after: 'r1.state', act: 'return' })
const state = line('r1.state', {})
const barred = line('r1.barred', { why: '前一项还没有办' })
const asked = line('r1.name', { kind: 'question', ticked: true })
const plan = (lines = [state, act, barred, asked]) => ({ id: 'p1', applied_at: '', rows: [row('r1', { lines })] }) as SyncPlan

beforeEach(() => setActivePinia(createPinia()))

describe('what is ticked', () => {
  test('is what the program proposes, and never what cannot be written', () => {
    const store = usePlanning()
    store.take(plan())
    expect(store.chosen.map((l) => l.id)).toEqual(['r1.state', 'r1.act'])
    expect([barred, asked].map(tickable)).toEqual([false, false])
    store.tick(barred, true)
    store.tick(asked, true)
    expect(store.chosen).toHaveLength(2)
  })

  test('without a line, what comes after it goes too; with what comes after, the line comes back', () => {
    const store = usePlanning()
    store.take(plan())
    store.tick(state, false)
    expect(store.chosen).toEqual([])
    store.tick(act, true)
    expect(store.chosen.map((l) => l.id)).toEqual(['r1.state', 'r1.act'])
  })

  test('stays when the plan is read again, unless the line now says something else', () => {
    const store = usePlanning()
    store.take(plan())
    store.tick(act, false)
    store.setReason(act, '材料不全')
    store.take(plan())
    expect(store.ticked(act)).toBe(false)
    const other = { ...act, fingerprint: 'other' }
    store.take(plan([state, other]))
    expect(store.ticked(other)).toBe(true)
    expect(store.reasonOf(other)).toBe('')
  })

  test('of a plan that was applied is nothing', () => {
    const store = usePlanning()
    store.take({ ...plan(), applied_at: '2026-03-02T09:00:00+08:00' })
    expect(store.chosen).toEqual([])
  })
})
