// Layers that open because of a click of ours: lists of options, calendars.

/** Remembers what can be seen, so that what opens afterwards can be told from it. */
sjt.before = () => {
  sjt.old = new Set(sjt.all().filter((el) => sjt.visible(el)))
  sjt.oldRects = new Map([...sjt.old].map((el) => [el, sjt.spot(el)]))
}
sjt.spot = (el) => {
  const r = el.getBoundingClientRect()
  return `${Math.round(r.left)},${Math.round(r.top)}`
}

/** The new elements that can be seen. */
sjt.fresh = () => sjt.all().filter((el) => !sjt.old?.has(el) && sjt.visible(el))

/** Whether the middle of an element can be reached. */
sjt.reachable = (el) => {
  const r = el.getBoundingClientRect()
  const hit = sjt.at(r.left + Math.min(r.width / 2, 60), r.top + r.height / 2)
  return Boolean(hit) && (sjt.inside(hit, el) || sjt.inside(el, hit))
}

/** The box that opened: the outermost new element, else (a layer that was only moved into sight) none. */
sjt.layers = () => {
  const fresh = sjt.fresh()
  const set = new Set(fresh)
  return fresh.filter((el) => !set.has(sjt.parent(el)) && el.getBoundingClientRect().height > 12)
}

/** The options with a text among what is new; since leaves out those that were there before the last choice. */
sjt.options = (text, since) => {
  const want = sjt.plain(text)
  const fresh = sjt.fresh().filter((el) => !since || !sjt.seenOptions?.has(el))
  const fits = fresh.filter((el) => el.textContent.length < want.length * 3 + 60 && sjt.plain(sjt.text(el, 300)) === want && !/^(input|textarea)$/.test(el.localName))
  return fits.filter((el) => !fits.some((other) => other !== el && sjt.inside(other, el)))
}

sjt.chosen = (el) => {
  for (let at = el, n = 0; at && n < 5; at = sjt.parent(at), n++) {
    for (const name of ['aria-selected', 'aria-checked', 'aria-current']) if (at.getAttribute(name)) return at.getAttribute(name) === 'true'
    const tick = at.querySelector?.('input[type=checkbox],input[type=radio]')
    if (tick && n < 2) return tick.checked
    if (at.getAttribute('role') === 'option') break
  }
  return null
}

/** Waits for an option to be there and still; says how many there are, and whether anything opened. */
sjt.option = async (text, wait, since) => {
  const end = Date.now() + wait
  let last = ''
  let quiet = 0
  for (;;) {
    let fits = sjt.options(text, since)
    for (const el of fits) if (!sjt.reachable(el)) el.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    if (fits.length > 1) fits = fits.filter(sjt.reachable)
    const now = fits.map(sjt.spot).join(' ')
    quiet = now === last && now !== '' ? quiet + 1 : 0
    last = now
    if (fits.length > 0 && quiet >= 2) return { count: fits.length, id: sjt.keep(fits[0]), chosen: sjt.chosen(fits[0]), opened: true }
    if (Date.now() > end) return { count: fits.length, id: fits.length === 1 ? sjt.keep(fits[0]) : 0, chosen: null, opened: sjt.layers().length > 0 }
    await sjt.sleep(40)
  }
}

/** Remembers the options seen so far: the next level of a cascader is what comes after them. */
sjt.mark = () => { sjt.seenOptions = new Set(sjt.fresh()) }

/** All texts that the open layer offers, for a message. */
sjt.offers = () => [...new Set(sjt.layers().flatMap((box) => sjt.leaves(box)).filter(sjt.reachable).map((el) => sjt.text(el, 60)).filter(Boolean))].slice(0, 30)

/** Scrolls the open list a little further; false at its end. */
sjt.scrollOn = async (restart) => {
  const boxes = sjt.fresh().filter((el) => el.scrollHeight > el.clientHeight + 4 && el.clientHeight > 30 && /auto|scroll|hidden/.test(getComputedStyle(el).overflowY))
  const box = boxes.sort((a, b) => b.scrollHeight - a.scrollHeight)[0]
  if (!box) return null
  const top = box.scrollTop
  box.scrollTop = restart ? 0 : top + Math.max(24, box.clientHeight * 0.8)
  box.dispatchEvent(new Event('scroll'))
  await sjt.sleep(60)
  const r = box.getBoundingClientRect()
  const c = sjt.corner()
  return { x: c.x + r.left + r.width / 2, y: c.y + r.top + r.height / 2, moved: box.scrollTop !== top, step: Math.max(24, box.clientHeight * 0.8), hidden: getComputedStyle(box).overflowY === 'hidden' }
}

/** An input of the layer to search in. */
sjt.searchBox = () => {
  const el = sjt.fresh().find((e) => e.localName === 'input' && /^(text|search|)$/.test(e.type) && !e.readOnly && !e.disabled)
  return el ? sjt.keep(el) : 0
}

sjt.closed = () => sjt.layers().filter((el) => sjt.leaves(el).length > 0).length === 0
