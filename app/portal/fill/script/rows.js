// Repeated rows: cells by the labels inside them, else by the headers of columns, else by what the empty inputs say.

/** The text of a button for one more row, without the plus sign before or behind it. */
const addName = (text) => norm(text).toLowerCase().replace(/^[+＋]|[+＋]$/g, '');

const adds = (name) => words.add.map(addName).some((w) => (words.whole ? name === w : name.startsWith(w)));

/** A button for one more row among nodes from..to. */
function addButton(from, to) {
  for (let i = from; i < to && i < nodes.length; i += 1) {
    const el = nodes[i];
    if (el.nodeType !== 1 || !visible(el)) continue;
    const name = addName(el.tagName === 'INPUT' ? el.value : el.textContent);
    const like = pressable(el) || (name.length <= 10 && styleOf(el).cursor === 'pointer');
    if (like && name && name.length <= 14 && adds(name) && !forbidden(name)) return el;
  }
  return null;
}

/** Where the part of a field of rows ends, behind at: at the next heading, or label that looks like its own. */
function partEnd(label, at, to) {
  const own = signature(label.el);
  for (let i = at + 1; i < to; i += 1) {
    const el = nodes[i];
    if (el.nodeType === 1 && norm(el.textContent) && !within(el, label.node) && (isHeading(el) || signature(el) === own) && visible(el)) return i;
  }
  return to;
}

/** The rows of a field: for each, the control of each cell; add: the button for one more. */
function matrix(i) {
  const found = locate(i);
  if (found.state !== 'one') return { state: found.state, seen: found.seen || [], rows: [], add: 0 };
  const r = found.region;
  const { cells, spelled } = found.ask;
  const ways = [byLabels, byColumns, byHints].map((way) => way(r, spelled)).sort((a, b) => full(b) - full(a));
  const rows = ways[0];
  for (const other of ways.slice(1)) if (other.length === rows.length) rows.forEach((row, k) => complete(row, other[k]));
  const last = Math.max(r.from, ...rows.flatMap((row) => Object.values(row).filter(Boolean).map((c) => pos.get(c.el))));
  const add = addButton(r.from, partEnd(r.label, last, r.wide || r.to));
  return { state: 'one', seen: [], add: add ? ref(add) : 0, rows: rows.map((row) => cells.map((c) => (row[c] ? cellOf(row[c], r) : null))) };
}

const full = (rows) => rows.reduce((sum, row) => sum + Object.values(row).filter(Boolean).length, 0);

/** Adds to a row the cells that another way found of it. */
function complete(row, other) {
  const taken = Object.values(row).filter(Boolean).map((c) => c.el);
  for (const [cell, c] of Object.entries(other)) if (!row[cell] && c && !taken.includes(c.el)) row[cell] = c;
}

function cellOf(c, r) {
  const opens = c.kind === 'combo';
  return { ref: ref(c.el), kind: c.kind, box: ref(boxOf(c, r)), realm: ref(realmOf(c, r)), readonly: !!c.el.readOnly, disabled: disabled(c.el),
    value: (opens ? displayed(c, r).join('') : c.el.value) ?? displayed(c, r).join('') };
}

const writable = (c) => /^(text|combo|select)$/.test(c.kind);

function byLabels(r, names) {
  const at = texts(new Set(names.keys()), r.from, r.to);
  const rows = [];
  at.forEach((l, n) => {
    const cell = names.get(l.text);
    const list = fieldsIn(l.at + 1, at[n + 1]?.at ?? r.to, 'rows').filter(writable);
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
  for (const c of fieldsIn(r.from, r.to, 'rows').filter(writable)) {
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

const hinted = new WeakMap(); // the hint of a cell that shows it no more, or says what it holds by now

function hintOf(c, r) {
  const said = hinted.get(c.el) || c.el.getAttribute('aria-label') || c.el.getAttribute('placeholder') || (c.kind === 'combo' ? c.el.textContent || textsIn(c, r).join('') : '');
  hinted.set(c.el, said);
  return bare(said);
}

function byHints(r, names) {
  const rows = [];
  for (const c of fieldsIn(r.from, r.to, 'rows').filter(writable)) {
    const says = hintOf(c, r);
    const cell = names.get([...names.keys()].find((x) => says === x) ?? [...names.keys()].find((x) => says.includes(x)));
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
