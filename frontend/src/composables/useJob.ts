import { onScopeDispose, ref, shallowRef } from 'vue'
import * as packages from '@/api/packages'
import type { JobState } from '@/api/types'

const lookMillis = 300

/** One long piece of work of the program under a name: how far it is, and a way to stop it. */
export function useJob() {
  const name = ref('')
  const state = shallowRef<JobState | null>(null)
  const stopped = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Runs work, which is told the name to hand to the program, and looks how far it is until it ends. */
  async function watch<T>(work: (name: string) => Promise<T>): Promise<T> {
    name.value = `job-${Date.now()}-${Math.floor(Math.random() * 1e6)}`
    state.value = null
    stopped.value = false
    look()
    try {
      return await work(name.value)
    } finally {
      leave()
    }
  }

  function look(): void {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const asked = name.value
      if (asked === '') return
      const now = await packages.job(asked).catch(() => null)
      if (name.value !== asked) return
      if (now?.running) state.value = now
      look()
    }, lookMillis)
  }

  function leave(): void {
    clearTimeout(timer)
    name.value = ''
  }

  /** Asks the program to stop; it then leaves nothing behind. */
  async function cancel(): Promise<void> {
    stopped.value = true
    await packages.cancel(name.value).catch(() => null)
  }

  onScopeDispose(leave)

  return { name, state, stopped, watch, cancel }
}
