// Says whether rows of a table are still on their way: something announces it, or lies over the table.
(mark, words) => {
  const table = (globalThis.sjt?.tables || [])[mark];
  if (!table || !table.isConnected) return true;
  const own = table.getBoundingClientRect();
  const over = (el) => { const b = el.getBoundingClientRect(); return b.width > 0 && b.height > 0 && b.left < own.right + 1 && b.right > own.left - 1 && b.top < own.bottom + 400 && b.bottom > own.top - 1; };
  const shown = (el) => { const s = getComputedStyle(el); return s.display !== 'none' && s.visibility === 'visible' && Number(s.opacity) > 0.05; };
  for (const el of document.querySelectorAll('[aria-busy=true]')) if (shown(el) && over(el)) return true;
  for (const el of document.querySelectorAll('div,span,svg,i')) {
    const name = typeof el.className === 'string' ? el.className.toLowerCase() : '';
    if (!name || el.contains(table) || table.contains(el) || !words.loading.some((w) => name.includes(w))) continue;
    const b = el.getBoundingClientRect();
    const s = getComputedStyle(el);
    if (shown(el) && over(el) && (s.position === 'absolute' || s.position === 'fixed') && b.width * b.height >= own.width * 20) return true;
  }
  const texts = new Set(words.loading_texts.map((w) => w.toLowerCase()));
  for (const el of [...table.querySelectorAll('td,div'), ...(table.parentElement?.querySelectorAll('div,p,span') || [])]) {
    if ((el.textContent || '').length < 30 && texts.has(el.textContent.replace(/[\s.。…]+/g, '').toLowerCase()) && shown(el) && over(el)) return true;
  }
  return false;
}
