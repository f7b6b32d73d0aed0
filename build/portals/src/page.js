// What the pages of all kits share: the page as the server describes it, its forms, lists and dialogs as plain objects,
// and what happens on a press. The kits only show these objects and change their values.
import { count, know } from './finals.js';
import { spoil } from './hostile.js';

const json = { 'Content-Type': 'application/json' };

function toLogin() {
  location.href = (location.pathname.startsWith('/mobile') ? '/mobile' : '') + '/login?goto=' + encodeURIComponent(location.pathname + location.search);
}

/** Asks the server; an expired session leads to the login page, anything else that fails is told. */
async function ask(page, url, body) {
  let answer;
  try {
    answer = await fetch(url, body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) });
  } catch {
    page.tell('error', '网络异常，请稍后重试');
    return null;
  }
  if (answer.status === 401) {
    toLogin();
    return null;
  }
  if (!answer.ok) {
    page.tell('error', '系统繁忙，请稍后再试');
    return null;
  }
  return answer.json();
}

/** Sends the files that were only collected so far; reports whether the server took them all. */
async function sendCollected(page, form) {
  for (const f of form.fields().filter((x) => x.kind === 'files' && x.collect)) {
    for (const file of form.values[f.id] || []) {
      const body = new FormData();
      body.append('file', file.raw || file.originFileObj || file);
      const sent = await fetch(`/api/upload?label=${encodeURIComponent(f.label)}`, { method: 'POST', body }).catch(() => null);
      if (sent?.status === 401) {
        toLogin();
        return false;
      }
      if (!sent?.ok) {
        page.tell('error', `${file.name} 上传失败`);
        return false;
      }
    }
  }
  return true;
}

const empty = (f) => ({ check: [], multiple: [], path: [], files: [], switch: false, text: '', long: '', rows: [{}], shared: '' }[f.kind]);

/** A value as the test reads it: texts, lists of texts, dates as 2006-01-02, files as names, rows as objects. */
function plainValue(f, v) {
  if (f.kind === 'files') return (v || []).map((x) => x.name);
  if (f.kind === 'rows') return v.map((r) => Object.fromEntries(f.cells.map((c) => [c.label, r[c.id] ?? ''])));
  if (f.kind === 'date') return v ? (typeof v === 'string' ? v : v.format('YYYY-MM-DD')) : '';
  if (f.kind === 'number') return v === undefined || v === null ? '' : String(v);
  if (v === undefined || v === null) return ['check', 'multiple', 'path'].includes(f.kind) ? [] : '';
  return Array.isArray(v) ? [...v] : v;
}

export class Form {
  constructor(page, spec) {
    this.page = page;
    this.spec = spec;
    this.step = 0;
    this.values = {};
    this.errors = {};
    this.parts = {};
    this.last = {};
    for (const f of this.fields()) {
      this.values[f.id] = f.kind === 'rows' ? [this.row(f)] : f.value ?? empty(f);
      this.errors[f.id] = '';
      if (f.kind === 'files') this.values[f.id] = [];
    }
  }

  fields() {
    return this.spec.steps.flatMap((s) => s.groups).flatMap((g) => g.fields);
  }

  row(f) {
    return Object.fromEntries(f.cells.map((c) => [c.id, '']));
  }

  addRow(f) {
    this.values[f.id].push(this.row(f));
    this.changed();
  }

  dropRow(f, i) {
    this.values[f.id].splice(i, 1);
    this.changed();
  }

  shows(f) {
    if (!f.when) return true;
    const on = this.values[f.when.id];
    return Array.isArray(on) ? on.includes(f.when.has) : on === f.when.has;
  }

