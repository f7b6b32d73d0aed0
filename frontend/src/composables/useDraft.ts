import { getCurrentScope, onScopeDispose, reactive, ref } from 'vue'
import type { FieldValue } from '@/api/types'
import { useSaving } from '@/stores/saving'

export interface DraftAnswer { values?: FieldValue[] | null }

/** Typing rests this long before it is saved; with steady typing it is saved at the latest after the second figure. */
const restMillis = 300
const latestMillis = 800

/**
 * Keeps a draft of fields by key and saves what changed within a second. One save runs at a time; what fails stays
 * here, unsaved, until 重试 or the next change. A value the program tidied replaces what was typed only once the
 * field is left, so nothing moves under the person's fingers.
 */
export function useDraft(send: (values: FieldValue[]) => Promise<DraftAnswer>) {
  const saving = useSaving()
  const values = reactive<Record<string, string[]>>({})
  const unsaved = ref(false)
  const dirty = new Set<string>()
  const flying = new Set<string>()
  const tidied = new Map<string, string[]>()
  let focused = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let since = 0
  let running: Promise<void> | null = null

  /** Takes a record as it was read; what the person typed since then, or is typing, stays. */
  function load(record: Record<string, string[]>): void {
    const mine = (key: string) => dirty.has(key) || flying.has(key)
    for (const key of Object.keys(values)) if (!(key in record) && !mine(key)) Reflect.deleteProperty(values, key)
    for (const [key, value] of Object.entries(record)) if (!mine(key)) take(key, value)
  }

  function set(key: string, value: string[]): void {
    values[key] = value
    dirty.add(key)
    tidied.delete(key)
    unsaved.value = true
    schedule()
  }

  function schedule(): void {
    if (since === 0) since = Date.now()
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), Math.max(0, Math.min(restMillis, since + latestMillis - Date.now())))
  }

  /** Saves now what is not saved yet; resolves when nothing is left or the save failed. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    while (running) await running
    if (dirty.size === 0) return
    running = push()
    await running
  }

  async function push(): Promise<void> {
    const sent = [...dirty]
    const body = sent.map((key) => ({ key, values: values[key] ?? [] }))
    for (const key of sent) flying.add(key)
    dirty.clear()
    since = 0
    try {
      const answer = await saving.track(() => send(body), flush)
      for (const { key, values: stored } of answer.values ?? []) take(key, stored)
    } catch {
      for (const key of sent) dirty.add(key)
    } finally {
      flying.clear()
      running = null
      unsaved.value = dirty.size > 0
    }
  }

  function take(key: string, stored: string[]): void {
    if (dirty.has(key)) return
    if (key === focused) tidied.set(key, stored)
    else values[key] = stored
  }

  function focus(key: string): void {
    focused = key
  }

  /** The person left the field: save at once, then show the value as it was stored. */
  async function blur(key: string): Promise<void> {
    if (focused === key) focused = ''
    await flush()
    const stored = tidied.get(key)
    tidied.delete(key)
    if (stored && !dirty.has(key)) values[key] = stored
  }

  const leaving = () => void flush()
  const asking = (event: BeforeUnloadEvent) => {
    if (!unsaved.value) return
    void flush()
    event.preventDefault()
  }
  window.addEventListener('pagehide', leaving)
  document.addEventListener('visibilitychange', leaving)
  window.addEventListener('beforeunload', asking)
  if (getCurrentScope()) {
    onScopeDispose(() => {
      void flush()
      window.removeEventListener('pagehide', leaving)
      document.removeEventListener('visibilitychange', leaving)
      window.removeEventListener('beforeunload', asking)
    })
  }

  return { values, unsaved, load, set, flush, focus, blur }
}
