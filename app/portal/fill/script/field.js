// One field: what it is, what it shows, what the page says of it.

/** The control to click for choosing: its ref, the box it fills, and how many there are. */
function describe(i) {
  const found = locate(i);
  if (found.state !== 'one') return { state: found.state, seen: found.seen || [] };
  const r = found.region;
  return { state: 'one', controls: r.controls.map((c) => ({
    ref: ref(c.el), kind: c.kind, box: ref(boxOf(c, r)), realm: ref(realmOf(c, r)), disabled: disabled(c.el), readonly: !!c.el.readOnly,
    multiple: !!c.el.multiple, type: c.el.getAttribute('type') || '', text: /^(radio|check)$/.test(c.kind) ? choiceText(c.el) : '',
    on: /^(radio|check|switch)$/.test(c.kind) ? checked(c.el) : false, shown: c.kind === 'combo' ? displayed(c, r).join('') : '',
  })) };
}

/** What a person takes for the control: the nearest thing around it with a border, in its region. */
function boxOf(c, region) {
  const alone = (a) => !region.controls.some((o) => o.el !== c.el && within(a, o.el)) && !within(a, region.label.node);
  let wide = null;
  for (let a = c.el, n = 0; a && n < 7 && alone(a); a = up(a), n += 1) {
    const r = rect(a);
    if (r.width < 40 || r.height < 16) continue;
    wide = wide || a;
    const s = styleOf(a);
    if ((parseFloat(s.borderTopWidth) > 0 && parseFloat(s.borderBottomWidth) > 0 && s.borderTopStyle !== 'none') || s.boxShadow !== 'none') return a;
  }
  return wide || c.el;
}

/** The widest thing around a control that holds neither its label nor another control. */
function realmOf(c, region) {
  let wide = c.el;
  for (let a = c.el, n = 0; a && n < 7; a = up(a), n += 1) {
    if (region.controls.some((o) => o.el !== c.el && within(a, o.el)) || within(a, region.label.node)) break;
    wide = a;
  }
  return wide;
}

const hint = (t) => words.hints.some((h) => t.toLowerCase().startsWith(h));

/** A text with the parts of it that follow: a page may write one text in several. */
function lone(i) {
  let text = nodes[i].data;
  for (let k = i + 1; nodes[k]?.nodeType === 3 && nodes[k].parentElement === nodes[i].parentElement; k += 1) text += nodes[k].data;
  return text;
}

/** The texts a control shows, in order. */
function displayed(c, region) {
  if (c.el.tagName === 'SELECT') return [...c.el.selectedOptions].filter((o) => o.value !== '').map((o) => o.text.trim());
  const out = textsIn(c, region).filter((t) => !hint(norm(t)));
  const field = c.el.tagName === 'INPUT' ? c.el : c.input;
  if (!out.length && field?.value) out.push(field.value);
  return out;
}

/** Whether a text is the label of a field, which may stand inside the box. */
const titles = (el) => !!closest(el, (a) => a.tagName === 'LABEL' && known.has(bare(a.textContent)), 3);

/** The texts that stand in the box of a control, hints too. */
function textsIn(c, region) {
  const box = rect(boxOf(c, region));
  const out = [];
  for (let i = region.from; i < region.to; i += 1) {
    const n = nodes[i];
    if (n.nodeType !== 3 || !visible(n)) continue;
    const el = n.parentElement;
    if (nodes[i - 1]?.nodeType === 3 && nodes[i - 1].parentElement === el) continue; // a part of the text before it
    const r = rect(el);
    const x = r.left + r.width / 2;
    const y = r.top + r.height / 2;
    if (x < box.left || x > box.right || y < box.top || y > box.bottom || faint(el)) continue;
    const t = lone(i).trim();
    if (!/^[×✕xX+\-–—<>▾▼⌄…]?$/.test(t) && !titles(el)) out.push(t);
  }
  return out;
}

/** What the page shows for a field, as texts. */
function shown(i) {
  const found = locate(i);
  if (found.state !== 'one') return { state: found.state, seen: found.seen || [], texts: [], message: '' };
  const r = found.region;
  return { state: 'one', seen: [], texts: textsShown(found.ask, r), numeric: r.controls.some((c) => numeric(inputOf(c) || c.el)), message: complaint(found.ask, r), rows: found.ask.kind === 'rows' ? rowTexts(found) : null };
}

const inputOf = (c) => (c.el.value !== undefined ? c.el : c.input);

const numeric = (el) => el.type === 'number' || roleOf(el) === 'spinbutton';

function textsShown(ask, r) {
  const of = (...kinds) => r.controls.filter((c) => kinds.includes(c.kind));
  if (ask.kind === 'rows') return [];
  if (ask.kind === 'files') return filesOf(ask, r);
  const ticks = of('radio', 'check', 'switch');
  if (ask.kind === 'switch') return ticks.length ? [checked(ticks[0].el) ? '1' : '0'] : [];
  const boxes = of('radio', 'check');
  if ((ask.kind === 'choose' || ask.kind === 'check') && boxes.length) return chosenOf(boxes).map((c) => choiceText(c.el));
  if (ask.kind === 'path') return of('select', 'combo', 'text').flatMap((c) => displayed(c, r));
  const one = of('text', 'combo', 'select');
  if (one.length !== 1) return [];
  if (ask.kind === 'text' || ask.kind === 'date') {
    const field = inputOf(one[0]);
    return [field && field.tagName !== 'SELECT' ? field.value : one[0].el.isContentEditable ? one[0].el.innerText : displayed(one[0], r).join('')];
  }
  return displayed(one[0], r);
}

