// Finds the button with a text on the one row whose cell under a header holds a key, in the table that has all the given
// headers, and keeps it for place.js. Nothing is pressed here.
(headers, header, key, text) => {
  const plain = (s) => String(s || '').normalize('NFKC').replace(/[\s\u200b-\u200d\ufeff]/g, '').replace(/^[*:+•·]+|[*:+•·]+$/g, '').toLowerCase();
  const all = [];
  const walk = (root) => { for (const e of root.querySelectorAll('*')) { if (all.length > 60000) return; all.push(e); if (e.shadowRoot) walk(e.shadowRoot); } };
  walk(document);
  const box = (e) => e.getBoundingClientRect();
  const visible = (e) => { const b = box(e); return b.width > 0 && b.height > 0 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true }); };
  const up = (e) => e.parentElement || (e.getRootNode().host ?? null);
  const inside = (e, a) => { for (let n = e; n; n = up(n)) if (n === a) return true; return false; };
  const like = (e, tag, roles) => e.matches(tag) || roles.includes(e.getAttribute('role'));
  const heads = all.filter((e) => like(e, 'th', ['columnheader']) && visible(e));
  const of = (block, name) => heads.filter((h) => plain(h.textContent) === plain(name) && inside(h, block));
  const found = [];
  for (const cell of all.filter((e) => like(e, 'td', ['cell', 'gridcell']) && visible(e) && plain(e.textContent) === plain(key))) {
    let block = up(cell);
    while (block && !headers.every((h) => of(block, h).length)) block = up(block);
    const b = box(cell), x = b.left + b.width / 2;
    if (block && of(block, header).some((h) => box(h).left <= x && x <= box(h).right && box(h).top < b.bottom)) found.push({ cell, block });
  }
  const inner = found.filter((f) => !found.some((o) => o.block !== f.block && inside(o.block, f.block)));
  const lines = new Set(inner.map((f) => Math.round(box(f.cell).top / 2)));
  if (lines.size !== 1) return { state: lines.size ? 'many rows' : 'no row' };
  const { cell, block } = inner[0];
  const row = box(cell);
  const named = all.filter((e) => visible(e) && plain(e.textContent || e.value) === plain(text) && inside(e, block) && box(e).top + box(e).height / 2 > row.top && box(e).top + box(e).height / 2 < row.bottom);
  const press = (e) => { for (let n = e, i = 0; n && i < 4 && plain(n.textContent || n.value) === plain(text); n = up(n), i += 1) if (n.matches('button,a,summary,input') || ['button', 'link', 'menuitem'].includes(n.getAttribute('role'))) return n; return e; };
  const buttons = [...new Set(named.filter((e) => !named.some((o) => o !== e && inside(o, e))).map(press))];
  if (buttons.length !== 1) return { state: buttons.length ? 'many buttons' : 'no button' };
  const button = buttons[0];
  if (button.disabled || button.getAttribute('aria-disabled') === 'true') return { state: 'disabled' };
  if (button.form && /^(submit|image)$/.test(button.type)) return { state: 'submits' };
  (globalThis.sjt ||= { tables: [] }).control = button;
  return { state: 'ok', names: [button.textContent, button.value, button.title, button.getAttribute('aria-label')].map((n) => String(n || '').trim()).filter(Boolean) };
}
