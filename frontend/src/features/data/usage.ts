import type { Form } from '@/api/types'

/** Which forms take a field, and under which label when a form words it differently. */
export function usageOf(key: string, label: string, usedBy: readonly string[], form: (id: string) => Form | undefined): string {
  const parts = usedBy.map((id) => {
    const found = form(id)
    const row = found?.sections.flatMap((s) => s.rows).find((r) => r.field === key)
    const name = found ? `${id} ${found.title}` : id
    const extra = [row && row.label !== label ? `表上写作“${row.label}”` : '', row?.assumed ? '此项为推定' : ''].filter((t) => t !== '')
    return extra.length > 0 ? `${name}（${extra.join('，')}）` : name
  })
  return parts.length > 0 ? `用于 ${parts.join('、')}` : ''
}
