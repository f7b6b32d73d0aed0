// What a page shows for the draft of a recipe, when nobody has told us of its labels.

/** The texts and the controls of the page in their order; what is pressed or chosen, or stands in a control, is no text. */
function items() {
  const controls = fieldsIn(0, nodes.length, 'rows');
  const boxes = controls.map((c) => closest(c.el, isBox, 5) || c.el);
  const shows = (n) => {
    const el = n.parentElement;
    if (!bare(n.data) || norm(n.data).length > 40 || words.hints.some((w) => norm(n.data).toLowerCase().startsWith(w))) return false;
    return visible(n) && !isChoice(el) && !boxes.some((box) => within(box, n)) && !controls.some((c) => overlap(c.el, el));
  };
  const told = nodes.filter((n) => n.nodeType === 3 && shows(n)).map((n) => ({ at: pos.get(n), text: n, head: !!closest(n.parentElement, isColumnHead, 4) }));
  return [...told, ...controls.map((c) => ({ at: pos.get(c.el), control: c }))].sort((a, b) => a.at - b.at);
}

/** Whether an element is drawn as the box of a control, chosen values and all: it has an edge, and the mouse says so. */
const isBox = (a) => /^(pointer|text)$/.test(styleOf(a).cursor) && (styleOf(a).boxShadow !== 'none' || (styleOf(a).borderTopStyle !== 'none' && parseFloat(styleOf(a).borderTopWidth) > 0));

const isColumnHead = (a) => a.tagName === 'TH' || roleOf(a) === 'columnheader' || (a.tagName === 'TD' && a.closest('thead'));

/** Takes every text that stands right before a control for its label. */
function guessLabels() {
  const all = items();
  for (const [k, one] of all.entries()) if (one.text && all[k + 1]?.control && !closest(one.text.parentElement, isHeading, 3)) known.add(bare(one.text.data));
  cache = null;
}

/** Fields of repeated rows: before a button for one more row, the labels inside a row, and before them their own. */
function rowFields() {
  const found = [];
  for (let add = addButton(0, nodes.length); add; add = addButton(ends[pos.get(add)] + 1, nodes.length)) {
    const before = items().filter((one) => one.at < pos.get(add));
    const k = before.at(-1)?.control ? before.findLastIndex((one, n) => one.text && !one.head && before[n + 1]?.text) : -1;
    const cells = k < 0 ? [] : cellsOf(before.slice(k + 1));
    if (cells.length) found.push({ at: before[k].at, to: pos.get(add), label: shownLabel(before[k].text), cells });
  }
  return found;
}

/** The labels inside the rows: the headers above their controls, else the texts before them. */
function cellsOf(rows) {
  const controls = rows.filter((one) => one.control).map((one) => one.control);
  const heads = rows.filter((one) => one.head);
  const cells = heads.length ? heads.filter((one) => controls.some((c) => isAbove(one.text.parentElement, c.el))) : rows.filter((one, n) => one.text && rows[n + 1]?.control && writable(rows[n + 1].control));
  return [...new Set(cells.map((one) => shownLabel(one.text)))];
}

function isAbove(text, el) {
  const [r, b] = [rect(closest(text, isColumnHead, 4)), rect(el)];
  return b.top >= r.bottom - 4 && b.left + b.width / 2 >= r.left && b.left + b.width / 2 <= r.right;
}

/** A label as a person reads it, without the marks around it. */
const shownLabel = (n) => n.textContent.trim().replace(/[*＊：:?？ⓘ\s]+$|^[*＊•·\s]+/g, '');

/** The labelled fields the page shows. */
function labels() {
  look();
  return labelled([]);
}

/** The fields the page shows to who knows none of its labels. */
function draft() {
  look();
  const were = known;
  known = new Set(were);
  guessLabels();
  const all = labelled(rowFields());
  known = were;
  cache = null;
  return all;
}

function labelled(rows) {
  const headed = (node, at) => headingOf({ node, at })?.textContent.trim() || '';
  const out = rows.map((f) => ({ at: f.at, label: f.label, heading: headed(nodes[f.at], f.at), kind: 'rows', cells: f.cells, options: [] }));
  const bounds = survey().bounds;
  for (const at of bounds) {
    const n = nodes[at];
    if (bounds.some((b) => b < at && at <= ends[b]) || rows.some((f) => at < f.to && ends[at] >= f.at)) continue;
    const r = regionOf({ node: n, el: n.nodeType === 3 ? n.parentElement : n, text: bare(n.textContent), at }, '');
    if (r.controls.length) out.push({ at, label: shownLabel(n), heading: headed(n, at), cells: [], ...guess(r) });
  }
  return out.sort((a, b) => a.at - b.at);
}

/** How a field would be filled, by its controls. */
function guess(r) {
  const kinds = r.controls.map((c) => c.kind);
  const has = (k) => kinds.includes(k);
  if (has('file')) return { kind: 'files', options: [] };
  if (has('radio')) return { kind: 'choose', options: r.controls.filter((c) => c.kind === 'radio').map((c) => choiceText(c.el)) };
  if (has('switch')) return { kind: 'switch', options: [] };
  if (has('check')) return { kind: 'check', options: r.controls.filter((c) => c.kind === 'check').map((c) => choiceText(c.el)) };
  if (has('select')) {
    const el = r.controls.find((c) => c.kind === 'select').el;
    return { kind: el.multiple ? 'check' : 'choose', options: [...el.options].filter((o) => o.value !== '').map((o) => o.text.trim()) };
  }
  const hints = r.controls.map((c) => c.el.getAttribute('placeholder') || '').join(' ');
  if (/日期|date/i.test(hints) || r.controls.some((c) => c.el.getAttribute('type') === 'date')) return { kind: 'date', options: [] };
  return { kind: has('combo') ? 'choose' : 'text', options: [] };
}
