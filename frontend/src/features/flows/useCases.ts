import { computed, shallowRef, watch } from 'vue'
import * as cases from '@/api/cases'
import type { CaseSummary } from '@/api/cases'
import type { CaseView } from '@/api/types'
import { useQuery } from '@/composables/useQuery'

/** Which case of an app stands in the address. */
export const useCaseChoice = () => useQuery('case')

/** All cases of an app, read again whenever the shown one becomes another or is finished. */
export function useCases(appID: string, view: () => CaseView | null) {
  const list = shallowRef<CaseSummary[]>([])

  async function load(): Promise<void> {
    list.value = await cases.list(appID).catch(() => list.value)
  }

  const state = computed(() => {
    const v = view()
    return v ? `${v.case_id} ${String(v.finished)}` : ''
  })
  watch(state, (now) => {
    if (now !== '') void load()
  }, { immediate: true })
  return { list, load }
}
