// Fields by their labels. A label bounds the field before it, whether we were told of it or it only looks like one.
const choosing = /^(radio|checkbox|option|menuitem|treeitem|tab|button|switch|combobox|listbox|link|gridcell)$/;

let asks = [];
let known = new Set();
let headings = new Set();

/** Whether a text stands inside something that is chosen or pressed, and so is no label. */
function isChoice(el) {
  const tag = closest(el, (a) => a.tagName === 'LABEL', 4);
  return !!closest(el, (a) => {
    if (/^(BUTTON|A|OPTION|TEXTAREA)$/.test(a.tagName)) return true;
    if (roleOf(a) === 'combobox' && tag && a !== tag && a.contains(tag)) return false; // its own label stands in it
    if (choosing.test(roleOf(a))) return true;
    return a.tagName === 'LABEL' && !!a.querySelector('input[type=radio],input[type=checkbox]');
  }, 7) || !!(closest(el, (a) => a.tagName === 'LABEL', 4)?.control?.type || '').match(/^(radio|checkbox)$/) && !leads(el);
}

/** Whether a text is the heading of a part of the page that it folds away. */
const folds = (el) => !!closest(el, (a) => a.hasAttribute('aria-expanded') && !a.hasAttribute('aria-haspopup') && pressable(a), 4);

/** Whether the label of a single checkbox stands before it: then it is the label of a field. */
function leads(el) {
  const label = closest(el, (a) => a.tagName === 'LABEL', 4);
  const at = label.control;
  return !label.contains(at) && !!(label.compareDocumentPosition(at) & 4) && label.parentElement !== at.parentElement;
}

/** Elements and lone texts whose whole text is one of wanted (a Set of bare texts), the deepest only, in order. */
function texts(wanted, from = 0, to = nodes.length) {
  const out = [];
  for (let i = from; i < to; i += 1) {
    const n = nodes[i];
    const raw = n.nodeType === 3 ? n.data : n.textContent;
    if (!raw || raw.length > 200) continue;
    let t = bare(raw);
    if (!wanted.has(t) && n.nodeType === 1 && t.length < 80 && n.children.length) t = bare(n.innerText);
    if (!wanted.has(t) || !visible(n)) continue;
    const el = n.nodeType === 3 ? n.parentElement : n;
    if (!el || isChoice(el) && !(wanted === headings && folds(el))) continue;
    const last = out[out.length - 1];
    if (last && last.text === t && within(last.node, n)) {
      if (n.nodeType === 3) continue;
      out.pop();
    }
    out.push({ node: n, el, text: t, at: i });
  }
  return out;
}

/** What elements have in common that mean the same in one document. Where no class tells, what is around them does. */
function signature(el) {
  const outer = up(el);
  const known = el.getAttribute('class') || outer?.getAttribute('class');
  return [el, outer, ...(known ? [] : [up(outer || el), el.previousElementSibling, el.nextElementSibling])]
    .map((a) => (a ? a.tagName + ' ' + (a.getAttribute('class') || '') : '')).join('|') + ref(el.ownerDocument);
}

/** Positions of everything that bounds a field, sorted: labels we know, and what looks like them. */
function boundsFor(labels) {
  const like = new Set(labels.filter((l) => controlsIn(l.at + 1, l.at + 2).length === 0).map((l) => signature(l.el)));
  const at = new Set(labels.map((l) => l.at));
  for (let i = 0; i < nodes.length; i += 1) {
    const el = nodes[i];
    if (el.nodeType === 1 && !at.has(i) && looksLikeLabel(el, i, like)) at.add(i);
  }
  return [...at].sort((a, b) => a - b);
}

function looksLikeLabel(el, i, like) {
  const raw = el.textContent;
  if (!raw || raw.length > 60 || !norm(raw)) return false;
  const plain = () => visible(el) && !isChoice(el);
  if (el.tagName === 'LABEL' || el.tagName === 'DT' || el.tagName === 'TH') return plain() && (el.tagName !== 'LABEL' || !checkable(el));
  if (like.has(signature(el))) return plain() && controlsIn(i, ends[i] + 1).length === 0 && bare(raw).length > 0;
  if (el.children.length === 0 && /^[*＊]\s*\S|\S\s*[：:]$/.test(raw.trim()) && raw.trim().length < 24) return plain();
  return false;
}

const checkable = (label) => /^(radio|checkbox)$/.test(label.control?.type || '') && !leads(label);

/** Where the field of a label ends, at the latest. */
const boundAfter = (bounds, label) => bounds.find((b) => b > label.at && !(within(label.el, nodes[b]) && label.node.nodeType === 1)) ?? nodes.length;

/** The smallest part of the page around a label that holds one of the controls. */
function scopeOf(label, controls) {
  for (let a = label.node.nodeType === 3 ? label.el : label.node; a; a = up(a)) if (controls.some((c) => within(a, c.el))) return a;
  return null;
}

let cache = null;

/** All labels we know, with what bounds them, as of this look. */
function survey() {
  if (cache && cache.nodes === nodes) return cache;
  const labels = texts(known);
  const cells = new Set(asks.flatMap((a) => [...a.spelled.keys()]));
  cache = { nodes, labels, bounds: boundsFor(labels), outer: labels.filter((l) => !cells.has(l.text)).map((l) => l.at) };
  return cache;
}

