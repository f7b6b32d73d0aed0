// Tracking code and the journal for the stand-in.
import { ApiError } from '../error'
import type { CaptureRequest, CheckBrief, CheckKind, CheckView, CodeRequest, FactsView, LiveRequest, TrackingPage, TrackingResult, Verdict } from '../tracking'
import type { App, Finding, JournalLine, Page, Snippets } from '../types'

export interface TrackingWorld { info: { operator: string }; app: (id: string) => App; uploads: Map<string, { name: string; size: number }> }

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

function pageOf(p: Page, verdict: Verdict, evidence: string[]): TrackingPage {
  const words: Record<Verdict, string> = { pass: '合格', fail: '不合格', missing: '缺失', open: '需实测' }
  return { id: p.page_id, name: p.page_name, url: p.page_url, verdict, verdict_word: words[verdict], evidence }
}

function resultOf(kind: CheckKind, target: string, pages: TrackingPage[], findings: Finding[]): TrackingResult {
  return { kind, target, files: 2, bytes: 1024, pages, findings, passed: !findings.some((f) => f.level === 'error'), facts_version: '2026-03-01' }
}

/** A capture in which the first page is right and the others were not opened. */
function captured(app: App, r: CaptureRequest): TrackingResult {
  if (r.uploads.length === 0 && r.text.trim() === '') throw new ApiError({ code: 'invalid', message: '没有抓包记录', hint: '选择 HAR 文件，或粘贴请求的地址' })
  const pages = (app.pages ?? []).map((p, i) => pageOf(p, i === 0 ? 'pass' : 'missing', i === 0 ? [`第 3 个请求：page_id=${p.page_id}，_user_id=34268160`] : []))
  const findings = pages.slice(1).map((p): Finding => ({ rule: 'TRACK-6', code: 'undecided', level: 'error', message: `没有抓到“${p.name}”（page_id“${p.id}”）的上报`, fix: '打开这一页再抓一次' }))
  return resultOf('capture', '抓包.har', pages, findings)
}

/** Code whose name says whether it is good; otherwise START is missing in one file. */
function linted(app: App, target: string): TrackingResult {
  const bad = !/good/.test(target)
  const findings: Finding[] = bad
    ? [
        { rule: 'TRACK-5', code: 'violated', level: 'error', file: 'js/login.js', line: 12, column: 9, message: '登录失败时没有放行', effect: '后面的上报都不会发出', fix: '失败时也推入 START', excerpt: "  .catch(() => show('登录失败'))", mark: 4, mend: "window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['_hold', 'START'] })" },
        { rule: 'TRACK-9', code: 'violated', level: 'warning', file: 'index.html', line: 3, column: 1, message: '页面名称里有数字', fix: '换成页面本身的名称' },
      ]
    : []
  const live: Finding = { rule: 'TRACK-10', code: 'live', level: 'info', file: 'js/login.js', line: 20, column: 3, message: '用户编号要打开页面才知道', fix: '做一次实测' }
  return resultOf('code', target, (app.pages ?? []).map((p) => ({ ...pageOf(p, bad ? 'fail' : 'pass', ['index.html 里有 PV']), file: 'index.html' })), [...findings, live])
}

const briefOf = ({ result: r, ...c }: CheckView): CheckBrief => ({
  id: c.id, at: c.at, by: c.by, proves: c.proves, stale: c.stale, kind: r.kind, target: r.target, passed: r.passed, pages: r.pages.length,
  kind_word: { code: '代码检查', capture: '抓包检查', live: '实测' }[r.kind],
  errors: r.findings.filter((f) => f.level === 'error').length, good: r.pages.filter((p) => p.verdict === 'pass').length,
})

/** Checks as the program keeps them: other code makes the earlier ones stale, one of them proves. */
function checkHandlers(world: TrackingWorld): Record<string, (...args: never[]) => unknown> {
  let all: CheckView[] = []
  const find = (id: string): CheckView => {
    const found = all.find((c) => c.id === id)
    if (!found) throw new ApiError({ code: 'not_found', message: '没有这次检查的结果', hint: '较早的检查不再保留，请重新检查' })
    return found
  }
  const reasoned = (c: CheckView): CheckView => ({ ...c, why_not: !c.result.passed ? '这次检查没有通过，不能作为办结依据：逐条改正后重新检查' : c.stale ? '这次检查之后代码又变过，不能作为办结依据：用现在的代码重新检查' : '' })
  const keep = (appID: string, result: TrackingResult, digest: string): CheckView => {
    const view: CheckView = { id: `c${all.length + 1}`, app_id: appID, at: '2026-03-02T09:00:00+08:00', by: world.info.operator, digest, proves: false, stale: false, why_not: '', result }
    if (digest !== '') all = all.map((c) => ({ ...c, stale: c.digest !== '' && c.digest !== digest }))
    all = [view, ...all]
    return view
  }
  const nameOf = (uploads: string[], path: string) => path || (world.uploads.get(uploads[0] ?? '')?.name ?? '').split('/')[0] || ''
  return {
    'Tracking.CheckCapture': (r: CaptureRequest) => keep(r.app_id, captured(world.app(r.app_id), r), ''),
    'Tracking.CheckCode': (r: CodeRequest) => keep(r.app_id, linted(world.app(r.app_id), nameOf(r.uploads, r.path)), nameOf(r.uploads, r.path)),
    'Tracking.CheckLive': (r: LiveRequest) => {
      const target = r.address || nameOf(r.uploads, r.path)
      return keep(r.app_id, resultOf('live', target, (world.app(r.app_id).pages ?? []).map((p) => pageOf(p, 'pass', ['电脑、登录成功：已上报'])), []), r.address ? '' : target)
    },
    'Tracking.LiveOptions': () => ({ devices: [{ id: 'pc', word: '电脑' }, { id: 'android', word: '安卓' }], logins: [{ id: 'ok', word: '登录成功' }, { id: 'fail', word: '登录失败' }] }),
    'Tracking.Checks': (id: string) => all.filter((c) => c.app_id === id).map(briefOf),
    'Tracking.CheckOf': (id: string) => reasoned(find(id)),
    'Tracking.Prove': (id: string) => {
      const view = find(id)
      all = all.map((c) => ({ ...c, proves: c.id === view.id }))
      return reasoned(find(id))
    },
  }
}

const ownFacts: FactsView = {
  version: '2026-03-01', own: false, embedded_version: '2026-03-01', file_name: '', imported_by: '', imported_at: '', sha256: '', unused: '',
  blocks: [{ id: 'stability', title: '稳定性监控', source: '上架指南 TRACK-1', checked: '2026-03-01' }, { id: 'traffic', title: '流量分析', source: '上架指南 TRACK-2', checked: '2026-03-01' }],
}

/** The handlers of Tracking and Journal. */
export function trackingHandlers(world: TrackingWorld): Record<string, (...args: never[]) => unknown> {
  let facts = ownFacts
  return {
    ...checkHandlers(world),
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
    'Journal.List': (r: { app_id: string; before: number; limit: number }) => {
      const all = lines(world.app(r.app_id)).filter((l) => r.before === 0 || l.seq < r.before)
      const page = all.slice(0, r.limit)
      return { lines: page, more: all.length > r.limit, next: page[page.length - 1]?.seq ?? 0 }
    },
  }
}
