// What a field shows, and what the page says of it.

/** The text beside a tick: of its label, else what follows it. */
sjt.tickText = (tick) => {
  const own = tick.getAttribute('aria-label')
  const labels = [...(tick.labels ?? [])].map((l) => sjt.text(l, 200)).filter(Boolean)
  if (labels.length > 0) return labels[0]
  if (tick.localName !== 'input' && sjt.text(tick, 200)) return sjt.text(tick, 200)
  for (let at = tick, n = 0; at && n < 4; at = sjt.parent(at), n++) {
    if (at !== tick && sjt.all(at).filter((el) => sjt.ticks(el) && el.localName === 'input').length > 1) break
    let text = at === tick ? '' : sjt.text(at, 200)
    for (let next = at.nextSibling; !text && next; next = next.nextSibling) {
      if (next.nodeType === Node.TEXT_NODE) text = next.data.trim()
      else if (next.nodeType === Node.ELEMENT_NODE) {
        if (next.matches(sjt.controlQuery) || next.querySelector?.(sjt.controlQuery)) break
        text = sjt.text(next, 200)
      }
    }
    if (text) return text
  }
  return own ?? tick.value ?? ''
}

sjt.ticked = (tick) => {
  if (tick.localName === 'input') return tick.checked
  const inner = tick.querySelector('input')
  return inner ? inner.checked : tick.getAttribute('aria-checked') === 'true'
}

/** The part of the page that is one control: what stands around it on the same line. */
sjt.shell = (control, field) => {
  let box = control
  for (let at = sjt.parent(control), n = 0; at && n < 8 && at !== field.whole && !sjt.inside(field.label, at); at = sjt.parent(at), n++) {
    const r = at.getBoundingClientRect()
    const b = box.getBoundingClientRect()
    if (r.width === 0 || r.height === 0) { box = at; continue }
    const others = field.controls.some((c) => c !== control && sjt.inside(c, at))
    if (others || (b.height > 16 && b.width > 60 && r.height > Math.max(64, b.height * 1.7))) break
    box = at
  }
  return box
}

sjt.hint = (text) => /^(请|select|please|choose|pick|搜索|输入)/i.test(sjt.plain(text))

/** Reddish text, or text that says it is an alarm. */
sjt.alarm = (el) => {
  for (let at = el, n = 0; at && n < 4; at = sjt.parent(at), n++) {
    const live = at.getAttribute('aria-live')
    if (at.getAttribute('role') === 'alert' || live === 'assertive') return true
  }
  const [r, g, b] = (getComputedStyle(el).color.match(/[\d.]+/g) ?? []).map(Number)
  return r > 170 && g < 130 && b < 130 && r - Math.max(g, b) > 70
}

/** Texts drawn inside a control's shell, but for hints and alarms. */
sjt.shownTexts = (control, field) => {
  const shell = sjt.shell(control, field)
  const b = shell.getBoundingClientRect()
  const within = (el) => {
    const r = el.getBoundingClientRect()
    return r.left + r.width / 2 >= b.left - 2 && r.left + Math.min(r.width / 2, 20) <= b.right + 2 && r.top + r.height / 2 >= b.top - 2 && r.top + r.height / 2 <= b.bottom + 2
  }
  return sjt.leaves(shell).filter((el) => within(el) && !sjt.alarm(el) && el !== field.label && !sjt.inside(el, field.label))
    .map((el) => sjt.text(el, 300)).filter((t) => t !== '' && !/^[×✕✖xX+\u25b2\u25bc▾]$/.test(t))
}

/** What one control shows. */
sjt.shownOf = (control, field) => {
  const kind = sjt.kind(control)
  if (kind === 'native') return [...control.selectedOptions].map((o) => o.text.trim()).filter((t) => !sjt.hint(t))
  if (kind === 'file') return [...(control.files ?? [])].map((f) => f.name)
  if (kind === 'switch') return [sjt.ticked(control) ? '开' : '关']
  if (kind === 'radio' || kind === 'check') return sjt.ticked(control) ? [sjt.tickText(control)] : []
  if (control.isContentEditable) return [control.innerText.trim()].filter(Boolean)
  if (kind === 'text') return [control.value ?? sjt.text(control)].filter((t) => t !== '')
  const value = (control.value ?? '').trim()
  const texts = sjt.shownTexts(control, field).filter((t) => !sjt.hint(t))
  if (texts.length > 0) return texts
  return value === '' ? [] : [value]
}

/** What the page says of a field: text after its controls that warns. */
sjt.messages = (field, seen) => {
  const last = Math.max(...field.controls.map((c) => seen.place.get(c) ?? 0), seen.place.get(field.label) ?? 0)
  const out = []
  for (const el of sjt.leaves(field.whole)) {
    const at = seen.place.get(el) ?? -1
    if (at >= field.until || el === field.label || sjt.inside(el, field.label)) continue
    if (at < (seen.place.get(field.label) ?? 0) || !sjt.alarm(el)) continue
    const text = sjt.text(el, 200)
    if (text.length > 1 && !field.controls.some((c) => sjt.inside(el, sjt.shell(c, field)) && at < last)) out.push(text)
  }
  for (const c of field.controls) {
    for (const id of `${c.getAttribute('aria-errormessage') ?? ''} ${c.getAttribute('aria-invalid') === 'true' ? c.getAttribute('aria-describedby') ?? '' : ''}`.split(/\s+/)) {
      const told = id && c.getRootNode().getElementById?.(id)
      if (told && sjt.visible(told) && sjt.text(told)) out.push(sjt.text(told, 200))
    }
  }
  return [...new Set(out)]
}

/** The field as it stands: for every control its kind, its text, and whether it can be changed. */
sjt.state = (ask, known) => {
  const found = sjt.find(ask, known)
  const field = sjt.field
  if (!field) return { ...found, controls: [], messages: [], around: '' }
  const seen = sjt.scan(known)
  field.until = seen.cuts.find((i) => i > seen.place.get(field.label)) ?? Infinity
  const controls = field.controls.map((c) => ({
    id: sjt.keep(c), kind: sjt.kind(c), shown: sjt.shownOf(c, field), option: sjt.ticks(c) ? sjt.tickText(c) : '',
    ticked: sjt.ticks(c) ? sjt.ticked(c) : false, off: c.disabled === true || c.getAttribute('aria-disabled') === 'true',
    writable: sjt.kind(c) === 'text' || (sjt.kind(c) === 'picker' && !c.readOnly && /^(input|textarea)$/.test(c.localName)),
    multiple: c.multiple === true || c.getAttribute('aria-multiselectable') === 'true',
  }))
  return { ...found, label: sjt.keep(field.label), box: sjt.keep(field.box), whole: sjt.keep(field.whole), controls, messages: sjt.messages(field, seen), around: sjt.text(field.box, 600) }
}
