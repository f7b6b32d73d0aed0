import { computed, shallowRef } from 'vue'
import * as packages from '@/api/packages'
import type { PackageRecord } from '@/api/types'
import { useJob } from '@/composables/useJob'
import { useWork } from '@/composables/useWork'

/** Makes a package: how far it is, a way to stop it, and what came out. */
export function useMaking(appID: string, made: (record: PackageRecord) => void) {
  const { busy, fault, run } = useWork()
  const { state, stopped, watch, cancel } = useJob()
  const result = shallowRef<PackageRecord | null>(null)

  const canceled = computed(() => fault.value?.code === 'canceled' || (stopped.value && fault.value !== null))

  async function make(draft: boolean, withPassword: boolean): Promise<void> {
    result.value = null
    const record = await run(() => watch((job) => packages.make({ app_id: appID, draft, with_password: withPassword, job })))
    if (!record) return
    result.value = record
    made(record)
  }

  return { busy, fault, canceled, state, stopped, result, make, cancel }
}
