// A small case for the stand-in: seven tasks in three stages, one of each state that pages treat in their own way, and
// just enough of the rules to act on them.
import { ApiError } from '../error'
import type { ActName, ActRequest, ActView, App, Blocker, CaseLink, CaseView, Proof, Round, Status, TaskView, Wait } from '../types'

export interface CaseWorld {
  info: { operator: string }
  uploads: Map<string, { name: string; size: number }>
  app: (id: string) => App
}

interface Spec {
  id: string
  title: string
  stage: string
  step: number
  needs: string[]
  reviewed: boolean
  party: 'owner' | 'vendor'
  forms?: string[]
  materials?: string[]
  gates?: string[]
  skip?: string
  address?: string
}

const stages = [
  { id: 'open-platform', step: 1, name: '开放平台准备', summary: '开发商把应用跑通。' },
  { id: 'catalog', step: 2, name: '编目与权限', summary: '应用单位编目并申请接口。' },
  { id: 'release', step: 3, name: '发布与验收', summary: '要等前两步办好。' },
]

const specs: Spec[] = [
  { id: 'STEP-1.1', title: '申请租户', stage: 'open-platform', step: 1, needs: [], reviewed: true, party: 'vendor', address: 'ADDR-1' },
  { id: 'STEP-1.2', title: '调通接口', stage: 'open-platform', step: 1, needs: ['STEP-1.1'], reviewed: false, party: 'vendor' },
  { id: 'STEP-2.1', title: '应用注册', stage: 'catalog', step: 2, needs: [], reviewed: true, party: 'owner', forms: ['FORM-1'], materials: ['form-1'], address: 'ADDR-4' },
  { id: 'STEP-2.2', title: '录入开发商', stage: 'catalog', step: 2, needs: ['STEP-2.1'], reviewed: false, party: 'vendor' },
  { id: 'STEP-2.3', title: '组件申请', stage: 'catalog', step: 2, needs: [], reviewed: true, party: 'owner', forms: ['FORM-2'], gates: ['RULE-5'], skip: '组件以前申请过。', address: 'ADDR-5.宁波' },
  { id: 'STEP-3.1', title: '发布注册', stage: 'release', step: 3, needs: ['STEP-1.2', 'STEP-2.3'], reviewed: false, party: 'owner' },
  { id: 'STEP-3.4', title: '提交审批', stage: 'release', step: 3, needs: ['STEP-3.1'], reviewed: true, party: 'owner' },
]

const words: Record<Status, string> = {
  not_started: '未开始', blocked: '暂不能办', in_progress: '办理中', filled: '已填写', generated: '已生成', submitted: '已提交',
  in_review: '审核中', passed: '已通过', returned: '被退回', done: '已办结', not_applicable: '不适用',
}
const actWords: Record<ActName, string> = {
  fill: '填写', generate: '生成', submit: '登记提交', review: '登记审核中', pass: '登记通过', return: '登记退回', confirm: '登记办结',
  skip: '不适用', undo: '撤回上一步',
}
const leads: Record<ActName, Status> = {
  fill: 'filled', generate: 'generated', submit: 'submitted', review: 'in_review', pass: 'passed', return: 'returned', confirm: 'done',
  skip: 'not_applicable', undo: 'not_started',
}
const settled: Status[] = ['passed', 'done', 'not_applicable']
const sent: Status[] = ['submitted', 'in_review']

interface Done {
  task: string
  act: ActName
  by: string
  at: string
  reason: string
  proofs: string[]
  undone: boolean
  links?: CaseLink[]
  reopens?: string[]
}

/** Every time a task was sent in, and what came back. */
function roundsOf(acts: Done[]): Round[] {
  const rounds: Round[] = []
  for (const a of acts.filter((x) => !x.undone)) {
    if (a.act === 'submit') {
      rounds.push({
        n: rounds.length + 1, submitted_at: a.at, submitted_by: a.by, result_at: '', result_by: '', result: '', result_word: '', words: '', links: [], reopens: [], changes: [],
      })
    }
    const last = rounds[rounds.length - 1]
    if (last && (a.act === 'pass' || a.act === 'return')) {
      Object.assign(last, { result: a.act, result_at: a.at, result_by: a.by, result_word: a.act === 'pass' ? '通过' : '退回', words: a.reason, links: a.links ?? [], reopens: a.reopens ?? [] })
    }
  }
  return rounds
}

class Running {
  started = false
  acts: Done[] = []
  proofs: Proof[] = []

  status(spec: Spec): Status {
    const own = this.own(spec.id)
    return own === 'not_started' && this.blockers(spec).length > 0 ? 'blocked' : own
  }

  own(id: string): Status {
    const last = this.acts.filter((a) => a.task === id && !a.undone && a.act !== 'undo').pop()
    return last ? leads[last.act] : 'not_started'
  }

  blockers(spec: Spec): Blocker[] {
    return spec.needs.filter((id) => !settled.includes(this.own(id))).map((id) => {
      const status = this.status(specOf(id))
      return { task: id, title: specOf(id).title, status, status_word: words[status], message: '' }
    })
  }
}

