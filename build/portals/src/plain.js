// No kit at all: native controls, labels by "for" or in the cell beside, tables of the plain kind, a dialog made of divs.
import './page.css';
import { search, start } from './page.js';

/** Makes an element: el('td', { class: 'x', onclick: f }, child, 'text', …). */
function el(tag, props, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (['value', 'checked', 'disabled', 'multiple', 'selected'].includes(key)) made[key] = value;
    else if (value !== undefined && value !== false) made.setAttribute(key === 'cls' ? 'class' : key, value);
  }
  made.append(...children.flat(9).filter((c) => c !== undefined && c !== null && c !== false));
  return made;
}

function choices(f, form, type) {
  return el('span', { role: type === 'radio' ? 'radiogroup' : 'group' }, f.options.map((o) => {
    const checked = type === 'radio' ? form.values[f.id] === o.text : form.values[f.id].includes(o.text);
    const input = el('input', { type, name: f.id, value: o.text, checked, onchange: (e) => {
      const others = type === 'radio' ? [] : form.values[f.id].filter((x) => x !== o.text);
      form.set(f, type === 'radio' ? o.text : e.target.checked ? [...others, o.text] : others);
      redraw(form);
    } });
    return el('label', {}, input, o.text, ' ');
  }));
}

function select(f, form) {
  const many = f.kind === 'multiple';
  return el('select', { id: f.id, multiple: many, onchange: (e) => form.set(f, many ? [...e.target.selectedOptions].map((o) => o.value) : e.target.value) },
    many ? [] : el('option', { value: '' }, '请选择'), (f.options || []).map((o) => el('option', { value: o.text, selected: many ? form.values[f.id].includes(o.text) : form.values[f.id] === o.text }, o.text)));
}

function remote(f, form) {
  const list = el('ul', { role: 'listbox', cls: 'found' });
  const input = el('input', { id: f.id, value: form.values[f.id] ?? '', autocomplete: 'off', placeholder: '请输入关键字搜索', oninput: async (e) => {
    form.set(f, '');
    const found = await search(f.remote, e.target.value);
    list.replaceChildren(...found.map((text) => el('li', { role: 'option', onmousedown: () => { input.value = text; list.replaceChildren(); form.set(f, text); } }, text)));
  } });
  return el('span', {}, input, list);
}

/** One select after the other, each filled by the one before. */
function path(f, form) {
  const host = el('span', {});
  const draw = () => {
    let level = f.options;
    const chosen = form.values[f.id];
    host.replaceChildren();
    for (let depth = 0; level; depth += 1) {
      const here = level;
      host.append(el('select', { id: depth ? undefined : f.id, onchange: (e) => { form.set(f, [...form.values[f.id].slice(0, depth), e.target.value].filter(Boolean)); draw(); } },
        el('option', { value: '' }, '请选择'), here.map((o) => el('option', { value: o.text, selected: chosen[depth] === o.text }, o.text))));
      level = here.find((o) => o.text === chosen[depth])?.children;
    }
  };
  draw();
  return host;
}

function files(f, form) {
  const shown = el('span', { cls: 'files' }, form.values[f.id].map((x) => x.name).join('、'));
  return el('span', {}, el('input', { type: 'file', id: f.id, multiple: f.many, onchange: async (e) => {
    const list = [...e.target.files];
    for (const file of f.collect ? [] : list) {
      const body = new FormData();
      body.append('file', file);
      const sent = await fetch(`/api/upload?label=${encodeURIComponent(f.label)}`, { method: 'POST', body }).catch(() => null);
      if (!sent?.ok) {
        shown.textContent = '上传失败';
        return;
      }
    }
    form.set(f, list);
    shown.textContent = list.map((x) => x.name).join('、');
  } }), shown);
}

function rows(f, form) {
  return el('div', { cls: 'rows' }, form.values[f.id].map((r, n) => el('div', { cls: 'row' }, f.cells.map((c) => [
    el('label', { for: `${c.id}${n}` }, c.shown), el('input', { id: `${c.id}${n}`, value: r[c.id], oninput: (e) => { r[c.id] = e.target.value; form.changed(); } })]))),
  el('button', { type: 'button', onclick: () => { form.addRow(f); redraw(form); } }, f.add));
}

