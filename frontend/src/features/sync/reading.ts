import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef } from 'vue'
import { type ApiError, asApiError } from '@/api/error'
import * as files from '@/api/files'
import * as packages from '@/api/packages'
import * as portals from '@/api/portals'
import type { PortalRead } from '@/api/portals'
import * as sync from '@/api/sync'
import type { SyncReading } from '@/api/sync'
import { usePlanning } from './planning'

const lookMillis = 300

export type Source = 'live' | 'file' | 'paste'
/** One table to read, and where from. */
export interface Attempt { table: string; title: string; appID: string; source: Source; files?: File[]; html?: string; text?: string }
/** A table that is not as its recipe describes it. */
export interface Stuck { attempt: Attempt; read: PortalRead }

/** Reading of tables under way. It goes on when the page is left; what was read waits here until it is compared. */
export const useReading = defineStore('reading', () => {
  const planning = usePlanning()
  const work = reactive({ running: false, stopped: false, title: '', words: '', done: 0, total: 0 })
  const fault = shallowRef<ApiError | null>(null)
  const stuck = shallowRef<Stuck | null>(null)
  const failed = shallowRef<Attempt | null>(null)
  const got = shallowRef<SyncReading[]>([])
  /** Where the person read from last. */
  const source = ref<Source>('live')
  let todo: Attempt[] = []
  let job = ''

  const waiting = computed(() => got.value.length)

  /** Reads tables one after the other, then compares all of them at once. The first that does not fit stops. */
  async function start(attempts: Attempt[]): Promise<boolean> {
    if (work.running) return false
    got.value = []
    todo = [...attempts]
    return goOn()
  }

  /** Reads again what stopped, and what was to come after it. */
  const again = () => (work.running ? Promise.resolve(false) : goOn())

  /** Leaves out what stopped and compares the rest. */
  function leaveOut(): Promise<boolean> {
    todo.shift()
    return again()
  }

  async function goOn(): Promise<boolean> {
    Object.assign(work, { running: true, stopped: false, done: 0, total: 0, words: '' })
    fault.value = null
    stuck.value = null
    failed.value = null
    try {
      return await all()
    } catch (thrown) {
      fault.value = asApiError(thrown)
      failed.value = todo[0] ?? null
      return false
    } finally {
      work.running = false
    }
  }

  async function all(): Promise<boolean> {
    for (let next = todo[0]; next; next = todo[0]) {
      work.title = next.title
      const read = await watched(next)
      if ((read.result.drift ?? []).length > 0) {
        stuck.value = { attempt: next, read }
        return false
      }
      got.value = [...got.value, { result: read.result, from: read.from, app_id: next.appID }]
      todo.shift()
    }
    if (got.value.length === 0) return false
    planning.applied = null
    planning.take(await sync.plan(got.value))
    got.value = []
    return true
  }

  async function watched(a: Attempt): Promise<PortalRead> {
    job = `read-${Date.now()}-${Math.floor(Math.random() * 1e6)}`
    const asked = job
    const look = setInterval(async () => {
      const state = await packages.job(asked).catch(() => null)
      if (state?.running) Object.assign(work, { done: state.done, total: state.total, words: state.word ?? '' })
    }, lookMillis)
    return readOne(a).finally(() => clearInterval(look))
  }

  async function readOne(a: Attempt): Promise<PortalRead> {
    if (a.source === 'live') return portals.read(a.table, a.appID, job)
    if (a.source === 'paste') return portals.readClipboard(a.table, a.appID, a.html ?? '', a.text ?? '')
    return readSaved(a, a.files ?? [])
  }

  /** Saved pages of one list: all of them arrive, then they are read as one table. */
  async function readSaved(a: Attempt, saved: File[]): Promise<PortalRead> {
    const tokens: string[] = []
    try {
      for (const one of saved) tokens.push(await files.upload(one))
      return await portals.readFiles(a.table, a.appID, tokens)
    } catch (thrown) {
      await Promise.all(tokens.map((token) => files.abort(token).catch(() => null)))
      throw thrown
    }
  }

  /** Asks the program to stop; what was read before stays. */
  function stop(): void {
    work.stopped = true
    void packages.cancel(job).catch(() => null)
  }

  /** Forgets what stopped. */
  function clear(): void {
    stuck.value = null
    fault.value = null
    failed.value = null
    todo = []
    got.value = []
  }

  return { source, work, fault, stuck, failed, waiting, start, again, leaveOut, stop, clear }
})
