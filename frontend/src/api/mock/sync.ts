// Plans, prepared actions and receipts, for the stand-in.
import { ApiError } from '../error'
import type { ActionKind, OutboxPrepare, OutboxView } from '../outbox'
import type { CodeVersion, Receipt } from '../receipts'
import type { RefreshView, SyncApplied, SyncApply, SyncLine, SyncPlan, SyncReading, SyncRow } from '../sync'
import type { App } from '../types'

const at = '2026-03-02T09:00:00+08:00'
const kindWords: Record<ActionKind, string> = { catalog: '应用注册', component: '组件申请', register: '应用发布注册', approval: '提交审批', upload: '上传代码' }

export function line(id: string, more: Partial<SyncLine>): SyncLine {
  return {
    id, kind: 'field', app_id: 'a1', app_name: '示例督办', table: 'TABLE-1', key: 'app.portal.state', label: '治理侧状态', local: '部署准备中', portal: '待发布审批', result: '待发布审批',
    side: 'portal', meaning: '照治理侧列表显示的状态。', ticked: true, why: '', hint: '', after: '', fingerprint: id, ...more,
  }
}

export function row(id: string, more: Partial<SyncRow>): SyncRow {
  return { id, name: '示例督办', number: '2002000001', match: 'number', match_word: '按编号认出', app_id: 'a1', app_name: '示例督办', candidates: [], cells: [], lines: [], notes: [], ...more }
}

const rowsOf = (): SyncRow[] => [
  row('r1', { lines: [
    line('r1.state', {}),
    line('r1.act', { kind: 'act', label: '', task: 'STEP-3.3', task_title: '上传代码', act: 'confirm', act_word: '登记办结', after: 'r1.state', meaning: '平台上已经在等提交审批，说明代码已经提交发布。' }),
    line('r1.name', { kind: 'question', key: 'app.release_name', label: '治理侧名称', local: '示例督办', portal: '示例督办系统', result: '', side: '', ticked: false, meaning: '改名要在两边一致。' }),
  ] }),
  row('r2', { name: '示例巡查', number: '2002000002', match: 'ambiguous', match_word: '有几个应用都像', app_id: '', app_name: '', candidates: [
    { app_id: 'a2', name: '示例应用 2', identifier: 'sl2', why: '名称相近' }, { app_id: 'a3', name: '示例应用 3', identifier: 'sl3', why: '名称相近' },
  ] }),
  row('r3', { name: '示例门户', number: '2002000003', match: 'none', match_word: '本机没有', app_id: '', app_name: '', lines: [
    line('r3.adopt', { kind: 'adopt', app_id: '', app_name: '', key: '', label: '收为新应用', local: '', portal: '示例门户', result: '示例门户', ticked: false, meaning: '名称、编号和地址照平台的写。' }),
  ] }),
]

function countsOf(rows: SyncRow[]): SyncPlan['counts'] {
  const lines = rows.flatMap((r) => r.lines ?? [])
  const of = (kind: string) => lines.filter((l) => l.kind === kind).length
  return {
    rows: rows.length, same: 0, fields: of('field'), acts: of('act'), questions: of('question'), adopt: of('adopt'),
    ambiguous: rows.filter((r) => r.match === 'ambiguous').length, missing: 0, ticked: lines.filter((l) => l.ticked).length,
  }
}

const empty = (): SyncPlan => ({ id: '', at: '', by: '', quiet: false, tables: [], rows: [], missing: [], counts: countsOf([]), applied_at: '', done: [] })

