// Clicks: where to click so that the intended element is hit and no final button, and a record of the clicks made.
const record = [];
const heard = new WeakSet();
let intended = null; // what the next click is meant for
let around = null; // where else a hit is as good
let aimed = 0; // its ref, and what it is for
let purpose = '';

/** Notes every trusted click of a document, and what final button it landed on, if any. */
function listen(doc) {
  if (heard.has(doc)) return;
  heard.add(doc);
  doc.defaultView.addEventListener('click', (e) => {
    if (!e.isTrusted) return;
    const at = e.composedPath()[0];
    record.push({ at, final: intended && inside(at, intended) ? '' : finalOf(at), missed: missed(at), name: changed(at) });
  }, true);
}

/** Whether a click hit something else than what it was meant for, which stands elsewhere now. */
const missed = (at) => !!intended?.isConnected && ![intended, around].some((a) => a && (inside(at, a) || inside(a, at)));

/** The name of what a click changes by itself: a choice or a button. */
function changed(at) {
  const el = closest(at, (a) => pressable(a) || /^(radio|check|switch)$/.test(kindOf(a)) || (a.tagName === 'LABEL' && a.control && /^(radio|checkbox)$/.test(a.control.type)), 5);
  return el ? norm(el.textContent).slice(0, 20) || choiceText(el).slice(0, 20) : '';
}

/** What the clicks since the last call hit: the final buttons, whether all of them missed, and what they changed then. */
function landed() {
  const clicks = record.splice(0);
  const off = clicks.length > 0 && clicks.every((c) => c.missed);
  return { finals: clicks.map((c) => c.final).filter(Boolean), missed: off, changed: off ? clicks.map((c) => (c.final ? '' : c.name)).filter(Boolean) : [] };
}

const pressable = (el) => /^(BUTTON|A|SUMMARY)$/.test(el.tagName) || /^(button|link|menuitem)$/.test(roleOf(el))
  || (el.tagName === 'INPUT' && /^(submit|button|image|reset)$/.test(el.type));

function namesOf(el) {
  return [el.tagName === 'INPUT' ? el.value : '', el.textContent, el.getAttribute('aria-label'), el.title].map((t) => norm(t).toLowerCase().replace(/^[+＋✓✔]/, '')).filter(Boolean);
}

const isFinal = (name) => words.never.some((w) => name === w || (name.length <= 8 && w.length > 1 && /[^\x00-\x7f]/.test(w) && name.includes(w)));

/** Whether a button that we would press for a text of its own may not be, however long that text is. */
const forbidden = (name) => words.never.some((w) => name === w || (w.length > (/[^\x00-\x7f]/.test(w) ? 1 : 3) && name.includes(w)));

/** Whether a button sends the form it stands in. */
const sends = (button) => (button.tagName === 'BUTTON' ? button.type === 'submit' : button.tagName === 'INPUT' && /^(submit|image)$/.test(button.type)) && !!button.form;

/** The text of the final button an element is, or is part of; empty when it is none. */
function finalOf(el) {
  for (let a = el, n = 0; a && n < 8; a = up(a), n += 1) {
    if (a.nodeType !== 1) continue;
    if (/^(BODY|HTML|FORM|TABLE|MAIN)$/.test(a.tagName)) return '';
    const names = namesOf(a);
    const short = norm(a.textContent).length <= 12;
    const like = pressable(a) || (short && (a.hasAttribute('onclick') || a.hasAttribute('tabindex') || styleOf(a).cursor === 'pointer'));
    const name = like && names.find(isFinal);
    if (name) return name;
    if ((a.tagName === 'BUTTON' && a.getAttribute('type') === 'submit' || a.tagName === 'INPUT' && /^(submit|image)$/.test(a.type)) && a.form) return names[0] || a.type;
    if (pressable(a)) return '';
  }
  return '';
}

