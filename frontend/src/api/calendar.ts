import { call } from './client'

export interface CalendarYear {
  year: number
  source: string
  date: string
  own: boolean
  imported_by: string
  imported_at: string
  sha256: string
}
export interface TypedHoliday { name: string; from: string; to: string; work: string[] }
export interface TypedYear { year: number; source: string; date: string; holidays: TypedHoliday[] }

export const show = async () => (await call<CalendarYear[] | null>('Calendar', 'Show')) ?? []
/** Takes an uploaded file of holidays; its checksum is given or stands in the file. */
export const take = (upload: string, sum: string) => call<CalendarYear>('Calendar', 'Import', [upload, sum])
export const type = (year: TypedYear) => call<CalendarYear>('Calendar', 'Type', [year])
export const remove = (year: number) => call<null>('Calendar', 'Remove', [year])
