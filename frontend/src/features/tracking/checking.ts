import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { type ApiError, asApiError } from '@/api/error'
import * as files from '@/api/files'
import * as packages from '@/api/packages'
import * as tracking from '@/api/tracking'
import type { CheckKind, CheckView, LivePlay } from '@/api/tracking'
import { bytesOf, type Dropped } from './dropped'
import type { Target } from './recognise'

const lookMillis = 300
/** How many files are on their way at a time. */
const lines = 5

/** The check of one app: what runs, how it ended, and what it looked at, for the next one. */
export interface Checking {
  running: boolean
  kind: CheckKind
  what: string
  /** Files are still on their way to the program. */
  sending: boolean
  done: number
  total: number
  stopped: boolean
  fault: ApiError | null
  /** The check that ended last and has not been looked at yet. */
  ended: string
  /** The code that was checked last, as long as the program runs. */
  held: { target: Target; what: string } | null
}

const idle = (): Checking => ({ running: false, kind: 'code', what: '', sending: false, done: 0, total: 0, stopped: false, fault: null, ended: '', held: null })

/** Checks of tracking code under way. They go on when the page is left; the result waits here and in the program. */
export const useChecking = defineStore('checking', () => {
  const all = reactive(new Map<string, Checking>())
  const stops = new Map<string, () => void>()

  function of(appID: string): Checking {
    const known = all.get(appID)
    if (known) return known
    all.set(appID, idle())
    return of(appID)
  }

  /** Runs a check; one at a time for each app. */
  async function start(appID: string, kind: CheckKind, target: Target, what: string, play?: LivePlay): Promise<void> {
    const now = of(appID)
    if (now.running) return
    Object.assign(now, { ...idle(), running: true, kind, what, held: kind === 'capture' ? now.held : { target, what } })
    try {
      now.ended = (await perform(appID, now, kind, target, play)).id
    } catch (thrown) {
      now.fault = asApiError(thrown)
    } finally {
      stops.delete(appID)
      now.running = false
    }
  }

  async function perform(appID: string, now: Checking, kind: CheckKind, target: Target, play?: LivePlay): Promise<CheckView> {
    const tokens: string[] = []
    try {
      await send(appID, now, target.files, tokens)
      const job = `check-${appID}-${Date.now()}-${Math.floor(Math.random() * 1e6)}`
      stops.set(appID, () => void packages.cancel(job).catch(() => null))
      return await watched(now, job, ask(appID, kind, target, tokens, job, play))
    } catch (thrown) {
      await Promise.all(tokens.map((t) => files.abort(t).catch(() => null)))
      throw thrown
    }
  }

  async function send(appID: string, now: Checking, given: readonly Dropped[], tokens: string[]): Promise<void> {
    const stop = new AbortController()
    stops.set(appID, () => stop.abort())
    Object.assign(now, { sending: given.length > 0, done: 0, total: bytesOf(given) })
    const waiting = [...given]
    const line = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        let before = 0
        const progress = (sent: number) => {
          now.done += sent - before
          before = sent
        }
        tokens.push(await files.upload(next.file, { name: next.path, signal: stop.signal, progress }))
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: lines }, () => line().catch((thrown: unknown) => {
      stop.abort()
      throw thrown
    })))
    const faults = ends.flatMap((e) => (e.status === 'rejected' ? [asApiError(e.reason)] : []))
    const fault = faults.find((f) => f.code !== 'canceled') ?? faults[0] // the others were stopped because of it
    if (fault) throw fault
    Object.assign(now, { sending: false, done: 0, total: 0 })
  }

  function ask(appID: string, kind: CheckKind, t: Target, uploads: string[], job: string, play?: LivePlay): Promise<CheckView> {
    if (kind === 'capture') return tracking.checkCapture({ app_id: appID, uploads, text: t.text || t.address, job })
    if (kind === 'code') return tracking.checkCode({ app_id: appID, uploads, path: t.path, job })
    const usual: LivePlay = { devices: [], logins: [], reply: '', visible: false, real_network: false }
    return tracking.checkLive({ ...usual, ...play, app_id: appID, address: t.address, uploads, path: t.path, job })
  }

  /** Tells how far the work is until it ends. */
  async function watched<T>(now: Checking, job: string, work: Promise<T>): Promise<T> {
    const look = setInterval(async () => {
      const state = await packages.job(job).catch(() => null)
      if (state?.running) Object.assign(now, { done: state.done, total: state.total })
    }, lookMillis)
    return work.finally(() => clearInterval(look))
  }

  /** Stops the check of an app; nothing of it stays. */
  function stop(appID: string): void {
    of(appID).stopped = true
    stops.get(appID)?.()
  }

  return { of, start, stop }
})
