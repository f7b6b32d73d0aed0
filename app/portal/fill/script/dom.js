// The page as one sequence: frames of the same origin and open shadow roots stand where a person sees them.
const refs = new Map();
const ids = new WeakMap();
let lastRef = 0;

function ref(el) {
  let id = ids.get(el);
  if (!id) {
    lastRef += 1;
    id = lastRef;
    ids.set(el, id);
    refs.set(id, new WeakRef(el));
  }
  return id;
}

function deref(id) {
  const el = refs.get(id)?.deref();
  return el && el.isConnected ? el : null;
}

const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Waits until look() gives something, and gives it; after ms it gives what look() last gave. */
async function until(look, ms) {
  const end = Date.now() + ms;
  for (;;) {
    const got = look();
    if (got || Date.now() >= end) return got;
    await sleep(40);
  }
}

/** The parent as a person sees it, through shadow roots and frames. */
function up(n) {
  if (n.assignedSlot) return n.assignedSlot;
  const p = n.parentNode;
  if (p && p.nodeType === 1) return p;
  if (p && p.host) return p.host;
  try {
    return n.ownerDocument.defaultView?.frameElement || null;
  } catch {
    return null;
  }
}

const leaves = /^(SELECT|SVG|OBJECT|VIDEO|AUDIO|CANVAS|TEXTAREA)$/i;
const silent = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|HEAD)$/i;

let nodes = [];
let pos = new Map();
let ends = [];

function collect(n, into) {
  if (n.nodeType === 3) {
    if (n.data.trim()) {
      pos.set(n, into.length);
      ends.push(into.length);
      into.push(n);
    }
    return;
  }
  if (n.nodeType !== 1 || silent.test(n.tagName)) return;
  const at = into.length;
  pos.set(n, at);
  into.push(n);
  ends.push(at);
  if (!leaves.test(n.tagName)) for (const child of childrenOf(n)) collect(child, into);
  ends[at] = into.length - 1;
}

function childrenOf(n) {
  if (n.tagName === 'IFRAME' || n.tagName === 'FRAME') {
    const inner = innerDocument(n);
    return inner?.body ? [inner.body] : [];
  }
  if (n.shadowRoot) return n.shadowRoot.childNodes;
  if (n.tagName === 'SLOT' && n.assignedNodes().length) return n.assignedNodes({ flatten: true });
  return n.childNodes;
}

function innerDocument(frame) {
  try {
    const inner = frame.contentDocument;
    if (inner) listen(inner);
    return inner;
  } catch {
    return null;
  }
}

/** Looks at the whole page anew. */
function look() {
  nodes = [];
  pos = new Map();
  ends = [];
  rects = new WeakMap();
  listen(document);
  if (document.body) collect(document.body, nodes);
}

/** Whether a contains n, or is n, as of the last look. */
function within(a, n) {
  const i = pos.get(a);
  const j = pos.get(n);
  return i !== undefined && j !== undefined && i <= j && j <= ends[i];
}

/** The same without a look. */
function inside(n, a) {
  for (let at = n; at; at = up(at)) if (at === a) return true;
  return false;
}

const styleOf = (el) => el.ownerDocument.defaultView.getComputedStyle(el);

/** Where a frame's document stands in the page: its origin, and how many pixels of the page one of its own is. */
function placeOf(win) {
  let frame = null;
  try {
    frame = win.frameElement;
  } catch {
    return { x: 0, y: 0, k: 1 };
  }
  if (!frame) return { x: 0, y: 0, k: 1 };
  const outer = placeOf(frame.ownerDocument.defaultView);
  const r = frame.getBoundingClientRect();
  const s = styleOf(frame);
  const k = frame.offsetWidth ? r.width / frame.offsetWidth : 1;
  const x = r.left + (frame.clientLeft + parseFloat(s.paddingLeft || 0)) * k;
  const y = r.top + (frame.clientTop + parseFloat(s.paddingTop || 0)) * k;
  const wide = (frame.clientWidth - parseFloat(s.paddingLeft || 0) - parseFloat(s.paddingRight || 0)) * k;
  const scale = win.innerWidth ? wide / win.innerWidth : 1;
  return { x: outer.x + x * outer.k, y: outer.y + y * outer.k, k: outer.k * (scale || 1) };
}

