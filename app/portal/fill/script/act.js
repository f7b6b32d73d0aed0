// What is done to the page without a click, and where a click would have to go.

/** Puts a text into an input as the browser itself would, and leaves the field. */
sjt.write = (id, text) => {
  const el = sjt.el(id)
  if (!el) return 'gone'
  el.scrollIntoView({ block: 'center', inline: 'nearest' })
  el.focus()
  if (el.isContentEditable) {
    el.textContent = text
    el.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text, inputType: 'insertText' }))
    return 'ok'
  }
  const proto = el.localName === 'textarea' ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(proto, 'value').set.call(el, text)
  el.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text, inputType: 'insertText' }))
  el.dispatchEvent(new Event('change', { bubbles: true }))
  return 'ok'
}

sjt.leave = (id) => {
  const el = id ? sjt.el(id) : document.activeElement
  if (!el || el === document.body) return
  const held = el === el.getRootNode().activeElement
  el.blur()
  if (!held) el.dispatchEvent(new FocusEvent('blur', { composed: true }))
}

sjt.selectNative = (id, wants) => {
  const el = sjt.el(id)
  if (!el) return 'gone'
  const want = wants.map(sjt.plain)
  for (const w of want) {
    const fits = [...el.options].filter((o) => sjt.plain(o.text) === w)
    if (fits.length !== 1) return fits.length === 0 ? 'none' : 'several'
  }
  for (const o of el.options) if (el.multiple) o.selected = want.includes(sjt.plain(o.text))
  else if (sjt.plain(o.text) === want[0]) o.selected = true
  el.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  el.dispatchEvent(new Event('change', { bubbles: true }))
  return 'ok'
}

/** What of a control is to be clicked: of a tick nobody sees, what stands for it. */
sjt.face = (el) => {
  if (!el) return null
  if (sjt.ticks(el) || !sjt.visible(el)) {
    const label = [...(el.labels ?? [])].find(sjt.visible)
    if (sjt.ticks(el) && sjt.visible(el)) return el
    if (label) return label
    for (let at = sjt.parent(el), n = 0; at && n < 4; at = sjt.parent(at), n++) if (sjt.visible(at)) return at
  }
  return el
}

/** Where an element can be clicked so that the click reaches it; scrolls it into sight first. */
sjt.target = async (id, how = 'center') => {
  const el = sjt.face(sjt.el(id))
  if (!el) return { why: 'gone' }
  const spots = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.1, 0.5], [0.5, 0.2], [0.5, 0.8]]
  for (const block of [how, 'start', 'end', 'nearest']) {
    el.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' })
    const still = await sjt.settled(el)
    if (!still) return { why: 'moving' }
    for (const [fx, fy] of spots) {
      const r = [...el.getClientRects()].find((c) => c.width > 1 && c.height > 1) ?? el.getBoundingClientRect()
      const x = r.left + r.width * fx
      const y = r.top + r.height * fy
      const hit = sjt.at(x, y)
      if (!hit || !(sjt.inside(hit, el) || (sjt.inside(el, hit) && sjt.tight(hit, el)))) continue
      const c = sjt.corner()
      if (window !== window.top && !sjt.clear(c.x + x, c.y + y)) continue
      const final = sjt.final(hit, el)
      return { x: c.x + x, y: c.y + y, ours: sjt.keep(hit), final }
    }
  }
  return { why: 'covered' }
}

/** Whether a frame's place is not covered in the documents around it. */
sjt.clear = (x, y) => {
  try {
    let w = window.top
    let px = x
    let py = y
    while (w !== window) {
      let el = w.document.elementFromPoint(px, py)
      while (el?.shadowRoot?.elementFromPoint(px, py) && el.shadowRoot.elementFromPoint(px, py) !== el) el = el.shadowRoot.elementFromPoint(px, py)
      if (!el?.contentWindow) return false
      const r = el.getBoundingClientRect()
      px -= r.left + el.clientLeft
      py -= r.top + el.clientTop
      w = el.contentWindow
    }
    return true
  } catch {
    return true
  }
}

/** Whether what lies over an element is only its own wrapping. */
sjt.tight = (over, el) => {
  const a = over.getBoundingClientRect()
  const b = el.getBoundingClientRect()
  return a.height <= b.height + 24 && a.width <= Math.max(b.width * 1.5, b.width + 80)
}

/** Waits until an element stays where it is. */
sjt.settled = async (el) => {
  let before = null
  for (let n = 0; n < 40; n++) {
    const r = el.getBoundingClientRect()
    const now = `${r.left.toFixed(1)} ${r.top.toFixed(1)} ${r.width.toFixed(1)} ${r.height.toFixed(1)}`
    if (now === before) return true
    before = now
    await sjt.sleep(n < 2 ? 16 : 40)
  }
  return false
}

/** A place of the page where a click does nothing but leave the field that has the focus. */
sjt.blank = (boxID) => {
  const box = sjt.el(boxID)
  for (let at = box, n = 0; at && n < 10; at = sjt.parent(at), n++) {
    const r = at.getBoundingClientRect()
    const xs = [r.left + 3, r.right - 3, r.left + r.width / 2]
    const ys = [r.top + 2, r.bottom - 2, r.top + r.height / 2]
    for (const y of ys) {
      for (const x of xs) {
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue
        const hit = sjt.at(x, y)
        if (hit && sjt.inert(hit) && (sjt.inside(box, hit) || sjt.inside(hit, at))) {
          const c = sjt.corner()
          if (window === window.top || sjt.clear(c.x + x, c.y + y)) return { x: c.x + x, y: c.y + y }
        }
      }
    }
  }
  return null
}

sjt.inert = (el) => {
  if (getComputedStyle(el).cursor === 'pointer') return false
  for (let at = el, n = 0; at && n < 6; at = sjt.parent(at), n++) {
    if (/^(label|button|a|input|textarea|select|option|iframe)$/.test(at.localName) || at.isContentEditable) return false
    if (/^(button|option|combobox|link|tab|menuitem|radio|checkbox|switch|listbox)$/.test(at.getAttribute('role') ?? '') || (at.hasAttribute('tabindex') && at.tabIndex >= 0)) return false
  }
  return true
}