function specOf(id: string): Spec {
  const found = specs.find((s) => s.id === id)
  if (!found) throw new ApiError({ code: 'not_found', message: `没有事项 ${id}` })
  return found
}

function actsOf(spec: Spec, status: Status, running: Running, gated: boolean): ActView[] {
  const open = !settled.includes(status) && !sent.includes(status)
  const fits: ActName[] = []
  if (open) fits.push('fill')
  if (open && spec.materials) fits.push('generate')
  if (open) fits.push(spec.reviewed ? 'submit' : 'confirm')
  if (status === 'submitted') fits.push('review')
  if (sent.includes(status)) fits.push('pass', 'return')
  if (open && spec.skip) fits.push('skip')
  if (running.acts.some((a) => a.task === spec.id && !a.undone && a.act !== 'undo')) fits.push('undo')
  return fits.map((act) => {
    const reason = status === 'blocked' ? '要等前面的事项办好' : gated && ['submit', 'confirm'].includes(act) ? '还有 1 项核对没有通过（RULE-5）' : ''
    return {
      act, word: actWords[act], allowed: reason === '', reason: reason === '' ? '' : `“${spec.id} ${spec.title}”不能${actWords[act]}：${reason}`,
      hint: reason === '' ? '' : '改好以后再来登记', needs_reason: ['return', 'skip', 'undo'].includes(act), needs_proof: act === 'confirm',
    }
  })
}

function waitOf(spec: Spec): Wait {
  return {
    task: spec.id, title: spec.title, wait_id: 'WAIT-5', name: `${spec.title}审核`, kind: 'workdays', party: 'platform', actor_name: '审核方',
    since: '2026-02-26T10:00:00+08:00', received: '2026-02-26T10:00:00+08:00', due: '2026-03-05T17:30:00+08:00', remind: '', days_total: 5,
    day: 2, left: 3, overdue: false, estimated: true, unknown: false, message: '第 2 个工作日，共 5 个。', source: 'WAIT-5',
  }
}

function taskView(spec: Spec, running: Running, gated: boolean): TaskView {
  const status = running.status(spec)
  const own = running.acts.filter((a) => a.task === spec.id)
  return {
    id: spec.id, title: spec.title, stage: spec.stage, stage_name: stages.find((s) => s.id === spec.stage)?.name ?? '', step: spec.step,
    status, status_word: words[status], settled: settled.includes(status), open: !settled.includes(status) && !sent.includes(status) && status !== 'blocked',
    reviewed: spec.reviewed, why: '不办这一项，后面的办不了。', actor: spec.party, actor_name: spec.party === 'owner' ? '编目账号持有人' : '开发商',
    role: '', party: spec.party, party_word: spec.party === 'owner' ? '应用单位' : '开发商', with_names: [], reviewer_name: spec.reviewed ? '审核方' : '',
    network: 'NET-2', network_name: '政务外网', network_note: '只在政务外网打得开', prepare: ['账号'], steps: ['登录平台', '照表填写', '回来登记'],
    takes: '约半小时', cautions: [{ text: '出口 IP 必须是公网地址。', rules: ['RULE-5'] }], answer: '平台上显示已通过。', forms: spec.forms ?? [],
    materials: spec.materials ?? [], gates: spec.gates ?? [], proof_what: '结果页截图', proof_needed: !spec.reviewed, skip_when: spec.skip ?? '',
    sources: [spec.id, 'dossier 5.2'], checked: '2026-03-01', needs: spec.needs, blockers: running.blockers(spec),
    acts: actsOf(spec, status, running, gated), waits: sent.includes(status) ? [waitOf(spec)] : [],
    rounds: roundsOf(own), reopenable: spec.needs,
    proof_ids: running.proofs.filter((p) => p.task === spec.id).map((p) => p.id),
    history: own.map((a, i) => ({ seq: i + 1, act: a.act, word: actWords[a.act], by: a.by, at: a.at, reason: a.reason, proofs: a.proofs, undone: a.undone })),
  }
}

