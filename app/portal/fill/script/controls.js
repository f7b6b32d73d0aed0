// What can be filled, by tag, role and state, never by the names of a kit.
const typed = /^(text|tel|url|email|number|password|search|date|month|datetime-local|time|)$/;

/** The kind of a control, or nothing: text, combo (opens something), select, radio, check, switch, file. */
function kindOf(el) {
  const role = roleOf(el);
  if (role === 'switch') return 'switch';
  if (el.tagName === 'INPUT') return inputKind(el, role);
  if (el.tagName === 'TEXTAREA') return 'text';
  if (el.tagName === 'SELECT') return 'select';
  if (role === 'radio') return 'radio';
  if (role === 'checkbox') return 'check';
  if (role === 'combobox') return 'combo';
  if (role === 'textbox' || role === 'spinbutton' || el.isContentEditable && !up(el)?.isContentEditable) return el.isContentEditable ? 'text' : '';
  const popup = el.getAttribute('aria-haspopup');
  if (/^(listbox|tree|grid|dialog)$/.test(popup || '') && role !== 'button') return 'combo';
  return '';
}

function inputKind(el, role) {
  const type = (el.getAttribute('type') || '').toLowerCase();
  if (type === 'radio') return 'radio';
  if (type === 'checkbox') return 'check';
  if (type === 'file') return 'file';
  if (/^(hidden|submit|button|image|reset|range|color)$/.test(type)) return '';
  if (el.readOnly || role === 'combobox' || el.hasAttribute('aria-haspopup')) return 'combo';
  return typed.test(type) ? 'text' : 'text';
}

/** What a person sees of a checkable that may itself be hidden: its label, or the nearest parent that takes up room. */
function face(el) {
  const label = closest(el, (a) => a.tagName === 'LABEL', 5) || (el.id && labelFor(el));
  if (label && visible(label)) return label;
  if (visible(el) && !faint(el)) return el;
  return drawing(el) || closest(up(el), (a) => visible(a), 4);
}

/** What a page draws beside a control that it hides. */
function drawing(el) {
  const next = el.nextElementSibling;
  return next && visible(next) && styleOf(next).cursor === 'pointer' && !kindOf(next) && !next.querySelector('input,select,textarea') ? next : null;
}

function labelFor(el) {
  return el.getRootNode().querySelector(`label[for="${CSS.escape(el.id)}"]`);
}

function usable(el, kind) {
  if (kind === 'file') return true;
  if (/^(radio|check|switch)$/.test(kind)) {
    const f = face(el);
    return !!f && visible(f);
  }
  if (el.getAttribute('aria-hidden') === 'true' && el.tabIndex < 0) return false;
  return visible(el);
}

/** The controls among nodes from..to, each once: of nested ones the one that matters. */
function controlsIn(from, to) {
  const found = [];
  for (let i = from; i < to && i < nodes.length; i += 1) {
    const el = nodes[i];
    if (el.nodeType !== 1) continue;
    const kind = kindOf(el);
    if (!kind || !usable(el, kind)) continue;
    const outer = found.findLast((f) => within(f.el, el));
    if (outer && (outer.kind === 'combo' || outer.kind === 'text') && (kind === 'combo' || kind === 'text')) {
      outer.input = outer.input || (el.tagName === 'INPUT' ? el : null);
      continue;
    }
    if (outer && outer.kind === 'switch') continue;
    if (kind === 'file' && found.some((f) => f.kind === 'file' && f.el.parentNode === el.parentNode) && !visible(el)) continue; // a spare one
    if (outer && outer.kind === kind) found.splice(found.indexOf(outer), 1); // the native one inside a role
    found.push({ el, kind, input: el.tagName === 'INPUT' ? el : null });
  }
  return merged(found).filter((f, k, all) => !opener(f, all));
}

/** Whether a control is but the button beside an input that opens what the input does, and says nothing. */
const opener = (f, all) => f.el.tagName === 'BUTTON' && f.kind === 'combo' && !norm(f.el.textContent) && all.some((o) => o !== f && o.el.tagName === 'INPUT' && /^(combo|text)$/.test(o.kind) && o.el.parentNode === f.el.parentNode);

