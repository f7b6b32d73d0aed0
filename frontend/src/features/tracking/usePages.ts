import { computed, onScopeDispose, reactive } from 'vue'
import * as apps from '@/api/apps'
import type { Page } from '@/api/types'
import { useAutosave } from '@/composables/useAutosave'

/** One row as it is typed; key stays with the row when rows move. */
export interface PageRow extends Page { key: number }
export type PageMember = 'page_id' | 'page_name' | 'page_url'

export const pageMembers: { member: PageMember; title: string; sample: string }[] = [
  { member: 'page_id', title: 'page_id（页面编号）', sample: 'index' },
  { member: 'page_name', title: 'page_name（页面名称）', sample: '首页' },
  { member: 'page_url', title: 'page_url（页面地址）', sample: 'https://app.example.com/index.html' },
]

function isEmpty(p: Page): boolean {
  return p.page_id.trim() === '' && p.page_name.trim() === '' && p.page_url.trim() === ''
}

/** The page table of an app: what is typed is kept here and saved within a second, the whole table at a time. */
export function usePages(appID: string, saved: () => void) {
  const rows = reactive<PageRow[]>([])
  let next = 1

  /** The rows that are stored: empty ones at the end are left out, so that rows keep their numbers. */
  const pages = computed<Page[]>(() => {
    const list = rows.map((r) => ({ page_id: r.page_id, page_name: r.page_name, page_url: r.page_url }))
    while (list.length > 0 && isEmpty(list[list.length - 1] as Page)) list.pop()
    return list
  })

  const { unsaved, changed, flush } = useAutosave(async () => {
    const answer = await apps.setPages(appID, pages.value)
    saved()
    return answer
  })

  function row(page: Page): PageRow {
    return { ...page, key: next++ }
  }

  function load(list: readonly Page[]): void {
    if (unsaved.value) return
    rows.splice(0, rows.length, ...list.map(row))
  }

  function set(at: number, member: PageMember, text: string): void {
    const found = rows[at]
    if (!found) return
    found[member] = text
    changed()
  }

  function add(): void {
    rows.push(row({ page_id: '', page_name: '', page_url: '' }))
  }

  function remove(at: number): void {
    rows.splice(at, 1)
    changed()
  }

  function move(at: number, by: number): void {
    const to = at + by
    if (to < 0 || to >= rows.length) return
    const [moved] = rows.splice(at, 1)
    if (moved) rows.splice(to, 0, moved)
    changed()
  }

  /** Takes a pasted table, in place of the rows there are or behind them. */
  function take(list: readonly Page[], replace: boolean): void {
    const kept = replace ? [] : rows.filter((r) => !isEmpty(r))
    rows.splice(0, rows.length, ...kept, ...list.map(row))
    changed()
  }

  const leaving = () => void flush()
  window.addEventListener('pagehide', leaving)
  onScopeDispose(() => window.removeEventListener('pagehide', leaving))

  return { rows, pages, unsaved, load, set, add, remove, move, take, flush }
}

/** Which rows say the same as an earlier one: the number of that row (from 1) by the key "row/member". */
export function duplicates(pages: readonly Page[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const member of ['page_id', 'page_url'] as const) {
    const first = new Map<string, number>()
    pages.forEach((page, i) => {
      const text = page[member].trim()
      if (text === '') return
      const earlier = first.get(text)
      if (earlier === undefined) first.set(text, i)
      else found.set(`${i}/${member}`, earlier + 1)
    })
  }
  return found
}
