import { call } from './client'
import type { AppKind, Status } from './types'

/** One thing that waits for somebody: something to do, or something sent in that has to be looked after. */
export interface TodoItem {
  app_id: string
  app: string
  app_kind: AppKind
  region: string
  case_id: string
  flow: string
  flow_name: string
  stage: string
  stage_name: string
  task: string
  title: string
  kind: 'act' | 'wait'
  wait_id: string
  status: Status
  status_word: string
  /** Whose list it belongs on: owner or vendor. */
  for: string
  /** Who is waited for: the id of a Load. */
  party: string
  party_word: string
  who: string
  network_name: string
  not_before: string
  since: string
  days: number
  due: string
  remind: string
  overdue: boolean
  estimated: boolean
  day: number
  of: number
  message: string
}

export interface TodoFilter {
  role: string
  party: string
  app: string
  kind: string
  app_kind: string
  region: string
  flow: string
  query: string
  overdue: boolean
  until: string
}
export interface TodoView { role: string; items: TodoItem[] | null; total: number; overdue: number; today: number; as_of: string }

/** Who is waited for, for how much and how long; days are working days. */
export interface Load {
  id: string
  word: string
  count: number
  apps: number
  overdue: number
  longest: number
  median: number
  returned: number
  items: TodoItem[] | null
}

export const everything: TodoFilter = {
  role: '', party: '', app: '', kind: '', app_kind: '', region: '', flow: '', query: '', overdue: false, until: '',
}

export const list = (filter: TodoFilter) => call<TodoView>('Todo', 'List', [filter])
export const parties = async () => (await call<Load[] | null>('Todo', 'Parties')) ?? []
