// A stand-in for the program, for tests and for developing the pages without it. It keeps what it is told until the
// page is loaded again. It is never part of the shipped front end.
import { ApiError } from '../error'
import type { Transport } from '../client'
import type {
  App, AppSummary, Completeness, Count, DueItem, FieldValue, Info, Overview, OverviewFilter, Saved, Snapshot, Vendor,
} from '../types'
import { caseHandlers } from './cases'
import { catalogue } from './catalogue'
import * as data from './data'
import { flowHandlers } from './flows'
import { importHandlers } from './imports'
import { keptHandlers } from './kept'
import { packageHandlers } from './packages'
import { portalHandlers } from './portals'
import { reportHandlers } from './reports'
import { syncHandlers } from './sync'
import { todoHandlers } from './todo'
import { trackingHandlers } from './tracking'

type Handler = (...args: never[]) => unknown

export interface Options { apps?: number; empty?: boolean }

function clone<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)
}

class World {
  info: Info
  unit = clone(data.unit)
  settings = clone(data.settings)
  vendors: Vendor[] = [clone(data.vendor)]
  summaries
  apps = new Map<string, App>()
  secrets = new Map<string, string>()
  uploads = new Map<string, { name: string; size: number }>()
  snapshots: Snapshot[] = [
    data.snapshot('s1', '2026-03-01T08:00:00+08:00', ''),
  ]

  constructor(options: Options) {
    this.info = { ...clone(data.info), first_run: options.empty ?? false }
    this.summaries = options.empty ? [] : data.summaries(options.apps ?? 6)
    for (const s of this.summaries) this.apps.set(s.id, { ...data.app(s.id, s.name), kind: s.kind })
  }

  app(id: string): App {
    const found = this.apps.get(id)
    if (!found) throw new ApiError({ code: 'not_found', message: `没有编号为 ${id} 的应用`, hint: '请回到应用列表重新选择' })
    return found
  }

