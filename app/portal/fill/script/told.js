// What a page says in plain text: a label and its value beside each other, outside of controls.
const longest = 100;
const colon = /[:：]/;
const says = /[\p{L}\p{N}]/u; // a mark such as * says nothing

/** For each group of names of one label, the different values beside it; '' stands for one whose end cannot be told. */
function pairs(groups) {
  look();
  const names = new Map(groups.flatMap((g, at) => g.map((t) => [bare(t), at])));
  const found = groups.map(() => new Set());
  for (const n of nodes) {
    if (n.nodeType !== 3 || n.data.length > 200) continue;
    const [, before, after] = /^([^:：]+)[:：]([^]*)$/.exec(n.data) || [];
    const at = names.get(bare(before ?? n.data));
    if (at === undefined || isChoice(n.parentElement) || glued(n) || !legible(n)) continue;
    const value = after?.trim() ? ownValue(n, after.trim()) : valueBeside(n, after !== undefined, names);
    if (value !== null && (!value || says.test(value)) && !named(n)) found[at].add(value);
  }
  return found.map((f) => [...f]);
}

/** Whether a text is the name of a field: what stands beside it are marks and hints, and behind those comes the control. */
function named(n) {
  if (closest(n.parentElement, (a) => a.tagName === 'LABEL', 4)?.control) return true;
  const [control] = controlsIn(pos.get(n) + 1, nodes.length);
  return !!control && sameLine(n, control.el);
}

/** Whether a text goes on from what stands before it on the line. */
const glued = (n) => !/^\s/.test(n.data) && !!n.previousSibling && !/^(BR|HR)$/.test(n.previousSibling.tagName || '') && !!norm(n.previousSibling.textContent);

const ownValue = (n, value) => (ended(n) && !colon.test(value) ? value : '');

/** The value beside a label that stands alone: marked as such by a colon, drawn or written, or by its place in a list or table. */
function valueBeside(n, marked, names) {
  const [label, drawn] = whole(n);
  let beside = following(label);
  const split = beside?.nodeType === 3 && /^\s*[:：]\s*([^]*)$/.exec(beside.data);
  if (split && split[1].trim()) return ownValue(beside, split[1].trim());
  if (split) beside = following(beside);
  const listed = { DT: 'DD', TH: 'TD' }[label.tagName];
  if (!beside || !(marked || drawn || split || listed) || (listed ? beside.tagName !== listed : !sameLine(label, beside))) return null;
  const value = (beside.nodeType === 3 ? beside.data : beside.innerText || '').trim();
  if (!value || value.length > longest || names.has(bare(value)) || !legible(beside)) return null;
  const from = pos.get(beside);
  if (from === undefined || controlsIn(from, ends[from] + 1).length) return null;
  return ended(beside) && !colon.test(value) ? value : '';
}

function sameLine(a, b) {
  const [r, s] = [a, b].map((n) => {
    if (!n.firstChild && n.nodeType === 1) return rect(n);
    const range = n.ownerDocument.createRange();
    range.selectNodeContents(n);
    return range.getBoundingClientRect();
  });
  return r.top < s.bottom - 2 && s.top < r.bottom - 2;
}

/** The largest element that holds nothing but a text, and whether one of them draws a colon behind it. */
function whole(n) {
  const drawsColon = (el) => colon.test(el.ownerDocument.defaultView.getComputedStyle(el, '::after').content);
  let label = n;
  let drawn = false;
  for (let a = n.parentElement; a && norm(a.textContent) === norm(n.data); a = a.parentElement) {
    label = a;
    drawn = drawn || drawsColon(a);
  }
  return [label, drawn];
}

/** The next thing on the same level that says anything. */
function following(n) {
  for (let s = n.nextSibling; s; s = s.nextSibling) if (s.nodeType === 1 ? s.tagName === 'BR' || norm(s.textContent) : s.nodeType === 3 && s.data.trim()) return s;
  return null;
}

/** Whether nothing after a value can be a part of it. */
function ended(n) {
  const after = following(n);
  return !after || /^(BR|HR|DT|TH)$/.test(after.tagName || '') || /^[^:：]{1,20}[:：]/.test(norm(after.textContent));
}

/** Whether a person can read it where it stands. */
function legible(n) {
  const el = n.nodeType === 3 ? n.parentElement : n;
  if (!el || !visible(el) || faint(el) || !reachable(el)) return false;
  const s = styleOf(el);
  return parseFloat(s.fontSize) >= 5 && s.color !== s.backgroundColor && !/^rgba\(.*, 0\)$/.test(s.color);
}
