// What was prepared to be done in the portals, and what is done while the person watches.
import { call } from './client'
import type { Receipt, ReceiptField, ReceiptPicture } from './receipts'
import type { Drift } from './sync'
import type { ActName, Attachment, CaseView, FieldChange, Finding } from './types'

export type ActionKind = 'catalog' | 'component' | 'register' | 'approval' | 'upload'
export type ActionState = 'prepared' | 'running' | 'waiting' | 'done' | 'stopped' | 'discarded'

/** What an action is done to. */
export interface ActionTarget {
  portal: string
  region?: string
  form: string
  table?: string
  name: string
  release_name: string
  identifier?: string
  release_id?: string
  hosting_id?: string
  state?: string
}
/** One field with its value as frozen. */
export interface ActionAsk {
  key?: string
  heading?: string
  label: string
  as: string
  values?: string[] | null
  rows?: Record<string, string>[] | null
  files?: Attachment[] | null
  optional?: boolean
  text: string
}
export interface ActionStep { step: string; word: string; begun: string; ended?: string; outcome?: string; ok: boolean }
/** What only the person knows. */
export interface ActionQuestion { id: string; text: string; yes: string; no: string; files?: string[] | null }
export interface ActionFilled { at: string; url: string; title: string; fields: ReceiptField[] | null; picture?: ReceiptPicture | null; drift?: Drift[] | null; notes?: string[] | null; pressed_final?: boolean }
/** The act of the running case that follows from a receipt. */
export interface OutboxFollow {
  case_id: string
  task: string
  task_title: string
  act: ActName
  act_word: string
  allowed: boolean
  reason: string
  hint: string
  done: boolean
}
export interface OutboxView {
  id: string
  app_id: string
  app_name: string
  kind: ActionKind
  kind_word: string
  component?: string
  state: ActionState
  state_word: string
  title: string
  reason?: string
  hint?: string
  target: ActionTarget
  asks: ActionAsk[] | null
  code?: { version: string; remark?: string; file: Attachment; check_id?: string } | null
  warnings?: Finding[] | null
  steps: ActionStep[] | null
  filled?: ActionFilled | null
  asking?: ActionQuestion | null
  created_at: string
  created_by: string
  changed_at: string
  /** The frozen values that differ from what stands here now. */
  changed: FieldChange[] | null
  /** What blocks it now. */
  against: Finding[] | null
  can_run: boolean
  receipt?: Receipt | null
  follow?: OutboxFollow | null
}
export interface OutboxPrepare {
  app_id: string
  kind: ActionKind
  component: string
  version: string
  remark: string
  /** Token of Files: the zip. */
  upload: string
  job: string
}

export const list = async (appID = '', open = false) => (await call<OutboxView[] | null>('Outbox', 'List', [{ app_id: appID, open }])) ?? []
export const show = (id: string) => call<OutboxView>('Outbox', 'Show', [id])
/** Freezes the data of an action and fixes its target. */
export const prepare = (request: OutboxPrepare) => call<OutboxView>('Outbox', 'Prepare', [request])
/** Freezes the data anew, as they stand now. */
export const renew = (id: string) => call<OutboxView>('Outbox', 'Renew', [id])
export const discard = (id: string, reason: string) => call<OutboxView>('Outbox', 'Discard', [id, reason])
/** Does an action while the person watches; it ends when the receipt is there or the action has stopped. */
export const run = (id: string, job: string) => call<OutboxView>('Outbox', 'Run', [{ id, job, yes_upload: false }])
export const answer = (id: string, question: string, yes: boolean) => call<OutboxView>('Outbox', 'Answer', [{ id, question, yes }])
/** Does the act of the running case that follows from the receipt. */
export const follow = (id: string) => call<CaseView>('Outbox', 'Follow', [id])