  completeness(app: App): Completeness[] {
    return catalogue.forms.map((form) => {
      const rows = form.sections.flatMap((s) => s.rows).filter((r) => r.required && r.field.startsWith('app.'))
      const missing = rows.map((r) => r.field).filter((key) => isEmpty(app[key.slice(4)]))
      return { form: form.id, title: form.title, needed: rows.length, filled: rows.length - missing.length, missing }
    })
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

const lists = new Set(['many', 'ips', 'urls'])

function setValues(app: App, values: FieldValue[]): FieldValue[] {
  return values.map(({ key, values: raw }) => {
    const tidy = raw.map((v) => v.trim()).filter((v) => v !== '')
    const field = catalogue.fields.find((f) => f.key === key)
    app[key.slice(4)] = field && lists.has(field.type) ? tidy : (tidy[0] ?? '')
    return { key, values: tidy }
  })
}

const now = () => new Date().toISOString()

function handlers(w: World): Record<string, Handler> {
  return {
    ...caseHandlers(w),
    ...packageHandlers(w, data.findings.filter((f) => f.level === 'error')),
    ...trackingHandlers(w),
    ...keptHandlers(w),
    ...importHandlers(),
    ...reportHandlers(w),
    ...flowHandlers(w),
    ...todoHandlers(w),
    ...syncHandlers(w),
    ...portalHandlers(),
    'System.Info': () => w.info,
    'System.Catalogue': () => catalogue,
    'System.Start': (r: { unit_name: string; operator: string; role: Info['role'] }) => {
      w.info = { ...w.info, first_run: false, unit_name: r.unit_name, operator: r.operator, role: r.role }
      return w.info
    },
    'System.AcceptClock': () => {
      w.info = { ...w.info, clock_behind: '' }
      return null
    },
    'System.LoadSample': () => (w.info = { ...w.info, first_run: false }),
    'System.OpenAddress': () => null,
    'System.SetAddress': (key: string, url: string) => {
      const found = catalogue.addresses.find((a) => a.key === key)
      if (found) Object.assign(found, { url: url === '' ? found.default_url : url, changed: url !== '' })
      return null
    },
    'Units.Get': () => ({ unit: w.unit, settings: w.settings }),
    'Units.Set': (values: FieldValue[]): Saved => ({ saved_at: now(), values, completeness: [] }),
    'Units.SetSettings': (s: object) => Object.assign(w.settings, s),
    'Vendors.List': () => w.vendors,
    'Vendors.Save': (v: Vendor) => {
      const kept = { ...v, id: v.id || `v${w.vendors.length + 1}` }
      w.vendors = [...w.vendors.filter((x) => x.id !== kept.id), kept]
      return kept
    },
    'Vendors.Remove': (id: string) => {
      w.vendors = w.vendors.filter((v) => v.id !== id)
      return null
    },
    'Vendors.Attest': () => w.vendors[0],
    'Vendors.Unattest': () => w.vendors[0],
    'Apps.List': (archived: boolean) => w.summaries.filter((s) => s.archived === archived),
    'Apps.Create': (r: { name: string; kind: App['kind'] }) => {
      const id = `a${w.apps.size + 1}`
      const app = { ...data.app(id, r.name), kind: r.kind, identifier: '' }
      w.apps.set(id, app)
      return app
    },
    'Apps.CopyFrom': (source: string, name: string) => {
      const id = `a${w.apps.size + 1}`
      w.apps.set(id, { ...clone(w.app(source)), id, name, identifier: '' })
      return w.app(id)
    },
    'Apps.Rename': (id: string, name: string) => Object.assign(w.app(id), { name }),
    'Apps.Archive': (id: string, archived: boolean) => Object.assign(w.app(id), { archived }),
    'Apps.BulkSet': (r: { ids: string[]; values: FieldValue[] }) => {
      for (const id of r.ids) setValues(w.app(id), r.values)
      return { changed: r.ids.map((id) => ({ id, name: w.app(id).name })), unchanged: 0, snapshot: '20260302-090000-bulk' }
    },
    'Apps.BulkArchive': ({ ids, archived }: { ids: string[]; archived: boolean }) => {
      for (const s of w.summaries) if (ids.includes(s.id)) s.archived = archived
      return { changed: ids.map((id) => ({ id, name: w.app(id).name })), unchanged: 0, snapshot: '20260302-090000-bulk' }
    },
    'Apps.View': (id: string) => ({
      app: w.app(id), vendor: w.vendors[0], unit: w.unit, completeness: w.completeness(w.app(id)),
    }),
    'Apps.Set': (id: string, values: FieldValue[]): Saved => ({
      values: setValues(w.app(id), values), completeness: w.completeness(w.app(id)), saved_at: now(),
    }),
    'Apps.SetSecret': (id: string, key: string, text: string) => {
      w.secrets.set(id + key, text)
      w.app(id)[key.slice(4)] = text === '' ? '' : `app/${id}/${key}`
      return { saved_at: now(), values: [], completeness: [] }
    },
    'Apps.RevealSecret': (id: string, key: string) => w.secrets.get(id + key) ?? '',
    'Apps.Attest': (id: string, rule: string, about: string, note: string) => {
      const app = w.app(id)
      app.attestations = [...(app.attestations ?? []), { rule, about, note, by: w.info.operator, on: w.info.today }]
      return app
    },
    'Apps.Unattest': (id: string) => Object.assign(w.app(id), { attestations: [] }),
    'Apps.Waive': (id: string) => w.app(id),
    'Apps.Unwaive': (id: string) => w.app(id),
    'Apps.Attach': (id: string, slot: string, token: string) => {
      const file = w.uploads.get(token)
      const app = w.app(id)
      app.attachments = { ...app.attachments, [slot]: { slot, name: file?.name ?? '', size: file?.size ?? 0, type: 'pdf', sha256: '', sm3: '', added_by: w.info.operator, added_at: now() } }
      return app
    },
    'Apps.Detach': (id: string, slot: string) => {
      const app = w.app(id)
      app.attachments = Object.fromEntries(Object.entries(app.attachments ?? {}).filter(([k]) => k !== slot))
      return app
    },
    'Files.Begin': (name: string, size: number) => {
      const token = `t${w.uploads.size + 1}`
      w.uploads.set(token, { name, size })
      return token
    },
    'Files.Append': () => 0,
    'Files.Abort': () => null,
    'Overview.Get': (f: OverviewFilter): Overview => overview(w, f),
    'Checks.Precheck': (id: string) => ({
      app: id, app_name: w.app(id).name, findings: data.findings, blocking: data.findings.filter((f) => f.level === 'error'), passed: false, errors: 1, warnings: 1, undecided: 1,
      checked: ['RULE-3', 'RULE-5'], rules_version: '2026-03-01', rules: [
        { id: 'RULE-3', title: '应用名称', why: '名称要与编目一致', fix: '改成编目时的名称', source: '上架指南' },
        { id: 'RULE-5', title: '出口 IP', why: '必须是公网地址', fix: '问网络管理员', source: '上架指南' },
      ],
    }),
    'Snapshots.List': () => w.snapshots,
    'Snapshots.Take': (note: string) => {
      const item = data.snapshot(`s${w.snapshots.length + 1}`, now(), note)
      w.snapshots = [item, ...w.snapshots]
      return item
    },
    'Snapshots.Restore': () => null,
    'Snapshots.Verify': () => ({ ok: true, file: 'store.db', schema: 1, records: { app: 6, unit: 1 }, journal: 120, blobs: 3, problems: [] }),
    'Templates.List': () => catalogue.forms.map((f) => ({ material: f.id.toLowerCase(), title: f.title, own: false, name: '', unknown: [] })),
    'Templates.Set': () => ({ unknown: [] }),
    'Templates.Remove': () => null,
  }
}

function overview(w: World, f: OverviewFilter): Overview {
  const apps = w.summaries.filter((s) =>
    (f.party === '' || s.party === f.party) && (f.kind === '' || s.kind === f.kind) && (f.stage === '' || s.stage === f.stage) &&
    (f.query === '' || s.name.includes(f.query) || s.identifier.includes(f.query)))
  const first = w.summaries[0]
  return {
    sentence: first ? `请办理“${first.name}”的“${first.next_title}”。` : '还没有应用。',
    next: first ? data.next(first) : null,
    apps, total: w.summaries.length, as_of: '2026-03-02T09:00:00+08:00',
    stages: count(w.summaries, (s) => [s.stage, s.stage_name]),
    parties: count(w.summaries, (s) => [s.party, s.party_word]),
    due: w.summaries.slice(0, 3).map((s, i): DueItem => data.due(s, i)),
  }
}

function count(apps: AppSummary[], of: (s: AppSummary) => [string, string]): Count[] {
  const totals = new Map<string, Count>()
  for (const app of apps) {
    const [id, title] = of(app)
    const so = totals.get(id) ?? { id, title, count: 0 }
    totals.set(id, { ...so, count: so.count + 1 })
  }
  return [...totals.values()].sort((a, b) => a.id.localeCompare(b.id))
}

/** Makes a transport that answers from its own memory. */
export function mockTransport(options: Options = {}): Transport {
  const table = handlers(new World(options))
  return async (service, method, args) => {
    const handler = table[`${service}.${method}`]
    if (!handler) throw new ApiError({ code: 'internal', message: `替身里没有 ${service}.${method}` })
    return clone(handler(...(args as never[])))
  }
}
