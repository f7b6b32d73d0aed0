// Brings the control that pager.js found into sight and says where to press, or that something covers it.
() => {
  const el = globalThis.sjt?.control;
  if (!el || !el.isConnected) return { gone: true };
  el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const box = el.getBoundingClientRect();
  let x = box.left + box.width / 2, y = box.top + box.height / 2;
  let root = el.getRootNode(), hit = root.elementFromPoint(x, y), free = !!hit && (hit === el || el.contains(hit));
  for (let w = window; w !== w.parent; w = w.parent) {
    const frame = w.frameElement;
    if (!frame) return { free: false };
    const at = frame.getBoundingClientRect();
    x += at.left + frame.clientLeft; y += at.top + frame.clientTop;
    free = free && frame.ownerDocument.elementFromPoint(x, y) === frame;
  }
  return { free, x, y };
}
