// How dates, times and sizes read, the same on every screen. Dates and times are shown as written on this machine.

function two(n: number): string {
  return String(n).padStart(2, '0')
}

function parsed(at: string): Date | null {
  const date = new Date(at)
  return at === '' || Number.isNaN(date.getTime()) ? null : date
}

/** 2026-03-02, or the text itself when it is no date. */
export function day(at: string): string {
  const d = parsed(at)
  return d ? `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}` : at
}

/** 09:05:07 */
export function clock(at: string): string {
  const d = parsed(at)
  return d ? `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}` : at
}

/** 2026-03-02 09:05 */
export function moment(at: string): string {
  const d = parsed(at)
  return d ? `${day(at)} ${two(d.getHours())}:${two(d.getMinutes())}` : at
}

/** 12 KB, 3.4 MB; units of 1024. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
