// What the stand-in keeps that is small: saved filters, the unit's own checklist, holidays; and what a search finds.
import { ApiError } from '../error'
import type { CalendarYear, TypedYear } from '../calendar'
import type { ChecklistNote } from '../checklist'
import type { Hit } from '../search'
import type { AppSummary, CaseLink } from '../types'
import type { SavedView } from '../views'

export interface KeptWorld { summaries: AppSummary[]; info: { operator: string; today: string } }

export function keptHandlers(world: KeptWorld): Record<string, (...args: never[]) => unknown> {
  let views: SavedView[] = []
  let notes: ChecklistNote[] = [{ id: 'n1', text: '使用范围写到处室', links: [{ kind: 'field', id: 'app.description' }], app_id: 'a1', by: '联系人甲', on: '2026-02-20' }]
  let years: CalendarYear[] = [2025, 2026].map((year) => ({
    year, source: `虚构的 ${year} 年放假通知`, date: `${year - 1}-11-12`, own: false, imported_by: '', imported_at: '', sha256: '',
  }))
  const own = (year: number, source: string, date: string): CalendarYear => {
    const y = { year, source, date, own: true, imported_by: world.info.operator, imported_at: '2026-03-02T09:00:00+08:00', sha256: 'ab'.repeat(32) }
    years = [...years.filter((o) => o.year !== year), y]
    return y
  }
  return {
    'Views.List': (page: string) => views.filter((v) => v.page === page),
    'Views.Save': (page: string, name: string, query: string) => {
      const kept = { id: `view${views.length + 1}`, page, name, query, by: world.info.operator }
      views = [...views.filter((v) => v.page !== page || v.name !== name), kept]
      return kept
    },
    'Views.Remove': (id: string) => {
      views = views.filter((v) => v.id !== id)
      return null
    },
    'Checklist.List': () => notes,
    'Checklist.Add': (text: string, appID: string, links: CaseLink[]) => {
      const note = { id: `n${notes.length + 1}`, text, links, app_id: appID, by: world.info.operator, on: world.info.today }
      notes = [...notes, note]
      return note
    },
    'Checklist.Remove': (id: string) => {
      notes = notes.filter((n) => n.id !== id)
      return null
    },
    'Calendar.Show': () => years,
    'Calendar.Import': (_: string, sum: string) => {
      if (sum === '') throw new ApiError({ code: 'refused', message: '文件没有带校验码', hint: `请与来源核对 SHA-256，一致时再填上它导入：${'ab'.repeat(32)}` })
      return own(2027, '导入的 2027 年放假通知', '2026-11-20')
    },
    'Calendar.Type': (y: TypedYear) => own(y.year, y.source, y.date),
    'Calendar.Remove': (year: number) => {
      years = years.filter((y) => y.year !== year)
      return null
    },
    'Search.Find': (query: string): Hit[] => find(world.summaries, query.trim()),
  }
}

function find(apps: AppSummary[], query: string): Hit[] {
  if (query === '') return []
  const none = { note: '', app_id: '', task: '', rule: '', field: '', seq: 0 }
  const all: Hit[] = [
    ...apps.map((a): Hit => ({ ...none, kind: 'app', kind_word: '应用', title: a.name, note: `${a.kind} ${a.identifier}`, app_id: a.id })),
    ...apps.map((a): Hit => ({ ...none, kind: 'task', kind_word: '事项', title: 'STEP-2.3 组件申请', note: a.name, app_id: a.id, task: 'STEP-2.3' })),
    { ...none, kind: 'rule', kind_word: '规则', title: 'RULE-5 出口 IP', note: '必须是公网地址', rule: 'RULE-5' },
    { ...none, kind: 'field', kind_word: '字段', title: '出口 IP', field: 'app.egress_ips' },
  ]
  return all.filter((h) => `${h.title} ${h.note}`.includes(query)).slice(0, 20)
}
