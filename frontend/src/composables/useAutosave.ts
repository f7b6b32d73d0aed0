import { getCurrentScope, onScopeDispose, ref } from 'vue'
import { useSaving } from '@/stores/saving'

/** Typing rests this long before a whole record is saved. */
const restMillis = 400

/** Saves a whole record soon after a change; one save at a time. What failed stays unsaved until the next change or 重试. */
export function useAutosave(save: () => Promise<unknown>) {
  const saving = useSaving()
  const unsaved = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  function changed(): void {
    unsaved.value = true
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), restMillis)
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    while (running) await running
    if (!unsaved.value) return
    running = push()
    await running
  }

  async function push(): Promise<void> {
    unsaved.value = false
    try {
      await saving.track(save, flush)
    } catch {
      unsaved.value = true
    } finally {
      running = null
    }
  }

  if (getCurrentScope()) onScopeDispose(() => void flush())
  return { unsaved, changed, flush }
}
