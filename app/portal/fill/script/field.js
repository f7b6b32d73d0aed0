// Labels, and the controls that belong to each.

sjt.controlQuery = 'input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]):not([type=image]),textarea,select,' +
  '[contenteditable=""],[contenteditable=true],[role=combobox],[role=textbox],[role=radio],[role=checkbox],[role=switch],[role=spinbutton],[role=listbox][tabindex]'

sjt.ticks = (el) => (el.localName === 'input' && (el.type === 'radio' || el.type === 'checkbox')) || /^(radio|checkbox|switch)$/.test(el.getAttribute('role') ?? '')

/** Controls that are there for a person: a hidden tick or file field counts when what stands around it is drawn. */
sjt.isControl = (el) => {
  if (!el.matches?.(sjt.controlQuery)) return false
  if (sjt.ticks(el) || el.type === 'file') {
    for (let at = el, n = 0; at && n < 5; at = sjt.parent(at), n++) if (sjt.visible(at)) return true
    return false
  }
  return sjt.drawn(el)
}

/** What a control is: text, picker, native, radio, check, switch or file. */
sjt.kind = (el) => {
  const role = el.getAttribute('role') ?? ''
  const type = el.localName === 'input' ? el.type : ''
  if (type === 'file') return 'file'
  if (role === 'switch') return 'switch'
  if (type === 'radio' || role === 'radio') return 'radio'
  if (type === 'checkbox' || role === 'checkbox') return 'check'
  if (el.localName === 'select') return 'native'
  if (role === 'combobox' || role === 'listbox' || el.getAttribute('aria-haspopup') || el.readOnly) return 'picker'
  return 'text'
}

/** One entry for controls inside one another: the innermost that can be written in, else the outermost. */
sjt.single = (list) => list.filter((el) => {
  const inner = list.some((other) => other !== el && sjt.inside(other, el))
  const outer = list.find((other) => other !== el && sjt.inside(el, other))
  if (sjt.ticks(el)) return !(outer && sjt.ticks(outer) && sjt.kind(outer) === 'switch') || el === outer
  return !inner
})

/** What an element could be the label of is not the text of something to press or choose. */
sjt.labelLike = (el) => {
  for (let at = el, n = 0; at && n < 6; at = sjt.parent(at), n++) {
    if (/^(button|select|option|textarea|input|nav)$/.test(at.localName)) return false
    if (/^(button|option|menuitem|tab|link|treeitem|listbox|tooltip|combobox|tree)$/.test(at.getAttribute('role') ?? '')) return false
    if (at.localName === 'a' && at.hasAttribute('href')) return false
    if (at.localName === 'label' && at.querySelector('input[type=radio],input[type=checkbox]')) return false
    if (/^(radio|checkbox)$/.test(at.getAttribute('role') ?? '')) return false
  }
  return true
}

/** The deepest drawn elements whose whole text is one of the words. */
sjt.withText = (words, from = sjt.all()) => {
  const want = new Set(words.map(sjt.plain))
  const longest = Math.max(...[...want].map((w) => w.length)) * 3 + 40
  const fits = from.filter((el) => {
    const raw = el.textContent
    if (!el.shadowRoot && (raw.length === 0 || raw.length > longest + 400 || el.localName === 'svg')) return false
    return sjt.visible(el) && want.has(sjt.plain(sjt.text(el, longest)))
  })
  return fits.filter((el) => !fits.some((other) => other !== el && sjt.inside(other, el)))
}

/** Reads the document once: its elements, and which label and control each place holds. */
sjt.scan = (known) => {
  const all = sjt.all()
  const place = new Map(all.map((el, i) => [el, i]))
  const controls = sjt.single(all.filter(sjt.isControl))
  const cuts = sjt.withText(known, all).filter(sjt.labelLike).map((el) => place.get(el))
  return { all, place, controls, cuts }
}

/** The control a label names by itself: for, or aria-labelledby. */
sjt.linked = (label, controls) => {
  const outer = label.closest('label')
  const root = label.getRootNode()
  const ids = [label, outer].filter((el) => el?.id).map((el) => el.id)
  const named = controls.filter((c) => (c.getAttribute('aria-labelledby') ?? '').split(/\s+/).some((id) => ids.includes(id)))
  const target = outer?.htmlFor ? root.getElementById?.(outer.htmlFor) : null
  if (!target) return named
  return controls.filter((c) => named.includes(c) || sjt.inside(c, target) || sjt.inside(target, c))
}

