// Vue 3 with ant-design-vue 4.
import { createApp, reactive } from 'vue';
import Antd, { message } from 'ant-design-vue';
import zh from 'ant-design-vue/es/locale/zh_CN.js';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import 'ant-design-vue/dist/reset.css';
import './page.css';
import { antColumns } from './ant-list.js';
import { begin } from './vue.js';

dayjs.locale('zh-cn');
const parts = {};

function mount(name, props, host) {
  const app = createApp({ template: `<a-config-provider :locale="zh"><a-style-provider :container="container"><${name} v-bind="props"></${name}></a-style-provider></a-config-provider>`, setup: () => ({ zh, props, container: host.getRootNode() instanceof ShadowRoot ? host.getRootNode() : undefined }) });
  app.use(Antd);
  for (const [known, options] of Object.entries(parts)) app.component(known, options);
  app.mount(host);
  return () => { app.unmount(); host.remove(); };
}

begin({
  message: (type, text) => message[type](text),
  promises: true,
  validate: (form) => form.validate().then(() => true, () => false),
  help: '<a-tooltip title="按实际情况填写"><span role="img" class="anticon help">?</span></a-tooltip>',
  button: '<a-button v-else :type="b.look === \'primary\' ? \'primary\' : b.look === \'link\' ? \'link\' : \'default\'" :class="b.cls" @click="press">{{ b.text }}</a-button>',
  steps: '<a-steps v-if="form.spec.steps.length > 1" :current="form.step" :items="form.spec.steps.map((s) => ({ title: s.title }))"></a-steps>',
  form: `<a-form ref="form" :model="form.values" :layout="page.look.labels === 'top' ? 'vertical' : 'horizontal'" :label-align="page.look.labels === 'left' ? 'left' : 'right'" :label-col="page.look.labels === 'top' ? undefined : { style: { width: '190px' } }">
    <form-part :groups="groups" :form="form"></form-part></a-form>`,
  part: `<div><div v-for="(g, i) in groups" :key="i">
      <component :is="look.heading" v-if="g.heading && !g.place" class="heading">{{ g.heading }}</component>
      <foreign v-if="g.place" :group="g" :form="form"></foreign>
      <wrap v-else :depth="look.depth" :cls="look.cls">
        <template v-for="f in g.fields" :key="f.id"><div v-if="form.shows(f)" @focusout="form.check(f)">
            <a-form-item :name="f.kind === 'rows' ? undefined : f.id" :rules="form.rules(f, true)" :required="f.required" :validate-status="form.errors[f.id] ? 'error' : undefined" :help="form.errors[f.id] || undefined">
              <template #label><label-text :field="f"></label-text></template>
              <div v-if="f.kind === 'rows'" class="rows">
                <div v-for="(r, n) in values[f.id]" :key="n" class="row">
                  <a-form-item-rest><div v-for="c in f.cells" :key="c.id" class="ant-form-item"><a-form-item :label="c.shown" :label-col="{}" :required="c.required"><a-input v-model:value="r[c.id]"></a-input></a-form-item></div></a-form-item-rest>
                </div>
                <a-button type="dashed" @click="form.addRow(f)">{{ f.add }}</a-button>
              </div>
              <control v-else :field="f" :form="form"></control>
            </a-form-item></div></template>
      </wrap></div></div>`,
  control: `
    <a-input v-if="field.kind === 'text'" v-model:value="values[field.id]" :placeholder="'请输入' + field.label"></a-input>
    <a-textarea v-else-if="field.kind === 'long'" v-model:value="values[field.id]" :rows="3"></a-textarea>
    <a-input-number v-else-if="field.kind === 'number'" v-model:value="values[field.id]"></a-input-number>
    <a-radio-group v-else-if="field.kind === 'radio'" v-model:value="values[field.id]"><a-radio v-for="o in options" :key="o.value" :value="o.value">{{ o.label }}</a-radio></a-radio-group>
    <a-checkbox-group v-else-if="field.kind === 'check'" v-model:value="values[field.id]" :options="options"></a-checkbox-group>
    <a-select v-else-if="field.kind === 'select' && field.remote" v-model:value="values[field.id]" show-search :filter-option="false" :options="options" :not-found-content="null" placeholder="请选择" @search="search"></a-select>
    <a-select v-else-if="field.kind === 'select' && field.free" v-model:value="values[field.id]" mode="combobox" :options="options" placeholder="请选择"></a-select>
    <a-select v-else-if="field.kind === 'select' || field.kind === 'multiple'" v-model:value="values[field.id]" :mode="field.kind === 'multiple' ? 'multiple' : undefined" :show-search="!!field.filter" :options="options" placeholder="请选择"></a-select>
    <a-cascader v-else-if="field.kind === 'path'" v-model:value="values[field.id]" :options="options" placeholder="请选择"></a-cascader>
    <a-date-picker v-else-if="field.kind === 'date'" v-model:value="values[field.id]" value-format="YYYY-MM-DD" :input-read-only="!!field.fixed"></a-date-picker>
    <a-switch v-else-if="field.kind === 'switch'" v-model:checked="values[field.id]"></a-switch>
    <a-upload v-else-if="field.kind === 'files'" :action="'/api/upload?label=' + encodeURIComponent(field.label)" :before-upload="field.collect ? hold : undefined" v-model:file-list="values[field.id]" :max-count="field.many ? 9 : 1" :multiple="field.many">
      <a-button>{{ field.collect ? '选择文件' : '点击上传' }}</a-button></a-upload>`,
  listOptions: antColumns,
  list: `<div :class="look.cls" class="list">
    <component :is="look.heading" v-if="list.spec.heading" class="heading">{{ list.spec.heading }}</component>
    <a-table :columns="columns" :data-source="list.rows" :bordered="look.border" :loading="list.loading" row-key="id" :scroll="scroll" :pagination="pager" @change="turned">
      <template #bodyCell="{ column, record }"><cell :column="column.spec" :row="record" :page="page"></cell></template>
    </a-table></div>`,
  dialog: `<a-modal :open="true" :title="d.title" :mask-closable="false" :width="760" @cancel="page.close(d)">
    <p v-if="d.text" class="log">{{ d.text }}</p><form-box v-if="d.form" :form="d.form" :page="page"></form-box>
    <template #footer><press v-for="b in d.buttons || []" :key="b.text" :b="b" :form="d.form" :dialog="d" :page="page"></press></template></a-modal>`,
}, { register: (name, options) => { parts[name] = { name, ...options }; }, mount, reactive });
