// A report over the stand-in's apps.
import type { AppProgress, Happened, Progress } from '../reports'
import type { AppSummary } from '../types'

const happened: Happened = { started: 1, closed: 0, submitted: 3, passed: 2, returned: 1, confirmed: 2 }

function row(s: AppSummary, i: number): AppProgress {
  return {
    app_id: s.id, name: s.name, kind: s.kind, region: s.region, vendor: s.vendor_name, case_id: `case-${s.id}`, flow: 'FLOW-1', flow_name: '新应用上架',
    started_at: '2026-01-05T09:00:00+08:00', stage: s.stage, stage_name: s.stage_name, settled: s.settled, total: s.total, status: s.status, status_word: s.status_word,
    next_task: s.next_task, next_title: s.next_title, party: s.party, party_word: s.party_word, who: '', since: '', days: s.waiting_days,
    due: i % 2 === 0 ? '2026-03-05T17:30:00+08:00' : '', overdue: i % 4 === 0, estimated: false, message: '', returns: i % 3, done: i % 2 === 0 ? ['应用注册'] : [], items: [],
  }
}

export function reportHandlers(world: { summaries: AppSummary[] }): Record<string, (...args: never[]) => unknown> {
  const make = (from: string, to: string, app: string, weeks: number): Progress => {
    const apps = world.summaries.filter((s) => app === '' || s.id === app).map(row)
    return {
      title: '应用上架进展周报', unit: '示例市数据中心', from, to, as_of: '2026-03-02T09:00:00+08:00', estimated: false, happened, apps, events: [],
      summary: [`共 ${apps.length} 个应用，本周办好 4 个事项，退回 1 次。`],
      standing: { apps: apps.length, idle: 0, active: apps.length, settled: 0, running: apps.length, returned: 1, overdue: 1 },
      weeks: Array.from({ length: weeks }, (_, i) => ({ ...happened, from: new Date(Date.UTC(2025, 2, 3 + 7 * i)).toISOString().slice(0, 10), to: '', passed: i % 7, returned: i % 3 })),
      loads: [['应用单位', 5], ['开发商', 3], ['管理员', 0], ['审核方', 4]].map(([word, count]) => ({
        id: String(word), word: String(word), count: Number(count), apps: 2, overdue: 0, longest: 4, median: 2, returned: 0, items: [],
      })),
    }
  }
  return {
    'Reports.Weekly': (r: { week: string; app: string }) => make(r.week || '2026-03-02', '2026-03-08', r.app, 0),
    'Reports.Period': (r: { from: string; to: string; app: string }) => make(r.from, r.to, r.app, 53),
  }
}
