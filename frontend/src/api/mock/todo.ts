// What waits, for the stand-in: one item of each sort for every app.
import type { Load, TodoFilter, TodoItem, TodoView } from '../todo'
import type { AppSummary } from '../types'

const words: Record<string, string> = { owner: '应用单位', vendor: '开发商', administrator: '管理员', reviewer: '审核方' }

function item(s: AppSummary, i: number): TodoItem {
  const wait = i % 2 === 1
  const party = wait ? 'reviewer' : 'owner'
  return {
    app_id: s.id, app: s.name, app_kind: s.kind, region: s.region, case_id: `case-${s.id}`, flow: 'FLOW-1', flow_name: '新应用上架', stage: 'catalog',
    stage_name: '编目与权限', task: wait ? 'STEP-2.1' : 'STEP-2.3', title: wait ? '应用注册' : '组件申请', kind: wait ? 'wait' : 'act',
    wait_id: wait ? 'WAIT-5' : '', status: wait ? 'submitted' : 'returned', status_word: wait ? '已提交' : '被退回', for: i % 3 === 2 ? 'vendor' : 'owner',
    party, party_word: words[party] ?? '', who: wait ? '审核方' : '编目账号持有人', network_name: wait ? '' : '政务外网', not_before: '',
    since: '2026-02-26T10:00:00+08:00', days: 2, due: wait ? `2026-03-0${1 + (i % 4)}T17:30:00+08:00` : '', remind: '', overdue: wait && i % 4 === 0,
    estimated: wait && i % 3 === 0, day: wait ? 3 : 0, of: wait ? 5 : 0, message: '',
  }
}

export function todoHandlers(world: { summaries: AppSummary[]; info: { role: string } }): Record<string, (...args: never[]) => unknown> {
  const all = (role: string) => world.summaries.map(item).filter((i) => role === 'all' || i.for === (role || world.info.role))
  return {
    'Todo.List': (f: TodoFilter): TodoView => {
      const mine = all(f.role)
      const items = mine.filter((i) =>
        (f.party === '' || i.party === f.party) && (f.kind === '' || i.kind === f.kind) && (!f.overdue || i.overdue) &&
        (f.query === '' || i.app.includes(f.query) || i.title.includes(f.query)))
      return {
        role: f.role || world.info.role, items, total: mine.length, overdue: mine.filter((i) => i.overdue).length, today: 1,
        as_of: '2026-03-02T09:00:00+08:00',
      }
    },
    'Todo.Parties': (): Load[] => Object.entries(words).map(([id, word]) => {
      const items = all('all').filter((i) => i.party === id)
      return { id, word, count: items.length, apps: items.length, overdue: 0, longest: items.length > 0 ? 4 : 0, median: 2, returned: 0, items }
    }),
  }
}