function control(f, form) {
  const text = (props) => el('input', { id: f.id, value: form.values[f.id] ?? '', oninput: (e) => form.set(f, e.target.value), ...props });
  switch (f.kind) {
    case 'long': return el('textarea', { id: f.id, value: form.values[f.id], rows: 3, oninput: (e) => form.set(f, e.target.value) });
    case 'number': return text({ type: 'number' });
    case 'date': return text({ type: 'date' });
    case 'radio': return choices(f, form, 'radio');
    case 'check': return choices(f, form, 'checkbox');
    case 'select': return f.remote ? remote(f, form) : select(f, form);
    case 'multiple': return select(f, form);
    case 'path': return path(f, form);
    case 'switch': return el('input', { type: 'checkbox', id: f.id, checked: form.values[f.id], onchange: (e) => form.set(f, e.target.checked) });
    case 'files': return files(f, form);
    case 'rows': return rows(f, form);
    default: return text({ type: 'text' });
  }
}

/** Own validation: what is wrong with the fields of the step shown. */
function validate(form) {
  const wrong = {};
  for (const f of form.current().groups.filter((g) => !g.place).flatMap((g) => g.fields).filter((x) => form.shows(x))) {
    const v = form.values[f.id];
    const none = v === undefined || v === '' || (Array.isArray(v) && v.length === 0);
    if (f.required && none) wrong[f.key] = `${f.verb || '请输入'}${f.label}`;
    else if (f.pattern && !none && !new RegExp(f.pattern).test(v)) wrong[f.key] = f.message;
  }
  return !form.fail(wrong);
}

function field(f, form, cells) {
  if (!form.shows(f)) return null;
  const name = [f.shown, f.required ? el('span', { cls: 'error' }, '*') : null, f.help ? el('img', { src: '/_test/qr.svg', width: 12, alt: '' }) : null];
  const error = el('div', { cls: 'error', 'data-of': f.id }, form.errors[f.id]);
  const leave = () => form.check(f);
  if (cells) return el('tr', { onfocusout: leave }, el('td', { cls: 'label' }, name), el('td', {}, control(f, form), error));
  return el('p', { onfocusout: leave }, el('label', { for: f.id }, name), ' ', control(f, form), error);
}

function foreign(g, form) {
  if (g.place === 'frame') return el('iframe', { src: g.src, style: 'width:100%;height:420px;border:0' });
  const host = el('div', {});
  host.attachShadow({ mode: 'open' }).append(...groups([{ ...g, place: '' }], form));
  return host;
}

function groups(list, form) {
  const { look } = form.page;
  return list.map((g) => {
    const cells = look.depth % 2 === 0;
    let inside = g.place ? foreign(g, form) : g.fields.map((f) => field(f, form, cells));
    if (cells && !g.place) inside = el('table', {}, el('tbody', {}, inside));
    for (let n = 1; n < look.depth; n += 1) inside = el('div', { cls: look.cls }, inside);
    return el('div', {}, g.heading && !g.place ? el(look.heading, { cls: 'heading' }, g.heading) : null, inside);
  });
}

function press(b, page, of = {}) {
  const act = (e) => { e.preventDefault(); page.press(b, of); };
  const looks = {
    div: () => el('div', { role: 'button', tabindex: 0, cls: `${b.cls} as-button`, onclick: act }, b.text),
    a: () => el('a', { href: '#press', cls: b.cls, onclick: act }, b.text),
    link: () => el('a', { href: '#press', cls: b.cls, onclick: act }, b.text),
    input: () => el('input', { type: 'submit', cls: b.cls, value: b.text, onclick: act }),
    icon: () => el('i', { cls: `${b.cls} icon-button`, onclick: act }, '✓'),
  };
  return el('span', { cls: 'press' }, (looks[b.look] || (() => el('button', { type: 'button', cls: b.cls, onclick: act }, b.text)))());
}

function redraw(form) {
  form.draw?.();
}

function formBox(form, page) {
  const host = el('form', { cls: page.look.cls, onsubmit: (e) => e.preventDefault() });
  let drawn;
  const draw = () => {
    host.replaceChildren(form.spec.steps.length > 1 ? `${form.step + 1}. ${form.current().title}` : '', ...groups(form.current().groups, form),
      el('div', { cls: page.look.sticky ? 'bar sticky' : 'bar' }, (form.spec.buttons || []).filter((b) => !b.steps || b.steps.includes(form.step)).map((b) => press(b, page, { form }))));
    drawn = form.step;
  };
  form.draw = draw;
  form.refresh = () => {
    if (drawn !== form.step) draw();
    for (const at of host.querySelectorAll('[data-of]')) at.textContent = form.errors[at.dataset.of];
  };
  page.validate = validate;
  draw();
  return host;
}

