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

  const whole = shallowRef<Overview | null>(null)
  const stages = computed(() => whole.value?.stages ?? [])
  const parties = computed(() => whole.value?.parties ?? [])

  async function load(): Promise<void> {
    const mine = ++asked
    busy.value = true
    try {
      const answer = await overview.get(filter.value)
      if (mine !== asked) return
      data.value = answer
      if (!filtered.value) whole.value = answer
      else if (!whole.value) void loadWhole()
      fault.value = null
    } catch (thrown) {
      if (mine === asked) fault.value = asApiError(thrown)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  /** The counts over all apps, which the filters offer; needed by itself only when the page opens with a filter. */
  async function loadWhole(): Promise<void> {
    try {
      whole.value = await overview.get({ party: '', kind: '', region: '', stage: '', query: '', archived: false })
    } catch {
      whole.value = data.value
    }
  }

  watch(filter, () => void load(), { immediate: true })
  return { who, kind, region, stage, query, filtered, data, stages, parties, fault, busy, load }
}
