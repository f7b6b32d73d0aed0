// What a click of ours opens: everything newly visible, but what the control itself now shows.
let before = new WeakSet();
let shownBox = null;
let shownRealm = null;

/** Remembers what is visible now. The box is the control that will be clicked, the realm what belongs to it. */
function snapshot(boxID, realmID) {
  look();
  before = new WeakSet();
  for (const n of nodes) if (n.nodeType === 1 && visible(n)) before.add(n);
  shownBox = boxID ? deref(boxID) : null;
  shownRealm = realmID ? deref(realmID) : null;
}

/** Whether an element is shown in the box of the control. A layer that lies over the box is none of the control's. */
function overBox(el) {
  if (!shownBox?.isConnected || (shownRealm?.isConnected && !within(shownRealm, el))) return false;
  const r = rect(el);
  const b = rect(shownBox);
  const x = r.left + r.width / 2;
  const y = r.top + r.height / 2;
  return x > b.left && x < b.right && y > b.top && y < b.bottom;
}

/** The newly visible elements. */
function fresh() {
  look();
  return nodes.filter((n) => n.nodeType === 1 && !before.has(n) && visible(n) && !overBox(n));
}

const opened = (ms) => until(() => fresh().some((n) => norm(n.textContent) || n.tagName === 'INPUT'), ms);

/** Whether the layer is still there for a person. */
function open() {
  return fresh().some((n) => speaks(n) && !faint(n) && inView(n) && openTo(n));
}

/** Whether an element has a text of its own, whatever marks stand beside it. */
const speaks = (n) => [...n.childNodes].some((c) => c.nodeType === 3 && norm(c.data));

function inView(n) {
  const r = rect(n);
  return r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
}

/** Options by their text: the deepest elements of the layer with it, those a click would reach first. */
function options(text) {
  const wanted = norm(text);
  const all = fresh();
  const found = all.filter((n) => norm(n.textContent) === wanted);
  const deepest = found.filter((n) => !found.some((o) => o !== n && within(n, o)));
  return [...deepest.filter((n) => inView(n) && openTo(n)), ...deepest.filter((n) => !(inView(n) && openTo(n)))];
}

const spots = new Map(); // by the refs of options: where they stood when we pressed them, and their texts

/** An option we pressed, or what stands in its place with its text: a page may draw its list anew at every click. */
function again(id) {
  const was = spots.get(id);
  return deref(id) || (was && options(was.text).find((n) => sameRect(rect(n), was.at))) || null;
}

/** Waits for the option; after: only to the right of this element, for the following level of a cascader, or below it. */
async function option(text, ms, after, tree) {
  const got = await until(() => {
    const from = after ? again(after) : null;
    if (after && !from) return [];
    const edge = from ? rect(closest(from, (a) => rect(a).width > 60, 3) || from) : null;
    let list = tree ? below(from, text) : options(text);
    if (edge && !tree) list = list.filter((n) => rect(n).left >= edge.right - 30 || rect(n).left > edge.left + 60);
    return list.length ? list : null;
  }, ms);
  return (got || []).map((n) => ({ ref: ref(n), on: stateOf(n), off: !!closest(n, (a) => a.getAttribute?.('aria-disabled') === 'true' || a.disabled === true, 3), apart: canBeSeen(n) }));
}

/** The options of one level of a path: of what bears the text, the column farthest to the left, since a level further on may show too. */
async function atLevel(text, ms, after, tree) {
  const list = await option(text, ms, after, tree);
  const left = (one) => rect(deref(one.ref)).left;
  return list.filter((one) => left(one) < Math.min(...list.map(left)) + 30);
}

const scrolls = (a) => a.scrollHeight > a.clientHeight + 2 && a.clientHeight > 20 && /auto|scroll|hidden/.test(styleOf(a).overflowY);

/** Whether a person sees an option, or would by scrolling its list: a copy for measuring is none of its own. */
const canBeSeen = (n) => !faint(n) && ((inView(n) && openTo(n)) || !!clippedBy(n));

