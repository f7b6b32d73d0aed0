// Looks for the pager of a table and says what it shows; press is '', 'next', 'first', 'previous' or 'more': the control
// to make ready. Nothing is pressed here. The last answer's control is kept for place.js and press.js.
(mark, words, press) => {
  const table = (globalThis.sjt?.tables || [])[mark];
  if (!table || !table.isConnected) return { gone: true };
  const plain = (s) => (s || '').normalize('NFKC').toLowerCase().replace(/[\s\ue000-\uf8ff]+/g, ''); // signs of icon fonts are no words
  const text = (el) => plain(el.innerText ?? el.textContent);
  const says = (el) => [text(el), plain(el.getAttribute('title')), plain(el.getAttribute('aria-label'))];
  const seen = (el) => { const b = el.getBoundingClientRect(); return b.width > 0 && b.height > 0 && getComputedStyle(el).visibility === 'visible'; };
  const set = (list) => new Set(list.map(plain));
  const next = set(words.next), previous = set(words.previous), first = set(words.first), glyphs = set(words.glyphs), back = set(words.back_glyphs);
  const deep = function* (root) { for (const el of root.querySelectorAll('*')) { yield el; if (el.shadowRoot) yield* deep(el.shadowRoot); } };
  const up = (el) => el.assignedSlot || el.parentElement || el.getRootNode().host || null;
  const after = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
  // Of a grid made of other elements the rows are the table; a pager may stand at its foot, inside of it.
  // A table of one row without a header, with something to press, is there to place a pager.
  const places = (t) => t && t !== table && t.rows.length === 1 && !t.querySelector('th') && t.querySelector('a,button,input,select') && after(table, t);
  const inTable = (el) => { const t = el.closest('table,[role=rowgroup],[role=row],[role=dialog]'); return t?.localName === 'table' && places(t) ? t.parentElement?.closest('table,[role=rowgroup],[role=row],[role=dialog]') : t; };
  const body = (el) => (table.localName === 'table' ? table.contains(el) : el === table || (table.contains(el) && inTable(el)));
  const clickable = (el) => /^(a|button|li)$/.test(el.localName) || /^(button|link)$/.test(el.getAttribute('role') || '') || /pointer|not-allowed/.test(getComputedStyle(el).cursor);
  const wrong = (el) => says(el).some((s) => words.never.some((n) => s.includes(plain(n)))) || (!!el.form && /^(submit|image|reset)$/.test(el.type));
  const never = (el) => wrong(el) || [...el.querySelectorAll('*')].some(wrong) || [up(el), up(up(el) || el)].some((p) => p && !p.contains(table) && (p.textContent || '').length < 12 && wrong(p));
  const home = table.closest('[role=dialog]');
  const all = [...deep(document)].filter((el) => el.nodeType === 1 && (home ? home.contains(el) && !el.closest('table') : !inTable(el)) && !body(el));
  // Outermost of nested elements that say the same.
  const outer = (list) => list.filter((el) => { for (let p = up(el); p; p = up(p)) if (list.includes(p)) return false; return true; });
  const short = all.filter((el) => (el.textContent || '').length < 60);
  const named = (wanted) => outer(short.filter((el) => !never(el) && seen(el) && (el.rel === 'next' && wanted === next || says(el).some((s) => wanted.has(s))) && (clickable(el) || [...el.children].some(clickable))));
  // How many rows a page has, to choose from: 每页显示 10 条, 20条/页.
  const opens = '[aria-haspopup]:not([aria-haspopup=false]),[aria-expanded],[data-toggle=dropdown],[data-bs-toggle=dropdown],[role=combobox],[role=listbox],[role=menu]';
  const sizes = (el) => [el, up(el), up(up(el) || el)].some((p) => p && !p.contains(table)
    && (p.matches(opens) || (text(p).match(/\d+/g)?.length === 1 && new RegExp(words.sizes).test(text(p)))));
  const figured = short.filter((el) => /^\d{1,6}$/.test(text(el)) && seen(el) && ![...el.children].some((c) => text(c) === text(el) && seen(c)) && !sizes(el));
  const pressed = figured.filter(clickable);
  const further = (el) => /^(\.{2,6}|…|⋯|•••)$/.test(text(el)) && clickable(el) && seen(el) && !never(el); // pages not shown
  const alone = figured.filter((el) => !pressed.includes(el) && [...(up(el)?.children || [])].some(further)); // ... 6
  // The page shown need not be one to press: 1 2 3, of which 2 is plain text.
  const numbers = figured.filter((el) => pressed.includes(el) || alone.includes(el) || (pressed.length && !/^(input|b|strong)$/.test(el.localName) && pressed.some((x) => up(x) === up(el) || (up(up(x)) === up(up(el)) && up(el).localName === up(x).localName))));
  // What says which page is shown without being pressed: 1 / 5, or a number to write into.
  const figures = all.filter((el) => (el.localName === 'input' ? /^\d{1,6}$/.test(el.value) : /^(\d+)?\/\d{1,6}$/.test(text(el)) && el.textContent.length < 20) && seen(el) && el.closest('button,a') === null).filter((el, i, list) => !list.some((o) => o !== el && el.contains(o)));
  const icons = (forward, numbers) => {
    const out = [];
    const marks = forward ? glyphs : back;
    for (const el of short) {
      const t = text(el);
      if (!(t === '' || marks.has(t)) || !clickable(el) || !seen(el) || never(el) || /^(input|textarea|select|img)$/.test(el.localName)) continue;
      const b = el.getBoundingClientRect();
      for (let p = up(el), n = 0; p && n < 3 && !p.contains(table); p = up(p), n += 1) {
        const inside = numbers.filter((x) => p.contains(x));
        if (!inside.length) continue;
        const beside = inside.filter((x) => Math.abs(x.getBoundingClientRect().top + x.getBoundingClientRect().height / 2 - b.top - b.height / 2) < 30);
        if (beside.length && beside.every((x) => (forward ? x.getBoundingClientRect().right <= b.left + 2 : x.getBoundingClientRect().left >= b.right - 2))) out.push(el);
        break;
      }
    }
    // The one nearest to the numbers: jumps over several pages stand farther out.
    const at = outer(out);
    return forward ? at.slice(0, 1) : at.slice(-1);
  };
  // The nearest element around the table that holds some of the list outside of it.
  const near = (list) => {
    for (let p = up(table); p; p = up(p)) {
      const inside = list.filter((el) => p.contains(el));
      if (inside.length) { const below = inside.filter((el) => after(table, el)); return below[0] || inside.at(-1); }
    }
    return null;
  };
  const wordNext = near(named(next)), wordBack = near(named(previous));
  const between = figures.length && icons(true, figures).length && icons(false, figures).length;
  const arrow = (forward) => near(icons(forward, numbers)) || (between ? near(icons(forward, figures)) : null);
  const own = table.getBoundingClientRect();
  const bottom = table.localName === 'table' ? own.bottom : Math.min(own.bottom, Math.max(own.top, ...[...table.querySelectorAll('[role=row]')].map((row) => row.getBoundingClientRect().bottom)));
  // Two arrows with nothing between them: told by the names of their classes, where they stand side by side below the table.
  const called = (el, list) => String(el.getAttribute('class') || '').toLowerCase().split(/[^a-z]+/).some((w) => list.includes(w));
  const bare = short.filter((el) => (text(el) === '' || glyphs.has(text(el)) || back.has(text(el))) && /^(a|button|li)$/.test(el.localName) && seen(el) && !never(el));
  const below = (el) => { return after(table, el) && el.getBoundingClientRect().top >= bottom - 4; };
  const pair = (() => {
    const on = near(bare.filter((el) => called(el, words.next_classes) && below(el)));
    const off = on && bare.filter((el) => called(el, words.previous_classes) && below(el)).find((el) => {
      const a = el.getBoundingClientRect(), b = on.getBoundingClientRect();
      return Math.abs(a.top - b.top) < 6 && a.right <= b.left + 2 && b.left - a.right < 300;
    });
    return off ? { on, off } : {};
  })();
  let goOn = wordNext || arrow(true) || pair.on;
  let goBack = wordBack || arrow(false) || pair.off;
  const anchor = goOn || goBack || near(numbers.filter((el) => /li|button|a/.test(el.localName))) || near(alone);
  const inner = (el) => (el && !/^(a|button)$/.test(el.localName) && el.querySelector('button,a,[role=button]')) || el;
  // The largest number of rows a text speaks of, those of a part (本页共10条) left out; the page it says is shown, and the last.
  const count = (text) => Math.max(-1, ...words.totals.flatMap((rule) => [...plain(text).matchAll(new RegExp(rule, 'g'))])
    .filter((m) => !words.partial.some((p) => plain(text).slice(0, m.index).endsWith(plain(p)))).map((m) => Number(m[1].replace(/,/g, ''))));
  const figure = (text) => words.figures.map((rule) => plain(text).match(new RegExp(rule))?.groups).filter(Boolean)
    .map((g) => ({ at: Number(g.at), last: Number(g.last || 0) })).find((f) => f.at > 0 && (!f.last || f.at <= f.last)) || { at: 0, last: 0 };
  const more = outer(named(set(words.more))).find((el) => near([el]) && el.getBoundingClientRect().top >= bottom - 4 && !/^(https?:|\/)/.test(inner(el).closest('a')?.getAttribute('href') || ''));
  if (!anchor) {
    let total = -1;
    for (let p = up(table), n = 0; p && n < 5 && total < 0; p = up(p), n += 1) total = short.filter((el) => p.contains(el) && after(table, el) && seen(el)).map((el) => count(el.innerText)).find((c) => c >= 0) ?? -1;
    globalThis.sjt.control = press === 'more' && more ? inner(more) : null;
    return { total, at: 0, last: 0, more: !!more, ready: !!globalThis.sjt.control };
  }
  let box = up(anchor);
  for (let n = 0; n < 4 && box && up(box) && !up(box).contains(table); n += 1) box = up(box);
  const inBox = numbers.filter((el) => box.contains(el));
  const dull = (el) => {
    if (!el || never(el)) return true;
    for (const x of [el, inner(el), up(el)]) {
      if (x.contains?.(table) || (x !== el && x !== inner(el) && x.children.length > 1)) continue;
      if (x.disabled || x.getAttribute('aria-disabled') === 'true' || x.hasAttribute('disabled')) return true;
      const s = getComputedStyle(x);
      if (String(x.getAttribute('class') || '').toLowerCase().split(/\s+/).some((w) => /(^|[-_])disabled?$/.test(w) && !/not|non|un/.test(w))) return true;
      if (s.cursor === 'not-allowed' || s.pointerEvents === 'none') return true;
    }
    return false;
  };
  const current = () => {
    const marked = inBox.filter((el) => [el, up(el)].some((x) => /^(page|true)$/.test(x.getAttribute('aria-current') || '') || x.getAttribute('aria-selected') === 'true' || x.getAttribute('aria-pressed') === 'true'));
    if (marked.length === 1) return Number(text(marked[0]));
    const classed = inBox.filter((el) => [el, up(el)].some((x) => /(^|[-_ ])(is-)?(active|current|selected|cur|on)($|[-_ ])/.test(String(x.className))));
    if (classed.length === 1) return Number(text(classed[0]));
    const told = figure(box.innerText);
    if (told.at) return told.at;
    const field = [...box.querySelectorAll('input')].find((i) => /^\d+$/.test(i.value) && seen(i));
    if (field && !inBox.length) return Number(field.value);
    const look = (el) => { const s = getComputedStyle(el), p = getComputedStyle(up(el)); return [s.color, s.fontWeight, s.backgroundColor, p.backgroundColor, p.borderColor].join(); };
    const odd = inBox.filter((el) => inBox.filter((x) => look(x) === look(el)).length === 1);
    return inBox.length > 2 && odd.length === 1 ? Number(text(odd[0])) : inBox.length === 1 ? Number(text(inBox[0])) : 0;
  };
  const total = count(box.innerText);
  const one = near(named(first)) && inBox.find((el) => text(el) === '1');
  const at = current();
  const last = Math.max(figure(box.innerText).last, ...inBox.map((el) => Number(text(el))));
  const dots = (el) => further(el) && box.contains(el);
  const biggest = inBox.reduce((a, b) => (!a || Number(text(b)) >= Number(text(a)) ? b : a), null);
  if (!goOn && at > 0) goOn = inBox.find((el) => Number(text(el)) === at + 1) || (biggest && at === Number(text(biggest)) && outer(short.filter(dots)).find((el) => after(biggest, el))) || null; // a pager of numbers alone
  const smallest = inBox.reduce((a, b) => (!a || Number(text(b)) < Number(text(a)) ? b : a), null);
  if (!goBack && at > 1) goBack = inBox.find((el) => Number(text(el)) === at - 1) || (smallest && at === Number(text(smallest)) && outer(short.filter(dots)).findLast((el) => after(el, smallest))) || null;
  const chosen = press === 'next' ? goOn : press === 'previous' ? goBack : press === 'first' ? one : null;
  globalThis.sjt.control = chosen ? inner(chosen) : null;
  return { total, at, last, next: !!goOn && !dull(goOn), previous: !!goBack && !dull(goBack), one: !!one, ready: !!chosen && !dull(chosen) };
}
