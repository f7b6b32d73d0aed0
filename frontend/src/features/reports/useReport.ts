import { computed, ref, shallowRef, watch } from 'vue'
import { type ApiError, asApiError } from '@/api/error'
import * as reports from '@/api/reports'
import type { Progress } from '@/api/reports'
import { useQuery } from '@/composables/useQuery'
import { useSession } from '@/stores/session'
import { mondayOf, shift, yearBefore } from './weeks'

/** The report of the week in the address, of all apps or one, and the weeks of the year up to it. */
export function useReport() {
  const session = useSession()
  const chosen = useQuery('week')
  const app = useQuery('app')
  const today = computed(() => session.info?.today ?? '')
  const week = computed(() => mondayOf(chosen.value || today.value))
  const thisWeek = computed(() => week.value === mondayOf(today.value))

  const data = shallowRef<Progress | null>(null)
  const year = shallowRef<Progress | null>(null)
  const fault = shallowRef<ApiError | null>(null)
  const busy = ref(false)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    busy.value = true
    fault.value = null
    try {
      const answer = await reports.weekly(week.value, app.value)
      if (mine !== asked) return
      data.value = answer
      const long = await reports.period(yearBefore(week.value), shift(week.value, 6), app.value)
      if (mine === asked) year.value = long
    } catch (thrown) {
      if (mine === asked) fault.value = asApiError(thrown)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  /** Goes to the week that holds a day; this week is not written into the address. */
  function go(day: string): void {
    const monday = mondayOf(day)
    chosen.value = day === '' || monday === mondayOf(today.value) ? '' : monday
  }

  watch([week, app], () => void load(), { immediate: true })
  return { week, thisWeek, app, data, year, fault, busy, load, go }
}
