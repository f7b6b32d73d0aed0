// Tells which of the given texts stand visibly on this document, as the whole text of an element or all of its own. Shadow roots that are
// open are looked into. What is looked at is bounded.
(texts) => {
  const plain = (s) => s.normalize('NFKC').replace(/[\s\u200b-\u200d\ufeff]/g, '').replace(/^[*:+•·]+|[*:+•·]+$/g, '').toLowerCase()
  const wanted = new Map(texts.map((t) => [plain(t), t]))
  const longest = Math.max(0, ...texts.map((t) => t.length)) * 2 + 40
  const found = new Set()
  let left = 60000
  const visible = (e) => {
    const box = e.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && getComputedStyle(e).visibility === 'visible'
  }
  const walk = (root) => {
    for (const e of root.querySelectorAll('*')) {
      if (left-- <= 0 || found.size === wanted.size) return
      if (e.shadowRoot) walk(e.shadowRoot)
      if (e.childElementCount > 8) continue
      const text = String(e.textContent || e.value || '')
      if (text.length > longest) continue
      const own = e.childElementCount ? [...e.childNodes].map((n) => (n.nodeType === 3 ? n.nodeValue : '')).join('') : text
      const hit = wanted.get(plain(text)) ?? wanted.get(plain(own)) // beside a label there may be a sign for help
      if (hit !== undefined && visible(e)) found.add(hit)
    }
  }
  walk(document)
  return [...found]
}
