// What the stand-in holds: a unit, a vendor and a few apps, all fictional.
import type { App, AppSummary, DueItem, Finding, Info, NextItem, Settings, Snapshot, Status, Unit, Vendor } from '../types'

export const info: Info = {
  version: '0.1.0',
  data_dir: '/home/demo/.local/share/shangjiatong',
  first_run: false,
  clock_behind: '',
  role: 'owner',
  operator: '联系人甲',
  unit_name: '示例市数据中心',
  face: 'browser',
  network: '离线',
  today: '2026-03-02',
}

export const unit: Unit = {
  id: 'unit',
  name: '示例市数据中心',
  credit_code: '12330199MB0000001C',
  process_region: '杭州',
  region: '示例市',
  address_path: '示例市/市直单位/示例市数据中心',
  department: '技术保障科',
  tenant_id: '190001',
  catalog_account: { name: '联系人甲', phone: '13800000001' },
  department_admin: { name: '联系人乙', phone: '13800000002' },
  workbench_admin: { name: '', phone: '' },
  regional_admin: { name: '', phone: '' },
}

export const settings: Settings = {
  id: 'settings',
  operator: '联系人甲',
  role: 'owner',
  addresses: {},
  templates: {},
  portal_unhosted: false,
  takes_built_output: false,
}

export const vendor: Vendor = {
  id: 'v1',
  name: '示例科技有限公司',
  credit_code: '91330199MA0000000R',
  contacts: [
    { id: 'c1', name: '联系人戊', phone: '13800000011', has_account: '是', personnel_type: '项目负责人', insured: { rule: 'RULE-9', about: 'c1', by: '联系人甲', on: '2026-02-26' } },
    { id: 'c2', name: '联系人己', phone: '13800000012', has_account: '', personnel_type: '开发人员' },
  ],
}

export function app(id: string, name: string): App {
  return {
    id, name, archived: false, kind: 'H5', identifier: `app_${id}`, vendor_id: 'v1', contact_ids: [], pages: [],
    attachments: {}, attestations: [], waivers: [], description: '', responsible_name: '联系人戊',
    networks: ['政务外网'], egress_ips: ['10.1.2.3'], unified: '否', components: ['扫码登录'], api_bases: [],
  }
}

const stages: [string, string][] = [['stage-1', '开发调试'], ['stage-2', '编目与接口'], ['stage-3', '发布与审批'], ['stage-4', '工作台配置'], ['stage-5', '运行考核']]
const states: [Status, string][] = [['not_started', '未开始'], ['in_progress', '办理中'], ['in_review', '审核中'], ['returned', '被退回'], ['blocked', '暂不能办'], ['submitted', '已提交'], ['passed', '已通过']]
const parties: [string, string][] = [['owner', '应用单位'], ['vendor', '开发商'], ['platform', '平台']]
const kinds: AppSummary['kind'][] = ['H5', '小程序', '小程序+PC', 'H5改革门户']
const names = ['示例督办', '示例会议', '示例巡查', '示例值班', '示例档案', '示例车辆']

function pick<T>(list: readonly T[], at: number): T {
  return list[at % list.length] as T
}

/** As many summaries as asked for, over all stages, states and parties. */
export function summaries(count: number): AppSummary[] {
  return Array.from({ length: count }, (_, i) => {
    const [stage, stageTitle] = pick(stages, i * 3 + (i >> 2))
    const [status, word] = pick(states, i)
    const [who, whoWord] = pick(parties, i >> 1)
    return {
      id: `a${i + 1}`, name: i < names.length ? pick(names, i) : `${pick(names, i)}${i + 1}`, kind: pick(kinds, i), identifier: `app_a${i + 1}`,
      archived: false, vendor_name: vendor.name, region: '杭州', started: true, stage, stage_name: stageTitle, status, status_word: word,
      next_task: 'STEP-2.3', next_title: pick(['组件申请', '应用注册', '提交审批', '部署发布'], i), message: '', party: who, party_word: whoWord, settled: i % 9, total: 18,
      waiting_days: (i * 7) % 12, errors: i % 4, warnings: i % 3, undecided: i % 5, updated_at: '2026-03-01T09:30:00+08:00',
    }
  })
}

export const findings: Finding[] = [
  { rule: 'RULE-5', code: 'violated', level: 'error', field: 'app.egress_ips', message: '服务器出口IP 10.1.2.3 是内网地址', effect: '无法加白名单，组件申请会被退回', fix: '向网络管理员问到对外的公网地址，填 1 至 3 个' },
  { rule: 'RULE-6', code: 'violated', level: 'warning', field: 'app.usage_scope', message: '应用使用范围不像通讯录路径', effect: '审核人员可能要求补充', fix: '写成“示例市/市直单位/示例市数据中心”这样的路径' },
  { rule: 'RULE-12', code: 'undecided', level: 'error', field: 'vendor.contacts', message: '还不能核对开发商账号与编目账号是否相同', effect: '相同会被退回', fix: '先填写编目账号手机' },
  { rule: 'RULE-20', code: 'guide', level: 'info', message: '应用负责人变了要及时做信息变更', fix: '在平台上办“信息变更”' },
]

export function next(app: AppSummary): NextItem {
  return {
    app_id: app.id, app_name: app.name, task: app.next_task, title: app.next_title, stage: app.stage, stage_name: app.stage_name,
    status: app.status, status_word: app.status_word, act: 'fill', act_word: '填写', actor: 'owner', actor_name: '编目账号持有人',
    party: app.party, party_word: app.party_word, network: 'NET-2', network_name: '政务外网', not_before: '', reason: '', unlocks: 3,
  }
}

export function due(app: AppSummary, at: number): DueItem {
  return {
    app_id: app.id, app_name: app.name, task: app.next_task, title: app.next_title, wait_id: 'WAIT-5', name: '验收', kind: 'workdays',
    party: 'platform', actor_name: '验收组', since: '2026-02-25T10:00:00+08:00', received: '2026-02-25T10:00:00+08:00',
    due: `2026-03-0${3 + at}T17:30:00+08:00`, remind: '', days_total: 5, day: 4, left: at, overdue: at === 0, estimated: false, unknown: false,
    message: '', source: 'WAIT-5',
  }
}

export function snapshot(id: string, at: string, note: string): Snapshot {
  return { id, at, note, reason: 'manual', reason_word: '手动', size: 524288, sha256: 'ab'.repeat(32), sm3: 'cd'.repeat(32), schema: 1, records: 9, journal: 120 }
}
