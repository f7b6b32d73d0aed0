// Tracking code and the journal for the stand-in.
import { ApiError } from '../error'
import type { CaptureRequest, FactsView, TrackingResult } from '../tracking'
import type { App, Finding, JournalLine, Page, Snippets } from '../types'

export interface TrackingWorld { info: { operator: string }; app: (id: string) => App }

function check(app: App): Finding[] {
  const out: Finding[] = []
  if (!app.bid) out.push({ rule: 'TRACK-1', code: 'undecided', level: 'error', field: 'bid', message: 'bid 还没有填写', fix: '填写下发的 bid' })
  ;(app.pages ?? []).forEach((p, i) => {
    if (/\d/.test(p.page_name)) out.push({ rule: 'TRACK-9', level: 'warning', field: `pages[${i}].page_name`, message: `页面表第 ${i + 1} 行的 page_name 里有数字`, fix: '换成页面本身的名称' })
    if (p.page_url === '') out.push({ rule: 'TRACK-8', level: 'error', field: `pages[${i}].page_url`, message: `页面表第 ${i + 1} 行没有 page_url`, fix: '填这一页的地址' })
  })
  return out
}

function parse(text: string): Page[] {
  const rows = text.split('\n').map((l) => l.split(/[\t,]/)).filter((r) => r.join('').trim() !== '')
  if (rows.some((r) => r.length < 3)) throw new ApiError({ code: 'invalid', field: 'pages', message: '没有表头，也不像三列', hint: '在第一行加上列名' })
  return rows.map(([id = '', name = '', url = '']) => ({ page_id: id.trim(), page_name: name.trim(), page_url: url.trim() })).filter((p) => p.page_id !== 'page_id')
}

function lines(app: App): JournalLine[] {
  return Array.from({ length: 130 }, (_, i): JournalLine => ({
    seq: 130 - i, at: '2026-03-01T01:30:00Z', by: i % 3 === 0 ? '联系人乙' : '联系人甲', what: i % 2 === 0 ? '填写资料' : '登记提交 STEP-2.1',
    kind: i % 2 === 0 ? 'app' : 'case', kind_word: i % 2 === 0 ? '应用' : '办件', id: app.id, sm3: 'ab'.repeat(32),
    changes: i % 2 === 0 ? [{ key: 'app.name', label: '应用名称', before: `${app.name}${i + 1}`, after: `${app.name}${i}` }] : [],
  }))
}

/** A capture in which the first page is right and the others were not opened. */
function captured(app: App, r: CaptureRequest): TrackingResult {
  if (r.uploads.length === 0 && r.text.trim() === '') throw new ApiError({ code: 'invalid', message: '没有抓包记录', hint: '选择 HAR 文件，或粘贴请求的地址' })
  const pages = (app.pages ?? []).map((p, i) => ({
    id: p.page_id, name: p.page_name, url: p.page_url, verdict: i === 0 ? 'pass' as const : 'missing' as const, verdict_word: i === 0 ? '合格' : '缺失',
    evidence: i === 0 ? [`第 3 个请求：page_id=${p.page_id}，page_name=${p.page_name}，page_url=${p.page_url}，_user_id=34268160`] : [],
  }))
  const findings = pages.slice(1).map((p): Finding => ({ rule: 'TRACK-6', code: 'undecided', level: 'error', message: `没有抓到“${p.name}”（page_id“${p.id}”）的上报`, fix: '打开这一页再抓一次' }))
  return { kind: 'capture', target: '抓包.har', files: r.uploads.length + (r.text === '' ? 0 : 1), bytes: 1024, pages, findings, passed: findings.length === 0, facts_version: '2026-03-01' }
}

const ownFacts: FactsView = {
  version: '2026-03-01', own: false, embedded_version: '2026-03-01', file_name: '', imported_by: '', imported_at: '', sha256: '', unused: '',
  blocks: [{ id: 'stability', title: '稳定性监控', source: '上架指南 TRACK-1', checked: '2026-03-01' }, { id: 'traffic', title: '流量分析', source: '上架指南 TRACK-2', checked: '2026-03-01' }],
}

/** The handlers of Tracking and Journal. */
export function trackingHandlers(world: TrackingWorld): Record<string, (...args: never[]) => unknown> {
  let facts = ownFacts
  return {
    'Tracking.Facts': () => facts,
    'Tracking.ImportFacts': (_: string, sum: string) => {
      if (sum === '') throw new ApiError({ code: 'refused', message: '文件没有带校验码', hint: `请与来源核对 SHA-256，一致时再填上它导入：${'ab'.repeat(32)}` })
      facts = { ...ownFacts, version: '2026-06-01', own: true, file_name: 'facts.yaml', imported_by: world.info.operator, imported_at: '2026-03-02T09:00:00+08:00', sha256: sum }
      return facts
    },
    'Tracking.ResetFacts': () => {
      facts = ownFacts
      return facts
    },
    'Apps.SetPages': (id: string, pages: Page[]) => {
      world.app(id).pages = pages
      return { saved_at: '2026-03-02T09:30:00+08:00', values: [], completeness: [] }
    },
    'Tracking.Check': (id: string) => check(world.app(id)),
    'Tracking.ParsePages': parse,
    'Tracking.Stacks': () => [{ id: 'static', title: '静态多页站点' }, { id: 'jquery', title: 'jQuery 多页站点' }, { id: 'vue3', title: 'Vue 3 + vue-router' }, { id: 'react', title: 'React + react-router' }],
    'Tracking.Snippets': (id: string, stack: string): Snippets => {
      const findings = check(world.app(id))
      const body = `<script>\n  /* ${stack} */\n  track()\n</script>\n`
      const files = findings.some((f) => f.level === 'error') ? [] : [{ name: 'tags.html', title: '每页都要有', place: '贴进每一个页面的 <head>。', body, explain: [{ from: 2, to: 3, text: '记一次访问。' }] }]
      return { stack, facts_version: '2026-03-01', files, findings }
    },
    'Tracking.CheckCapture': (r: CaptureRequest): TrackingResult => captured(world.app(r.app_id), r),
    'Journal.List': (r: { app_id: string; before: number; limit: number }) => {
      const all = lines(world.app(r.app_id)).filter((l) => r.before === 0 || l.seq < r.before)
      const page = all.slice(0, r.limit)
      return { lines: page, more: all.length > r.limit, next: page[page.length - 1]?.seq ?? 0 }
    },
  }
}
