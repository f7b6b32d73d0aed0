// Weeks run from Monday to Sunday; days are dates such as 2026-03-02.
const dayLength = 24 * 60 * 60 * 1000

export function shift(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(at) ? day : new Date(at + days * dayLength).toISOString().slice(0, 10)
}

/** The Monday of the week that holds a day. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return Number.isNaN(weekday) ? day : shift(day, -((weekday + 6) % 7))
}

/** The same day a year before, for a chart over a year. */
export function yearBefore(day: string): string {
  return shift(day, -364)
}
