import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import * as packages from '@/api/packages'
import type { JobState, PackageRecord } from '@/api/types'
import { useWork } from '@/composables/useWork'

const lookMillis = 300

/** Makes a package: how far it is, a way to stop it, and what came out. */
export function useMaking(appID: string, made: (record: PackageRecord) => void) {
  const { busy, fault, run } = useWork()
  const job = ref('')
  const state = shallowRef<JobState | null>(null)
  const stopped = ref(false)
  const result = shallowRef<PackageRecord | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const canceled = computed(() => fault.value?.code === 'canceled' || (stopped.value && fault.value !== null))

  async function make(draft: boolean, withPassword: boolean): Promise<void> {
    result.value = null
    stopped.value = false
    state.value = null
    job.value = `${appID}-${Date.now()}-${Math.floor(Math.random() * 1e6)}`
    look()
    const record = await run(() => packages.make({ app_id: appID, draft, with_password: withPassword, job: job.value }))
    clearTimeout(timer)
    job.value = ''
    if (!record) return
    result.value = record
    made(record)
  }

  function look(): void {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const asked = job.value
      if (asked === '') return
      const now = await packages.job(asked).catch(() => null)
      if (now?.running) state.value = now
      if (job.value === asked) look()
    }, lookMillis)
  }

  /** Asks the program to stop; it then leaves nothing behind. */
  async function cancel(): Promise<void> {
    stopped.value = true
    await packages.cancel(job.value).catch(() => null)
  }

  onScopeDispose(() => {
    clearTimeout(timer)
    job.value = ''
  })

  return { busy, fault, canceled, state, stopped, result, make, cancel }
}
