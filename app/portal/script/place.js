// Brings globalThis.sjt.control into sight and says where to press it: once it stands still, with nothing over it. Whatever
// else that click would hit is kept from hearing of it. remember: what is visible now is kept for opened.js.
async (remember) => {
  globalThis.sjtUnshield?.(); // the click before may have had the same control, drawn anew since
  const el = globalThis.sjt?.control;
  if (!el || !el.isConnected) return { state: 'gone' };
  const box = (e) => e.getBoundingClientRect();
  const up = (e) => e.parentElement || (e.getRootNode().host ?? null);
  const inside = (e, a) => { for (let n = e; n; n = up(n)) if (n === a) return true; return false; };
  el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  let before = box(el);
  for (let n = 0; n < 3; n += 1) {
    await new Promise((r) => setTimeout(r, 40));
    if (!el.isConnected) return { state: 'gone' };
    const now = box(el);
    if (Math.abs(now.left - before.left) + Math.abs(now.top - before.top) > 1) return { state: 'moving' };
    before = now;
  }
  let x = before.left + before.width / 2, y = before.top + before.height / 2;
  const hit = el.getRootNode().elementFromPoint(x, y);
  if (!hit || !inside(hit, el)) return { state: 'covered' };
  for (let w = window; w !== w.parent; w = w.parent) {
    const frame = w.frameElement;
    if (!frame) return { state: 'covered' };
    const at = frame.getBoundingClientRect();
    x += at.left + frame.clientLeft; y += at.top + frame.clientTop;
    if (frame.ownerDocument.elementFromPoint(x, y) !== frame) return { state: 'covered' };
  }
  const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  const shield = (e) => { if (e.isTrusted && !e.composedPath().includes(el)) { e.preventDefault(); e.stopImmediatePropagation(); } };
  for (const k of kinds) addEventListener(k, shield, true);
  const unshield = globalThis.sjtUnshield = () => { for (const k of kinds) removeEventListener(k, shield, true); };
  setTimeout(unshield, 1500);
  if (remember) {
    const seen = globalThis.sjtSeen = new WeakSet();
    const walk = (root) => { for (const e of root.querySelectorAll('*')) { const b = box(e); if (b.width > 0 && b.height > 0 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) seen.add(e); if (e.shadowRoot) walk(e.shadowRoot); } };
    walk(document);
  }
  return { state: 'free', x, y };
}
