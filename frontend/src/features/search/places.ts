// Where a hit leads, and what of the help texts is found.
import type { Hit } from '@/api/search'
import { fieldPlace, rulePlace } from '@/composables/places'
import { type HelpPart, helpScreens } from '@/locale/help'

/** A line of the palette. */
export interface Found { key: string; kind: string; title: string; note: string; to: string }

/** The address a hit leads to; openApp is the app whose pages are open, for rules and fields, or empty. */
export function placeOf(hit: Hit, openApp: string): string {
  switch (hit.kind) {
    case 'app': return `/apps/${hit.app_id}/tasks`
    case 'task': return `/apps/${hit.app_id}/tasks/${encodeURIComponent(hit.task)}`
    case 'journal': return hit.app_id === '' ? '' : `/apps/${hit.app_id}/journal`
    case 'field': return openApp === '' && hit.field.startsWith('app.') ? '' : fieldPlace(hit.field, openApp)
    case 'rule': return openApp === '' ? '' : rulePlace(hit.rule, openApp)
  }
}

export function foundOf(hit: Hit, openApp: string): Found {
  const key = [hit.kind, hit.app_id, hit.task, hit.rule, hit.field, hit.seq].join(' ')
  return { key, kind: hit.kind_word, title: hit.title, note: hit.note, to: placeOf(hit, openApp) }
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** The help texts that hold every word of the query. */
export function foundHelp(query: string): (HelpPart & { screen: string })[] {
  const words = fold(query).split(/\s+/).filter((w) => w !== '')
  if (words.length === 0) return []
  return helpScreens().filter((p) => {
    const all = fold([p.title, ...p.text].join(' '))
    return words.every((w) => all.includes(w))
  }).slice(0, 5)
}
