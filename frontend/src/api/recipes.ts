// What is known of the portals' pages (页面规则).
import { call } from './client'

export interface RecipeTable { id: string; title: string; columns: string[] | null; compared: boolean }
export interface RecipeInfo {
  id: string
  title: string
  version: string
  source: string
  date: string
  own: boolean
  embedded_version: string
  file_name: string
  changed_by: string
  changed_at: string
  unused: string
  tables: RecipeTable[] | null
  forms: { id: string; title: string }[] | null
}

export const list = async () => (await call<RecipeInfo[] | null>('Recipes', 'List')) ?? []
/** A recipe as its file reads. */
export const show = (id: string) => call<string>('Recipes', 'Show', [id])
/** Takes an uploaded file; its checksum is given or stands in the file. */
export const take = (upload: string, sum: string) => call<RecipeInfo>('Recipes', 'Import', [upload, sum])
export const reset = (id: string) => call<RecipeInfo>('Recipes', 'Reset', [id])
/** Changes one line as a drift names it. */
export const mend = (line: string, value: string) => call<RecipeInfo>('Recipes', 'Mend', [line, value])
/** Drafts a recipe of the page that is open in the browser of a portal. */
export const record = (portal: string) => call<string>('Recipes', 'Record', [portal])
