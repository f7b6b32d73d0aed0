// What each form will say, row by row, for 核对.
import type { AppView, Field, Form } from '@/api/types'
import { fieldPlace } from '@/composables/places'
import { entries, member, needed, type Draft } from '@/features/data/values'
import type { Answer } from '@/ui/CheckAnswers.vue'

export interface AnswerGroup { form: Form; heading: string; answers: Answer[] }

/** The value of any field of the dossier as text; a secret only says whether it is kept. */
export function textOf(view: AppView, field: Field): string {
  const { app, vendor, unit } = view
  if (field.key === 'app.vendor_id') return vendor?.name ?? ''
  if (field.key === 'vendor.contacts' || field.key === 'app.contact_ids') return contactsOf(view)
  if (field.type === 'file') return app.attachments?.[field.slot ?? '']?.name ?? ''
  if (field.type === 'secret') return app[member(field.key)] ? '已存入密码库，材料上写“另行提供”' : ''
  if (field.key.startsWith('unit.')) return entries(deep(unit, field.key)).join('、')
  if (field.key.startsWith('vendor.')) return vendor ? entries(deep(vendor, field.key)).join('、') : ''
  return entries(app[member(field.key)]).join('、')
}

function deep(record: object, key: string): unknown {
  return key.split('.').slice(1).reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined), record)
}

function contactsOf({ app, vendor }: AppView): string {
  const all = vendor?.contacts ?? []
  const named = app.contact_ids?.length ? all.filter((c) => app.contact_ids?.includes(c.id)) : all
  return named.map((c) => `${c.name} ${c.phone}`.trim()).join('、')
}

/** The sections of a form that apply to the app, each with its answers. */
export function answersOf(view: AppView, form: Form, field: (key: string) => Field | undefined, draft: Draft): AnswerGroup[] {
  const sections = form.sections.filter((s) => !s.component || view.app.components === undefined || entries(view.app.components).includes(s.component))
  return sections.map((s) => ({
    form,
    heading: s.heading ?? '',
    answers: s.rows.map((row) => {
      const f = field(row.field)
      return {
        field: row.field, label: row.label, text: f ? textOf(view, f) : '', needed: f ? needed(f, draft) : false,
        to: fieldPlace(row.field, view.app.id, view.app.vendor_id), note: row.assumed ? '推定' : undefined,
      }
    }),
  }))
}