/** Two text-like controls of which one lies over the other are one control. */
function merged(found) {
  const out = [];
  for (const f of found) {
    const twin = /^(combo|text)$/.test(f.kind) && out.find((o) => /^(combo|text)$/.test(o.kind) && overlap(o.el, f.el));
    if (!twin) out.push(f);
    else if (area(f.el) > area(twin.el)) {
      twin.input = twin.input && !twin.input.readOnly ? twin.input : f.input;
      twin.el = f.el;
      twin.kind = 'combo';
    } else twin.kind = 'combo';
  }
  return out;
}

function area(el) {
  const r = rect(el);
  return r.width * r.height;
}

function overlap(a, b) {
  const r = rect(a);
  const s = rect(b);
  const holds = (o, i) => o.left - 1 <= i.left + i.width / 2 && o.right + 1 >= i.left + i.width / 2 && o.top - 1 <= i.top + i.height / 2 && o.bottom + 1 >= i.top + i.height / 2;
  return holds(r, s) || holds(s, r);
}

function disabled(el) {
  return !!closest(el, (a) => a.disabled === true || a.getAttribute?.('aria-disabled') === 'true', 4);
}

function checked(el) {
  if (el.tagName === 'INPUT' && !(roleOf(el) === 'switch' && el.hasAttribute('aria-checked'))) return el.checked;
  const inner = el.querySelector?.('input[type=checkbox],input[type=radio]');
  const said = el.getAttribute('aria-checked') ?? el.getAttribute('aria-pressed');
  if (said !== null && said !== undefined) return said === 'true';
  return inner ? inner.checked : knobSide(el) > 0;
}

/** The text of a radio or checkbox. */
function choiceText(el) {
  const label = closest(el, (a) => a.tagName === 'LABEL', 5) || (el.id && labelFor(el));
  const role = closest(el, (a) => /^(radio|checkbox)$/.test(roleOf(a)), 5);
  for (const at of [label, role]) if (at && norm(at.textContent)) return norm(at.textContent);
  for (const name of ['aria-label', 'title']) if (el.getAttribute(name)) return norm(el.getAttribute(name));
  for (let n = el.nextSibling; n; n = n.nextSibling) {
    if (n.nodeType === 1 && (kindOf(n) || n.querySelector('input'))) break;
    if (norm(n.textContent)) return norm(n.textContent);
  }
  let a = up(el);
  for (let n = 0; a && n < 3; a = up(a), n += 1) {
    if (a.querySelectorAll('input,[role=radio],[role=checkbox]').length > 1) break;
    if (norm(a.textContent)) return norm(a.textContent);
  }
  return norm(el.value);
}

/** Those of the radios or checkboxes of a field that are chosen. */
function chosenOf(boxes) {
  const on = boxes.filter((c) => checked(c.el));
  return on.length || boxes.some((c) => c.kind !== 'radio') ? on : drawnChosen(boxes);
}

/**
 * The radio that is drawn as chosen, where the radios of another field have the same native name: of all of them the browser
 * lets only one be checked. What chosen looks like is seen at that one, where it or ours stands out from two others at least.
 */
function drawnChosen(boxes) {
  const native = (el) => (el.tagName === 'INPUT' ? el : el.querySelector?.('input[type=radio]'));
  const own = boxes.map((c) => native(c.el));
  const shared = nodes.filter((n) => n.tagName === 'INPUT' && n.type === 'radio' && n.name && n.name === own[0]?.name && n.form === own[0].form);
  const twin = shared.find((n) => n.checked && !own.includes(n));
  if (!twin || !own.every((n) => shared.includes(n))) return [];
  const around = closest(up(twin), (a) => shared.filter((n) => inside(n, a)).length > 1, 8);
  const group = shared.filter((n) => around && inside(n, around) && !own.includes(n));
  const chosen = looks(twin);
  const stands = (list) => list.filter((n) => looks(n) === chosen).length === 1 && new Set(list.map(looks)).size === 2;
  if (!stands(own) || !stands(group) || Math.max(own.length, group.length) < 3) return [];
  return boxes.filter((c, k) => looks(own[k]) === chosen);
}

/** How a choice is drawn: the elements of it and their classes, without what they say. */
function looks(el) {
  const root = closest(el, (a) => a.tagName === 'LABEL', 5) || face(el) || el;
  return [root, ...root.querySelectorAll('*')].map((a) => a.tagName + '.' + [...a.classList].sort().join('.')).join(' ');
}
