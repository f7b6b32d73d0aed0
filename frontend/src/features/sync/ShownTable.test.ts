import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ShownTable from './ShownTable.vue'

const field = (label: string, ok: boolean, message = '') => ({ label, asked: '甲', shown: ok && message === '' ? '甲' : '', ok, message })
const show = (...fields: ReturnType<typeof field>[]) => mount(ShownTable, { props: { fields } })
const rows = (table: ReturnType<typeof show>) => table.findAll('tbody tr').map((r) => r.findAll('td').map((c) => c.text()).filter((_, i) => i === 0 || i === 3).join(' '))

test('a field that the page does not have is not counted as equal', () => {
  const table = show(field('名称', true), field('附件', true, '页面上没有这一栏，跳过'))
  expect(table.get('[role=status]').text()).toBe('1 项都相符。另有 1 项页面上没有，没有填。')
  expect(rows(table)).toEqual(['附件 没有填', '名称 相符'])
})

test('what differs comes first', () => {
  const table = show(field('名称', true), field('附件', true, '页面上没有这一栏，跳过'), field('电话', false, '没有找到'))
  expect(table.get('[role=status]').text()).toBe('2 项里有 1 项不相符，请在浏览器窗口里核对。另有 1 项页面上没有，没有填。')
  expect(rows(table)).toEqual(['电话 不相符', '附件 没有填', '名称 相符'])
})
