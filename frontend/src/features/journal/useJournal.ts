import { computed, ref, shallowRef } from 'vue'
import * as journal from '@/api/journal'
import type { FieldChange, JournalLine } from '@/api/types'
import { moment } from '@/composables/format'
import { useWork } from '@/composables/useWork'

const pageSize = 100

/** The journal of an app, newest first, a page at a time, with filters over what has been read. */
export function useJournal(appID: string) {
  const lines = shallowRef<JournalLine[]>([])
  const more = ref(false)
  const read = ref(false)
  const text = ref('')
  const person = ref('')
  let next = 0
  const { busy, fault, run } = useWork()

  async function load(): Promise<void> {
    const page = await run(() => journal.list(appID, next, pageSize))
    if (!page) return
    lines.value = [...lines.value, ...(page.lines ?? [])]
    more.value = page.more
    next = page.next
    read.value = true
  }

  const people = computed(() => [...new Set(lines.value.map((l) => l.by))].sort())
  const shown = computed(() => lines.value.filter((l) => matches(l, text.value.trim().toLowerCase(), person.value)))

  return { lines, shown, more, read, text, person, people, busy, fault, load }
}

/** Whether a line is by the person and holds the text, in what was done or in what changed. */
export function matches(line: JournalLine, text: string, person: string): boolean {
  if (person !== '' && line.by !== person) return false
  if (text === '') return true
  const words = [line.what, line.kind_word, ...(line.changes ?? []).flatMap((c) => [c.label, c.before, c.after])]
  return words.some((w) => w.toLowerCase().includes(text))
}

export interface ChangeWords { label: string; before: string; after: string; added: boolean }

/** A change as it reads: of a list that only grew, just what was added. */
export function changeWords(change: FieldChange): ChangeWords {
  const grown = change.before !== '' && change.after.startsWith(`${change.before}；`)
  if (grown) return { label: change.label, before: '', after: readable(change.after.slice(change.before.length + 1)), added: true }
  return { label: change.label, before: readable(change.before), after: readable(change.after), added: false }
}

const recordID = /(^|[\s；])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=$|[\s；])/g
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g

/** Leaves out numbers of records, which mean nothing to a person, and writes times as everywhere else. */
export function readable(text: string): string {
  return text.replace(recordID, '$1').replace(instant, (at) => moment(at)).replace(/ {2,}/g, ' ').trim()
}
