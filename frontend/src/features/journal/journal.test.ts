import { afterEach, describe, expect, test } from 'vitest'
import { changeWords, matches, readable } from './useJournal'
import type { JournalLine } from '@/api/types'
import { button, close, openAt, settle, type } from '@/features/tasks/testing'

afterEach(close)

test('the journal is read a page at a time and can be exported', async () => {
  const { wrapper, of } = await openAt('/apps/a1/journal')
  expect(wrapper.findAll('table.plain tbody tr')).toHaveLength(100)
  expect(wrapper.get('a[download]').attributes('href')).toBe('/file/journal/a1')
  button('更多').click()
  await settle()
  expect(of('Journal.List')[1]?.args[0]).toMatchObject({ app_id: 'a1', before: 31 })
  expect(wrapper.findAll('table.plain tbody tr')).toHaveLength(130)
  expect(wrapper.findAll('button').some((b) => b.text() === '更多')).toBe(false)
})

test('lines can be filtered by text, and an empty outcome says that older ones are not read yet', async () => {
  const { wrapper } = await openAt('/apps/a1/journal')
  const search = async (text: string) => {
    await type(wrapper.get('.search input').element, text)
    await new Promise((resolve) => setTimeout(resolve, 250))
    await settle()
  }
  await search('登记提交')
  expect(wrapper.findAll('table.plain tbody tr')).toHaveLength(50)
  await search('没有这样的事')
  expect(wrapper.text()).toContain('更早的记录还没有读入')
})

describe('lines', () => {
  const line: JournalLine = {
    seq: 1, at: '', by: '联系人甲', what: '填写资料', kind: 'app', kind_word: '应用', id: '', sm3: '',
    changes: [{ key: 'app.bid', label: 'bid', before: '', after: 'Sldb_zzdpro' }],
  }

  test.each([
    ['', '', true], ['sldb', '', true], ['填写', '联系人甲', true], ['', '联系人乙', false], ['别的', '', false],
  ])('text %s, person %s', (text, person, fits) => expect(matches(line, text, person)).toBe(fits))

  test('of a list that grew only the new part is shown', () => {
    expect(changeWords({ key: 'k', label: '凭证', before: '甲', after: '甲；乙' })).toEqual({ label: '凭证', before: '', after: '乙', added: true })
    expect(changeWords({ key: 'k', label: '名称', before: '甲', after: '乙' })).toMatchObject({ before: '甲', after: '乙', added: false })
  })

  test('numbers of records are left out and times are written as elsewhere', () => {
    expect(readable('2026-03-02T09:30:00+08:00 联系人甲 4c1c7d30-254b-447a-87c1-26055a13b693 报告')).toMatch(/^2026-03-0\d \d\d:\d\d 联系人甲 报告$/)
    expect(readable('应用标识 a-b')).toBe('应用标识 a-b')
  })
})
