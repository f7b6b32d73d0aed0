// The files of a field. Their names are all a page shows of them, and a hint or the link to a template shows such names too:
// a name counts where it came after we chose, or stands as only an entry of a list does.

/** Says of every name of a file beside a field whether it surely is an entry: "模板：申请表.docx" is none. */
function fileSpots(r, wanted) {
  const out = [];
  for (let i = r.from; i < r.to; i += 1) {
    const n = nodes[i];
    if (n.nodeType !== 3 || !visible(n)) continue;
    const names = filesIn(n.data, wanted);
    if (!names.length) continue;
    const sure = removable(n, r) || (plainly(n.data, names) && !names.some(ofKinds) && !linked(n.parentElement) && !partOfText(i, r, wanted));
    out.push(...names.map((name) => ({ name, sure })));
  }
  return out;
}

const filesIn = (text, wanted) => text.split(/[、,，;；]/).flatMap((t) => fileIn(t.trim(), wanted));

/** The file a text names: one we look for, whatever else it says of it, or one that it ends with. */
function fileIn(text, wanted) {
  const ours = wanted.filter((name) => text.includes(name) && !/[\w.\u4e00-\u9fff-]/.test(text[text.indexOf(name) - 1] || ' ') && !/[\w.-]/.test(text[text.indexOf(name) + name.length] || ' '));
  if (ours.length) return ours;
  const other = /[\p{L}\p{N}][)）\]】]*\.(?=\d*[A-Za-z])[A-Za-z0-9]{1,6}$/u.test(text) && !/^[\d.,]+ *[KMGT]?i?B$/i.test(text);
  return other ? [text.split(/[:：/\\]/).pop().trim()] : [];
}

/** Whether a text says nothing but names, sizes, times and that they are there. */
function plainly(text, names) {
  let rest = text;
  for (const name of names) rest = rest.replaceAll(name, ' ');
  rest = norm(rest).toLowerCase().replace(/\d+([.:/-]\d+)*([kmgt]?i?b|[kmgt])?/g, '');
  for (const word of words.listed) rest = rest.replaceAll(word, '');
  return !/\p{L}/u.test(rest);
}

/** Whether what looks like a name says which files may be chosen: "仅支持.pdf". */
const ofKinds = (name) => words.kinds.some((w) => name.includes(w)) && !asks.some((a) => a.files.includes(name));

/** Whether a click on a name does something, as on the link to a template. */
const linked = (el) => !!closest(el, (a) => pressable(a), 4) || styleOf(el).cursor === 'pointer';

/** Whether a name is a part of what is said around it, or of what leads to it with a colon. */
function partOfText(i, r, wanted) {
  const texts = [];
  for (const step of [-1, 1]) {
    let k = i + step;
    while (k >= r.from && k < r.to && !(nodes[k].nodeType === 3 && visible(nodes[k]))) k += step;
    const n = k >= r.from && k < r.to ? nodes[k] : null;
    if (n && (within(n.parentElement, nodes[i]) || (step < 0 && /[:：]\s*$/.test(n.data)))) texts.push(n.data);
  }
  return texts.some((t) => !plainly(t, filesIn(t, wanted)));
}

/** Whether something beside a name takes the file away again, though it may show only under the mouse. */
function removable(n, r) {
  const names = (a) => nodes.slice(pos.get(a), ends[pos.get(a)] + 1).filter((x) => x.nodeType === 3 && filesIn(x.data, []).length).length;
  let item = null;
  for (let a = n.parentElement, k = 0; a && k < 5; a = up(a), k += 1) {
    if (within(a, r.label.node) || r.controls.some((c) => within(a, c.el)) || names(a) > 1) break;
    item = a;
  }
  return !!item && [...item.querySelectorAll('*')].some((a) => (pressable(a) || styleOf(a).cursor === 'pointer') && removes(a));
}

const removes = (el) => [el.textContent, el.getAttribute('aria-label'), el.getAttribute('title')].some((t) => {
  const said = norm(t).toLowerCase();
  return said && said.length < 24 && words.remove.some((w) => (w.length > 1 ? said.includes(w) : said === w)) && !fileIn(said, []).length;
});

const begun = new Map(); // by field: when files were chosen, the texts beside it before, and how often each name stood there

const count = (list) => list.reduce((all, x) => all.set(x, (all.get(x) || 0) + 1), new Map());

/** The files a field has, by name. */
function filesOf(ask, r) {
  const spots = fileSpots(r, ask.files);
  const before = begun.get(nameOf(ask))?.names;
  const sure = count(spots.filter((s) => s.sure).map((s) => s.name));
  const out = [];
  for (const [name, times] of count(spots.map((s) => s.name))) {
    const here = Math.max(sure.get(name) || 0, before ? times - (before.get(name) || 0) : 0);
    for (let n = 0; n < here; n += 1) out.push(name);
  }
  if (!out.length) for (const c of r.controls) if (c.kind === 'file' && visible(c.el)) for (const f of c.el.files) out.push(f.name);
  return out;
}

const answered = () => performance.getEntriesByType('resource').filter((e) => /xmlhttprequest|fetch/.test(e.initiatorType));

/** Whether a bar of progress has not begun: a page that sends its files later may draw it all the while. */
const unbegun = (bar) => Number(bar.getAttribute('aria-valuenow') ?? NaN) === Number(bar.getAttribute('aria-valuemin') ?? 0);

/** What is known of the files of a field: names shown, whether something is going on or may yet begin, what failed. */
function uploading(i) {
  const found = locate(i);
  if (found.state !== 'one') return { names: [], busy: false, waits: false, failed: '', answer: '' };
  const r = found.region;
  const { at, said } = begun.get(nameOf(found.ask)) || { at: performance.now(), said: new Set() };
  let busy = false;
  let waits = false;
  let failed = '';
  for (let n = r.from; n < r.to; n += 1) {
    const el = nodes[n];
    if (el.nodeType === 1 && roleOf(el) === 'progressbar' && visible(el)) unbegun(el) ? waits = true : busy = true;
    if (el.nodeType !== 3 || !visible(el) || said.has(el.data)) continue;
    const t = norm(el.data).toLowerCase();
    if (words.busy.some((w) => t.includes(w)) || /(^|[^\d.])\d{1,2}(\.\d+)?%$/.test(el.data.trim())) busy = true;
    if (words.failed.some((w) => t.includes(w)) && !/\.[a-z0-9]{1,6}$/.test(t)) failed = el.data.trim();
  }
  const bad = answered().find((e) => e.startTime > at && e.responseStatus >= 400);
  return { names: filesOf(found.ask, r), busy, waits, failed: failed || complaint(found.ask, r), answer: bad ? `服务器回答 ${bad.responseStatus}` : '' };
}

function beginUpload(i) {
  const { region: r, ask } = locate(i);
  begun.set(nameOf(ask), {
    at: performance.now(),
    names: count(r ? fileSpots(r, ask.files).map((s) => s.name) : []),
    said: new Set(r ? nodes.slice(r.from, r.to).filter((n) => n.nodeType === 3 && visible(n)).map((n) => n.data) : []),
  });
}
