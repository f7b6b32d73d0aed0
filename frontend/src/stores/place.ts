import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface Crumb { text: string; to?: string }

/** Where the person is: set by each page, shown by the frame and as the window's title. */
export const usePlace = defineStore('place', () => {
  const crumbs = ref<Crumb[]>([])

  function set(...trail: Crumb[]): void {
    crumbs.value = trail
    const names = trail.map((c) => c.text).reverse()
    document.title = [...names, '上架通'].join(' · ')
  }

  return { crumbs, set }
})
