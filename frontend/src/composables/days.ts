// Days as people type them. A day is a text such as 2026-03-02.

/** 2027-02-06, 2027/2/6 or 2027年2月6日 with full-width digits as 2027-02-06; the text itself when it is none of these. */
export function tidyDay(text: string): string {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').trim())
  if (!found) return text.trim()
  const [, y, m, d] = found
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}

/** Whether a tidied text is a day that the calendar has: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
