import { call } from './client'
import type { Load, TodoItem } from './todo'
import type { AppKind, Status } from './types'

/** What happened in a span, counted. */
export interface Happened { started: number; closed: number; submitted: number; passed: number; returned: number; confirmed: number }
export interface WeekCount extends Happened { from: string; to: string }
/** How things stand at the end of a span. */
export interface Standing { apps: number; idle: number; active: number; settled: number; running: number; returned: number; overdue: number }
export interface AppProgress {
  app_id: string
  name: string
  kind: AppKind
  region: string
  vendor: string
  case_id: string
  flow: string
  flow_name: string
  started_at: string
  stage: string
  stage_name: string
  settled: number
  total: number
  status: Status
  status_word: string
  next_task: string
  next_title: string
  party: string
  party_word: string
  who: string
  since: string
  days: number
  due: string
  overdue: boolean
  estimated: boolean
  message: string
  returns: number
  done: string[] | null
  items: TodoItem[] | null
}
export interface ReportEvent {
  kind: string
  at: string
  app_id: string
  app: string
  case_id: string
  flow_name: string
  task: string
  title: string
  word: string
  by: string
  reason: string
  undone: boolean
}
export interface Progress {
  title: string
  unit: string
  from: string
  to: string
  as_of: string
  summary: string[] | null
  standing: Standing
  happened: Happened
  weeks: WeekCount[] | null
  apps: AppProgress[] | null
  loads: Load[] | null
  events: ReportEvent[] | null
  estimated: boolean
}

/** The week that holds a day; an empty day is today, an empty app means all. */
export const weekly = (week: string, app: string) => call<Progress>('Reports', 'Weekly', [{ week, app }])
export const period = (from: string, to: string, app: string) => call<Progress>('Reports', 'Period', [{ from, to, app }])
