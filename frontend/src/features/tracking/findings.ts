// Where the findings about tracking code belong on the page. The program names the bare field: bid, pages[3].page_name.
import type { Finding } from '@/api/types'

/** The field key of a finding, as inputs have it. */
export function fieldOf(finding: Finding): string {
  const field = finding.field ?? ''
  return field === '' || field.startsWith('pages') || field.includes('.') ? field : `app.${field}`
}

/** The first thing said about each field, what weighs most first. */
export function messagesByField(findings: readonly Finding[]): Map<string, string> {
  const weight = { error: 0, warning: 1, info: 2 }
  const out = new Map<string, string>()
  for (const f of [...findings].sort((a, b) => weight[a.level] - weight[b.level])) {
    const field = fieldOf(f)
    if (!out.has(field)) out.set(field, f.message)
  }
  return out
}

/** The text of a table file: UTF-8, or else what Chinese spreadsheets write. */
export function tableText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
