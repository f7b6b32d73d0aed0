import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { ApiError } from '@/api/error'
import type { FieldValue } from '@/api/types'
import { useSaving } from '@/stores/saving'
import { type DraftAnswer, useDraft } from './useDraft'

let scope: EffectScope

function start(send: (values: FieldValue[]) => Promise<DraftAnswer>) {
  const draft = scope.run(() => useDraft(send))
  if (!draft) throw new Error('no scope')
  return draft
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('a draft', () => {
  test('is saved within a second of steady typing, once, with the last value', async () => {
    const sent: FieldValue[][] = []
    const draft = start((values) => {
      sent.push(values)
      return Promise.resolve({})
    })
    for (const text of ['示', '示例', '示例督', '示例督办']) {
      draft.set('app.name', [text])
      await vi.advanceTimersByTimeAsync(240)
    }
    await vi.advanceTimersByTimeAsync(40)
    expect(sent).toEqual([[{ key: 'app.name', values: ['示例督办'] }]])
    expect(draft.unsaved.value).toBe(false)
    expect(useSaving().state).toBe('saved')
  })

  test('saves only what changed', async () => {
    const send = vi.fn(() => Promise.resolve({}))
    const draft = start(send)
    draft.load({ 'app.name': ['甲'], 'app.bid': ['b'] })
    draft.set('app.bid', ['c'])
    await draft.flush()
    expect(send).toHaveBeenCalledExactlyOnceWith([{ key: 'app.bid', values: ['c'] }])
  })

  test('keeps what could not be saved, says so, and 重试 saves it', async () => {
    let down = true
    const send = vi.fn(() => (down ? Promise.reject(new ApiError({ code: 'unwritable', message: '磁盘满了' })) : Promise.resolve({})))
    const draft = start(send)
    const saving = useSaving()
    draft.set('app.name', ['示例督办'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(saving.state).toBe('failed')
    expect(saving.fault?.message).toBe('磁盘满了')
    expect(draft.values['app.name']).toEqual(['示例督办'])
    expect(draft.unsaved.value).toBe(true)
    down = false
    saving.retry()
    await vi.runAllTimersAsync()
    expect(send).toHaveBeenLastCalledWith([{ key: 'app.name', values: ['示例督办'] }])
    expect(saving.state).toBe('saved')
    expect(draft.unsaved.value).toBe(false)
  })

  test('what is typed while a save runs is saved next and not overwritten by the answer', async () => {
    let finish: (a: DraftAnswer) => void = () => undefined
    const sent: FieldValue[][] = []
    const draft = start((values) => {
      sent.push(values)
      return new Promise((resolve) => (finish = resolve))
    })
    draft.set('app.name', [' 甲'])
    await vi.advanceTimersByTimeAsync(600)
    draft.set('app.name', [' 甲乙'])
    finish({ values: [{ key: 'app.name', values: ['甲'] }] })
    await vi.advanceTimersByTimeAsync(600)
    expect(draft.values['app.name']).toEqual([' 甲乙'])
    expect(sent.map((s) => s[0]?.values)).toEqual([[' 甲'], [' 甲乙']])
    finish({})
  })

  test('a tidied value shows once the field is left, not under the fingers', async () => {
    const draft = start(() => Promise.resolve({ values: [{ key: 'app.identifier', values: ['sldb'] }] }))
    draft.focus('app.identifier')
    draft.set('app.identifier', ['应用标识：ｓｌｄｂ'])
    await vi.advanceTimersByTimeAsync(600)
    expect(draft.values['app.identifier']).toEqual(['应用标识：ｓｌｄｂ'])
    await draft.blur('app.identifier')
    expect(draft.values['app.identifier']).toEqual(['sldb'])
  })

  test('reading the record again does not throw away what is not saved yet', () => {
    const draft = start(() => Promise.resolve({}))
    draft.set('app.name', ['新名'])
    draft.load({ 'app.name': ['旧名'], 'app.bid': ['b'] })
    expect(draft.values).toEqual({ 'app.name': ['新名'], 'app.bid': ['b'] })
  })

  test('is saved when the page goes away', async () => {
    const send = vi.fn(() => Promise.resolve({}))
    const draft = start(send)
    draft.set('app.name', ['甲'])
    window.dispatchEvent(new Event('pagehide'))
    await Promise.resolve()
    expect(send).toHaveBeenCalledOnce()
  })
})

test('what is read while a save is on its way does not undo it, nor move what is being typed', async () => {
  let stored: () => void = () => undefined
  const draft = start((values) => new Promise((resolve) => (stored = () => resolve({ values }))))
  draft.load({ 'app.bid': ['old'], 'app.name': ['示例督办'] })
  draft.set('app.bid', ['new'])
  const saving = draft.flush()
  draft.focus('app.name')
  draft.load({ 'app.bid': ['old'], 'app.name': ['示例督办 '] })
  expect(draft.values['app.bid']).toEqual(['new'])
  expect(draft.values['app.name']).toEqual(['示例督办'])
  stored()
  await saving
  await draft.blur('app.name')
  expect(draft.values).toEqual({ 'app.bid': ['new'], 'app.name': ['示例督办 '] })
})
