import type { LocationQuery } from 'vue-router'

/** What stands in the address after the question mark, in the order of the names so that it can be compared. */
export function queryText(query: LocationQuery): string {
  const parts = new URLSearchParams()
  for (const name of Object.keys(query).sort()) {
    const value = query[name]
    if (typeof value === 'string' && value !== '') parts.set(name, value)
  }
  return parts.toString()
}

/** Whether two texts filter by the same, whatever their order. */
export function sameQuery(a: string, b: string): boolean {
  return queryText(Object.fromEntries(new URLSearchParams(a))) === queryText(Object.fromEntries(new URLSearchParams(b)))
}
