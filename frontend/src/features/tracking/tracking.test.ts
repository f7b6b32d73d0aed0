import { afterEach, describe, expect, test, vi } from 'vitest'
import { fieldOf, messagesByField, tableText } from './findings'
import { pieces } from './lines'
import { duplicates } from './usePages'
import type { Page } from '@/api/types'
import { button, close, dialog, openAt, settle, type } from '@/features/tasks/testing'

vi.setConfig({ testTimeout: 60_000 })
afterEach(close)

async function press(text: string, within?: ParentNode): Promise<void> {
  button(text, within).click()
  await settle()
}

const saved = () => new Promise((resolve) => setTimeout(resolve, 700)).then(settle)
const cell = (row: number, member: string) => document.getElementById(`field-pages-${row}--${member}`) as HTMLInputElement | null

async function pasteTable(text: string): Promise<void> {
  await press('粘贴整表')
  await type(dialog().querySelector('textarea'), text)
  await press('读入', dialog())
}

describe('page table', () => {
  test('a pasted table becomes rows, is saved by itself, and each fault stands beside its cell', async () => {
    const { wrapper, of } = await openAt('/apps/a1/tracking')
    await pasteTable('index\t首页\thttps://a.example.com/\nindex\t第2页\thttps://a.example.com/2\nlist\t列表\t')
    expect(wrapper.findAll('.pages tbody tr')).toHaveLength(3)
    await saved()
    expect(of('Apps.SetPages')[0]?.args[1]).toEqual([
      { page_id: 'index', page_name: '首页', page_url: 'https://a.example.com/' },
      { page_id: 'index', page_name: '第2页', page_url: 'https://a.example.com/2' },
      { page_id: 'list', page_name: '列表', page_url: '' },
    ])
    const rows = wrapper.findAll('.pages tbody tr').map((r) => r.text())
    expect(rows[1]).toContain('与第 1 行重复')
    expect(rows[1]).toContain('page_name 里有数字')
    expect(rows[2]).toContain('没有 page_url')
    expect(cell(1, 'page_id')?.getAttribute('aria-invalid')).toBe('true')
    expect(wrapper.text()).toContain('改好以后这里就有代码')
  })

  test('a finding leads to its cell', async () => {
    const { wrapper } = await openAt('/apps/a1/tracking')
    await pasteTable('list\t列表\t')
    await saved()
    const item = wrapper.findAll('.findings li').find((l) => l.text().includes('没有 page_url'))
    await item?.get('button').trigger('click')
    expect(document.activeElement?.id).toBe('field-pages-0--page_url')
  })

  test('what cannot be read as a table stays to be mended, with the reason', async () => {
    const { of } = await openAt('/apps/a1/tracking')
    await pasteTable('只有一列')
    expect(dialog().textContent).toContain('没有表头，也不像三列')
    expect(dialog().querySelector('textarea')?.value).toBe('只有一列')
    expect(of('Apps.SetPages')).toEqual([])
  })

  test('a table pasted into a cell is taken as a table, a word is not', async () => {
    await openAt('/apps/a1/tracking')
    await press('加一行')
    const paste = async (text: string) => {
      const event = Object.assign(new Event('paste', { cancelable: true, bubbles: true }), { clipboardData: { getData: () => text } })
      cell(0, 'page_id')?.dispatchEvent(event)
      await settle()
      return event.defaultPrevented
    }
    expect(await paste('index')).toBe(false)
    expect(await paste('index\t首页\t/index.html')).toBe(true)
    expect(dialog().querySelector('textarea')?.value).toBe('index\t首页\t/index.html')
  })

  test('rows can be typed, moved and removed; empty rows at the end are not stored', async () => {
    const { of } = await openAt('/apps/a1/tracking')
    await pasteTable('a\t甲\t/a\nb\t乙\t/b')
    await press('加一行')
    document.querySelector<HTMLButtonElement>('[aria-label="第 2 行上移"]')?.click()
    await type(cell(0, 'page_name'), '丙')
    await saved()
    const stored = of('Apps.SetPages').map((c) => c.args[1] as Page[]).pop()
    expect(stored).toEqual([{ page_id: 'b', page_name: '丙', page_url: '/b' }, { page_id: 'a', page_name: '甲', page_url: '/a' }])
    document.querySelector<HTMLButtonElement>('[aria-label="删除第 1 行"]')?.click()
    await saved()
    expect(of('Apps.SetPages').map((c) => c.args[1] as Page[]).pop()).toHaveLength(1)
  })

  test('leaving the page saves what was just typed', async () => {
    const { of, router } = await openAt('/apps/a1/tracking')
    await press('加一行')
    await type(cell(0, 'page_id'), 'index')
    await router.push('/apps/a1/journal')
    await settle()
    expect(of('Apps.SetPages').map((c) => c.args[1] as Page[]).pop()?.[0]?.page_id).toBe('index')
  })
})

