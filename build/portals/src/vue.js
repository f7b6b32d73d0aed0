// The parts of the pages for the Vue kits, old and new: options as both versions take them, templates from the kit.
import { search, start, tree } from './page.js';

const Wrap = {
  props: ['depth', 'cls'],
  template: '<div :class="cls"><wrap v-if="depth > 1" :depth="depth - 1" :cls="cls"><slot></slot></wrap><slot v-else></slot></div>',
};

/** A control of a field: the kit's template decides by field.kind. */
const Control = (template) => ({
  props: ['field', 'form'],
  data: () => ({ found: [], count: 0 }),
  computed: {
    values() { return this.form.values; },
    options() { return tree(this.field.remote ? this.found : this.field.options || []); },
  },
  methods: {
    async search(q) { this.found = q ? await search(this.field.remote, q) : []; },
    uploaded(file, list) { this.form.set(this.field, [...list]); },
    hold() { return false; },
  },
  template,
});

/** Fields in a document of their own, or in a shadow root. */
const Foreign = (mount) => ({
  props: ['group', 'form'],
  mounted() {
    if (this.group.place !== 'shadow') return;
    const root = this.$refs.host.attachShadow({ mode: 'open' });
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) root.append(link.cloneNode());
    const inside = root.appendChild(document.createElement('div'));
    mount('kit-form', { groups: [{ ...this.group, place: '' }], form: this.form, page: this.form.page }, inside);
  },
  template: '<iframe v-if="group.place === \'frame\'" :src="group.src" style="width:100%;height:420px;border:0"></iframe><div v-else ref="host"></div>',
});

const labelText = (kit) => ({
  props: ['field'],
  template: `<span>{{ field.shown }}<template v-if="field.help">${kit.help}</template></span>`,
});

const Press = (kit) => ({
  props: ['b', 'form', 'row', 'dialog', 'page'],
  methods: {
    press() { this.page.press(this.b, { form: this.form, row: this.row, dialog: this.dialog }); },
  },
  template: `<span class="press">
    <div v-if="b.look === 'div'" role="button" tabindex="0" :class="b.cls" class="as-button" @click="press">{{ b.text }}</div>
    <a v-else-if="b.look === 'a'" href="javascript:;" :class="b.cls" @click.prevent="press">{{ b.text }}</a>
    <input v-else-if="b.look === 'input'" type="submit" :class="b.cls" :value="b.text" @click.prevent="press">
    <i v-else-if="b.look === 'icon'" :class="b.cls" class="icon-button" @click="press">✓</i>
    ${kit.button}</span>`,
});

const Cell = {
  props: ['column', 'row', 'page'],
  computed: { text() { return this.row.cells[this.column.id] ?? ''; } },
  template: `<span>
    <template v-if="column.kind === 'actions'"><press v-for="b in row.actions" :key="b.text" :b="b" :row="row.id" :page="page"></press></template>
    <template v-else-if="column.kind === 'qr'"><img v-if="text" :src="'/_test/qr.svg'" width="32" height="32" :title="text" :alt="text"></template>
    <a v-else-if="column.kind === 'link'" :href="text" @click.prevent>{{ text }}</a>
    <span v-else-if="column.kind === 'state'" class="state"><i class="dot"></i><span><b>{{ text }}</b></span></span>
    <span v-else-if="column.kind === 'tip'" :title="'完整内容：' + text">{{ text }}<i class="tip" aria-hidden="true"></i></span>
    <template v-else>{{ text }}</template></span>`,
};

const Body = {
  props: ['page'],
  computed: { look() { return this.page.look; } },
  template: `<div :class="look.cls">
    <ul v-if="page.spec.nav" class="nav"><li v-for="n in page.spec.nav" :key="n.text"><a :href="n.to" @click.prevent="page.go(n.to)">{{ n.text }}</a></li></ul>
    <div v-if="page.spec.user" class="user">{{ page.spec.user }}</div>
    <template v-for="(b, i) in page.blocks">
      <component :is="b.tag || 'h2'" v-if="b.text" :key="'t' + i" class="text">{{ b.text }}</component>
      <img v-if="b.image" :key="'i' + i" :src="b.image" width="180" height="180" :alt="b.alt">
      <div v-if="b.buttons" :key="'b' + i" class="bar"><press v-for="x in b.buttons" :key="x.text" :b="x" :page="page"></press></div>
      <form-box v-if="b.form" :key="'f' + i" :form="b.form" :page="page"></form-box>
      <list-box v-if="b.list" :key="'l' + i" :list="b.list" :page="page"></list-box>
    </template>
    <p v-if="page.notice" class="notice" role="status">{{ page.notice }}</p>
    <dialog-box v-for="d in page.dialogs" :key="d.key" :d="d" :page="page"></dialog-box></div>`,
};

/** The form with its steps and buttons; deep watching tells the shared part of every change. */
const FormBox = (kit) => ({
  props: ['form', 'page'],
  computed: {
    buttons() { return (this.form.spec.buttons || []).filter((b) => !b.steps || b.steps.includes(this.form.step)); },
  },
  watch: { 'form.values': { deep: true, handler() { this.form.changed(); } } },
  mounted() {
    this.form.validateShown = () => kit.validate(this.$refs.kit.$refs.form);
    this.page.validate = (form) => form.validateShown();
  },
  template: `<div :class="page.look.cls">${kit.steps}<kit-form ref="kit" :key="form.step" :groups="form.current().groups" :form="form" :page="page"></kit-form>
    <div :class="{ sticky: page.look.sticky }" class="bar"><press v-for="b in buttons" :key="b.text" :b="b" :form="form" :page="page"></press></div></div>`,
});

/** Starts a kit. kit holds its templates; vue creates and mounts: {register(name, options), mount(name, props, el), reactive}. */
export function begin(kit, vue) {
  vue.register('wrap', Wrap);
  vue.register('control', Control(kit.control));
  vue.register('foreign', Foreign(vue.mount));
  vue.register('label-text', labelText(kit));
  vue.register('press', Press(kit));
  vue.register('cell', Cell);
  vue.register('form-part', { props: ['groups', 'form'], computed: { look() { return this.form.page.look; }, values() { return this.form.values; } }, template: kit.part });
  vue.register('kit-form', { props: ['groups', 'form', 'page'], template: kit.form });
  vue.register('form-box', FormBox(kit));
  vue.register('list-box', { props: ['list', 'page'], ...kit.listOptions, template: kit.list.replaceAll('look.', 'page.look.') });
  vue.register('dialog-box', { props: ['d', 'page'], template: kit.dialog });
  vue.register('page-body', Body);
  start((raw) => {
    const page = vue.reactive(raw);
    for (const b of page.blocks) for (const x of [b.form, b.list]) if (x) x.page = page;
    page.message = kit.message;
    const host = document.getElementById('app').appendChild(document.createElement('div'));
    return { page, unmount: vue.mount('page-body', { page }, host) };
  });
}
