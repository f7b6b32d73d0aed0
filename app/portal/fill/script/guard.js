// What may never be pressed, and a record of what was.

sjt.rules = { never: [], allowed: [] }
sjt.presses = []
sjt.armed = null

/** The thing a click on an element would press: the nearest ancestor that can be pressed. */
sjt.pressable = (el) => {
  for (let at = el, n = 0; at && n < 6; at = sjt.parent(at), n++) {
    if (at.localName === 'button' || (at.localName === 'input' && /^(submit|button|image|reset)$/.test(at.type)) || (at.localName === 'a' && at.hasAttribute('href'))) return at
    if (/^(button|link|menuitem)$/.test(at.getAttribute('role') ?? '')) return at
    if (at.hasAttribute('onclick')) return at
  }
  const style = el ? getComputedStyle(el) : null
  return style?.cursor === 'pointer' && sjt.text(el, 40).length <= 12 ? el : null
}

sjt.nameOf = (el) => [sjt.text(el, 60), el.getAttribute('aria-label'), el.getAttribute('title'), el.localName === 'input' ? el.value : ''].filter(Boolean)

/** The word for which pressing an element is refused; empty when nothing stands against it. */
sjt.final = (hit, meant) => {
  const button = sjt.pressable(hit)
  if (!button) return ''
  const names = sjt.nameOf(button)
  if (names.some((n) => sjt.rules.allowed.includes(sjt.plain(n).replace(/^[+＋⊕]+/, '')))) return ''
  const word = names.map(sjt.plain).find((n) => sjt.rules.never.some((w) => w.whole ? n === w.text : n.includes(w.text)))
  if (word && !sjt.own(button, meant)) return word
  const submits = (button.localName === 'button' && button.type === 'submit') || (button.localName === 'input' && /^(submit|image)$/.test(button.type))
  if (submits && button.form && !sjt.own(button, meant)) return names[0] ?? 'submit'
  return ''
}

/** Inside a layer that a click of ours opened, 确定 belongs to the layer. */
sjt.own = (button, meant) => Boolean(sjt.rules.layer) && !sjt.old?.has(button) && sjt.inside(meant, button)

/** Says which element the next trusted click is meant for. */
sjt.arm = (id) => { sjt.armed = id ? sjt.el(id) : null }

if (!globalThis.__sjtGuard) {
  globalThis.__sjtGuard = true
  const stop = (event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    addEventListener(type, (event) => {
      if (!sjt.armed || !event.isTrusted) return
      const hit = event.composedPath()[0]
      const word = sjt.final(hit instanceof Element ? hit : document.body, sjt.armed)
      if (!word) return
      if (type === 'click') sjt.stopped = word
      stop(event)
    }, true)
  }
  addEventListener('click', (event) => {
    const hit = event.composedPath()[0]
    if (sjt.armed && event.isTrusted && !event.defaultPrevented && hit instanceof Element && sjt.final(hit, sjt.armed)) sjt.presses.push(sjt.final(hit, sjt.armed))
  }, false)
  addEventListener('submit', (event) => {
    if (!sjt.filling) return
    sjt.stopped = 'submit'
    stop(event)
  }, true)
}
