import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef } from 'vue'
import { type ApiError, asApiError } from '@/api/error'
import * as outbox from '@/api/outbox'
import type { OutboxView } from '@/api/outbox'
import * as packages from '@/api/packages'

const lookMillis = 600

/** The prepared actions, and the one that runs. It goes on when the page is left. */
export const useRunning = defineStore('running', () => {
  const list = shallowRef<OutboxView[] | null>(null)
  const fault = shallowRef<ApiError | null>(null)
  /** How each ended that did not end well, by action. */
  const faults = reactive(new Map<string, ApiError>())
  const active = ref('')
  const stopped = ref(false)
  /** What the one that runs is doing or waiting for. */
  const words = ref('')
  let job = ''

  const pending = computed(() => (list.value ?? []).filter((a) => a.state !== 'done' && a.state !== 'discarded'))
  const of = (id: string) => list.value?.find((a) => a.id === id) ?? null

  async function load(): Promise<void> {
    fault.value = null
    try {
      list.value = await outbox.list()
    } catch (thrown) {
      fault.value = asApiError(thrown)
    }
  }

  /** Takes an action as a call returned it. */
  function take(action: OutboxView): void {
    const all = list.value ?? []
    list.value = all.some((a) => a.id === action.id) ? all.map((a) => (a.id === action.id ? action : a)) : [action, ...all]
  }

  /** Does an action; one at a time. */
  async function run(id: string): Promise<void> {
    if (active.value !== '') return
    active.value = id
    stopped.value = false
    faults.delete(id)
    job = `outbox-${id}-${Date.now()}`
    const look = setInterval(() => void watch(id, job), lookMillis)
    try {
      take(await outbox.run(id, job))
    } catch (thrown) {
      faults.set(id, asApiError(thrown))
    } finally {
      clearInterval(look)
      active.value = ''
      words.value = ''
      await refresh(id)
    }
  }

  async function watch(id: string, asked: string): Promise<void> {
    const state = await packages.job(asked).catch(() => null)
    if (state && active.value === id) words.value = state.word ?? ''
    await refresh(id)
  }

  async function refresh(id: string): Promise<void> {
    const now = await outbox.show(id).catch(() => null)
    if (now) take(now)
  }

  /** Stops the one that runs; it is resumed by looking at the page again. */
  async function stop(): Promise<void> {
    stopped.value = true
    await packages.cancel(job).catch(() => null)
  }

  return { list, fault, faults, active, stopped, words, pending, of, load, take, run, refresh, stop }
})
