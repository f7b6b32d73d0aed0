import { call } from './client'
import type { App, AppKind, AppSummary, AppView, FieldValue, Page, Saved } from './types'

export const list = async (archived: boolean) => (await call<AppSummary[] | null>('Apps', 'List', [archived])) ?? []
export const create = (name: string, kind: AppKind) => call<App>('Apps', 'Create', [{ name, kind }])
export const copyFrom = (sourceID: string, name: string) => call<App>('Apps', 'CopyFrom', [sourceID, name])
export const rename = (id: string, name: string) => call<App>('Apps', 'Rename', [id, name])
export const archive = (id: string, archived: boolean) => call<App>('Apps', 'Archive', [id, archived])
export const view = (id: string) => call<AppView>('Apps', 'View', [id])
/** Saves a draft, whatever it holds; the answer carries the values as they were stored. */
export const set = (id: string, values: FieldValue[]) => call<Saved>('Apps', 'Set', [id, values])
export const setPages = (id: string, pages: Page[]) => call<Saved>('Apps', 'SetPages', [id, pages])
export const setSecret = (id: string, key: string, text: string) => call<Saved>('Apps', 'SetSecret', [id, key, text])
export const revealSecret = (id: string, key: string) => call<string>('Apps', 'RevealSecret', [id, key])
export const attest = (id: string, rule: string, about: string, note: string) =>
  call<App>('Apps', 'Attest', [id, rule, about, note])
export const unattest = (id: string, rule: string, about: string) => call<App>('Apps', 'Unattest', [id, rule, about])
export const waive = (id: string, rule: string, field: string, reason: string) =>
  call<App>('Apps', 'Waive', [id, rule, field, reason])
export const unwaive = (id: string, rule: string, field: string) => call<App>('Apps', 'Unwaive', [id, rule, field])
/** Puts an uploaded file (see files.upload) into a slot. */
export const attach = (id: string, slot: string, upload: string) => call<App>('Apps', 'Attach', [id, slot, upload])
export const detach = (id: string, slot: string) => call<App>('Apps', 'Detach', [id, slot])

export interface BulkResult { changed: { id: string; name: string }[] | null; unchanged: number; snapshot: string }
/** Stores fields of several apps, all or none, after a snapshot. */
export const bulkSet = (ids: string[], values: FieldValue[]) => call<BulkResult>('Apps', 'BulkSet', [{ ids, values, dry_run: false }])
export const bulkArchive = (ids: string[], archived: boolean) => call<BulkResult>('Apps', 'BulkArchive', [{ ids, archived, dry_run: false }])
