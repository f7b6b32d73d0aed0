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
  for (const t of shown.filter((e) => e.matches('table, [role=grid], [role=table]'))) {
    const heads = [...t.querySelectorAll('thead th, [role=columnheader]')].filter(visible).map((h) => clean(h.innerText)).filter(short)
    const key = heads.join('|')
    if (heads.length > 1 && !seenHeads.has(key) && out.tables.length < 20) {
      seenHeads.add(key)
      out.tables.push({ heading: '', headers: heads.slice(0, 60) })
    }
  }

  for (const b of shown.filter((e) => e.matches('button, [role=button], input[type=submit], input[type=button], a[class*=btn], [class*=button]'))) {
    const text = clean(b.innerText || b.value)
    if (short(text) && !out.buttons.includes(text) && out.buttons.length < 100) out.buttons.push(text)
  }
  return out
}
