// A year of holidays as it is typed: one line per holiday, the days worked in exchange as one text.
import type { TypedYear } from '@/api/calendar'
import { isDay, tidyDay } from '@/composables/days'

export interface Line { name: string; from: string; to: string; work: string }
export interface Form { year: string; source: string; date: string; lines: Line[] }

export const emptyLine = (): Line => ({ name: '', from: '', to: '', work: '' })
const isEmpty = (l: Line) => [l.name, l.from, l.to, l.work].every((t) => t.trim() === '')

/** The days of a text, parted by spaces, commas or 、. */
export function daysOf(text: string): string[] {
  return text.split(/[\s,，、;；]+/).filter((t) => t !== '').map(tidyDay)
}

/** What is missing or unreadable, by field: year, source, date, lines. */
export function problems(form: Form): Record<string, string> {
  const found: Record<string, string> = {}
  const day = (t: string) => isDay(tidyDay(t))
  if (!/^20\d{2}$/.test(form.year.normalize('NFKC').trim())) found.year = '年份写成 2027 这样'
  if (form.source.trim() === '') found.source = '请填写通知的名称'
  if (!day(form.date)) found.date = '请选择通知公布的日期'
  const lines = form.lines.filter((l) => !isEmpty(l))
  if (lines.length === 0) found.lines = '至少填写一个节日'
  const wrong = lines.find((l) => l.name.trim() === '' || !day(l.from) || !day(l.to) || !daysOf(l.work).every(day))
  if (wrong) found.lines = `“${wrong.name.trim() || '没有名称的节日'}”没有填全：要有名称、放假的第一天和最后一天，调休上班的日期写成 2027-01-09`
  return found
}

export function typedYear(form: Form): TypedYear {
  return {
    year: Number(form.year.normalize('NFKC').trim()), source: form.source.trim(), date: tidyDay(form.date),
    holidays: form.lines.filter((l) => !isEmpty(l)).map((l) => ({ name: l.name.trim(), from: tidyDay(l.from), to: tidyDay(l.to), work: daysOf(l.work) })),
  }
}
