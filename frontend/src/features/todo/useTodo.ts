import { computed, ref, shallowRef, watch } from 'vue'
import { type ApiError, asApiError } from '@/api/error'
import * as todo from '@/api/todo'
import type { Load, TodoFilter, TodoView } from '@/api/todo'
import { useQuery } from '@/composables/useQuery'

/** What waits, for the filters that stand in the address. */
export function useTodo() {
  const role = useQuery('role')
  const party = useQuery('who')
  const app = useQuery('app')
  const kind = useQuery('do')
  const appKind = useQuery('kind')
  const region = useQuery('region')
  const query = useQuery('q')
  const overdue = useQuery('late')
  const until = useQuery('until')
  const all = { role, party, app, kind, appKind, region, query, overdue, until }

  const data = shallowRef<TodoView | null>(null)
  const loads = shallowRef<Load[]>([])
  const fault = shallowRef<ApiError | null>(null)
  const busy = ref(false)
  let asked = 0

  const filter = computed<TodoFilter>(() => ({
    role: role.value, party: party.value, app: app.value, kind: kind.value, app_kind: appKind.value, region: region.value, flow: '',
    query: query.value, overdue: overdue.value === '1', until: until.value,
  }))
  const filtered = computed(() => Object.values(all).some((f) => f.value !== ''))

  async function load(): Promise<void> {
    const mine = ++asked
    busy.value = true
    try {
      const [list, who] = await Promise.all([todo.list(filter.value), todo.parties()])
      if (mine !== asked) return
      data.value = list
      loads.value = who
      fault.value = null
    } catch (thrown) {
      if (mine === asked) fault.value = asApiError(thrown)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  watch(filter, () => void load(), { immediate: true })
  return { ...all, filtered, data, loads, fault, busy, load }
}
