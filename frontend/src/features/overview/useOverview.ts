import { computed, ref, shallowRef, watch } from 'vue'
import * as overview from '@/api/overview'
import { type ApiError, asApiError } from '@/api/error'
import type { Overview, OverviewFilter } from '@/api/types'
import { useQuery } from '@/composables/useQuery'

/** The overview for the filters that stand in the address. */
export function useOverview() {
  const who = useQuery('who')
  const kind = useQuery('kind')
  const region = useQuery('region')
  const stage = useQuery('stage')
  const query = useQuery('q')

  const data = shallowRef<Overview | null>(null)
  const fault = shallowRef<ApiError | null>(null)
  const busy = ref(false)
  let asked = 0

  const filter = computed<OverviewFilter>(() => ({
    party: who.value, kind: kind.value, region: region.value, stage: stage.value, query: query.value, archived: false,
  }))
  const filtered = computed(() => [who, kind, region, stage, query].some((f) => f.value !== ''))

  /** Counted over all apps, whatever the filters say. */
  const stages = computed(() => data.value?.stages ?? [])
  const parties = computed(() => data.value?.parties ?? [])

  async function load(): Promise<void> {
    const mine = ++asked
    busy.value = true
    try {
      const answer = await overview.get(filter.value)
      if (mine !== asked) return
      data.value = answer
      fault.value = null
    } catch (thrown) {
      if (mine === asked) fault.value = asApiError(thrown)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  watch(filter, () => void load(), { immediate: true })
  return { who, kind, region, stage, query, filtered, data, stages, parties, fault, busy, load }
}
