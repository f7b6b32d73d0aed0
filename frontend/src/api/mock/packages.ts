// Materials and packages for the stand-in.
import { ApiError } from '../error'
import type { App, Finding, MakeRequest, MaterialView, PackageDiff, PackageRecord } from '../types'

export interface PackageWorld { info: { operator: string }; app: (id: string) => App }

const blank = { note: '', missing: [], slot: '', previewable: true, own_template: false }
const materials: MaterialView[] = [
  { ...blank, id: 'form-1', title: 'FORM-1 应用注册', file_name: '01-申请表/FORM-1 应用注册.docx', kind: 'docx', state: 'ready', state_word: '已备齐' },
  { ...blank, id: 'form-4', title: 'FORM-4 IRS 申请表', file_name: '01-申请表/FORM-4 IRS 申请表.docx', kind: 'docx', state: 'incomplete', state_word: '待补充', missing: ['app.identifier'] },
  { ...blank, id: 'checklist', title: '新应用上架清单', file_name: '02-清单/新应用上架清单.xlsx', kind: 'xlsx', state: 'ready', state_word: '已备齐', note: '逐项写明状态和责任人' },
  { ...blank, id: 'plan', title: '建设方案', file_name: '', kind: 'attachment', state: 'missing', state_word: '未提供', slot: 'plan', previewable: false },
]

/** The handlers of Packages; blocking are the errors that allow only a draft. */
export function packageHandlers(world: PackageWorld, blocking: readonly Finding[]): Record<string, (...args: never[]) => unknown> {
  const made: PackageRecord[] = []
  const record = (id: string) => {
    const found = made.find((r) => r.id === id)
    if (!found) throw new ApiError({ code: 'not_found', message: '没有这个材料包' })
    return found
  }
  return {
    'Packages.Materials': () => materials,
    'Packages.Preview': (id: string, material: string) => ({ title: material, html: `<h2>${world.app(id).name}</h2><table><tr><td>应用名称</td><td>${world.app(id).name}</td></tr></table>` }),
    'Packages.Make': (r: MakeRequest): PackageRecord => {
      if (blocking.length > 0 && !r.draft) throw new ApiError({ code: 'refused', message: `还不能生成正式材料包（可以先生成草稿），还有 ${blocking.length} 条没有通过`, hint: '请先到“核对”里逐条改正' })
      const number = made.filter((m) => m.app_id === r.app_id).length + 1
      const one: PackageRecord = {
        id: `k${made.length + 1}`, app_id: r.app_id, number, draft: r.draft, with_password: r.with_password, made_at: '2026-03-02T09:30:00+08:00',
        made_by: world.info.operator, file_name: `${world.app(r.app_id).name}-上架材料${r.draft ? '（草稿）' : ''}-00${number}.zip`, size: 221184, sha256: 'ab'.repeat(32),
        sm3: 'cd'.repeat(32), flow_version: '2026-03-01', rules_version: '2026-03-01', values: {}, blocking: [...blocking], submitted_to: [],
        files: [{ name: '01-申请表/FORM-1 应用注册.docx', size: 18000, sha256: 'ef'.repeat(32), sm3: '01'.repeat(32) }],
      }
      made.push(one)
      return one
    },
    'Packages.Job': () => ({ running: false, done: 0, total: 0 }),
    'Packages.Cancel': () => null,
    'Packages.History': (id: string) => made.filter((r) => r.app_id === id).reverse(),
    'Packages.Diff': (id: string): PackageDiff => {
      const before = made.find((r) => r.app_id === record(id).app_id && r.number === record(id).number - 1)
      if (!before) return { against: '', fields: [], files: [] }
      return {
        against: before.file_name, fields: [{ key: 'app.usage_scope', label: '应用使用范围', before: '示例市', after: '示例市/市直单位/示例市数据中心' }],
        files: [{ name: '01-申请表/FORM-4 IRS 申请表.docx', change: 'changed', change_word: '改变' }],
      }
    },
    'Packages.MarkSubmitted': (id: string, where: string) => Object.assign(record(id), { submitted_to: [...(record(id).submitted_to ?? []), `2026-03-02 ${where}`] }),
    'Packages.Reveal': (id: string) => ({ path: `/home/demo/packages/${id}.zip`, name: record(id).file_name, size: record(id).size }),
  }
}