function caseView(app: App, running: Running): CaseView {
  const gated = (app.egress_ips as string[] | undefined ?? []).some((ip) => ip.startsWith('10.'))
  const tasks = specs.map((s) => taskView(s, running, gated && (s.gates ?? []).length > 0))
  const open = tasks.filter((t) => t.open)
  const count = (stage: string, fits: (t: TaskView) => boolean) => tasks.filter((t) => t.stage === stage && fits(t)).length
  return {
    case_id: running.started ? `case-${app.id}` : '', app_id: app.id, app_name: app.name, kind: app.kind, started: running.started, flow: 'FLOW-1',
    flow_name: '新应用上架', flow_version: '2026-03-01', flow_source: '', flow_checked: '2026-03-01', started_at: '', started_by: '', closed_at: '',
    finished: false, settled: tasks.filter((t) => t.settled).length, total: tasks.length, tasks, notices: [], proofs: running.proofs,
    stages: stages.map((s) => ({
      ...s, settled: count(s.id, (t) => t.settled), total: count(s.id, () => true), open: count(s.id, (t) => t.open),
      waiting: count(s.id, (t) => sent.includes(t.status)), blocked: count(s.id, (t) => t.status === 'blocked'),
      tasks: tasks.filter((t) => t.stage === s.id).map((t) => t.id),
    })),
    next: {
      finished: false, message: open.length > 0 ? '' : '下一步：现在没有要办的', waiting: tasks.filter((t) => sent.includes(t.status)).map((t) => t.id),
      steps: open.map((t) => ({
        task: t.id, title: t.title, stage: t.stage, stage_name: t.stage_name, status: t.status, status_word: t.status_word,
        act: t.reviewed ? 'submit' : 'confirm', act_word: '', actor: t.actor, actor_name: t.actor_name, party: t.party, party_word: t.party_word,
        network: t.network, network_name: t.network_name, not_before: '', reason: '要先办的都办好了', unlocks: 1,
      })),
    },
    waits: tasks.flatMap((t) => t.waits ?? []), inputs: [], effects: [], moves: [], portal: null, newer_version: '',
    places: specs.map((s) => ({
      task: s.id, places: [{ key: s.address ?? '', title: '平台', path: '首页 → 应用', url: s.address && !s.address.startsWith('ADDR-5') ? 'https://portal.example.com/' : '' }],
    })),
  }
}

function prove(world: CaseWorld, running: Running, given: { task: string; note: string; uploads: string[] }): Proof[] {
  const at = '2026-03-02T09:30:00+08:00'
  const by = world.info.operator
  const files = given.uploads.map((token) => world.uploads.get(token)?.name ?? token)
  const proofs: Proof[] = files.map((name, i) => ({
    id: `p${running.proofs.length + i + 1}`, task: given.task, by, at, file: { slot: '', name, size: 2048, type: 'png', sha256: '', sm3: '', added_by: by, added_at: at },
  }))
  if (given.note !== '') proofs.push({ id: `p${running.proofs.length + proofs.length + 1}`, task: given.task, note: given.note, by, at })
  running.proofs = [...running.proofs, ...proofs]
  return proofs
}

function apply(world: CaseWorld, running: Running, request: ActRequest): void {
  const view = caseView(world.app(request.app_id), running)
  const act = view.tasks?.find((t) => t.id === request.task)?.acts?.find((a) => a.act === request.act)
  if (!act?.allowed) throw new ApiError({ code: 'refused', message: act?.reason ?? `现在不能${actWords[request.act]}` })
  if (act.needs_reason && request.reason === '') throw new ApiError({ code: 'refused', field: 'reason', message: '没有写理由' })
  const at = '2026-03-02T09:30:00+08:00'
  const by = world.info.operator
  const proofs = prove(world, running, request)
  if (request.act === 'undo') {
    const last = running.acts.filter((a) => a.task === request.task && !a.undone && a.act !== 'undo').pop()
    if (last) last.undone = true
  }
  running.acts.push({ task: request.task, act: request.act, by, at, reason: request.reason, proofs: proofs.map((p) => p.id), undone: false, links: request.links, reopens: request.reopens })
}

/** The handlers of Cases; every app but the second has begun its case. */
export function caseHandlers(world: CaseWorld): Record<string, (...args: never[]) => unknown> {
  const all = new Map<string, Running>()
  const of = (id: string) => {
    const known = all.get(id)
    if (known) return known
    const fresh = new Running()
    all.set(id, fresh)
    if (id !== 'a2') begin(fresh)
    return fresh
  }
  return {
    // The stand-in has one case per app; any of its cases reads as that one.
    'Cases.View': (id: string) => caseView(world.app(id.replace(/^(case|old)-/, '')), of(id.replace(/^(case|old)-/, ''))),
    'Cases.Start': (id: string) => {
      of(id).started = true
      return caseView(world.app(id), of(id))
    },
    'Cases.AddProofs': (id: string, task: string, note: string, uploads: string[]) => {
      prove(world, of(id), { task, note, uploads })
      return caseView(world.app(id), of(id))
    },
    'Cases.Suggest': (text: string) => [
      { kind: 'rule', id: 'RULE-5', title: '出口 IP', found: ['内网'] }, { kind: 'field', id: 'app.egress_ips', title: '服务器出口IP', found: ['出口'] },
    ].filter((s) => s.found.some((f) => text.includes(f))),
    'Cases.Act': (request: ActRequest) => {
      apply(world, of(request.app_id), request)
      return caseView(world.app(request.app_id), of(request.app_id))
    },
  }
}

function begin(running: Running): void {
  running.started = true
  const done = (task: string, act: ActName, reason = ''): void => {
    running.acts.push({ task, act, by: '联系人甲', at: '2026-02-26T10:00:00+08:00', reason, proofs: [], undone: false })
  }
  done('STEP-1.1', 'submit')
  done('STEP-1.1', 'pass')
  done('STEP-2.1', 'submit')
  done('STEP-2.3', 'submit')
  done('STEP-2.3', 'return', '出口 IP 是内网地址')
}