  /** What the kit's own validation checks, in the words of async-validator; promises for the kits that want them. */
  rules(f, promises) {
    const rules = [];
    const say = (text) => ({ message: text, trigger: ['blur', 'change'] });
    if (f.required) {
      const type = { check: 'array', multiple: 'array', path: 'array', files: 'array', number: 'number' }[f.kind];
      rules.push({ required: true, ...(type ? { type } : {}), ...say((f.verb || '请输入') + f.label) });
    }
    if (f.pattern) {
      const ok = (v) => !v || new RegExp(f.pattern).test(v);
      const validator = promises
        ? (_, v) => (ok(v) ? Promise.resolve() : Promise.reject(f.message))
        : (_, v, done) => (ok(v) ? done() : done(new Error(f.message)));
      rules.push({ validator, trigger: 'blur' });
    }
    return rules;
  }

  model() {
    const all = {};
    for (const f of this.fields()) if (this.shows(f)) all[f.key] = plainValue(f, this.values[f.id]);
    return Object.assign(all, ...Object.values(this.parts));
  }

  /** Called by the kit after each change. */
  changed() {
    for (const f of this.fields()) {
      const now = JSON.stringify(plainValue(f, this.values[f.id]));
      if (this.last[f.id] !== now) {
        if (this.last[f.id] !== undefined) this.errors[f.id] = '';
        this.last[f.id] = now;
      }
    }
    this.sync();
    this.page.render?.();
  }

  set(f, value) {
    this.values[f.id] = value;
    this.changed();
  }

  sync() {
    const model = this.model();
    if (this.spec.part !== undefined) {
      parent.__part?.(this.spec.id, this.spec.part, model);
      return;
    }
    const told = new XMLHttpRequest();
    told.open('POST', '/_test/model', false);
    told.send(JSON.stringify({ form: this.spec.id, model }));
  }

  /** What the server says of a field after the person left it. */
  async check(f) {
    if (!f.server || !this.last[f.id]) return;
    const said = await ask(this.page, '/api/check', { form: this.spec.id, label: f.label, value: plainValue(f, this.values[f.id]) });
    if (said) this.errors[f.id] = said.error || '';
    this.page.render?.();
  }

  current() {
    return this.spec.steps[this.step];
  }

  async next() {
    const said = await ask(this.page, '/api/check', { form: this.spec.id, step: this.step, values: this.model() });
    if (!said) return;
    if (this.fail(said.errors)) return;
    this.step += 1;
    this.page.render?.();
  }

  back() {
    this.step -= 1;
    this.page.render?.();
  }

  fail(errors) {
    for (const f of this.fields()) if (errors?.[f.key]) this.errors[f.id] = errors[f.key];
    this.page.render?.();
    return errors && Object.keys(errors).length > 0;
  }
}

export class List {
  constructor(page, spec) {
    Object.assign(this, { page, spec, at: 1, size: spec.size, rows: [], total: 0, loading: false });
  }

  async load() {
    this.loading = true;
    this.page.render?.();
    const got = await ask(this.page, `/api/rows/${encodeURIComponent(this.spec.id)}?page=${this.at}&size=${this.size}`);
    this.loading = false;
    if (got) Object.assign(this, { rows: got.rows, total: got.total });
    if (got) know(got.rows.flatMap((r) => r.actions || []));
    this.page.render?.();
  }

  turn(at, size) {
    if (at === this.at && (!size || size === this.size)) return;
    this.at = at;
    if (size) this.size = size;
    this.load();
  }
}

export class Page {
  constructor(spec) {
    this.spec = spec;
    this.look = spec.look;
    this.notice = '';
    this.dialogs = [];
    this.render = null; // set by kits that have to be told to draw again
    this.message = null; // the kit's own way of saying something
    this.validate = null; // the kit's own validation of the form shown
    this.blocks = (spec.blocks || []).map((b) => ({ ...b, form: b.form && new Form(this, b.form), list: b.list && new List(this, b.list) }));
    know([...(spec.blocks || []).flatMap((b) => [...(b.buttons || []), ...(b.form?.buttons || [])])]);
  }

  forms() {
    return [...this.blocks, ...this.dialogs].map((b) => b.form).filter(Boolean);
  }

  tell(type, text) {
    this.notice = text;
    this.message?.(type, text);
    this.render?.();
  }

