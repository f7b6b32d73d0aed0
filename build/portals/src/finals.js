// Counts every press of a final button, however it is pressed: the listener stands on the window, in the capture phase,
// before any of the page's own. It is in every document, frames included; clicks of shadow roots are seen through.

const words = ['提交', '提交审批', '提交发布', '发布', '确认', '确定', '保存', '保存草稿', '下线', '删除', '取消', '退出注册', '撤回',
  '撤销升级', '重新部署', '版本升级', '信息变更', '回退到上一个版本', '选择版本回滚', '存量应用关联提交'];
const classes = new Map(); // class of a rendered button to its name: an icon has no text of its own

/** Remembers the buttons of a page, so that those without a text are known too. */
export function know(buttons) {
  for (const b of buttons) classes.set(b.cls, b.text);
}

const plain = (text) => (text || '').replace(/[\s\u00a0\u200b]/g, '');

function ownName(el) {
  for (const c of el.classList || []) if (classes.has(c)) return classes.get(c);
  for (const text of [el.value, el.getAttribute?.('aria-label'), el.title, el.textContent]) {
    if (typeof text === 'string' && words.includes(plain(text))) return plain(text);
  }
  return '';
}

/** The name of the final button that an event's path goes through, or nothing. */
function finalOf(path) {
  const elements = path.filter((n) => n.nodeType === 1).slice(0, 8);
  if (elements.some((el) => /picker|calendar/.test(el.getAttribute('class') || ''))) return '';
  for (const el of elements) {
    const name = ownName(el);
    if (name) return words.includes(name) ? name : '';
    if (/^(BODY|HTML|TABLE|FORM|MAIN|SECTION)$/.test(el.tagName)) return '';
  }
  return '';
}

function tell(name) {
  const asked = new XMLHttpRequest();
  asked.open('POST', '/_test/final', false); // counted before the page goes on
  asked.send(JSON.stringify({ name, path: location.pathname }));
}

let counting = false;

/** Starts counting in this document. */
export function count() {
  if (counting) return;
  counting = true;
  window.addEventListener('click', (e) => {
    const name = finalOf(e.composedPath());
    if (name) tell(name);
  }, true);
  window.addEventListener('submit', (e) => {
    // With a submitter there was a click already.
    if (!e.submitter) tell('提交');
  }, true);
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function send() {
    tell('提交');
    return submit.call(this);
  };
}