export function syncHandlers(world: { info: { operator: string }; app: (id: string) => App }): Record<string, (...args: never[]) => unknown> {
  let plan = empty()
  let refresh: RefreshView = { minutes: 0, running: false, last_at: '', next_at: '', message: '', login: false, changes: 0, plan_id: '' }
  const actions = new Map<string, OutboxView>()
  const receipts: Receipt[] = []
  const versions: CodeVersion[] = []
  const action = (id: string): OutboxView => {
    const found = actions.get(id)
    if (!found) throw new ApiError({ code: 'not_found', message: '没有这个动作', hint: '请从列表里打开' })
    return found
  }
  const made = (readings: SyncReading[]): SyncPlan => {
    const rows = rowsOf()
    return {
      ...empty(), id: 'p1', at, by: world.info.operator, rows, counts: countsOf(rows),
      tables: readings.map((r) => ({ table: r.result.table, title: '治理侧列表', from: r.from, at, pages: r.result.pages, rows: (r.result.rows ?? []).length, notes: [] })),
    }
  }
  const choose = (rowID: string, appID: string): SyncPlan => {
    const rows = (plan.rows ?? []).map((r) => (r.id !== rowID ? r : { ...r, match: appID === '' ? 'ambiguous' as const : 'chosen' as const, match_word: '您选的', app_id: appID, app_name: appID === 'new' ? '' : world.app(appID).name }))
    plan = { ...plan, rows, counts: countsOf(rows) }
    return plan
  }
  const prepared = (r: OutboxPrepare): OutboxView => {
    const app = world.app(r.app_id)
    return {
      id: `x${actions.size + 1}`, app_id: app.id, app_name: app.name, kind: r.kind, kind_word: kindWords[r.kind], component: r.component, state: 'prepared', state_word: '已准备',
      title: `${kindWords[r.kind]} ${app.name}`, target: { portal: r.kind === 'upload' ? 'hosting' : 'irs', form: 'FORM-3', name: app.name, release_name: app.name, identifier: app.identifier },
      asks: [{ label: '治理侧名称', as: 'text', text: app.name }], steps: [], created_at: at, created_by: world.info.operator, changed_at: at, changed: [], against: [], can_run: true,
    }
  }
  const put = (a: OutboxView): OutboxView => {
    actions.set(a.id, a)
    return a
  }
  return {
    'Sync.Current': () => plan,
    'Sync.Plan': (r: { readings: SyncReading[] }) => (plan = made(r.readings)),
    'Sync.Again': () => plan,
    'Sync.Choose': (r: { row: string; app_id: string }) => choose(r.row, r.app_id),
    'Sync.Drop': () => {
      plan = empty()
      return null
    },
    'Sync.Apply': (r: SyncApply): SyncApplied => {
      const done = (plan.rows ?? []).flatMap((x) => x.lines ?? []).filter((l) => r.lines.includes(l.id))
      plan = { ...plan, applied_at: at }
      return { plan_id: r.plan_id, lines: done, done: done.map((l) => `“${l.app_name || l.portal}”的${l.label || l.task_title}`), notices: [], adopted: [], snapshot: '20260302-090000-sync' }
    },
    'Refresh.Status': () => refresh,
    'Refresh.Set': (minutes: number) => (refresh = { ...refresh, minutes }),
    'Refresh.Now': () => refresh,
    'Outbox.List': () => [...actions.values()].reverse(),
    'Outbox.Show': action,
    'Outbox.Prepare': (r: OutboxPrepare) => put(prepared(r)),
    'Outbox.Renew': (id: string) => put({ ...action(id), changed: [] }),
    'Outbox.Discard': (id: string, reason: string) => put({ ...action(id), state: 'discarded', state_word: `已作废（${reason}）`, reason, can_run: false }),
    'Outbox.Run': (r: { id: string }) => put({
      ...action(r.id), state: 'stopped', state_word: '已停下（没有打开浏览器）', can_run: true, hint: '先在“平台”里打开',
      steps: [{ step: 'open', word: '打开平台', begun: at, ended: at, outcome: '没有打开浏览器', ok: false }],
    }),
    'Outbox.Answer': (r: { id: string }) => put({ ...action(r.id), asking: null }),
    'Outbox.Follow': (id: string) => action(id),
    'Receipts.List': (appID: string) => receipts.filter((r) => appID === '' || r.app_id === appID),
    'Receipts.Show': (id: string) => receipts.find((r) => r.id === id),
    'Receipts.Versions': (appID: string) => versions.filter((v) => v.app_id === appID),
  }
}
