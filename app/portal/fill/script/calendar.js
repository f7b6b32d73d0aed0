// A calendar in a layer we opened: its month and year, its arrows, its days.

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const figure = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/** The month a text writes in words: 十一月, 2026年十一月, November 2026; 0 when it writes none. */
function monthNamed(t) {
  const words = t.match(/^(?:(?:19|20)\d\d年?)?([一二三四五六七八九十]{1,2})月(?:(?:19|20)\d\d年?)?$/);
  return words ? figure.indexOf(words[1]) + 1 : monthNames.findIndex((name) => t.startsWith(name)) + 1;
}

function monthShown(all) {
  let year = 0;
  let month = 0;
  const heads = [];
  for (const n of all) {
    if (n.tagName !== 'SELECT' && (n.children.length > 3 || n.textContent.length > 24)) continue;
    const t = norm(n.tagName === 'INPUT' ? n.value : n.tagName === 'SELECT' ? n.selectedOptions[0]?.text : n.textContent).toLowerCase();
    const y = t.match(/^((?:19|20)\d\d)(?:年|$|[-/.])/) || t.match(/(?:[a-z]{3,9},?|月)((?:19|20)\d\d)年?$/);
    const m = t.match(/^(?:(?:19|20)\d\d[年\-/.])?(\d{1,2})月?$/);
    const named = monthNamed(t);
    const mm = (m && (t.endsWith('月') || t.length > 4)) || named;
    if (!y && !mm) continue;
    if (y && !year) year = Number(y[1]);
    if (mm && !month) month = named || Number(m[1]);
    heads.push(n);
  }
  const deep = heads.filter((n) => !heads.some((o) => o !== n && within(n, o)));
  const line = deep.filter((n) => Math.abs(rect(n).top - rect(deep[0]).top) < 20);
  return year && month ? { year, month, heads: line } : null;
}

/** What the calendar shows, the arrows before and after its heading, and the cell of the day if it is that month. */
function calendar(year, month, day) {
  const all = fresh();
  const at = monthShown(all);
  if (!at) return { state: 'none' };
  if (at.year === year && at.month === month) {
    const cell = dayCell(all, day);
    return { state: cell ? 'day' : 'none', year: at.year, month: at.month, ref: cell ? ref(cell) : 0 };
  }
  const arrows = arrowsOf(all, at.heads);
  return { state: 'month', year: at.year, month: at.month, back: arrows.back.map(ref), on: arrows.on.map(ref) };
}

function dayCell(all, day) {
  const figures = all.filter((n) => /^\d{1,2}$/.test(norm(n.textContent)) && Number(norm(n.textContent)) <= 31);
  return dayAmong(figures.filter((n) => !pressable(n)), day) || dayAmong(figures, day);
}

function dayAmong(days, day) {
  const deep = days.filter((n) => !days.some((o) => o !== n && within(n, o)));
  const first = deep.findIndex((n) => norm(n.textContent) === '1' || norm(n.textContent) === '01');
  const cell = first >= 0 && first < 15 ? deep[first + day - 1] : null; // a first that stands later is of the next month
  return cell && Number(norm(cell.textContent)) === day ? cell : null;
}

/** Arrows stand on the line of the heading, without figures, around it or all beside it: the outer ones turn years, the inner ones months. */
function arrowsOf(all, heads) {
  const parts = heads.map(rect);
  const h = { top: parts[0].top, height: parts[0].height, left: Math.min(...parts.map((p) => p.left)), right: Math.max(...parts.map((p) => p.right)) };
  const mid = h.top + h.height / 2;
  const list = all.filter((n) => {
    const r = rect(n);
    if (r.top > mid || r.bottom < mid || r.width > 60 || /\d/.test(n.textContent)) return false;
    return pressable(n) || (styleOf(n).cursor === 'pointer' && !all.some((o) => o !== n && within(n, o) && pressable(o)));
  }).filter((n, k, list2) => !list2.some((o) => o !== n && within(o, n)));
  const by = (a, b) => rect(a).left - rect(b).left;
  const middle = (n) => (rect(n).left + rect(n).right) / 2;
  const back = list.filter((n) => middle(n) < h.left).sort(by);
  const on = list.filter((n) => middle(n) > h.right).sort(by);
  const beside = back.length ? back : on;
  if (back.length && on.length || beside.length < 2) return { back, on };
  const half = Math.floor(beside.length / 2);
  return { back: beside.slice(0, half), on: beside.slice(-half) };
}
