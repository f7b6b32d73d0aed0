// The tables whose rows can be compared with what stands here, by the recipes.
import type { RecipeInfo } from '@/api/recipes'

export interface Readable { id: string; title: string; portal: string }

/** One entry for each page: several tables of one page (TABLE-3/线上环境, TABLE-3/测试环境) are read together. */
export function tablesOf(recipes: RecipeInfo[]): Readable[] {
  const by = new Map<string, Readable>()
  for (const r of recipes) {
    for (const t of r.tables ?? []) {
      if (!t.compared) continue
      const [id = ''] = t.id.split('/')
      const known = by.get(id)
      if (known) known.title = shared(known.title, t.title)
      else by.set(id, { id, title: t.title, portal: r.title })
    }
  }
  return [...by.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}

/** What the titles of several tables of a page begin with. */
function shared(a: string, b: string): string {
  let n = 0
  while (n < a.length && a[n] === b[n]) n++
  return a.slice(0, n).replace(/的$/, '') || a
}