/** Where the part of a label that is a heading ends, before to at the latest: at the next heading that is no lower. */
function sectionEnd(label, to) {
  const own = closest(label.el, isHeading, 4);
  const level = (h) => Number(h.getAttribute('aria-level') || /^H(\d)$/.exec(h.tagName)?.[1] || 7);
  if (!own) return to;
  const next = nodes.findIndex((n, i) => i > label.at && i < to && n.nodeType === 1 && isHeading(n) && level(n) <= level(own) && norm(n.textContent) && visible(n) && !within(n, label.node));
  return next < 0 ? to : next;
}

/** What belongs to a label: from, to, scope, controls. */
function regionOf(label, kind) {
  const rows = kind === 'rows';
  const s = survey();
  const to = rows ? sectionEnd(label, boundAfter(s.outer, label)) : boundAfter(s.bounds, label);
  let controls = fieldsIn(label.at + 1, to, kind);
  const add = rows ? addButton(label.at + 1, partEnd(label, label.at, to)) : null;
  const scope = scopeOf(label, add ? [...controls, { el: add }] : controls);
  if (!scope) return { label, from: label.at + 1, to, scope: null, controls: [] };
  const end = Math.min(to, ends[pos.get(scope)] + 1);
  controls = controls.filter((c) => within(scope, c.el));
  return { label, from: label.at + 1, to: end, wide: to, scope, controls: kind === 'path' ? controls : pointed(label, controls) };
}

/** Of several controls, the one that the label's "for" names; a control above its label is none of it. */
function pointed(label, controls) {
  const tag = closest(label.el, (a) => a.tagName === 'LABEL', 4);
  const target = tag?.htmlFor && tag.getRootNode().getElementById?.(tag.htmlFor);
  const named = target && controls.filter((c) => c.el === target || c.input === target || within(target, c.el));
  if (named?.length === 1 && /^(text|combo|select)$/.test(named[0].kind) && controls.some((c) => c !== named[0] && /^(text|combo|select)$/.test(c.kind))) return named;
  const r = rect(label.el);
  return controls.filter((c) => c.kind === 'file' || /^(radio|check)$/.test(c.kind) || rect(c.el).bottom > r.top - 4);
}

const isHeading = (el) => /^(H[1-6]|LEGEND|CAPTION)$/.test(el.tagName) || roleOf(el) === 'heading';

/** The heading a label stands under: the last before it that is, or looks like, one of the headings we know. */
function headingOf(label) {
  const found = texts(headings);
  const like = new Set(found.map((h) => signature(h.el)));
  let best = null;
  for (let i = 0; i < label.at; i += 1) {
    const el = nodes[i];
    if (el.nodeType !== 1) continue;
    const is = isHeading(el) || like.has(signature(el)) || found.some((h) => h.el === el);
    if (is && norm(el.textContent) && el.textContent.length < 60 && visible(el) && !within(el, label.node)) best = el;
  }
  return best;
}

/** Whether a click on an element would reach it, once it is scrolled to. */
function reachable(el) {
  if (!openTo(el)) el.scrollIntoView({ block: 'center', behavior: 'instant' });
  return openTo(el);
}

function openTo(el) {
  const r = rect(el);
  const hit = hitAt(r.left + r.width / 2, r.top + r.height / 2);
  return !!hit && (inside(hit, el) || inside(el, hit));
}

/** What a control says of itself, where no label stands beside it: its name for screen readers, its hint, its tip. */
function ownNames(el) {
  return ['aria-label', 'placeholder', 'title'].map((name) => bare(el.getAttribute(name)?.replace(/^请(输入|填写|选择|搜索)/, ''))).filter(Boolean);
}

/** The fields without a label whose control says itself what it is. */
function unlabelled(wanted, ask) {
  const all = controlsIn(0, nodes.length);
  return all.filter((c) => /^(text|combo|select)$/.test(c.kind) && ownNames(c.el).some((name) => wanted.has(name))).map((c) => {
    const label = { el: c.el, at: pos.get(c.el), text: '' };
    const scope = realmOf(c, { controls: all, label });
    return { label, from: pos.get(scope), to: ends[pos.get(scope)] + 1, scope, controls: [c] };
  }).filter((r) => !ask.heading || bare(headingOf(r.label)?.textContent) === bare(ask.heading));
}

/** Finds the field of an ask: {state: one, none, several, bare, moved}. A label under another heading is another field. */
function locate(i) {
  look();
  const ask = asks[i];
  const wanted = new Set(ask.texts.map(bare));
  const rows = ask.kind === 'rows';
  const all = survey().labels.filter((l) => wanted.has(l.text));
  const holds = (found) => found.map((l) => regionOf(l, ask.kind)).filter((r) => r.controls.length || (rows && r.scope));
  const under = ask.heading ? all.filter((l) => bare(headingOf(l)?.textContent) === bare(ask.heading)) : all;
  let regions = holds(under);
  if (!all.length) regions = unlabelled(wanted, ask);
  if (regions.length > 1) {
    const open = regions.filter((r) => reachable(r.label.el));
    if (open.length) regions = open;
  }
  if (regions.length > 1) regions = regions.filter((r) => !regions.some((o) => o !== r && o.controls.length === r.controls.length && o.controls.every((c, k) => c.el === r.controls[k].el) && o.label.at > r.label.at));
  if (regions.length === 1) return { state: 'one', region: regions[0], ask };
  const seen = regions.map((r) => headingOf(r.label)?.textContent.trim() || '');
  const moved = !under.length && holds(all).length > 0;
  return { state: regions.length ? 'several' : moved ? 'moved' : all.length ? 'bare' : 'none', seen, ask };
}
