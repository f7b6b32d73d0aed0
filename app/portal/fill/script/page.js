// What is called from outside.

function begin(list, more, given) {
  Object.assign(words, given, { never: given.never.map((w) => norm(w).toLowerCase()).filter(Boolean) });
  asks = list.map((a, index) => ({ ...a, index, cells: a.cells.map((c) => c[0]), files: a.files || [], spelled: new Map(a.cells.flatMap((c) => c.map((t) => [bare(t), c[0]]))) }));
  known = new Set([...asks.flatMap((a) => [...a.texts, ...a.spelled.keys()]), ...more].map(bare).filter(Boolean));
  headings = new Set(asks.map((a) => a.heading).filter(Boolean).map(bare));
  cache = null;
  look();
  return survey().labels.length;
}

/** How many of the asks with these indices have their label on the page, and whether the page is still being drawn. */
function present(waited) {
  look();
  const s = survey();
  const there = new Set(s.labels.map((l) => l.text));
  const fields = controlsIn(0, nodes.length).length;
  return {
    asked: waited.filter((i) => asks[i].texts.some((t) => there.has(bare(t)))).length,
    fields: fields > 0,
    face: [location.href, s.labels.length, s.bounds.length, fields].join(' '),
    quiet: document.readyState === 'complete' ? Math.round(performance.now() - lastLoad()) : 0,
  };
}

function lastLoad() {
  const page = performance.getEntriesByType('navigation')[0];
  return Math.max(page?.loadEventEnd || 0, ...performance.getEntriesByType('resource').map((e) => e.responseEnd));
}

/**
 * The button that has one of the names as its text, how many there are of it, and whether those that are there are
 * disabled. Those that a dialog covers do not count beside its own.
 */
function button(names) {
  look();
  const wanted = names.map(norm);
  const list = nodes.filter((n) => n.nodeType === 1 && visible(n) && wanted.includes(norm(n.tagName === 'INPUT' ? n.value : n.textContent).replace(/[>›»→]+$/, '')) && n.tagName !== 'LABEL');
  const deep = list.filter((n) => !list.some((o) => o !== n && within(n, o)));
  const live = [...new Set(deep.map((n) => closest(n, pressable, 4) || n))].filter((n) => (pressable(n) || styleOf(n).cursor === 'pointer') && !namesOf(n).some(forbidden));
  const able = live.filter((n) => !disabled(n));
  const free = able.length > 1 ? able.filter(reachable) : able;
  return { ref: free.length === 1 ? ref(free[0]) : 0, many: free.length, off: live.length > able.length };
}

/** Everything on the page that says something against it, for a step that does not go on. */
function complaints() {
  look();
  const out = new Set();
  for (const n of nodes) {
    if (n.nodeType !== 3 || !visible(n) || norm(n.data).length < 2 || norm(n.data).length > 60) continue;
    const el = n.parentElement;
    if ((reddish(el) || closest(el, (a) => roleOf(a) === 'alert', 4)) && !closest(el, pressable, 3)) out.add(n.data.trim());
  }
  return [...out].slice(0, 8);
}

/** What tells one step of a form from another: the labels and headings the page shows, and its address. */
function faceOfStep() {
  look();
  const told = [...texts(headings).map((h) => h.el), ...nodes.filter((n) => n.nodeType === 1 && isHeading(n) && visible(n))];
  return [location.href, ...survey().bounds.map((b) => norm(nodes[b].textContent)), ...new Set(told.map((n) => norm(n.textContent)))].join('\n');
}

globalThis.__fill = {
  begin, present, describe: noting(describe), shown, setText, focus, choose, aim, still, bring, landed, blank, snapshot, opened, open, option, atLevel, searchBox,
  clearBox, unroll, picking, confirmIn, closed, forget, branch, gone, matrix: noting(matrix), calendar, button, complaints, step: faceOfStep, labels, draft, uploading,
  beginUpload, element: deref,
  restore, blur, pairs,
};