/** What stands against a click on hit: nothing for a choice that belongs to its field or to a layer we opened. */
function guard(hit, as) {
  const button = closest(hit, pressable, 4);
  if (as === 'press' || as === 'add') return guardNamed(hit, button, as);
  if (as === 'confirm' && !(picker && inside(hit, picker))) return finalOf(hit) || norm(hit.textContent);
  if (as !== 'control' && !(button && sends(button))) return '';
  return finalOf(hit);
}

/** The same for a button that the caller named. One for one more row does not send its form. */
function guardNamed(hit, button, as) {
  const names = namesOf(button || hit);
  const bad = names.find(forbidden) || (as === 'add' && button && sends(button) && (names[0] || button.type));
  return bad || (button && names.length ? '' : finalOf(hit));
}

function sameRect(a, b) {
  return Math.abs(a.left - b.left) < 0.6 && Math.abs(a.top - b.top) < 0.6 && Math.abs(a.width - b.width) < 0.6;
}

/** Whether what an element stands in is still being faded in or the like: a page puts it into its place when that ends. */
function comingUp(el) {
  const soon = (a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime < 1000;
  return !!closest(el, (a) => a !== el && a.getAnimations?.().some(soon), 12);
}

const ways = ['nearest', 'center', 'start', 'center', 'start', 'center'];

/** Whether hitting hit is as good as hitting el: it is inside, or el lies in it and nothing else to press does. */
function goodHit(hit, el, box) {
  if (!hit) return false;
  if (inside(hit, el)) return !spot(hit, el);
  return (inside(el, hit) || (box && inside(hit, box))) && (!box || inside(hit, box)) && !spot(hit, box || el);
}

/** A small thing to press inside a control, such as a cross or an arrow: not what we mean, unless it is all there is. */
function spot(hit, el) {
  return !!closest(hit, (a) => a !== el && inside(a, el) && area(a) < area(el) * 0.45 && (/^(SVG|I|IMG|PATH|USE|BUTTON|A)$/i.test(a.tagName) || /^(button|img)$/.test(roleOf(a))) && !inside(el, a), 4);
}

const places = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.1, 0.5], [0.5, 0.25], [0.5, 0.8], [0.9, 0.5], [0.5, 0.1]];

const roomy = new Map();

/** Makes room below the last field of a page whose footer always stands over it, in all that scrolls it, until restore. */
function makeRoom(el) {
  const path = [];
  for (let a = el; a && path.length < 80; a = up(a)) {
    path.unshift(a);
    const page = a === a.ownerDocument.body;
    if (!page && !(a.scrollHeight > a.clientHeight + 2 && /auto|scroll/.test(styleOf(a).overflowY))) continue;
    lengthen(page ? a.ownerDocument.scrollingElement || a : a, path.filter((x) => x !== el));
    path.length = 0;
  }
}

/** Lengthens what a list scrolls, by the outermost of the elements that has it grow. */
function lengthen(list, path) {
  if (path.some((a) => roomy.has(a))) return;
  const long = list.scrollHeight;
  const more = Math.round(innerHeight / 2);
  for (const a of path) {
    const was = a.style.paddingBottom;
    a.style.paddingBottom = `${more}px`;
    if (list.scrollHeight >= long + more / 2) {
      roomy.set(a, was);
      return;
    }
    a.style.paddingBottom = was;
  }
}

function restore() {
  for (const [el, was] of roomy) el.style.paddingBottom = was;
  roomy.clear();
}

/** Whether what lies over an element covers most of the page, as a dialog's backdrop does. */
function behindDialog(el) {
  const r = rect(el);
  const hit = hitAt(Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 2), Math.min(Math.max(r.top + r.height / 2, 1), innerHeight - 2));
  return !!hit && !inside(hit, el) && !inside(el, hit) && !!closest(hit, (a) => {
    const b = rect(a);
    return styleOf(a).position === 'fixed' && b.width * b.height > innerWidth * innerHeight * 0.6;
  }, 40);
}

/**
 * Finds the point to click for an element, after scrolling to it and seeing that it stands still.
 * as: choice (an option or the field's own control), confirm (a button of the picker we opened), press (a button named
 * by the caller), add (such a one for one more row), or control.
 */
