import { call } from './client'
import type { JournalPage } from './types'

/** Lines newest first; before 0 starts at the newest, an empty app id means everything. */
export const list = (appID: string, before: number, limit: number) =>
  call<JournalPage>('Journal', 'List', [{ app_id: appID, before, limit }])
