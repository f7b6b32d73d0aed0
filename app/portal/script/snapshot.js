// Writes down the document as it is seen: a tree of [name, attributes, children] and texts, as JSON. What takes no place
// is left out, shadow roots stand where they are shown, and the tables are numbered so that they can be found again.
// The document itself is not changed.
(limit) => {
  const kept = ['colspan', 'rowspan', 'role', 'aria-hidden', 'aria-colindex', 'aria-rowindex', 'aria-rowcount', 'aria-colspan', 'aria-label', 'title', 'alt',
    'data-row-key', 'data-rowkey', 'rowkey', 'rowid', 'row-id', 'row-key', 'datagrid-row-index', 'type'];
  const left = new Set(['SCRIPT', 'STYLE', 'LINK', 'META', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'OBJECT', 'EMBED', 'AUDIO', 'VIDEO', 'CANVAS', 'DATALIST']);
  const sjt = globalThis.sjt = { tables: [], rows: new Set() };
  const box = (el) => el.getBoundingClientRect();
  // Rows that are no table's: elements close under a header without rows, of which every cell stands under its own header
  // to the pixel. Where anything else stands among them, they are none.
  const lists = new Set(), cells = new Set();
  const aligned = (el, heads) => el.childElementCount === heads.length && !el.closest('table,[role=row]') && box(el).height > 4
    && [...el.children].every((c, i) => Math.abs(box(c).left - box(heads[i]).left) < 3 && Math.abs(box(c).right - box(heads[i]).right) < 3);
  for (const table of document.querySelectorAll('table')) {
    const heads = [...table.querySelectorAll(':scope > thead th')].filter((th) => box(th).height > 0 && Math.abs(box(th).bottom - Math.max(...[...table.tHead.rows].map((r) => box(r).bottom))) < 3);
    if (heads.length < 3 || [...table.tBodies].some((b) => [...b.rows].some((r) => box(r).height > 4))) continue;
    for (let p = table.parentElement, n = 0; p && n < 3; p = p.parentElement, n += 1) {
      const first = [...p.querySelectorAll('*')].find((el) => el.childElementCount === heads.length && aligned(el, heads));
      if (!first) continue;
      const all = [...first.parentElement.children].filter((el) => box(el).height > 4);
      if (all.every((el) => aligned(el, heads))) {
        lists.add(first.parentElement);
        for (const row of all) { sjt.rows.add(row); for (const c of row.children) cells.add(c); }
      }
      break;
    }
  }
  let size = 0;
  let over = false;
  const attributes = (el, style) => {
    const out = {};
    const role = lists.has(el) ? 'table' : sjt.rows.has(el) ? 'row' : cells.has(el) ? 'cell' : '';
    for (const name of kept) if (el.hasAttribute(name)) out[name] = el.getAttribute(name).slice(0, 2000);
    if (role) out.role = role;
    if (el.tagName === 'A' && el.hasAttribute('href')) out.href = String(el.href).slice(0, 4000);
    if (el.tagName === 'TABLE' || /^(grid|table|treegrid)$/.test(el.getAttribute('role') || '')) out['data-sjt-mark'] = String(sjt.tables.push(el) - 1);
    if (style.visibility !== 'visible') out['data-sjt-faint'] = '';
    if (/^(inline-block|inline-flex|inline-grid)$/.test(style.display)) out['data-sjt-block'] = '';
    if (/^(TD|TH)$/.test(el.tagName)) { const b = el.getBoundingClientRect(); out['data-sjt-across'] = `${Math.round(b.left)} ${Math.round(b.right)}`; }
    if (el.tagName === 'INPUT' && el.type !== 'password') out.value = String(el.value).slice(0, 4000);
    if (el.tagName === 'OPTION' && el.selected) out.selected = '';
    return out;
  };
  const children = (el) => {
    if (el.tagName === 'TEXTAREA') return [el.value];
    if (el.tagName === 'SLOT') { const given = el.assignedNodes({ flatten: true }); if (given.length) return given; }
    return (el.shadowRoot || el).childNodes;
  };
  const write = (node, depth) => {
    if (over) return null;
    if (typeof node === 'string' || node.nodeType === 3) {
      const text = typeof node === 'string' ? node : node.data;
      size += text.length * 3 + 3;
      over = size > limit;
      return text;
    }
    if (node.nodeType !== 1 || left.has(node.tagName)) return null;
    const style = getComputedStyle(node);
    if (style.display === 'none' || (node.localName === 'tr' && style.display !== 'contents' && node.getBoundingClientRect().height < 1)) return null;
    if (depth > 400) { over = true; return null; }
    size += 40;
    const inside = [];
    if (node.localName !== 'svg') {
      for (const c of children(node)) {
        const w = write(c, depth + 1);
        if (w !== null) inside.push(w);
      }
    }
    return [node.localName === 'svg' ? 'span' : node.localName, attributes(node, style), inside];
  };
  let unseen = false;
  try { unseen = !!window.frameElement && !window.frameElement.checkVisibility(); } catch { unseen = false; }
  const tree = document.body && !unseen ? write(document.body, 0) : null;
  return JSON.stringify({ over, url: location.href, tree });
}