const redColor = (color) => {
  const m = color.match(/\d+(\.\d+)?/g)?.map(Number) || [0, 0, 0];
  return m[0] > 150 && m[1] < 130 && m[2] < 130 && m[0] - m[1] > 70;
};

const reddish = (el) => redColor(styleOf(el).color);

const stood = new Map(); // by field: the red texts that stood beside it before it was first filled

const nameOf = (ask) => [ask.heading, ...ask.texts].join('\n');

/** Remembers what stands beside a field before it is first filled, however often that is tried in this document. */
function noteBefore(i) {
  if (stood.has(nameOf(asks[i]))) return;
  const found = locate(i);
  if (found.state === 'one') stood.set(nameOf(found.ask), new Set(spoken(found.region).filter((s) => !s.alert).map((s) => s.text)));
}

const noting = (what) => (i) => {
  noteBefore(i);
  return what(i);
};

/** Whether a control itself shows that it is wrong: it says so, or its edge is red. */
function wrong(c, r) {
  if (c.el.getAttribute('aria-invalid') === 'true') return true;
  const s = styleOf(boxOf(c, r));
  return (parseFloat(s.borderTopWidth) > 0 && s.borderTopStyle !== 'none' && redColor(s.borderTopColor)) || (s.boxShadow !== 'none' && redColor(s.boxShadow));
}

/**
 * What the page itself says against a field. A red text that stood there before the field was filled is a hint ("* 必填"),
 * unless the control itself shows that it is wrong.
 */
function complaint(ask, r) {
  const before = stood.get(nameOf(ask));
  const hints = before && !r.controls.some((c) => wrong(c, r)) ? before : new Set();
  return [...new Set([...described(r), ...spoken(r).filter((s) => s.alert || !hints.has(s.text)).map((s) => s.text)])].join('；');
}

/** What a control that is wrong names as the reason. */
function described(r) {
  const said = [];
  for (const c of r.controls) for (const name of ['aria-errormessage', 'aria-describedby']) {
    if (c.el.getAttribute('aria-invalid') !== 'true') continue;
    const at = c.el.getRootNode().getElementById?.(c.el.getAttribute(name) || '');
    if (at && visible(at)) said.push(at.textContent.trim());
  }
  return said;
}

/** The alerts and red texts between this label and the next. */
function spoken(r) {
  const low = r.scope ? rect(r.scope).bottom + 60 : 0;
  const said = [];
  for (let i = r.from; i < (r.wide || r.to); i += 1) {
    const n = nodes[i];
    if (n.nodeType !== 3 || !visible(n) || norm(n.data).length < 2) continue;
    const el = n.parentElement;
    if (r.controls.some((c) => within(c.el, n)) || within(r.label.el, n) || faint(el)) continue;
    if (closest(el, (a) => pressable(a), 3) || rect(el).top > low) continue;
    const alert = !!closest(el, (a) => roleOf(a) === 'alert', 4);
    if (alert || reddish(el)) said.push({ text: n.data.trim(), alert });
  }
  return said;
}

/** Writes into a native control as a person's typing would, without the page noticing a difference. */
function write(el, text) {
  el.focus();
  if (el.isContentEditable) {
    el.innerText = text; // which keeps its lines apart
    el.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text }));
  } else {
    const proto = el.tagName === 'TEXTAREA' ? HTMLTextAreaElement.prototype : el.tagName === 'SELECT' ? HTMLSelectElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(proto, 'value').set.call(el, text);
    el.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text, inputType: 'insertText' }));
    el.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
}

/** Fills an input and leaves it. Answers why it could not; dropped: the page emptied it again. */
async function setText(id, text) {
  const el = deref(id);
  if (!el) return 'gone';
  if (el.disabled) return 'disabled';
  if (el.readOnly) return 'readonly';
  if (el.type !== 'number' && el.maxLength >= 0 && text.length > el.maxLength) return `long ${el.maxLength}`;
  if (!reachable(el) && !(await uncover(el)) && behindDialog(el)) return 'covered';
  if ((el.isContentEditable ? el.innerText : el.value) === text) return '';
  const was = el.value;
  write(el, text);
  await sleep(10);
  if (el.isConnected) el.blur();
  return was === '' && el.value === '' && /^[\x20-\x7e]+$/.test(text) ? 'dropped' : '';
}

/** Puts the focus into an input, and reports whether it is there. */
function focus(id) {
  const el = deref(id);
  el?.focus();
  return !!el && el.getRootNode().activeElement === el && el.value === '';
}

async function uncover(el) {
  for (const block of ['start', 'end', 'nearest']) {
    el.scrollIntoView({ block, behavior: 'instant' });
    await sleep(30);
    if (openTo(el)) return true;
  }
  return false;
}

/** Chooses in a native select. Answers which texts it could not choose, and why: missing, off, or several of it. */
function choose(id, wanted) {
  const el = deref(id);
  if (!el) return { why: 'missing', texts: wanted };
  const off = (o) => !o.selected && (o.disabled || !!o.closest('optgroup')?.disabled);
  const named = (w) => [...el.options].filter((o) => o.value !== '' && !o.hidden && norm(o.text) === norm(w));
  const free = (w) => named(w).filter((o) => !off(o));
  const against = {
    missing: (w) => !named(w).length, off: (w) => !free(w).length, several: (w) => new Set(free(w).map((o) => o.value)).size > 1,
  };
  for (const [why, is] of Object.entries(against)) if (wanted.some(is)) return { why, texts: wanted.filter(is) };
  el.focus();
  const chosen = wanted.map((w) => free(w)[0]);
  for (const o of el.options) o.selected = chosen.includes(o);
  el.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  el.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  el.blur();
  return { why: '', texts: [] };
}
