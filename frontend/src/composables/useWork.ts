import { ref, shallowRef } from 'vue'
import { type ApiError, asApiError } from '@/api/error'

/** Runs one piece of work at a time and keeps whether it runs and how it failed, for buttons and messages. */
export function useWork() {
  const busy = ref(false)
  const fault = shallowRef<ApiError | null>(null)

  /** Returns the result, or undefined when it failed (see fault) or when other work is still running. */
  async function run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    fault.value = null
    try {
      return await work()
    } catch (thrown) {
      fault.value = asApiError(thrown)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, fault, run }
}
