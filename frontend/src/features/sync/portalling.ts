import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type ApiError, asApiError } from '@/api/error'
import * as portals from '@/api/portals'
import type { PortalsView, SessionView } from '@/api/portals'

const lookMillis = 1500
/** The order of the procedure; portals of the unit's own come first. */
const order = ['irs', 'hosting', 'console']

const under = (s: SessionView) => s.state !== 'closed' && s.state !== 'crashed'

/** The sessions with the portals. While one is open, its state is looked at: the person logs in or closes it elsewhere. */
export const usePortals = defineStore('portals', () => {
  const view = shallowRef<PortalsView | null>(null)
  const fault = shallowRef<ApiError | null>(null)
  const busy = ref('')
  let watchers = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const sessions = computed(() => [...(view.value?.sessions ?? [])].sort((a, b) => order.indexOf(a.portal) - order.indexOf(b.portal)))
  const anyIn = computed(() => sessions.value.some((s) => s.state === 'in'))
  const usable = computed(() => view.value?.browser.found ?? false)

  async function attempt(portal: string, work: () => Promise<PortalsView>): Promise<void> {
    if (busy.value !== '') return
    busy.value = portal
    fault.value = null
    try {
      view.value = await work()
    } catch (thrown) {
      fault.value = asApiError(thrown)
    } finally {
      busy.value = ''
      look()
    }
  }

  const load = () => attempt('all', portals.view)
  const open = (portal: string) => attempt(portal, () => portals.open(portal))
  const close = (portal: string) => attempt(portal, () => portals.close(portal))

  function look(): void {
    clearTimeout(timer)
    if (watchers === 0 || !sessions.value.some(under)) return
    timer = setTimeout(async () => {
      const now = await portals.view().catch(() => null)
      if (now && busy.value === '') view.value = now
      look()
    }, lookMillis)
  }

  /** Keeps looking as long as a page shows the sessions; returns how to end that. */
  function watch(): () => void {
    watchers++
    void load()
    return () => {
      watchers--
      if (watchers === 0) clearTimeout(timer)
    }
  }

  return { view, fault, busy, sessions, anyIn, usable, load, open, close, watch }
})
