import { call } from './client'
import type { CaseLink } from './types'

/** A line of the unit's own checklist. */
export interface ChecklistNote { id: string; text: string; links: CaseLink[] | null; app_id?: string; by: string; on: string }

export const list = async () => (await call<ChecklistNote[] | null>('Checklist', 'List')) ?? []
/** Adds a line; appID says from which app it was learnt and may be empty. */
export const add = (text: string, appID: string, links: CaseLink[]) => call<ChecklistNote>('Checklist', 'Add', [text, appID, links])
export const remove = (id: string) => call<null>('Checklist', 'Remove', [id])
