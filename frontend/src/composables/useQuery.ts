import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** One part of the address after the question mark as a value; an empty text leaves it out of the address. */
export function useQuery(name: string): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get() {
      const value = route.query[name]
      return typeof value === 'string' ? value : ''
    },
    set(value: string) {
      const query = { ...route.query }
      if (value === '') Reflect.deleteProperty(query, name)
      else query[name] = value
      void router.replace({ query })
    },
  })
}
