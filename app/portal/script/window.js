// Tells whether a table shows only a part of its rows, as one does that draws those in sight alone, and moves it: to its top,
// on by less than it shows, or (end) what it stands in to where the list ends. rows: whether there are rows that are not drawn; end: whether it stands at its end.
(mark, move) => {
  const table = (globalThis.sjt?.tables || [])[mark];
  if (!table || !table.isConnected) return { rows: false, end: true };
  const up = (el) => el.assignedSlot || el.parentElement || el.getRootNode().host || null;
  const scrolls = (el) => el.scrollHeight > el.clientHeight + 12 && el.clientHeight > 60 && /auto|scroll|hidden|overlay/.test(getComputedStyle(el).overflowY);
  const found = globalThis.sjt.rows || new Set(); // rows that neither are a table's nor say so
  const lines = (el) => [...el.querySelectorAll('tr,[role=row]'), ...[...found].filter((row) => el.contains(row))].filter((row) => row.isConnected && row.getBoundingClientRect().height > 4);
  const says = (el) => (el.innerText || '').replace(/\s/g, '').length; // what shows more than rows is no list of them
  let moved = false;
  if (move === 'end') {
    const around = [];
    for (let p = up(table); p; p = up(p)) around.push(p);
    // The header may be a table of its own, beside the part that scrolls.
    for (const el of around.slice(0, 4).reverse().find((p) => !/^(body|html)$/.test(p.localName))?.querySelectorAll('*') || []) if (scrolls(el) && lines(el).length && !around.includes(el)) around.push(el);
    for (const p of around) {
      const root = p === document.scrollingElement;
      if (p.scrollHeight <= p.clientHeight + 12 || (!root && !/auto|scroll|overlay/.test(getComputedStyle(p).overflowY))) continue;
      moved = true;
      if (p.scrollTop + p.clientHeight >= p.scrollHeight - 2) p.scrollTop -= 3; // at its end already: moved there again, it hears of it
      p.scrollTop = p.scrollHeight;
      p.dispatchEvent(new Event('scroll', { bubbles: root }));
    }
  }
  let list = null;
  for (let p = table, n = 0; p && n < 6 && !list && !/^(body|html)$/.test(p.localName); p = up(p), n += 1) {
    list = [p, ...p.querySelectorAll('*')].filter((el) => scrolls(el) && lines(el).length && says(el) - lines(el).filter((row) => !row.parentElement.closest('tr,[role=row]')).reduce((sum, row) => sum + says(row), 0) < 9).sort((a, b) => b.scrollHeight - a.scrollHeight)[0] || null;
  }
  if (!list) return { rows: false, end: true, moved };
  const drawn = new Map(lines(list).map((row) => [Math.round(row.getBoundingClientRect().top), row.getBoundingClientRect().height]));
  const high = [...drawn.values()].reduce((sum, h) => sum + h, 0);
  const rows = high < list.scrollHeight - 2 * Math.min(...drawn.values());
  if (rows && move && move !== 'end') {
    list.scrollTop = move === 'top' ? 0 : list.scrollTop + list.clientHeight * 0.8;
    list.dispatchEvent(new Event('scroll'));
  }
  return { rows, moved, end: list.scrollTop + list.clientHeight >= list.scrollHeight - 2 };
}