async function aim(id, as, attempt, boxID) {
  const el = again(id);
  if (!el) return { state: 'gone' };
  const box = boxID ? deref(boxID) : null;
  let target = as === 'choice' && /^(radio|check|switch)$/.test(kindOf(el)) ? face(el) || el : el;
  rects = new WeakMap();
  let point = pointOn(target, box);
  if (!point && target !== el && pointOn(el, null)) point = pointOn(target = el, null); // it lies over what is drawn of it
  if (!point || attempt > 0) {
    if (attempt > 2) makeRoom(target);
    target.scrollIntoView({ block: ways[attempt % ways.length], inline: 'nearest', behavior: 'instant' });
    await sleep(30);
    if (as === 'choice' && !inView(target)) await carry(attempt);
  }
  const before = rect(target);
  for (const pause of [20, 25]) {
    await sleep(pause);
    if (!sameRect(before, rect(target)) || (attempt < 4 && comingUp(target))) return { state: 'moving' };
  }
  rects = new WeakMap();
  point = pointOn(target, box);
  if (!point) return { state: 'covered', by: coverName(target) };
  const stop = guard(point.hit, as);
  if (stop) return { state: 'final', by: stop };
  intended = target;
  around = box;
  aimed = id;
  purpose = as;
  spots.set(id, { text: norm(el.textContent), at: rect(el) });
  return { state: 'ok', x: point.x, y: point.y };
}

const holdsPoint = (r, x, y) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom;

/** Whether a click at a point would hit what aim meant, now that the mouse is there. */
async function still(x, y) {
  await sleep(10);
  rects = new WeakMap();
  const hit = hitAt(x, y);
  if (!intended?.isConnected) intended = again(aimed);
  return !!intended && [intended, around].some((a) => a && holdsPoint(rect(a), x, y)) && goodHit(hit, intended, around) && !guard(hit, purpose);
}

/** Moves the control whose layer stands outside the window, so that the layer finds room at its other place. */
async function carry(attempt) {
  if (!shownBox?.isConnected) return;
  shownBox.scrollIntoView({ block: attempt % 2 ? 'start' : 'end', inline: 'nearest', behavior: 'instant' });
  await sleep(150);
}

/** Scrolls to an element that could not be clicked where it is. */
async function bring(id, boxID) {
  const el = deref(id);
  if (!el) return;
  rects = new WeakMap();
  if (pointOn(el, boxID ? deref(boxID) : null)) return;
  el.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  await sleep(30);
}

function pointOn(el, box) {
  const r = rect(el);
  for (const [fx, fy] of places) {
    const x = r.left + r.width * fx;
    const y = r.top + r.height * fy;
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
    const hit = hitAt(x, y);
    if (goodHit(hit, el, box)) return { x, y, hit };
  }
  return null;
}

function coverName(el) {
  const r = rect(el);
  const hit = hitAt(r.left + r.width / 2, r.top + r.height / 2);
  return norm(hit?.textContent).slice(0, 20);
}

/** A point where a click does nothing: bare ground that also holds the label of the field. */
function blank(i) {
  intended = null;
  around = null;
  const found = locate(i);
  if (found.state !== 'one') return null;
  const label = found.region.label.el;
  let a = up(label);
  for (let n = 0; a && n < 8; a = up(a), n += 1) {
    const r = rect(a);
    for (let y = Math.max(r.top, 0) + 3; y < Math.min(r.bottom, innerHeight); y += 14) {
      for (const x of [r.left + 2, r.right - 3, r.left + r.width / 2]) {
        if (x < 0 || x >= innerWidth) continue;
        const hit = hitAt(x, y);
        if (hit && hit !== label && inside(label, hit) && calm(hit)) return { x, y };
      }
    }
  }
  return null;
}

const calm = (hit) => styleOf(hit).cursor !== 'pointer' && !closest(hit, (a) => pressable(a) || a.tagName === 'LABEL', 3) && !finalOf(hit);
