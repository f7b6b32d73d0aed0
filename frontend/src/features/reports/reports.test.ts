import { expect, test } from 'vitest'
import { byStage, doneIn, weeksOption } from './charts'
import { mondayOf, shift, yearBefore } from './weeks'
import type { AppProgress, WeekCount } from '@/api/reports'
import { lyingBars } from '@/ui/bars'

test.each([
  ['2026-03-02', '2026-03-02'], ['2026-03-08', '2026-03-02'], ['2026-03-09', '2026-03-09'], ['2026-01-01', '2025-12-29'], ['', ''],
])('the week of %s begins on %s', (day, monday) => expect(mondayOf(day)).toBe(monday))

test('a year before a Monday is a Monday', () => {
  expect(mondayOf(yearBefore('2026-03-02'))).toBe(yearBefore('2026-03-02'))
  expect(shift('2026-02-28', 1)).toBe('2026-03-01')
})

test('apps without a case are at no stage', () => {
  const app = (stage_name: string) => ({ stage_name }) as AppProgress
  expect(byStage([app('编目'), app(''), app('编目'), app('发布')])).toEqual([{ label: '编目', count: 2 }, { label: '发布', count: 1 }])
})

test('charts carry the figures that their tables show', () => {
  const week = { from: '2026-03-02', to: '2026-03-08', started: 0, closed: 0, submitted: 9, passed: 2, confirmed: 3, returned: 1 } as WeekCount
  expect(doneIn(week)).toBe(5)
  expect(weeksOption([week])).toMatchObject({ xAxis: { data: ['03-02'] }, series: [{ data: [5] }, { data: [1] }] })
  expect(lyingBars([{ label: '开发商', count: 3 }])).toMatchObject({ yAxis: { data: ['开发商'] }, series: [{ data: [{ value: 3 }] }] })
})
