import { describe, expect, it } from 'vitest'
import { clock, day, moment, size } from './format'

describe('times are those of China on every machine', () => {
  it.each([
    ['2026-03-02T09:05:07+08:00', '2026-03-02', '09:05:07', '2026-03-02 09:05'],
    ['2026-03-01T16:30:00Z', '2026-03-02', '00:30:00', '2026-03-02 00:30'],
    ['没有时间', '没有时间', '没有时间', '没有时间'],
    ['', '', '', ''],
  ])('%s', (at, date, time, both) => {
    expect([day(at), clock(at), moment(at)]).toEqual([date, time, both])
  })

  it('keeps a date without a time', () => expect(day('2026-03-02')).toBe('2026-03-02'))
})

it('says sizes in units of 1024', () => {
  expect([size(12), size(2048), size(3 * 1024 * 1024)]).toEqual(['12 字节', '2 KB', '3.0 MB'])
})
