// Tells what a document shows: headings, tables with their headers, fields with their labels, buttons. Everything is
// bounded; a person completes what is found.
() => {
  const out = { tables: [], fields: [], buttons: [] }
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

  const controls = 'input:not([type=hidden]), textarea, select, [role=combobox], [role=radiogroup], [role=switch], [contenteditable=true]'
  const kind = (e, box) => {
    if (box.querySelector('input[type=file]')) return 'files'
    if (box.querySelector('input[type=checkbox]')) return 'check'
    if (box.querySelector('input[type=radio]')) return 'choose'
    if (e.matches('[role=switch]')) return 'switch'
    if (e.matches('select, [role=combobox], [aria-haspopup=listbox], [readonly]')) return 'choose'
    return 'text'
  }
  const taken = new Set()
  for (const e of all.filter((c) => c.matches(controls) && (visible(c) || c.type === 'file'))) {
    let box = e.parentElement
    for (let up = 0; box && up < 7; up++, box = box.parentElement) {
      const label = [...box.querySelectorAll('label, [class*=label], dt, th, legend')].filter((l) => visible(l) && !l.contains(e) && !l.querySelector(controls)).map((l) => clean(l.innerText)).find(short)
      if (!label) continue
      if (!taken.has(box) && out.fields.length < 200) {
        taken.add(box)
        out.fields.push({ label, as: kind(e, box) })
      }
      break
    }
  }

  for (const b of shown.filter((e) => e.matches('button, [role=button], input[type=submit], input[type=button], a[class*=btn], [class*=button]'))) {
    const text = clean(b.innerText || b.value)
    if (short(text) && !out.buttons.includes(text) && out.buttons.length < 100) out.buttons.push(text)
  }
  return out
}