let rects = new WeakMap();

/** The rectangle of an element in the page's viewport. */
function rect(el) {
  const r = el.getBoundingClientRect();
  const win = el.ownerDocument.defaultView;
  if (!win || win === window) return r;
  const at = placeOf(win);
  return new DOMRect(at.x + r.left * at.k, at.y + r.top * at.k, r.width * at.k, r.height * at.k);
}

/** The deepest element a click at a point of the page would hit. */
function hitAt(x, y) {
  let root = document;
  let el = null;
  for (let depth = 0; depth < 30; depth += 1) {
    const at = placeOf((root.ownerDocument || root).defaultView);
    const found = root.elementFromPoint((x - at.x) / at.k, (y - at.y) / at.k);
    if (!found || found === el) return el;
    el = found;
    if (el.shadowRoot) root = el.shadowRoot;
    else if (/^I?FRAME$/.test(el.tagName) && innerDocument(el)) root = el.contentDocument;
    else return el;
  }
  return el;
}

/** Whether an element takes up room that is not cut away, wherever the page is scrolled to. */
function visible(el) {
  if (el.nodeType === 3) return visible(el.parentElement || up(el));
  const known = rects.get(el);
  if (known !== undefined) return known;
  const now = seen(el);
  rects.set(el, now);
  return now;
}

function seen(el) {
  const r = el.getBoundingClientRect();
  if (r.width < 1 || r.height < 1 || r.right < -2000 || r.bottom < -9000) return false;
  if (styleOf(el).visibility !== 'visible') return false;
  for (let a = up(el), n = 0; a && n < 12; a = up(a), n += 1) {
    const b = a.getBoundingClientRect();
    const dot = b.width < 2 && b.height < 2; // what is there for screen readers alone
    if ((dot || b.width < 1 || b.height < 1) && /hidden|clip|auto|scroll/.test(styleOf(a).overflow)) return escapes(el, a);
  }
  return true;
}

/** Whether an element is in something fixed to the window, which what is around it does not cut away. */
function escapes(el, from) {
  for (let a = el; a && a !== from; a = up(a)) if (styleOf(a).position === 'fixed') return true;
  return false;
}

/** Whether nobody could see it, though it takes up room. */
function faint(el) {
  for (let a = el, n = 0; a && n < 6; a = up(a), n += 1) if (parseFloat(styleOf(a).opacity) < 0.1) return true;
  return false;
}

/** A text as it is compared: without spaces, marks, signs of an icon font and differences of width. */
function norm(text) {
  let t = (text || '').replace(/[\s\u00a0\u200b-\u200f\ufeff\ue000-\uf8ff]/g, '');
  t = t.replace(/（/g, '(').replace(/）/g, ')').replace(/：/g, ':').replace(/，/g, ',').replace(/／/g, '/').replace(/＊/g, '*');
  return t;
}

/** A label as it is compared: also without stars, colons, help signs and words such as 必填 at its end. */
function bare(text) {
  let t = norm(text).replace(/^[*•·]+/, '');
  for (let before = ''; before !== t;) {
    before = t;
    t = t.replace(/[*:?？ⓘ]+$/, '');
    for (const mark of words.marks) if (t.endsWith(mark) && t.length > mark.length) t = t.slice(0, -mark.length);
  }
  return t;
}

const roleOf = (el) => (el.getAttribute && el.getAttribute('role')) || '';

/** The nearest of an element and its parents for which is() holds, at most far up. */
function closest(el, is, far = 8) {
  for (let a = el, n = 0; a && n < far; a = up(a), n += 1) if (is(a)) return a;
  return null;
}
