import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as apps from '@/api/apps'
import { type ApiError, asApiError } from '@/api/error'
import type { App, AppView, Completeness } from '@/api/types'

/** The app whose pages are open. The frame of the app loads it; its pages read it and hand back what a call returned. */
export const useApp = defineStore('app', () => {
  const view = ref<AppView | null>(null)
  const fault = shallowRef<ApiError | null>(null)
  const app = computed(() => view.value?.app ?? null)

  async function load(id: string): Promise<void> {
    if (view.value?.app.id !== id) view.value = null
    fault.value = null
    try {
      view.value = await apps.view(id)
    } catch (thrown) {
      fault.value = asApiError(thrown)
    }
  }

  async function refresh(): Promise<void> {
    if (view.value) await load(view.value.app.id)
  }

  /** Takes the app as a call returned it. */
  function take(changed: App): void {
    if (view.value?.app.id === changed.id) view.value.app = changed
  }

  function takeCompleteness(changed: Completeness[] | null): void {
    if (view.value) view.value.completeness = changed
  }

  /** Takes members as they were just stored; the record stays the same one, so that no input is filled in anew. */
  function takeMembers(id: string, members: Partial<App>): void {
    if (view.value?.app.id === id) Object.assign(view.value.app, members)
  }

  return { view, app, fault, load, refresh, take, takeCompleteness, takeMembers }
})