/** The controls of a label: those after it in the smallest box that holds any, and before the next label. */
sjt.region = (label, seen) => {
  const at = seen.place.get(label)
  const until = seen.cuts.find((i) => i > at) ?? Infinity
  const after = (box) => seen.controls.filter((c) => seen.place.get(c) > at && sjt.inside(c, box))
  let box = label
  let cell = label
  for (let n = 0; n < 14; n++) {
    cell = box
    box = sjt.parent(box)
    if (!box || box === document.documentElement) return null
    if (after(box).length > 0) break
    if (n === 13) return null
  }
  const linked = sjt.linked(label, seen.controls)
  const out = []
  let last = cell
  for (let next = sjt.after(cell); next; next = sjt.after(next)) {
    const mine = after(box).filter((c) => sjt.inside(c, next) && seen.place.get(c) < until)
    if (mine.length === 0 && out.length > 0 && sjt.alike(next, cell)) break
    if (seen.place.get(next) >= until && !sjt.inside(seen.all[until], next)) break
    out.push(...mine)
    last = next
  }
  const pure = seen.cuts.filter((i) => sjt.inside(seen.all[i], box)).length <= 1
  return { label, box: pure ? box : last, whole: box, controls: sjt.narrow(label, out, linked), linked, until }
}

sjt.after = (el) => {
  for (let next = el.nextElementSibling; next; next = next.nextElementSibling) if (sjt.drawn(next) || next.querySelector?.('input[type=file]')) return next
  return null
}

/** Whether an element stands among its brothers as a label does: no control in it, a short text, the same tag. */
sjt.alike = (el, cell) => el.localName === cell.localName && el.className === cell.className && sjt.text(el, 60) !== '' && sjt.text(el, 60).length < 40

/** Of several groups of controls the one that stands beside or below the label. */
sjt.narrow = (label, list, linked) => {
  const kinds = new Set(list.map(sjt.kind))
  const ticks = [...kinds].every((k) => k === 'radio' || k === 'check')
  if (list.length <= 1 || ticks) return list
  const named = list.filter((c) => linked.includes(c))
  if (named.length > 0 && named.length < list.length) return named
  return list
}

/** All that may be the label of an ask; heading narrows it to those after the heading and before the next like it. */
sjt.labels = (ask, seen) => {
  let found = sjt.withText([ask.label, ...(ask.also ?? [])], seen.all).filter(sjt.labelLike)
  if (ask.heading) found = sjt.under(ask.heading, found, seen)
  return found
}

sjt.under = (heading, found, seen) => {
  const heads = sjt.withText([heading], seen.all)
  const out = []
  for (const head of heads) {
    const at = seen.place.get(head)
    const rest = found.filter((el) => seen.place.get(el) > at).sort((a, b) => seen.place.get(a) - seen.place.get(b))
    const next = seen.all.slice(at + 1).find((el) => el.localName === head.localName && el.className === head.className && sjt.visible(el) && sjt.text(el, 80) !== '' && !sjt.inside(el, head) &&
      sjt.depth(el) === sjt.depth(head))
    const end = next ? seen.place.get(next) : Infinity
    const within = rest.filter((el) => seen.place.get(el) < end)
    out.push(...(within.length > 0 ? within : []))
  }
  return [...new Set(out)]
}

sjt.depth = (el) => {
  let n = 0
  for (let at = el; at; at = sjt.parent(at)) n++
  return n
}

/** Controls that carry the label themselves, where no text on the page does. */
sjt.named = (ask, seen) => {
  const want = [ask.label, ...(ask.also ?? [])].map(sjt.plain)
  return seen.controls.filter((c) => ['aria-label', 'placeholder', 'title'].some((a) => want.includes(sjt.plain(c.getAttribute(a) ?? ''))))
}

/** Finds an ask in this document: how often its label is there, and its controls when it is there once. */
sjt.find = (ask, known) => {
  const seen = sjt.scan(known)
  const labels = sjt.labels(ask, seen)
  if (ask.rows && labels.length === 1 && !sjt.region(labels[0], seen)?.controls.length) {
    const box = sjt.parent(labels[0])
    sjt.field = { label: labels[0], box, whole: box, controls: [], linked: [], until: Infinity }
    return { labels: 1, fields: 1, kinds: [] }
  }
  const fields = labels.map((label) => sjt.region(label, seen)).filter((f) => f && (f.controls.length > 0))
  if (fields.length === 0 && !ask.heading) {
    const named = sjt.named(ask, seen)
    if (named.length === 1) fields.push({ label: named[0], box: sjt.parent(named[0]), whole: sjt.parent(named[0]), controls: named, linked: named, until: Infinity })
  }
  const distinct = fields.filter((f, i) => !fields.slice(0, i).some((g) => g.controls[0] === f.controls[0]))
  sjt.field = distinct.length === 1 ? distinct[0] : null
  return { labels: labels.length, fields: distinct.length, kinds: sjt.field ? sjt.field.controls.map(sjt.kind) : [] }
}
