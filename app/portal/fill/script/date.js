// Calendars: by the year and month they show, and the order of their days.

sjt.months = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
sjt.english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The month in a text, 1 to 12, or 0. */
sjt.monthIn = (text) => {
  const t = text.replace(/\d{4}\s*年?/, ' ').toLowerCase()
  const digits = t.match(/(\d{1,2})\s*月/) ?? t.match(/(?:^|[^\d])(\d{1,2})(?:$|[^\d])/)
  if (digits) return Number(digits[1])
  const word = t.match(/(十[一二]?|[一二三四五六七八九])\s*月/)
  if (word) return sjt.months.indexOf(word[1]) + 1
  return sjt.english.findIndex((m) => t.includes(m)) + 1
}

/** The open calendar: its year, month, days and arrows. */
sjt.calendar = () => {
  const fresh = sjt.fresh()
  const texts = fresh.filter((el) => sjt.text(el, 40).length <= 16)
  const years = texts.filter((el) => /(19|20)\d\d/.test(sjt.text(el, 40)) && sjt.reachable(el))
  const days = sjt.days(fresh)
  if (days.length < 28) return null
  const grid = Math.min(...days.map((el) => el.getBoundingClientRect().top))
  const heads = years.filter((el) => el.getBoundingClientRect().bottom <= grid + 4).sort((a, b) => a.textContent.length - b.textContent.length)
  const head = heads[0]
  if (!head) return null
  const year = Number(sjt.text(head, 40).match(/(19|20)\d\d/)[0])
  const row = head.getBoundingClientRect()
  const line = texts.filter((el) => Math.abs((el.getBoundingClientRect().top + el.getBoundingClientRect().bottom) / 2 - (row.top + row.bottom) / 2) < 14 && el.getBoundingClientRect().bottom <= grid + 4)
  const all = line.map((el) => sjt.text(el, 40))
  const month = all.map(sjt.monthIn).find((m) => m >= 1 && m <= 12) ?? 0
  return { year, month, arrows: sjt.arrows(head, fresh, line), days: days.map(sjt.keep) }
}

/** The cells of the days in their order, from the first 1 on. */
sjt.days = (fresh) => {
  const cells = fresh.filter((el) => /^\d{1,2}$/.test(sjt.plain(sjt.text(el, 6))) && el.getBoundingClientRect().height < 80)
  const deepest = cells.filter((el) => !cells.some((other) => other !== el && sjt.inside(other, el)))
  const first = deepest.findIndex((el) => sjt.plain(sjt.text(el)) === '1')
  if (first < 0) return []
  const out = []
  for (let i = first; i < deepest.length && Number(sjt.plain(sjt.text(deepest[i]))) === out.length + 1; i++) out.push(deepest[i])
  return out
}

/** The arrows beside the head, nearest first: pressing the nearest goes a month, the next a year. */
sjt.arrows = (head, fresh, line) => {
  const h = head.getBoundingClientRect()
  const named = (el, words) => words.some((w) => `${el.getAttribute('aria-label') ?? ''} ${el.getAttribute('title') ?? ''}`.toLowerCase().includes(w))
  const clickable = fresh.filter((el) => {
    const r = el.getBoundingClientRect()
    const level = Math.abs((r.top + r.bottom) / 2 - (h.top + h.bottom) / 2) < 16
    const bare = !/[\d年月]|[a-z]{3}/i.test(sjt.text(el, 10))
    return level && bare && r.width <= 48 && r.height <= 48 && (getComputedStyle(el).cursor === 'pointer' || el.localName === 'button' || el.localName === 'a')
  })
  const outer = clickable.filter((el) => !clickable.some((other) => other !== el && sjt.inside(el, other)))
  const lefts = Math.min(...line.filter((el) => /[\d年月]|[a-z]{3}/i.test(sjt.text(el, 10))).map((el) => el.getBoundingClientRect().left), h.left)
  const rights = Math.max(...line.filter((el) => /[\d年月]|[a-z]{3}/i.test(sjt.text(el, 10))).map((el) => el.getBoundingClientRect().right), h.right)
  const before = outer.filter((el) => el.getBoundingClientRect().right <= lefts + 6).sort((a, b) => b.getBoundingClientRect().left - a.getBoundingClientRect().left)
  const after = outer.filter((el) => el.getBoundingClientRect().left >= rights - 6).sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
  const pick = (list, words, n) => list.find((el) => named(el, words)) ?? list[n]
  const id = (el) => (el ? sjt.keep(el) : 0)
  return {
    back: id(pick(before, ['上个月', '上一月', 'previous month', 'prev month', 'last month'], 0)), on: id(pick(after, ['下个月', '下一月', 'next month'], 0)),
    backYear: id(pick(before, ['上一年', '前一年', 'previous year', 'last year'], 1)), onYear: id(pick(after, ['下一年', '后一年', 'next year'], 1)),
  }
}
