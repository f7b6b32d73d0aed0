// What was read back from the portals after an action.
import { call } from './client'
import type { ActionKind } from './outbox'

export interface ReceiptField { label: string; asked: string; shown: string; ok: boolean; message?: string }
export interface ReceiptPicture { title: string; sha256: string; size: number }
export interface Receipt {
  id: string
  action_id: string
  app_id: string
  app_name: string
  kind: ActionKind
  kind_word: string
  component?: string
  portal: string
  url: string
  title: string
  at: string
  by: string
  outcome: string
  outcome_word: string
  /** Where it broke off on the way, and what therefore nobody has seen. */
  notes: string[] | null
  fields: ReceiptField[] | null
  rows: Record<string, string>[] | null
  pictures: ReceiptPicture[] | null
  log?: string
  version?: string
  preview?: string
  state?: string
}
/** One version of an app's code in the hosting platform. */
export interface CodeVersion {
  id: string
  app_id: string
  version: string
  remark?: string
  file_name?: string
  sha256?: string
  size?: number
  compile?: string
  preview?: string
  online?: boolean
  updated_at?: string
  seen_at: string
  seen_by: string
  receipt_id?: string
}

/** The receipts of an app, or of all, newest first. */
export const list = async (appID = '') => (await call<Receipt[] | null>('Receipts', 'List', [appID])) ?? []
export const show = (id: string) => call<Receipt>('Receipts', 'Show', [id])
export const versions = async (appID: string) => (await call<CodeVersion[] | null>('Receipts', 'Versions', [appID])) ?? []
