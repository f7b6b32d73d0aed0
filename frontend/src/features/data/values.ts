// How the facts of an app turn into what inputs hold, and which of them must be filled in.
import type { App, Condition, Field, FieldValue } from '@/api/types'

export type Draft = Record<string, string[]>

/** The entries of a value as stored: one for a text, several for a list, none when empty. */
export function entries(stored: unknown): string[] {
  if (Array.isArray(stored)) return stored.filter((v): v is string => typeof v === 'string')
  return typeof stored === 'string' && stored !== '' ? [stored] : []
}

/** The name of an app's member for a field key: identifier for app.identifier. */
export function member(key: string): string {
  return key.replace(/^app\./, '')
}

const kept = new Set(['secret', 'file', 'person'])

/** All fields of an app that are typed in, by key. Secrets and files are handled apart. */
export function draftOf(app: App, fields: readonly Field[]): Draft {
  const typed = fields.filter((f) => f.key.startsWith('app.') && !kept.has(f.type))
  return Object.fromEntries(typed.map((f) => [f.key, entries(app[member(f.key)])]))
}

const several = new Set(['many', 'ips', 'urls'])

/** The members of an app that hold these values; what entries() takes apart. */
export function membersOf(values: readonly FieldValue[], fields: readonly Field[]): Partial<App> {
  const types = new Map(fields.map((f) => [f.key, f.type]))
  return Object.fromEntries(values.map((v) => [member(v.key), several.has(types.get(v.key) ?? '') ? (v.values ?? []) : (v.values?.[0] ?? '')]))
}

function holds(when: Condition, draft: Draft): boolean {
  const values = draft[when.field] ?? []
  return when.filled ? values.some((v) => v.trim() !== '') : values.includes(when.has ?? '')
}

/** Whether a field is asked for at all: some belong to mini-programs only. */
export function asked(field: Field, draft: Draft): boolean {
  return !field.mini || (draft['app.kind'] ?? []).some((k) => k.startsWith('小程序'))
}

/** Whether a field must be filled in, as the draft stands. */
export function needed(field: Field, draft: Draft): boolean {
  if (!asked(field, draft)) return false
  return field.required_when ? holds(field.required_when, draft) : (field.required ?? false)
}
