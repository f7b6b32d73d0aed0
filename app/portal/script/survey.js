// Tells what a document shows: tables with their headers, and buttons. Everything is bounded; a person completes what is
// found.
() => {
  const out = { tables: [], buttons: [] }
  const clean = (s) => (s || '').replace(/\s+/g, ' ').trim()
  const visible = (e) => {
    const box = e.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && getComputedStyle(e).visibility === 'visible'
  }
  const short = (s) => s.length > 0 && s.length <= 40
  const all = []
  let left = 40000
  const gather = (root) => {
    for (const e of root.querySelectorAll('*')) {
      if (left-- <= 0) return
      all.push(e)
      if (e.shadowRoot) gather(e.shadowRoot)
    }
  }
  gather(document)
  const shown = all.filter(visible)

  const seenHeads = new Set()
  const tables = shown.filter((e) => e.matches('table, [role=grid], [role=table]'))
  const before = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING
  const titles = shown.filter((e) => e.matches('h1, h2, h3, h4, h5, h6, [role=heading], legend, [class*=title i], [class*=heading i]') && !e.closest('table, button, a, label, nav, [role=button], [role=tab], [role=grid], [role=table]'))
  // What stands above a table and below the one before it: a heading by its mark-up, else by its class.
  const above = (t) => {
    const caption = clean(t.querySelector(':scope > caption')?.innerText)
    if (short(caption)) return caption
    const from = tables.filter((o) => before(o, t) && !o.contains(t)).at(-1)
    const texts = titles.filter((e) => before(e, t) && !e.contains(t) && (!from || (before(from, e) && !from.contains(e))) && short(clean(e.innerText)))
    const marked = texts.filter((e) => e.matches('h1, h2, h3, h4, h5, h6, [role=heading], legend'))
    const titled = texts.filter((e) => !e.querySelector('button, a, input, select'))
    return clean((marked.at(-1) || titled.at(-1))?.innerText)
  }
  for (const t of tables) {
    const heads = [...t.querySelectorAll('thead th, [role=columnheader]')].filter(visible).map((h) => clean(h.innerText)).filter(short)
    const heading = above(t), key = heads.join('|')
    // The same headers without a heading of their own: a copy with fixed columns.
    if (heads.length > 1 && !seenHeads.has(heading ? key + '|' + heading : key) && out.tables.length < 20) {
      seenHeads.add(key).add(key + '|' + heading)
      out.tables.push({ heading, headers: heads.slice(0, 60) })
    }
  }

  for (const b of shown.filter((e) => e.matches('button, [role=button], input[type=submit], input[type=button], a[class*=btn], [class*=button]'))) {
    const text = clean(b.innerText || b.value)
    if (short(text) && !out.buttons.includes(text) && out.buttons.length < 100) out.buttons.push(text)
  }
  return out
}
