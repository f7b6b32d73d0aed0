import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type ApiError, asApiError } from '@/api/error'

/** Whether what was typed is safe: shown in the top bar on every screen. */
export const useSaving = defineStore('saving', () => {
  const running = ref(0)
  const savedAt = ref('')
  const fault = shallowRef<ApiError | null>(null)
  const again = shallowRef<(() => unknown) | null>(null)

  const state = computed<'idle' | 'saving' | 'saved' | 'failed'>(() => {
    if (running.value > 0) return 'saving'
    if (fault.value) return 'failed'
    return savedAt.value === '' ? 'idle' : 'saved'
  })

  /** Runs a save and shows how it went; retry is what 重试 does after a failure. Rethrows. */
  async function track<T>(work: () => Promise<T>, retry: () => unknown): Promise<T> {
    running.value++
    try {
      const result = await work()
      fault.value = null
      again.value = null
      savedAt.value = timeOf(result)
      return result
    } catch (thrown) {
      fault.value = asApiError(thrown)
      again.value = retry
      throw fault.value
    } finally {
      running.value--
    }
  }

  function retry(): void {
    again.value?.()
  }

  return { state, savedAt, fault, track, retry }
})

function timeOf(result: unknown): string {
  if (typeof result === 'object' && result !== null) {
    if ('saved_at' in result && typeof result.saved_at === 'string') return result.saved_at
    if ('updated_at' in result && typeof result.updated_at === 'string') return result.updated_at
  }
  return new Date().toISOString()
}
