// What a person can see of a document: elements in their order, open shadow roots included, their texts and places.
const sjt = {}

/** Full width made half width, marks and spaces dropped: so that 应用名称 * ： and 应用名称: are the same. */
sjt.plain = (text) => {
  const flat = String(text ?? '').normalize('NFKC').replace(/[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]/g, '')
  return flat.replace(/^[*•·、:]+|[*:?•·]+$/g, '')
}

/** All elements below a root in the order of the document; a shadow root comes before the host's own children. */
sjt.all = (root = document) => {
  const out = []
  const visit = (node) => {
    for (let el = node.firstElementChild; el; el = el.nextElementSibling) {
      if (el.localName === 'script' || el.localName === 'style' || el.localName === 'template') continue
      out.push(el)
      if (el.shadowRoot) visit(el.shadowRoot)
      visit(el)
    }
  }
  visit(root)
  return out
}

/** The parent as a person sees it: of a shadow root its host. */
sjt.parent = (el) => el.assignedSlot ?? el.parentElement ?? (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null)

sjt.inside = (el, box) => {
  for (let at = el; at; at = sjt.parent(at)) if (at === box) return true
  return false
}

/** Whether anything of an element is drawn; a control may be transparent, since kits lay their own picture over it. */
sjt.drawn = (el) => {
  if (el.getClientRects().length === 0) return false
  const style = getComputedStyle(el)
  return style.visibility === 'visible' && style.display !== 'none'
}

sjt.visible = (el) => {
  if (!sjt.drawn(el)) return false
  const r = el.getBoundingClientRect()
  if (r.width <= 1 || r.height <= 1) return false
  for (let at = el; at; at = sjt.parent(at)) if (Number(getComputedStyle(at).opacity) < 0.05) return false
  return true
}

/** The text of an element as far as it is drawn. */
sjt.text = (el, most = 400) => {
  let out = ''
  const visit = (node) => {
    for (const child of node.childNodes) {
      if (out.length > most) return
      if (child.nodeType === Node.TEXT_NODE) out += child.data
      else if (child.nodeType === Node.ELEMENT_NODE && !/^(script|style|template|svg)$/.test(child.localName) && sjt.drawn(child)) {
        if (child.shadowRoot) visit(child.shadowRoot)
        visit(child)
      }
    }
  }
  if (el.shadowRoot) visit(el.shadowRoot)
  visit(el)
  return out.replace(/\s+/g, ' ').trim()
}

/** Elements that hold text of their own, below a box, as they are drawn. */
sjt.leaves = (box) => {
  const held = (el) => [...el.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() !== '')
  return [box, ...sjt.all(box.shadowRoot ?? box), ...(box.shadowRoot ? sjt.all(box) : [])].filter((el) => held(el) && sjt.visible(el))
}

/** Elements of this document that were named in an answer, by number. */
sjt.kept = new Map()
sjt.names = new WeakMap()
sjt.keep = (el) => {
  let id = sjt.names.get(el)
  if (!id) {
    id = sjt.kept.size + 1
    sjt.names.set(el, id)
    sjt.kept.set(id, el)
  }
  return id
}
sjt.el = (id) => {
  const el = sjt.kept.get(id)
  return el?.isConnected ? el : null
}

/** Where this document's corner is in the page's viewport. */
sjt.corner = () => {
  let x = 0
  let y = 0
  for (let w = window; w !== w.parent; w = w.parent) {
    let frame = null
    try {
      frame = w.frameElement
    } catch {
      return { x, y } // a frame of another site
    }
    if (!frame) break
    const r = frame.getBoundingClientRect()
    x += r.left + frame.clientLeft
    y += r.top + frame.clientTop
  }
  return { x, y }
}

/** The deepest element at a place, through shadow roots. */
sjt.at = (x, y) => {
  let el = document.elementFromPoint(x, y)
  while (el?.shadowRoot) {
    const inner = el.shadowRoot.elementFromPoint(x, y)
    if (!inner || inner === el) break
    el = inner
  }
  return el
}

sjt.sleep = (ms) => new Promise((done) => setTimeout(done, ms))
