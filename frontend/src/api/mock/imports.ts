// A small import for the stand-in: three rows, one of them wrong until its column is left out.
import type { ApplyRequest, ImportResult, ImportView, MappedColumn, PreviewRequest } from '../imports'

const guessed: MappedColumn[] = [
  { column: 0, letter: 'A', header: '应用名称', key: 'app.name', match: 'matched', candidates: [] },
  { column: 1, letter: 'B', header: '类型', key: 'app.kind', match: 'matched', candidates: [] },
  { column: 2, letter: 'C', header: '标识', key: 'app.identifier', match: 'matched', candidates: [] },
  { column: 3, letter: 'D', header: '负责处室', key: '', match: 'unknown', candidates: [] },
]

function preview(r: PreviewRequest): ImportView {
  const mapping = r.mapping.length > 0 ? r.mapping : guessed
  const wrong = mapping.some((m) => m.key === 'app.identifier')
  const values = [{ key: 'app.kind', label: '应用类型', values: ['H5'], before: [], shown: 'H5', was: '' }]
  return {
    source: 'table', sheet: r.sheet || '应用', sheets: ['应用', '备注'], header: 1, mapping, files: [], notice: '',
    columns: mapping.map((m) => ({ index: m.column, letter: m.letter, header: m.header })),
    targets: [{ key: 'app.id', label: '应用编号' }, { key: 'app.name', label: '应用名称' }, { key: 'app.kind', label: '应用类型' }, { key: 'app.identifier', label: '应用标识' }, { key: 'app.description', label: '应用描述' }],
    sample: [{ number: 2, cells: ['示例预约', 'H5', 'yuyue', '综合处'] }, { number: 3, cells: ['示例督办', 'H5', 'duban', ''] }, { number: 4, cells: ['示例档案', '小程序', 'yuyue', '档案处'] }],
    rows: [
      { sheet: '应用', row: 2, action: 'add', name: '示例预约', values },
      { sheet: '应用', row: 3, action: 'update', app_id: 'a1', name: '示例督办', values: [{ key: 'app.identifier', label: '应用标识', values: ['duban'], before: ['app_a1'], shown: 'duban', was: 'app_a1' }] },
      wrong ? { sheet: '应用', row: 4, action: 'skip', name: '示例档案', reason: '有须改正的内容', values: [] } : { sheet: '应用', row: 4, action: 'add', name: '示例档案', values },
    ],
    problems: wrong ? [{ sheet: '应用', cell: 'C4', row: 4, column: 2, label: '应用标识', value: 'yuyue', code: 'duplicate_in_file', level: 'error', message: '与第 2 行的应用标识相同', fix: '各应用的标识不能相同，请改成自己的' }] : [],
    counts: { rows: 3, add: wrong ? 1 : 2, update: 1, skip: wrong ? 1 : 0, errors: wrong ? 1 : 0, warnings: 0, infos: 0, unlisted: 0 },
  }
}

export function importHandlers(): Record<string, (...args: never[]) => unknown> {
  return {
    'Imports.Preview': preview,
    'Imports.Apply': (r: ApplyRequest): ImportResult => {
      const v = preview(r)
      const written = v.counts.errors === 0 || r.skip_errors
      return {
        written, added: written ? v.counts.add : 0, updated: written ? v.counts.update : 0, skipped: v.counts.skip, counts: v.counts, problems: v.problems,
        apps: written ? [{ id: 'a1', name: '示例督办', action: 'update' }] : [], snapshot: written ? '20260302-090000-import' : '',
      }
    },
  }
}
