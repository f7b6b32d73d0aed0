import { shallowRef } from 'vue'
import { type ApiError, asApiError } from '@/api/error'

/** Keeps what the latest of several overlapping calls returned; answers to earlier ones are dropped. */
export function useLatest<T>(work: () => Promise<T>) {
  const value = shallowRef<T | null>(null)
  const fault = shallowRef<ApiError | null>(null)
  let asked = 0

  async function ask(): Promise<void> {
    const mine = ++asked
    try {
      const got = await work()
      if (mine === asked) {
        value.value = got
        fault.value = null
      }
    } catch (thrown) {
      if (mine === asked) fault.value = asApiError(thrown)
    }
  }

  return { value, fault, ask }
}
