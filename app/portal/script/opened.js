// Returns the text of what has become visible since place.js looked: a layer, without the words of its buttons.
(title) => {
  const seen = globalThis.sjtSeen;
  if (!seen) return '';
  const plain = (s) => String(s || '').replace(/\s/g, '');
  const visible = (e) => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0 && e.checkVisibility({ visibilityProperty: true }); };
  let best = '';
  const walk = (root) => {
    for (const e of root.children || []) {
      if (/^(SCRIPT|STYLE|TEMPLATE)$/.test(e.tagName) || !e.checkVisibility()) continue;
      if (seen.has(e) || !visible(e)) { walk(e); if (e.shadowRoot) walk(e.shadowRoot); continue; }
      const words = new Set([...e.querySelectorAll('button,a,[role=button]')].map((b) => plain(b.innerText)));
      words.add(plain(title));
      const values = [...e.querySelectorAll('textarea')].map((t) => t.value);
      const text = [...String(e.innerText || '').split('\n'), ...values].map((l) => l.trimEnd()).filter((l) => l && !words.has(plain(l))).join('\n');
      if (text.length > best.length) best = text;
    }
  };
  walk(document.body);
  return best.slice(0, 262144);
}
