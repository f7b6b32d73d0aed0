// Repeated rows: cells by the labels inside them, else by the headers of columns, else by what the empty inputs say.

/** A button for one more row among nodes from..to. */
function addButton(from, to) {
  for (let i = from; i < to && i < nodes.length; i += 1) {
    const el = nodes[i];
    if (el.nodeType !== 1 || !visible(el)) continue;
    const name = norm(el.tagName === 'INPUT' ? el.value : el.textContent).replace(/^[+＋]/, '');
    const like = pressable(el) || (name.length <= 10 && styleOf(el).cursor === 'pointer');
    if (like && name && name.length <= 14 && !isFinal(name) && words.add.some((w) => name.startsWith(w.replace(/^[+＋]/, '')))) return el;
  }
  return null;
}

/** The rows of a field: for each, the control of each cell; add: the button for one more. */
function matrix(i) {
  const found = locate(i);
  if (found.state !== 'one') return { state: found.state, seen: found.seen || [], rows: [], add: 0 };
  const r = found.region;
  const { cells, spelled } = found.ask;
  const held = (rows) => rows.flatMap((row) => cells.filter((c) => row[c])).length;
  let rows = [];
  for (const way of [byLabels, byColumns, byHints]) {
    const found = way(r, spelled);
    if (held(found) > held(rows)) rows = found;
    if (rows.length && rows.every((row) => cells.every((c) => row[c]))) break;
  }
  const add = addButton(r.from, r.to) || addButton(r.from, r.wide || r.to);
  return { state: 'one', seen: [], add: add ? ref(add) : 0, rows: rows.map((row) => cells.map((c) => (row[c] ? { ref: ref(row[c].el), kind: row[c].kind, value: row[c].el.value ?? displayed(row[c], r).join('') } : null))) };
}

const writable = (c) => /^(text|combo|select)$/.test(c.kind);

function byLabels(r, names) {
  const at = texts(new Set(names.keys()), r.from, r.to);
  const rows = [];
  at.forEach((l, n) => {
    const cell = names.get(l.text);
    const list = controlsIn(l.at + 1, at[n + 1]?.at ?? r.to).filter(writable);
    if (!list.length) return;
    if (!rows.length || rows[rows.length - 1][cell]) rows.push({});
    rows[rows.length - 1][cell] = list.length === 1 ? list[0] : nearest(l, list);
  });
  return rows;
}

/** Of several controls the only one in the smallest part around the label. */
function nearest(label, list) {
  const scope = scopeOf(label, list);
  const inner = list.filter((c) => scope && within(scope, c.el));
  return inner.length === 1 ? inner[0] : null;
}

function byColumns(r, names) {
  const heads = texts(new Set(names.keys()), r.from, r.to);
  const lines = [];
  for (const c of controlsIn(r.from, r.to).filter(writable)) {
    const b = rect(c.el);
    const mid = b.left + b.width / 2;
    const head = heads.find((h) => {
      const t = rect(closest(h.el, (a) => /^(TH|TD)$/.test(a.tagName) || roleOf(a) === 'columnheader', 5) || h.el);
      return t.left <= mid && mid <= t.right && t.bottom <= b.top + 4;
    });
    if (!head) continue;
    let line = lines.find((l) => Math.abs(l.y - b.top) < 12);
    if (!line) lines.push(line = { y: b.top, row: {} });
    line.row[names.get(head.text)] = c;
  }
  return lines.sort((a, b) => a.y - b.y).map((l) => l.row);
}

function byHints(r, names) {
  const rows = [];
  for (const c of controlsIn(r.from, r.to).filter(writable)) {
    const says = bare(`${c.el.getAttribute('aria-label') || ''} ${c.el.getAttribute('placeholder') || ''}`);
    const cell = names.get([...names.keys()].find((x) => says.includes(x)));
    if (!cell) continue;
    if (!rows.length || rows[rows.length - 1][cell]) rows.push({});
    rows[rows.length - 1][cell] = c;
  }
  return rows;
}

function rowTexts(found) {
  const cells = found.ask.cells;
  return matrix(found.ask.index).rows.map((row) => Object.fromEntries(cells.map((c, k) => [c, row[k]?.value ?? ''])));
}
