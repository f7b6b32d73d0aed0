import { defineStore } from 'pinia'
import { computed, reactive, shallowRef } from 'vue'
import { type ApiError, asApiError } from '@/api/error'
import * as sync from '@/api/sync'
import type { SyncApplied, SyncLine, SyncPlan, SyncRow } from '@/api/sync'

/** Whether a line can be ticked at all. */
export const tickable = (line: SyncLine) => line.kind !== 'question' && line.why === ''

export const linesOf = (plan: SyncPlan | null): SyncLine[] => (plan?.rows ?? []).flatMap((r) => r.lines ?? [])

/** Rows of which something follows, or that only a person can place. */
export const matters = (row: SyncRow) => row.match === 'ambiguous' || (row.lines ?? []).length > 0

/** The words of a decision belong to the line as it then was: a line that reads otherwise is decided anew. */
const keyOf = (line: SyncLine) => `${line.id}\n${line.fingerprint}`

/** What would change, and what the person has decided of it so far. It outlives the page. */
export const usePlanning = defineStore('planning', () => {
  const plan = shallowRef<SyncPlan | null>(null)
  const applied = shallowRef<SyncApplied | null>(null)
  const fault = shallowRef<ApiError | null>(null)
  const ticks = reactive(new Map<string, boolean>())
  const reasons = reactive(new Map<string, string>())
  const reopens = reactive(new Map<string, string[]>())

  const lines = computed(() => linesOf(plan.value))
  const open = computed(() => plan.value !== null && plan.value.id !== '' && plan.value.applied_at === '')
  const chosen = computed(() => (open.value ? lines.value.filter(ticked) : []))

  function ticked(line: SyncLine): boolean {
    return tickable(line) && (ticks.get(keyOf(line)) ?? line.ticked)
  }

  /** Ticks a line and what has to come before it; without a line, what comes after it cannot stay. */
  function tick(line: SyncLine, on: boolean): void {
    if (!tickable(line)) return
    ticks.set(keyOf(line), on)
    const related = on ? lines.value.filter((l) => l.id === line.after) : lines.value.filter((l) => l.after === line.id)
    for (const other of related) if (tickable(other) && ticked(other) !== on) tick(other, on)
  }

  const reasonOf = (line: SyncLine) => reasons.get(keyOf(line)) ?? line.reason ?? ''
  const setReason = (line: SyncLine, text: string) => reasons.set(keyOf(line), text)
  const reopensOf = (line: SyncLine) => reopens.get(keyOf(line)) ?? []
  const setReopens = (line: SyncLine, tasks: string[]) => reopens.set(keyOf(line), tasks)

  /** Takes a plan as a call returned it. */
  function take(next: SyncPlan): void {
    plan.value = next.id === '' ? null : next
    fault.value = null
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    fault.value = null
    try {
      return await work()
    } catch (thrown) {
      fault.value = asApiError(thrown)
      return undefined
    }
  }

  async function load(): Promise<void> {
    const got = await attempt(sync.current)
    if (got) take(got)
  }

  async function choose(row: string, appID: string): Promise<void> {
    const id = plan.value?.id ?? ''
    const got = await attempt(() => sync.choose(id, row, appID))
    if (got) take(got)
  }

  async function again(): Promise<void> {
    const id = plan.value?.id ?? ''
    const got = await attempt(() => sync.again(id))
    if (got) take(got)
  }

  async function drop(): Promise<void> {
    const id = plan.value?.id ?? ''
    const done = await attempt(async () => {
      await sync.drop(id)
      return true
    })
    if (done) plan.value = null
  }

  /** Applies what is ticked: all of it or nothing. */
  async function apply(): Promise<boolean> {
    const p = plan.value
    if (!p) return false
    const own = chosen.value.filter((l) => l.act === 'return')
    const done = await attempt(() => sync.apply({
      plan_id: p.id, lines: chosen.value.map((l) => l.id), dry_run: false,
      reasons: Object.fromEntries(own.map((l) => [l.id, reasonOf(l)])),
      reopens: Object.fromEntries(own.map((l) => [l.id, reopensOf(l)])),
    }))
    if (!done) return false
    applied.value = done
    ticks.clear()
    await load()
    return true
  }

  return { plan, applied, fault, lines, open, chosen, ticked, tick, reasonOf, setReason, reopensOf, setReopens, take, load, choose, again, drop, apply }
})
