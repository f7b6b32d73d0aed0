// The rows of a portal's form with what to write into each, for copying by hand.
import type { AppView, Contact, Field, Form, FormRow, FormSection } from '@/api/types'
import { entries, member, needed, type Draft } from '@/features/data/values'

export interface CopyRow {
  key: string
  label: string
  /** Every value of its own, such as the three addresses of a list; empty when nothing was filled in. */
  texts: string[]
  needed: boolean
  assumed: boolean
  /** A secret is never here; it is asked for when wanted. */
  secret: boolean
  secretSet: boolean
  file: boolean
}
export interface CopyBlock { title: string; rows: CopyRow[] }

type FieldOf = (key: string) => Field | undefined

/** One block for a form; for a form per component, one block for each component applied for. */
export function formBlocks(form: Form, view: AppView, fieldOf: FieldOf): CopyBlock[] {
  const chosen = entries(view.app.components)
  if (!form.per_component) {
    const sections = form.sections.filter((s) => !s.component || chosen.includes(s.component))
    return sections.map((s) => ({ title: s.heading ?? '', rows: rowsOf(s, view, fieldOf) }))
  }
  return chosen.map((component) => ({
    title: component,
    rows: form.sections.filter((s) => !s.component || s.component === component).flatMap((s) => rowsOf(s, view, fieldOf)),
  }))
}

function rowsOf(section: FormSection, view: AppView, fieldOf: FieldOf): CopyRow[] {
  return section.rows.map((row) => rowOf(row, view, fieldOf(row.field))).filter((row): row is CopyRow => row !== null)
}

function rowOf(row: FormRow, view: AppView, field: Field | undefined): CopyRow | null {
  const mini = view.app.kind.startsWith('小程序')
  if (field?.mini && !mini) return null
  const secret = field?.type === 'secret'
  return {
    key: row.field, label: row.label, assumed: row.assumed ?? false, secret, file: field?.type === 'file',
    needed: field ? needed(field, draftFor(field, view)) : (row.required ?? false),
    secretSet: secret && entries(read(view, row.field)).length > 0,
    texts: secret ? [] : textsOf(view, row.field, field),
  }
}

/** The few values that decide whether a field is needed. */
function draftFor(field: Field, view: AppView): Draft {
  const draft: Draft = { 'app.kind': entries(view.app.kind) }
  const when = field.required_when
  if (when) draft[when.field] = textsOf(view, when.field, undefined)
  return draft
}

function textsOf(view: AppView, key: string, field: Field | undefined): string[] {
  if (field?.type === 'file') {
    const file = view.app.attachments?.[field.slot ?? '']
    return file ? [file.name] : []
  }
  if (key === 'vendor.contacts') return contactsOf(view).flatMap((c) => [c.name, c.phone]).filter((t) => t !== '')
  if (key === 'app.vendor_id') return view.vendor ? [view.vendor.name] : []
  return entries(read(view, key))
}

/** The contacts the forms name: those chosen, or all when none is. */
function contactsOf(view: AppView): Contact[] {
  const all = view.vendor?.contacts ?? []
  const chosen = view.app.contact_ids ?? []
  return chosen.length === 0 ? all : all.filter((c) => chosen.includes(c.id))
}

function read(view: AppView, key: string): unknown {
  if (key.startsWith('app.')) return view.app[member(key)]
  const [record = '', ...path] = key.split('.')
  let at: unknown = { unit: view.unit, vendor: view.vendor }
  for (const part of [record, ...path]) at = isRecord(at) ? at[part] : undefined
  return at
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
