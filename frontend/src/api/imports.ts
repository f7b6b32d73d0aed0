import { call } from './client'
import type { Level } from './types'

export interface MappedColumn {
  column: number
  letter: string
  header: string
  key: string
  match: 'matched' | 'unknown' | 'ambiguous' | 'duplicate' | 'refused'
  candidates: string[] | null
  note?: string
}
export interface ImportTarget { key: string; label: string }
export interface ImportRow { number: number; cells: string[] | null }
export interface PlannedChange { key: string; label: string; values: string[] | null; before: string[] | null; shown: string; was: string }
export interface RowPlan {
  sheet: string
  row: number
  action: 'add' | 'update' | 'skip'
  reason?: string
  app_id?: string
  name: string
  values: PlannedChange[] | null
}
export interface ImportProblem {
  sheet: string
  cell?: string
  row?: number
  column: number
  label?: string
  value?: string
  code: string
  level: Level
  message: string
  fix: string
}
export interface ImportCounts {
  rows: number
  add: number
  update: number
  skip: number
  errors: number
  warnings: number
  infos: number
  unlisted: number
}
/** A file of a package and where it would be attached; an empty slot leaves it out. */
export interface ImportFile { name: string; size: number; slot: string; slot_title: string }
export interface ImportView {
  source: 'table' | 'package'
  sheet: string
  sheets: string[] | null
  header: number
  columns: { index: number; letter: string; header: string }[] | null
  mapping: MappedColumn[] | null
  targets: ImportTarget[] | null
  sample: ImportRow[] | null
  rows: RowPlan[] | null
  problems: ImportProblem[] | null
  counts: ImportCounts
  files: ImportFile[] | null
  /** What the person should know besides; empty for nothing. */
  notice: string
}
export interface ImportResult {
  written: boolean
  added: number
  updated: number
  skipped: number
  apps: { id: string; name: string; action: string }[] | null
  snapshot: string
  counts: ImportCounts
  problems: ImportProblem[] | null
}
/** job names the work, so that it can be watched and stopped. */
export interface PreviewRequest { upload: string; sheet: string; mapping: MappedColumn[]; job: string }
export interface ApplyRequest extends PreviewRequest { skip_errors: boolean }

export const preview = (request: PreviewRequest) => call<ImportView>('Imports', 'Preview', [request])
export const apply = (request: ApplyRequest) => call<ImportResult>('Imports', 'Apply', [request])
