import { call } from './client'

/** The filters of a page under a name; query is what stands in the address after the question mark. */
export interface SavedView { id: string; page: string; name: string; query: string; by: string }

export const list = async (page: string) => (await call<SavedView[] | null>('Views', 'List', [page])) ?? []
export const save = (page: string, name: string, query: string) => call<SavedView>('Views', 'Save', [page, name, query])
export const remove = (id: string) => call<null>('Views', 'Remove', [id])
