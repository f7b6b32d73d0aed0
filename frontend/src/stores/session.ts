import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as system from '@/api/system'
import { type ApiError, asApiError } from '@/api/error'
import type { Address, Catalogue, Field, Form, Info, Slot } from '@/api/types'

/** What holds for the whole session: who works here on what, and the catalogue of fields, forms and words. */
export const useSession = defineStore('session', () => {
  const info = ref<Info | null>(null)
  const catalogue = shallowRef<Catalogue | null>(null)
  const fault = shallowRef<ApiError | null>(null)

  const fields = computed(() => new Map((catalogue.value?.fields ?? []).map((f) => [f.key, f])))
  const forms = computed(() => new Map((catalogue.value?.forms ?? []).map((f) => [f.id, f])))
  const slots = computed(() => new Map((catalogue.value?.slots ?? []).map((s) => [s.id, s])))
  const addresses = computed(() => new Map((catalogue.value?.addresses ?? []).map((a) => [a.key, a])))
  const lists = computed(() => new Map((catalogue.value?.lists ?? []).map((l) => [l.name, l])))

  async function load(): Promise<void> {
    fault.value = null
    try {
      const [i, c] = await Promise.all([system.info(), system.catalogue()])
      info.value = i
      catalogue.value = c
    } catch (thrown) {
      fault.value = asApiError(thrown)
    }
  }

  async function refreshInfo(): Promise<void> {
    info.value = await system.info()
  }

  async function refreshCatalogue(): Promise<void> {
    catalogue.value = await system.catalogue()
  }

  const field = (key: string): Field | undefined => fields.value.get(key)
  const form = (id: string): Form | undefined => forms.value.get(id)
  const slot = (id: string): Slot | undefined => slots.value.get(id)
  const address = (key: string): Address | undefined => addresses.value.get(key)
  /** The words of a list, such as "kinds"; empty for an unknown list. */
  const words = (list: string): string[] => lists.value.get(list)?.words ?? []
  /** Whether a word of a list is an assumption that no public source shows. */
  const assumed = (list: string, word: string): boolean => lists.value.get(list)?.assumed?.includes(word) ?? false

  return { info, catalogue, fault, load, refreshInfo, refreshCatalogue, field, form, slot, address, words, assumed }
})