/** The list in sight that cuts an option away above or below. */
function clippedBy(n) {
  const r = rect(n);
  return closest(up(n), (a) => {
    const b = rect(a);
    return !before.has(a) && scrolls(a) && inView(a) && r.left < b.right && r.right > b.left && (r.top + r.height / 2 < b.top || r.top + r.height / 2 > b.bottom);
  }, 8);
}

/** Whether an option says that it is chosen: yes, no, or nothing. */
function stateOf(n) {
  for (let a = n, k = 0; a && k < 4; a = up(a), k += 1) {
    for (const name of ['aria-selected', 'aria-checked']) if (a.hasAttribute?.(name)) return a.getAttribute(name) === 'true' ? 'yes' : 'no';
  }
  return '';
}

/** Puts the focus into the layer's or the control's search box, if there is one to type in. */
function searchBox(boxID, regionOnly) {
  const box = deref(boxID);
  const writable = (el) => el && el.tagName === 'INPUT' && !el.readOnly && !el.disabled && typed.test(el.getAttribute('type') || '');
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement || (at && /^I?FRAME$/.test(at.tagName) && innerDocument(at)?.activeElement)) at = at.shadowRoot?.activeElement || at.contentDocument.activeElement;
  if (writable(at) && (!before.has(at) || (box && (inside(at, box) || overlap(at, box))))) return { ref: ref(at) };
  const inner = fresh().find((n) => writable(n));
  if (!inner || regionOnly) return { ref: 0 };
  inner.focus();
  return { ref: ref(inner) };
}

function clearBox(id) {
  const el = deref(id);
  if (el && el.value) write(el, '');
}

/** Looks for an option in a list that holds its options in parts, from its top or from where it stands, for ms at most. */
async function unroll(text, first, ms) {
  const list = fresh().map((n) => closest(n, (a) => !before.has(a) && scrolls(a), 6)).find(Boolean);
  const to = async (top) => {
    const was = list.scrollTop;
    list.scrollTop = top;
    list.dispatchEvent(new Event('scroll'));
    await sleep(25);
    return list.scrollTop > was + 1;
  };
  if (list && first) await to(0);
  let more = !!list;
  for (const end = Date.now() + ms; more && Date.now() < end;) {
    const found = await option(text, 0, 0);
    if (found.length) return { found, more };
    more = await to(list.scrollTop + list.clientHeight * 0.8);
  }
  return { found: list && !more ? await option(text, 300, 0) : [], more };
}

// The layer that holds what is about to be picked, and whether it has a button of its own to confirm with.
let picker = null;
let confirms = false;

/** Remembers the layer around what is about to be picked: the outermost of what our click opened, never the field itself. */
function picking(id) {
  look();
  picker = null;
  for (let a = deref(id); a && a !== document.body && !before.has(a); a = up(a)) if (a.nodeType === 1 && visible(a)) picker = a;
  if (!shownBox?.isConnected || (picker && inside(shownBox, picker))) picker = null;
  confirms = !!picker && confirming().some((n) => inside(n, picker));
}

/** The buttons that came up since our click and that confirm something. */
function confirming() {
  const all = fresh().filter((n) => (pressable(n) || styleOf(n).cursor === 'pointer') && namesOf(n).some((name) => words.confirm.includes(name)));
  return all.filter((n) => !all.some((o) => o !== n && within(n, o)));
}

/** The one button that the picker itself had to confirm with, and whether the page asks for something besides. */
function confirmIn() {
  const all = confirming();
  const own = all.filter((n) => picker?.isConnected && inside(n, picker));
  return { ref: confirms && own.length === 1 && !disabled(own[0]) ? ref(own[0]) : 0, asks: all.length > (confirms ? own.length : 0) };
}

const gone = (id) => id > 0 && !again(id);

const closed = (ms) => until(() => !open(), ms);

/** Takes the focus away from wherever it is, which closes most layers. */
function blur() {
  let at = document.activeElement;
  while (at && /^I?FRAME$/.test(at.tagName) && innerDocument(at)) at = at.contentDocument.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  at?.blur?.();
}

function forget() {
  before = new WeakSet();
  picker = null;
}
