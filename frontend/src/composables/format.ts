// How dates, times and sizes read, the same on every screen. All times are China's, whatever zone this machine is set to.

const chinaOffset = 8 * 60 * 60 * 1000

/** The parts of a time in China as two-digit texts, or null when the text is no time. */
function parts(at: string): { day: string; hours: string; seconds: string } | null {
  const moment = new Date(at).getTime()
  if (at === '' || Number.isNaN(moment)) return null
  const text = new Date(moment + chinaOffset).toISOString()
  return { day: text.slice(0, 10), hours: text.slice(11, 16), seconds: text.slice(17, 19) }
}

/** 2026-03-02, or the text itself when it is no date. */
export function day(at: string): string {
  return parts(at)?.day ?? at
}

/** 09:05:07 */
export function clock(at: string): string {
  const p = parts(at)
  return p ? `${p.hours}:${p.seconds}` : at
}

/** 2026-03-02 09:05 */
export function moment(at: string): string {
  const p = parts(at)
  return p ? `${p.day} ${p.hours}` : at
}

/** 12 KB, 3.4 MB; units of 1024. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
