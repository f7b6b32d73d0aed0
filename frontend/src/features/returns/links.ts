// What a reviewer's words are about, as names and addresses.
import type { CaseLink, RuleBrief } from '@/api/types'
import { fieldPlace, rulePlace } from '@/composables/places'

const kinds: Record<CaseLink['kind'], string> = { rule: '规则', field: '字段', material: '材料' }

/** Where the names of links come from. */
export interface Names {
  field: (key: string) => { label: string } | undefined
  form: (id: string) => { title: string } | undefined
  slot: (id: string) => { title: string } | undefined
  rules: readonly RuleBrief[]
}

export function kindWord(link: CaseLink): string {
  return kinds[link.kind]
}

/** The name of what a link is about, its id where no name is known. */
export function linkTitle(link: CaseLink, names: Names): string {
  switch (link.kind) {
    case 'rule': {
      const rule = names.rules.find((r) => r.id === link.id)
      return rule ? `${rule.id} ${rule.title}` : link.id
    }
    case 'field': return names.field(link.id)?.label ?? link.id
    case 'material': return names.slot(link.id)?.title ?? names.form(link.id.toUpperCase())?.title ?? link.id
  }
}

export function linkPlace(link: CaseLink, appID: string): string {
  switch (link.kind) {
    case 'rule': return rulePlace(link.id, appID)
    case 'field': return fieldPlace(link.id, appID)
    case 'material': return `/apps/${appID}/packages`
  }
}
