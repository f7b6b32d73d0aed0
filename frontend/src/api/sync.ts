// Reading the portals' lists and comparing them with what stands here.
import { call } from './client'
import type { ActName, PortalState } from './types'

/** One thing that differs from the recipe of a page. picture is the SHA-256 of a picture of the page, or empty. */
export interface Drift { kind: string; what: string; seen: string[] | null; recipe: string; message: string; hint: string; picture?: string }
/** A table as it was read. With drift there are no rows. */
export interface TableResult {
  table: string
  pages: number
  rows: Record<string, string>[] | null
  parts?: { heading: string; from: number; rows: number }[] | null
  drift: Drift[] | null
  notes?: string[] | null
  /** The page speaks of more rows than were read. */
  incomplete?: boolean
  /** All rows there are were read. */
  whole?: boolean
}
export interface SyncReading { result: TableResult; from: string; app_id: string }

export type LineKind = 'field' | 'question' | 'act' | 'adopt' | 'version'
/** One thing that would change; it is applied only when it is named. */
export interface SyncLine {
  id: string
  kind: LineKind
  app_id: string
  app_name: string
  table: string
  key: string
  label: string
  local: string
  portal: string
  result: string
  side: 'portal' | 'local' | ''
  meaning: string
  ticked: boolean
  /** Why it cannot be applied; empty when it can. */
  why: string
  hint: string
  /** The line that has to be applied before it. */
  after: string
  case_id?: string
  task?: string
  task_title?: string
  act?: ActName
  act_word?: string
  reason?: string
  reopenable?: SyncTask[] | null
  fingerprint: string
}
export interface SyncTask { id: string; title: string }
export interface SyncCandidate { app_id: string; name: string; identifier: string; why: string }
export interface SyncCell { table: string; header: string; text: string }
export type Match = 'number' | 'name' | 'chosen' | 'ambiguous' | 'none'
/** One application as the portals show it. */
export interface SyncRow {
  id: string
  name: string
  number: string
  match: Match
  match_word: string
  app_id: string
  app_name: string
  candidates: SyncCandidate[] | null
  state?: PortalState | null
  cells: SyncCell[] | null
  lines: SyncLine[] | null
  notes: string[] | null
}
export interface SyncMissing { app_id: string; name: string; message: string }
export interface SyncCounts {
  rows: number
  same: number
  fields: number
  acts: number
  questions: number
  adopt: number
  ambiguous: number
  missing: number
  ticked: number
}
export interface SyncTableInfo { table: string; title: string; from: string; at: string; pages: number; rows: number; notes: string[] | null }
export interface SyncPlan {
  id: string
  at: string
  by: string
  quiet: boolean
  tables: SyncTableInfo[] | null
  rows: SyncRow[] | null
  missing: SyncMissing[] | null
  counts: SyncCounts
  /** Empty while it can be applied. */
  applied_at: string
  done: string[] | null
}
export interface SyncApply {
  plan_id: string
  lines: string[]
  reasons: Record<string, string>
  reopens: Record<string, string[]>
  dry_run: boolean
}
export interface SyncApplied {
  plan_id: string
  lines: SyncLine[] | null
  done: string[] | null
  notices: string[] | null
  adopted: { id: string; name: string }[] | null
  /** Taken before anything was written. */
  snapshot: string
}

/** The choice that a row belongs to none of the apps here. */
export const newApp = 'new'

/** The newest plan; its ID is empty when there is none. */
export const current = () => call<SyncPlan>('Sync', 'Current')
export const plan = (readings: SyncReading[]) => call<SyncPlan>('Sync', 'Plan', [{ readings }])
/** Compares what was read with what stands here now. */
export const again = (planID: string) => call<SyncPlan>('Sync', 'Again', [planID])
/** Says which app a row belongs to; newApp for none of them, empty takes the choice back. */
export const choose = (planID: string, row: string, appID: string) => call<SyncPlan>('Sync', 'Choose', [{ plan_id: planID, row, app_id: appID }])
export const drop = (planID: string) => call<null>('Sync', 'Drop', [planID])
export const apply = (request: SyncApply) => call<SyncApplied>('Sync', 'Apply', [request])

/** The quiet refresh of states with the kept session. */
export interface RefreshView {
  minutes: number
  running: boolean
  last_at: string
  next_at: string
  message: string
  login: boolean
  changes: number
  plan_id: string
}
export const refresh = () => call<RefreshView>('Refresh', 'Status')
/** Every so many minutes; 0 switches it off. */
export const setRefresh = (minutes: number) => call<RefreshView>('Refresh', 'Set', [minutes])
export const refreshNow = () => call<RefreshView>('Refresh', 'Now')