test('with everything right there is code, with what explains it beside the lines', async () => {
  const { wrapper, of, router } = await openAt('/apps/a1/tracking', { 'Tracking.Check': () => [] , 'Tracking.Snippets': (_, stack) => ({
    stack, facts_version: '1', findings: [], files: [{ name: 'a.js', title: '流量分析', place: '放在根目录', body: 'one\ntwo\nthree\n', explain: [{ from: 2, to: 3, text: '记一次访问' }] }],
  }) })
  expect(wrapper.get('.code').text()).toContain('记一次访问')
  expect(wrapper.text()).toContain('放在根目录')
  expect(wrapper.get('a[download]').attributes('href')).toBe('/file/snippet/a1/static')
  await press('Vue 3 + vue-router')
  expect(router.currentRoute.value.query.stack).toBe('vue3')
  expect(of('Tracking.Snippets').pop()?.args).toEqual(['a1', 'vue3'])
})

describe('parts', () => {
  test('pieces cover every line once, in order', () => {
    const file = { name: '', title: '', place: '', body: 'a\nb\nc\nd\ne\n', explain: [{ from: 4, to: 9, text: 'y' }, { from: 2, to: 3, text: 'x' }] }
    expect(pieces(file).map((p) => [p.numbers, p.code, p.text])).toEqual([['1', 'a', ''], ['2\n3', 'b\nc', 'x'], ['4\n5', 'd\ne', 'y']])
  })

  test('pieces survive notes that overlap or lie outside', () => {
    const file = { name: '', title: '', place: '', body: 'a\nb\n', explain: [{ from: 1, to: 1, text: 'x' }, { from: 1, to: 2, text: 'y' }, { from: 7, to: 9, text: 'z' }] }
    expect(pieces(file).map((p) => p.code).join('\n')).toBe('a\nb')
  })

  test('rows that repeat an id or an address name the first; empty ones never do', () => {
    const page = (id: string, url: string): Page => ({ page_id: id, page_name: '', page_url: url })
    expect([...duplicates([page('a', '/a'), page('', ''), page(' a', '/b'), page('', '/a')])]).toEqual([['2/page_id', 1], ['3/page_url', 1]])
  })

  test('findings are put to their fields, the heaviest first', () => {
    const by = messagesByField([
      { rule: 'T', level: 'warning', field: 'bid', message: '轻' }, { rule: 'T', level: 'error', field: 'bid', message: '重' },
      { rule: 'T', level: 'error', field: 'pages[1].page_id', message: '页' },
    ])
    expect(by.get('app.bid')).toBe('重')
    expect(by.get('pages[1].page_id')).toBe('页')
    expect(fieldOf({ rule: 'T', level: 'error', message: '' })).toBe('')
  })

  test('a table file in the coding of Chinese spreadsheets is read', () => {
    expect(tableText(new Uint8Array([0xca, 0xd7, 0xd2, 0xb3]).buffer)).toBe('首页')
    expect(tableText(new TextEncoder().encode('首页').buffer as ArrayBuffer)).toBe('首页')
  })
})
