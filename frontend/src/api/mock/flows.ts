// Flows, the portal's states and moves between versions, for the stand-in.
import type { FlowInfo, FlowOffer, TaskDiff } from '../flows'
import type { App, PortalState, PortalView } from '../types'

const flow = (id: string, name: string, version: string): FlowInfo => ({
  id, name, version, purpose: `把应用按“${name}”办完。`, source: '虚构', checked: '2026-03-01', kinds: ['H5'], tasks: 7, any_input: false, requires: [], excludes: [],
  inputs: [], own: false, latest: true, running: 1, file_name: '', imported_by: '', imported_at: '', sha256: '',
})
const upgrade = flow('FLOW-3', '版本升级', '2026-03-01')
upgrade.inputs = [
  { key: 'version', label: '新版本号', type: 'version', required: true, field: 'app.released_version', list: '', options: [], help: '与代码包里写的一致，例如 1.2.0。', value: '1.1.0' },
  { key: 'content', label: '升级内容', type: 'text', required: false, field: '', list: '', options: [], help: '一句话说明改了什么。', value: '' },
]
const states: PortalState[] = [
  { word: '部署准备中', known: true, meaning: '已经发布注册，等开发商上传代码。', turn: 'vendor', turn_word: '开发商', buttons: ['上传代码', '提交发布'], listed: false, mark: '1', mark_word: '单一来源', next: '上传代码并提交发布。', source: '' },
  { word: '待发布审批', known: true, meaning: '开发商已提交发布，等应用单位提交审批。', turn: 'owner', turn_word: '应用单位', buttons: ['提交审批'], listed: false, mark: 'V', mark_word: '已证实', next: '由应用单位提交审批。', source: '' },
]
const diff: TaskDiff[] = [
  { task: 'STEP-2.1', title: '应用注册', kind: 'changed', kind_word: '有改动', fields: [{ field: '要多久', before: '3 个工作日', after: '5 个工作日' }] },
  { task: 'STEP-2.9', title: '补充登记', kind: 'added', kind_word: '新增', fields: [] },
]

export function flowHandlers(world: { info: { operator: string }; app: (id: string) => App }): Record<string, (...args: never[]) => unknown> {
  let list = [flow('FLOW-1', '新应用上架', '2026-03-01'), upgrade]
  const rows = new Map<string, PortalView['row']>()
  const portal = (id: string): PortalView => {
    const row = rows.get(id) ?? { release_id: '', state: '', seen_at: '', seen_by: '' }
    const unknown: PortalState = { word: row.state, known: false, meaning: '没有见过这个状态，照原样显示', turn: '', turn_word: '', buttons: [], listed: false, mark: '', mark_word: '', next: '', source: '' }
    return {
      row, state: states.find((s) => s.word === row.state) ?? unknown, expected: ['部署准备中'],
      notice: row.state === '' || row.state === '部署准备中' ? '' : `治理侧显示“${row.state}”，按本程序的登记应当是“部署准备中”，请核对`,
      greyed: row.state === '' ? [] : [{ button: '提交发布', why: `治理侧状态是“${row.state}”：代码还没有编译通过` }],
    }
  }
  return {
    'Flows.List': () => list,
    'Flows.Show': (id: string) => ({ info: list.find((f) => f.id === id), stages: [], waits: [{ id: 'WAIT-5', name: '审核', text: '5 个工作日', source: '' }] }),
    'Flows.Diff': () => diff,
    'Flows.Import': () => {
      const taken = { ...flow('FLOW-1', '新应用上架', '2026-06-01'), own: true, running: 0, file_name: 'flow-1.yaml', imported_by: world.info.operator, imported_at: '2026-03-02T09:00:00+08:00' }
      list = [taken, ...list.map((f) => (f.id === taken.id ? { ...f, latest: false } : f))]
      return taken
    },
    'Flows.Remove': (id: string, version: string) => {
      list = list.filter((f) => f.id !== id || f.version !== version)
      return null
    },
    'Flows.For': (id: string): FlowOffer[] => [
      { ...upgrade, allowed: true, reason: '', hint: '', case_id: '' },
      { ...flow('FLOW-1', '新应用上架', '2026-03-01'), allowed: false, reason: '', hint: '', case_id: `case-${id}` },
      { ...flow('FLOW-5', '下线', '2026-03-01'), allowed: false, reason: '“新应用上架”还在办，两者不能同时办', hint: '先办完或放弃它', case_id: '' },
    ],
    'Apps.PortalStates': () => states,
    'Apps.Portal': portal,
    'Apps.SetPortalState': (r: { app_id: string; release_id: string; state: string }) => {
      rows.set(r.app_id, { release_id: r.release_id, state: r.state, seen_at: '2026-03-02T09:00:00+08:00', seen_by: world.info.operator })
      return portal(r.app_id)
    },
    'Cases.MovePreview': (id: string, to: string) => ({ case_id: id, from: '2026-03-01', to, diff, notices: ['“应用注册”已经提交，等待从原来的时间算起。'] }),
    'Cases.Move': (id: string, to: string) => ({ case_id: id, from: '2026-03-01', to, diff, notices: [] }),
    'Cases.MoveBack': (id: string) => ({ case_id: id, from: '2026-06-01', to: '2026-03-01', diff, notices: [] }),
    'Cases.List': (id: string) => [
      { id: `case-${id}`, app_id: id, flow: 'FLOW-1', flow_name: '新应用上架', flow_version: '2026-03-01', started_at: '2026-02-26T10:00:00+08:00', closed_at: '', finished: false },
      { id: `old-${id}`, app_id: id, flow: 'FLOW-3', flow_name: '版本升级', flow_version: '2026-03-01', started_at: '2025-11-26T10:00:00+08:00', closed_at: '2025-12-03T10:00:00+08:00', finished: true },
    ],
  }
}
