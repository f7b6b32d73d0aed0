// Controls that no tag and no role names: a box that opens, a switch that is only drawn. They are known by their looks, and
// asked only where a field has nothing better.

const suits = {
  choose: /^(select|combo|text|radio)$/, check: /^(select|combo|text|check)$/, path: /^(select|combo|text)$/, date: /^(text|combo)$/, switch: /^(switch|check)$/,
};

/** The controls among nodes from..to that suit a kind of value: where there is none, or among rows, also those drawn only. */
function fieldsIn(from, to, kind) {
  const named = controlsIn(from, to);
  if (kind !== 'rows' && (!suits[kind] || named.some((c) => suits[kind].test(c.kind)))) return named;
  const drawn = drawnIn(from, to, kind).filter((d) => !named.some((c) => within(d.el, c.el) || within(c.el, d.el) || overlap(d.el, c.el)));
  return [...named, ...drawn].sort((a, b) => pos.get(a.el) - pos.get(b.el));
}

function drawnIn(from, to, kind) {
  const found = [];
  for (let i = from; i < to && i < nodes.length; i += 1) {
    const el = nodes[i];
    if (el.nodeType !== 1 || found.some((f) => within(f.el, el)) || !visible(el) || !invites(el) || pressable(el)) continue;
    if (kind === 'switch' ? looksLikeSwitch(el) : looksLikeBox(el)) found.push({ el, kind: kind === 'switch' ? 'switch' : 'combo', input: null });
  }
  return found;
}

/** Whether it takes the keyboard, by itself or by an input it hides, or the mouse shows a hand over it and not around it. */
function invites(el) {
  if (el.hasAttribute('tabindex') && el.tabIndex >= 0) return true;
  if ([...el.querySelectorAll('input')].some((n) => /^(text|combo)$/.test(kindOf(n)) && !visible(n))) return true;
  return styleOf(el).cursor === 'pointer' && styleOf(up(el) || el).cursor !== 'pointer';
}

const seenColor = (color) => !/^(transparent|rgba\(.*,\s*0\))$/.test(color);

/** A box of the size of an input, with an edge or a ground of its own. */
function looksLikeBox(el) {
  const r = rect(el);
  if (r.width < 36 || r.height < 18 || r.height > 160 || el.textContent.length > 200 || closest(el, (a) => a.tagName === 'LABEL', 4)) return false;
  const near = (o) => ['left', 'right', 'top', 'bottom'].every((side) => Math.abs(rect(o)[side] - r[side]) < 8);
  const around = [el, up(el), up(up(el) || el), ...(el.parentElement?.children || []), ...[...el.querySelectorAll('*')].slice(0, 40)];
  return around.some((o) => o && near(o) && edged(o));
}

function edged(el) {
  const s = styleOf(el);
  if (s.boxShadow !== 'none' || (parseFloat(s.borderBottomWidth) > 0 && s.borderBottomStyle !== 'none' && seenColor(s.borderBottomColor))) return true;
  const ground = closest(up(el), (a) => seenColor(styleOf(a).backgroundColor), 40);
  return seenColor(s.backgroundColor) && s.backgroundColor !== (ground ? styleOf(ground).backgroundColor : 'rgb(255, 255, 255)');
}

/** A flat rounded thing with a knob at one of its ends. */
function looksLikeSwitch(el) {
  const r = rect(el);
  return r.height >= 12 && r.height <= 44 && r.width >= r.height * 1.4 && r.width <= 120 && norm(el.textContent).length <= 6 && knobSide(el) !== 0;
}

/** Where the knob of a drawn switch stands: 1 at the right, which is on, -1 at the left, 0 when there is none. */
function knobSide(el) {
  const r = rect(el);
  const side = (left, width, height) => {
    if (height < r.height * 0.45 || width > r.width * 0.75 || width < height * 0.6) return 0;
    const off = left + width / 2 - r.width / 2;
    return Math.abs(off) < r.width * 0.08 ? 0 : Math.sign(off);
  };
  for (const child of el.querySelectorAll('*')) {
    const c = rect(child);
    const at = norm(child.textContent) || !seenGround(styleOf(child)) ? 0 : side(c.left - r.left, c.width, c.height);
    if (at) return at;
  }
  for (const name of ['::after', '::before']) {
    const s = el.ownerDocument.defaultView.getComputedStyle(el, name);
    if (s.content === 'none' || s.position !== 'absolute' || !seenGround(s)) continue;
    const moved = s.transform === 'none' ? 0 : new DOMMatrix(s.transform).m41;
    const at = side(parseFloat(s.left) + moved, parseFloat(s.width), parseFloat(s.height));
    if (at) return at;
  }
  return 0;
}

const seenGround = (s) => seenColor(s.backgroundColor) || s.backgroundImage !== 'none' || s.boxShadow !== 'none';
