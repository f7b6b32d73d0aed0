// A stand-in for the program, for tests and for developing the pages without it. It keeps what it is told until the
// page is loaded again. It is never part of the shipped front end.
import { ApiError } from '../error'
import type { Transport } from '../client'
import type {
  App, AppSaved, Completeness, FieldValue, Info, Overview, OverviewFilter, Snapshot, Vendor,
} from '../types'
import { catalogue } from './catalogue'
import * as data from './data'

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
    { id: 's1', at: '2026-03-01T08:00:00+08:00', reason: '手工', size: 524288, sha256: 'ab'.repeat(32), ok: true },
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
    'System.Info': () => w.info,
    'System.Catalogue': () => catalogue,
    'System.Start': (r: { unit_name: string; operator: string; role: Info['role'] }) => {
      w.info = { ...w.info, first_run: false, unit_name: r.unit_name, operator: r.operator, role: r.role }
      return w.info
    },
    'System.LoadSample': () => (w.info = { ...w.info, first_run: false }),
    'System.OpenAddress': () => null,
    'System.SetAddress': (key: string, url: string) => {
      const found = catalogue.addresses.find((a) => a.key === key)
      if (found) Object.assign(found, { url: url === '' ? found.default_url : url, changed: url !== '' })
      return null
    },
    'Units.Get': () => ({ unit: w.unit, settings: w.settings }),
    'Units.Set': () => ({ saved_at: now() }),
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
    'Apps.View': (id: string) => ({
      app: w.app(id), vendor: w.vendors[0], completeness: w.completeness(w.app(id)), notices: [],
      secrets: catalogue.fields.filter((f) => f.type === 'secret').map((f) => ({ key: f.key, set: w.secrets.has(id + f.key) })),
    }),
    'Apps.Set': (id: string, values: FieldValue[]): AppSaved => ({
      values: setValues(w.app(id), values), completeness: w.completeness(w.app(id)), saved_at: now(),
    }),
    'Apps.SetPages': () => ({ saved_at: now() }),
    'Apps.ParsePages': () => ({ pages: [], problems: [] }),
    'Apps.SetSecret': (id: string, key: string, text: string) => {
      w.secrets.set(id + key, text)
      return { saved_at: now() }
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
      app: id, app_name: w.app(id).name, findings: data.findings, passed: false, errors: 1, warnings: 1, undecided: 1,
      checked: ['RULE-3', 'RULE-5'], rules_version: '2026-03-01', rules: [],
    }),
    'Snapshots.List': () => w.snapshots,
    'Snapshots.Take': (reason: string) => {
      const item = { id: `s${w.snapshots.length + 1}`, at: now(), reason, size: 524288, sha256: 'cd'.repeat(32), ok: true }
      w.snapshots = [item, ...w.snapshots]
      return item
    },
    'Snapshots.Restore': () => null,
    'Snapshots.Verify': () => ({ ok: true, file: 'store.db', schema: 1, records: 9, journal: 120, blobs: 3, problems: [] }),
    'Templates.List': () => catalogue.forms.map((f) => ({ material: f.id.toLowerCase(), title: f.title, own: false, name: '', unknown: [] })),
    'Templates.Set': () => ({ unknown: [] }),
    'Templates.Remove': () => null,
  }
}

function overview(w: World, f: OverviewFilter): Overview {
  const apps = w.summaries.filter((s) =>
    (f.who === '' || s.who === f.who) && (f.kind === '' || s.kind === f.kind) && (f.stage === '' || s.stage === f.stage) &&
    (f.query === '' || s.name.includes(f.query) || s.identifier.includes(f.query)))
  const count = <T extends string>(of: (s: (typeof apps)[number]) => T) => {
    const totals = new Map<T, number>()
    for (const s of w.summaries) totals.set(of(s), (totals.get(of(s)) ?? 0) + 1)
    return totals
  }
  const first = w.summaries[0]
  const titles = new Map(w.summaries.map((s) => [s.stage, s.stage_title]))
  const words = new Map(w.summaries.map((s) => [s.who, s.who_word ?? '']))
  return {
    sentence: first ? `请办理“${first.name}”的“${first.next_title}”。` : '还没有应用。',
    next: first ? { app_id: first.id, app_name: first.name, task: first.next_task, title: first.next_title, status: first.status, status_word: first.status_word, who: first.who, who_word: '应用单位', network: '政务外网', waiting_days: 3, sentence: `请在政务外网上办理“${first.name}”的“${first.next_title}”，已等 3 个工作日` } : null,
    apps, total: w.summaries.length, as_of: '2026-03-02T09:00:00+08:00',
    stages: [...count((s) => s.stage)].sort().map(([id, n]) => ({ id, title: titles.get(id) ?? id, count: n })),
    parties: [...count((s) => s.who)].map(([who, n]) => ({ who, word: words.get(who) ?? who, count: n })),
    due: w.summaries.slice(0, 3).map((s, i) => ({ app_id: s.id, app_name: s.name, task: s.next_task, title: s.next_title, due: `2026-03-0${3 + i}T17:30:00+08:00`, left: i - 1, overdue: i === 0, estimated: false })),
  }
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
