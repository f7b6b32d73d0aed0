// Buttons by their words, for the few that may be pressed.

/** The one visible button whose whole text is one of the words, inside a box or anywhere; 0 for none or several. */
sjt.button = (words, boxID, last) => {
  const box = boxID ? sjt.el(boxID) : null
  const want = words.map(sjt.plain)
  const bare = (text) => sjt.plain(text).replace(/^[+＋⊕]+/, '')
  const fits = sjt.all().filter((el) => {
    if (!sjt.visible(el) || (box && !sjt.inside(el, box))) return false
    const text = el.localName === 'input' && /^(submit|button)$/.test(el.type) ? el.value : sjt.text(el, 40)
    return text.length <= 24 && want.includes(bare(text)) && sjt.pressable(el) !== null && !el.disabled
  })
  const deepest = fits.filter((el) => !fits.some((other) => other !== el && sjt.inside(other, el)))
  if (deepest.length === 0 || (deepest.length > 1 && !last)) return 0
  return sjt.keep(deepest[deepest.length - 1])
}

/** A button of a field that adds a row: by the words, or by a text that begins with one of them. */
sjt.adder = (words, boxID, labels) => {
  const whole = sjt.button(words, boxID, true)
  if (whole) return whole
  const box = sjt.el(boxID)
  const start = words.map(sjt.plain).filter((w) => w.length <= 2)
  const fits = sjt.all(box).filter((el) => {
    const text = sjt.plain(sjt.text(el, 40)).replace(/^[+＋⊕]+/, '')
    return sjt.visible(el) && text.length <= 12 && start.some((w) => text.startsWith(w)) && sjt.pressable(el) !== null && !labels.map(sjt.plain).includes(text)
  })
  const deepest = fits.filter((el) => !fits.some((other) => other !== el && sjt.inside(other, el)))
  return deepest.length === 1 ? sjt.keep(deepest[0]) : 0
}

/** The warnings that can be seen anywhere. */
sjt.alarms = () => [...new Set(sjt.leaves(document.body).filter((el) => sjt.alarm(el) && sjt.plain(sjt.text(el, 200)).length > 1).map((el) => sjt.text(el, 200)))].slice(0, 6).join('；')

/** The box of a field with rows: from its label to the next one, with the button that adds a row. */
sjt.rowBox = (id, known, words) => {
  const label = sjt.el(id)
  const seen = sjt.scan(known)
  const until = seen.cuts.find((i) => i > seen.place.get(label)) ?? Infinity
  let box = sjt.parent(label)
  for (let n = 0; box && n < 8; n++, box = sjt.parent(box)) {
    const cuts = seen.cuts.filter((i) => sjt.inside(seen.all[i], box) && seen.all[i] !== label && !sjt.inside(seen.all[i], label))
    if (cuts.length > 0 || box === document.body) return { box: 0, until }
    if (sjt.adder(words, sjt.keep(box), known) || seen.controls.some((c) => sjt.inside(c, box))) {
      const wider = sjt.parent(box)
      if (!sjt.adder(words, sjt.keep(box), known) && wider && sjt.adder(words, sjt.keep(wider), known) && !seen.cuts.some((i) => sjt.inside(seen.all[i], wider) && seen.all[i] !== label)) box = wider
      return { box: sjt.keep(box), until }
    }
  }
  return { box: 0, until }
}

/** The cells of a label inside a box of rows, one for each row in order: by the label before, the column's header, or the placeholder. */
sjt.cells = (boxID, labels, others) => {
  const box = sjt.el(boxID)
  if (!box) return []
  const all = sjt.all(box)
  const place = new Map(all.map((el, i) => [el, i]))
  const controls = sjt.single(all.filter(sjt.isControl)).filter((c) => sjt.kind(c) !== 'file')
  const marks = sjt.withText(labels, all)
  const rest = sjt.withText(others, all).map((el) => place.get(el))
  const out = []
  for (const mark of marks) {
    const at = place.get(mark)
    const end = [...marks.map((m) => place.get(m)), ...rest].filter((i) => i > at).sort((a, b) => a - b)[0] ?? Infinity
    const mine = controls.filter((c) => place.get(c) > at && place.get(c) < end)
    if (mine.length > 0 && !out.includes(mine[0])) out.push(mine[0])
  }
  const columns = marks.length === 1 && controls.length > 1 ? sjt.column(marks[0], controls) : []
  if (columns.length > out.length) return columns.map(sjt.keep)
  if (out.length > 0) return out.map(sjt.keep)
  const want = labels.map(sjt.plain)
  return controls.filter((c) => ['placeholder', 'aria-label', 'title'].some((a) => {
    const text = sjt.plain(c.getAttribute(a) ?? '')
    return want.includes(text) || want.includes(text.replace(/^请(输入|填写|选择)/, ''))
  })).map(sjt.keep)
}

/** The controls that stand below a header. */
sjt.column = (head, controls) => {
  const h = head.getBoundingClientRect()
  const x = h.left + h.width / 2
  const cell = head.closest('th,td') ?? head
  const c = cell.getBoundingClientRect()
  return controls.filter((el) => {
    const r = el.getBoundingClientRect()
    const mid = r.left + r.width / 2
    return r.top >= h.bottom - 4 && ((mid >= c.left && mid <= c.right) || (x >= r.left && x <= r.right))
  })
}

/** The file field of a box, which may be hidden. */
sjt.fileField = (ids) => {
  for (const id of ids) {
    const el = sjt.el(id)
    if (el?.localName === 'input' && el.type === 'file') return el
  }
  return null
}