function cell(c, row, page) {
  const text = row.cells[c.id] ?? '';
  switch (c.kind) {
    case 'actions': return (row.actions || []).map((b) => press(b, page, { row: row.id }));
    case 'qr': return text && el('img', { src: '/_test/qr.svg', width: 32, title: text, alt: text });
    case 'link': return el('a', { href: text, onclick: (e) => e.preventDefault() }, text);
    case 'state': return el('span', {}, el('i', { cls: 'dot' }), el('b', {}, text));
    case 'tip': return el('span', { title: `完整内容：${text}` }, text);
    default: return text;
  }
}

function head(columns) {
  const two = columns.some((c) => c.children);
  const th = (c, props) => el('th', props, c.title);
  const first = el('tr', {}, columns.map((c) => th(c, c.children ? { colspan: c.children.length } : two ? { rowspan: 2 } : {})));
  return el('thead', {}, first, two ? el('tr', {}, columns.flatMap((c) => c.children || []).map((c) => th(c, {}))) : null);
}

function listBox(list, page) {
  const host = el('div', { cls: `${page.look.cls} list` });
  const columns = list.spec.columns.flatMap((c) => c.children || [c]);
  list.draw = () => {
    const pages = Math.max(1, Math.ceil(list.total / list.size));
    const body = el('tbody', {}, list.rows.map((r) => el('tr', {}, columns.map((c) => el('td', {}, cell(c, r, page))))),
      list.rows.length ? null : el('tr', {}, el('td', { colspan: columns.length }, list.loading ? '加载中' : '暂无数据')));
    const top = head(list.spec.columns);
    const turn = (text, to, can) => el('button', { type: 'button', disabled: !can, onclick: () => list.turn(to) }, text);
    host.replaceChildren(...[list.spec.heading && el(page.look.heading, { cls: 'heading' }, list.spec.heading),
      ...(page.look.split ? [el('table', { cls: 'grid' }, top), el('table', { cls: 'grid' }, body)] : [el('table', { cls: 'grid' }, top, body)]),
      list.spec.bare ? null : el('div', { cls: 'pager' }, `共 ${list.total} 条 第 ${list.at}/${pages} 页 `, turn('上一页', list.at - 1, list.at > 1), turn('下一页', list.at + 1, list.at < pages))].filter(Boolean));
  };
  list.draw();
  return host;
}

function dialog(d, page) {
  return el('div', { cls: 'mask', role: 'dialog' }, el('div', { cls: 'box' }, el('h3', {}, d.title, ' ', el('button', { type: 'button', 'aria-label': '关闭', onclick: () => page.close(d) }, '×')),
    d.text && el('pre', { cls: 'log' }, d.text), d.form && formBox(d.form, page), el('div', { cls: 'bar' }, (d.buttons || []).map((b) => press(b, page, { form: d.form, dialog: d })))));
}

start((page) => {
  const host = document.getElementById('app');
  const dialogs = el('div', {});
  const notice = el('p', { cls: 'notice', role: 'status' });
  const shown = new Map();
  host.replaceChildren(el('div', { cls: page.look.cls },
    page.spec.nav ? el('ul', { cls: 'nav' }, page.spec.nav.map((n) => el('li', {}, el('a', { href: n.to, onclick: (e) => { e.preventDefault(); page.go(n.to); } }, n.text)))) : null,
    page.spec.user ? el('div', { cls: 'user' }, page.spec.user) : null,
    page.blocks.map((b) => [b.text && el(b.tag || 'h2', {}, b.text), b.image && el('img', { src: b.image, width: 180, alt: b.alt }), b.buttons && el('div', { cls: 'bar' }, b.buttons.map((x) => press(x, page))),
      b.form && formBox(b.form, page), b.list && listBox(b.list, page)]), notice, dialogs));
  page.render = () => {
    notice.textContent = page.notice;
    for (const b of page.blocks) b.list?.draw();
    for (const f of page.forms()) f.refresh?.();
    for (const [key, at] of shown) if (!page.dialogs.some((d) => d.key === key)) { at.remove(); shown.delete(key); }
    for (const d of page.dialogs) if (!shown.has(d.key)) shown.set(d.key, dialogs.appendChild(dialog(d, page)));
  };
  return { page, unmount: () => host.replaceChildren() };
});