  /** A press of one of the page's buttons. form and row say to what it belongs. */
  async press(b, { form, row, dialog } = {}) {
    if (b.do === 'next' || b.do === 'act') {
      if (form && b.validate && this.validate && !(await this.validate(form))) return;
      if (b.do === 'next') {
        await form.next();
        return;
      }
    }
    if (b.do === 'back') form.back();
    else if (b.do === 'close') this.close(dialog);
    else if (b.do === 'go') this.go(b.to);
    else if (form && b.validate && !(await sendCollected(this, form))) return;
    else this.follow(await ask(this, '/api/act', { path: location.pathname + location.search, button: b.text, row: row ?? dialog?.row, form: form?.spec.id, values: form?.model(), dialog: dialog?.title }), form);
  }

  /** Does what the server answered. */
  follow(said, form) {
    if (!said) return;
    if (said.errors && form) form.fail(said.errors);
    if (said.message) this.tell(said.type || 'success', said.message);
    if (said.close) this.dialogs.splice(this.dialogs.length - said.close, said.close);
    if (said.open) this.open(said.open);
    if (said.go) this.go(said.go);
    if (said.reload) this.reload();
    this.render?.();
  }

  open(spec) {
    know([...(spec.buttons || []), ...(spec.form?.buttons || [])]);
    this.dialogs.push({ ...spec, form: spec.form && new Form(this, spec.form), key: Math.random() });
    this.render?.();
  }

  close(dialog) {
    const at = this.dialogs.findIndex((d) => d.key === dialog.key);
    if (at >= 0) this.dialogs.splice(at, 1);
    this.render?.();
  }

  reload() {
    for (const b of this.blocks) b.list?.load();
  }

  go(to) {
    if (to.startsWith('http')) window.open(to);
    else if (!this.spec.spa) location.href = to;
    else {
      history.pushState(null, '', to);
      show();
    }
  }
}

let mount; // the kit's
let unmount;

/** Shows the page of the address. */
async function show() {
  const stub = { tell: (_, text) => { document.getElementById('app').textContent = text; } };
  const spec = await ask(stub, '/api/page?path=' + encodeURIComponent(location.pathname + location.search));
  if (!spec) return;
  unmount?.();
  document.title = spec.title;
  document.body.style.zoom = spec.look.zoom || '';
  document.body.className = spec.look.body || '';
  let page = new Page(spec);
  const made = mount(page);
  page = made.page || page; // the reactive one
  unmount = made.unmount;
  for (const f of page.forms()) f.changed();
  for (const b of page.blocks) b.list?.load();
  window.__model = (id) => page.forms().find((f) => !id || f.spec.id === id)?.model() ?? {};
  window.__part = (id, part, model) => {
    const form = page.forms().find((f) => f.spec.id === id);
    if (!form) return;
    form.parts[part] = model;
    form.sync();
  };
  spoil(spec.look.hostile || []);
  if (spec.wait) wait(page, spec.wait);
}

/** Asks again and again until the server says where to go: the phone has confirmed the login. */
async function wait(page, { url, every }) {
  while (location.pathname === '/login' || location.pathname === '/mobile/login') {
    await new Promise((done) => { setTimeout(done, every); });
    const said = await fetch(url).then((r) => r.json()).catch(() => null);
    if (said?.go) {
      location.href = said.go;
      return;
    }
  }
}

/** Options of a select that asks the server for them. */
export async function search(list, q) {
  const got = await fetch(`/api/options?list=${encodeURIComponent(list)}&q=${encodeURIComponent(q)}`).then((r) => r.json());
  return got.options;
}

export const tree = (options) => options.map((o) => (typeof o === 'string' ? { value: o, label: o } : { value: o.text, label: o.text, ...(o.children ? { children: tree(o.children) } : {}) }));

/** Starts the page; how(page) mounts it with the kit and returns {page, unmount}. */
export function start(how) {
  mount = how;
  count();
  window.addEventListener('popstate', show);
  show();
}
