// A tree in a layer we opened: its branches stand below one another, farther in at each level, and open by a small sign
// before their text.

/** The sign before the text of a branch. */
function signOf(text, all) {
  const r = rect(text);
  const mid = r.top + r.height / 2;
  const signs = all.filter((n) => {
    const s = rect(n);
    if (s.top > mid || s.bottom < mid || s.right > r.left + 6 || s.left < r.left - 90 || s.width > 40 || s.height > 48 || norm(n.textContent)) return false;
    return !kindOf(n) && !n.querySelector('input') && !closest(n, (a) => /^(check|radio)$/.test(kindOf(a)), 3) && (/^(svg|i|img|button)$/i.test(n.tagName) || n.querySelector('svg,i,img') || drawn(n));
  });
  return signs.filter((n) => !signs.some((o) => o !== n && within(o, n)) && leadsTo(n, text))[0] || null;
}

/** Whether a sign stands in the row of the text, with no other text before it there. */
function leadsTo(sign, text) {
  const row = closest(sign, (a) => within(a, text), 12);
  return !!row && !nodes.slice(pos.get(row), pos.get(text)).some((n) => n.nodeType === 3 && visible(n) && norm(n.data));
}

const drawn = (el) => ['::before', '::after'].some((name) => !/^(none|normal)$/.test(el.ownerDocument.defaultView.getComputedStyle(el, name).content));

/** Whether an option is a branch of a tree; ref: what opens it, 0 when what is below it shows already. */
function branch(id, next) {
  const text = deref(id);
  if (!text) return { tree: false, ref: 0 };
  const sign = signOf(text, fresh());
  return { tree: !!sign, ref: sign && !below(text, next).length ? ref(sign) : 0 };
}

/** The options of a text under a branch, before the next branch that is as far out. */
function below(text, wanted) {
  const r = rect(text);
  const rows = fresh().filter((n) => speaks(n) && rect(n).top > r.top + 4);
  const end = Math.min(...rows.filter((n) => rect(n).left < r.left + 3).map((n) => rect(n).top));
  return options(wanted).filter((n) => rect(n).top > r.top + 4 && rect(n).top < end && rect(n).left > r.left + 3);
}
