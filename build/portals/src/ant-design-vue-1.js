// Vue 2.7 with ant-design-vue 1.7.
import Vue from 'vue';
import Antd, { message } from 'ant-design-vue1';
import zh from 'ant-design-vue1/es/locale/zh_CN.js';
import moment from 'moment';
import 'moment/locale/zh-cn';
import 'ant-design-vue1/dist/antd.css';
import './page.css';
import { antColumns } from './ant-list.js';
import { begin } from './vue.js';

moment.locale('zh-cn');
Vue.use(Antd);
Vue.config.productionTip = false;

function mount(name, props, host) {
  const at = host.appendChild(document.createElement('div'));
  const vm = new Vue({ render: (h) => h('a-config-provider', { props: { locale: zh } }, [h(name, { props })]) }).$mount(at);
  return () => { vm.$destroy(); host.remove(); };
}

begin({
  message: (type, text) => message[type](text),
  validate: (form) => new Promise((done) => { form.validate(done); }),
  help: '<a-tooltip title="按实际情况填写"><a-icon type="question-circle" class="help"></a-icon></a-tooltip>',
  button: '<a-button v-else :type="b.look === \'primary\' ? \'primary\' : b.look === \'link\' ? \'link\' : \'default\'" :class="b.cls" @click="press">{{ b.text }}</a-button>',
  steps: '<a-steps v-if="form.spec.steps.length > 1" :current="form.step"><a-step v-for="(s, i) in form.spec.steps" :key="i" :title="s.title"></a-step></a-steps>',
  form: `<a-form-model ref="form" :model="form.values" :layout="page.look.labels === 'top' ? 'vertical' : 'horizontal'" :label-align="page.look.labels === 'left' ? 'left' : 'right'" :label-col="page.look.labels === 'top' ? undefined : { span: 5 }" :wrapper-col="page.look.labels === 'top' ? undefined : { span: 16 }" @submit.native.prevent>
    <form-part :groups="groups" :form="form"></form-part></a-form-model>`,
  part: `<div><div v-for="(g, i) in groups" :key="i">
      <component :is="look.heading" v-if="g.heading && !g.place" class="heading">{{ g.heading }}</component>
      <foreign v-if="g.place" :group="g" :form="form"></foreign>
      <wrap v-else :depth="look.depth" :cls="look.cls">
        <template v-for="f in g.fields"><div v-if="form.shows(f)" :key="f.id" @focusout="form.check(f)">
            <a-form-model-item :prop="f.kind === 'rows' ? undefined : f.id" :rules="form.rules(f)" :required="f.required" :validate-status="form.errors[f.id] ? 'error' : undefined" :help="form.errors[f.id] || undefined" :auto-link="f.kind !== 'rows'">
              <template #label><label-text :field="f"></label-text></template>
              <div v-if="f.kind === 'rows'" class="rows">
                <div v-for="(r, n) in values[f.id]" :key="n" class="row">
                  <a-form-model-item v-for="c in f.cells" :key="c.id" :label="c.shown" :label-col="{ span: 8 }" :wrapper-col="{ span: 16 }" :required="c.required"><a-input v-model="r[c.id]"></a-input></a-form-model-item>
                </div>
                <a-button type="dashed" @click="form.addRow(f)">{{ f.add }}</a-button>
              </div>
              <control v-else :field="f" :form="form"></control>
            </a-form-model-item></div></template>
      </wrap></div></div>`,
  control: `
    <a-input v-if="field.kind === 'text'" v-model="values[field.id]" :placeholder="'请输入' + field.label"></a-input>
    <a-textarea v-else-if="field.kind === 'long'" v-model="values[field.id]" :rows="3"></a-textarea>
    <a-input-number v-else-if="field.kind === 'number'" v-model="values[field.id]"></a-input-number>
    <a-radio-group v-else-if="field.kind === 'radio'" v-model="values[field.id]"><a-radio v-for="o in options" :key="o.value" :value="o.value">{{ o.label }}</a-radio></a-radio-group>
    <a-checkbox-group v-else-if="field.kind === 'check'" v-model="values[field.id]" :options="options"></a-checkbox-group>
    <a-select v-else-if="field.kind === 'select' && field.remote" v-model="values[field.id]" show-search :filter-option="false" :not-found-content="null" placeholder="请选择" @search="search"><a-select-option v-for="o in options" :key="o.value" :value="o.value">{{ o.label }}</a-select-option></a-select>
    <a-select v-else-if="field.kind === 'select' || field.kind === 'multiple'" v-model="values[field.id]" :mode="field.kind === 'multiple' ? 'multiple' : field.free ? 'combobox' : 'default'" :show-search="!!field.filter" placeholder="请选择"><a-select-option v-for="o in options" :key="o.value" :value="o.value">{{ o.label }}</a-select-option></a-select>
    <a-cascader v-else-if="field.kind === 'path'" v-model="values[field.id]" :options="options" placeholder="请选择"></a-cascader>
    <a-date-picker v-else-if="field.kind === 'date'" v-model="values[field.id]" value-format="YYYY-MM-DD"></a-date-picker>
    <a-switch v-else-if="field.kind === 'switch'" v-model="values[field.id]"></a-switch>
    <a-upload v-else-if="field.kind === 'files'" :action="'/api/upload?label=' + encodeURIComponent(field.label)" :before-upload="field.collect ? hold : undefined" :file-list="values[field.id]" :multiple="field.many" @change="uploaded($event.file, $event.fileList)">
      <a-button><a-icon type="upload"></a-icon>{{ field.collect ? '选择文件' : '点击上传' }}</a-button></a-upload>`,
  listOptions: { ...antColumns, methods: { ...antColumns.methods, slots: () => ({ scopedSlots: { customRender: 'cell' } }) } },
  list: `<div :class="look.cls" class="list">
    <component :is="look.heading" v-if="list.spec.heading" class="heading">{{ list.spec.heading }}</component>
    <a-table :columns="columns" :data-source="list.rows" :bordered="look.border" :loading="list.loading" row-key="id" :scroll="scroll" :pagination="pager" @change="turned">
      <template #cell="text, record, index, column"><cell :column="column.spec" :row="record" :page="page"></cell></template>
    </a-table></div>`,
  dialog: `<a-modal :visible="true" :title="d.title" :mask-closable="false" :width="760" @cancel="page.close(d)">
    <p v-if="d.text" class="log">{{ d.text }}</p><form-box v-if="d.form" :form="d.form" :page="page"></form-box>
    <template #footer><span><press v-for="b in d.buttons || []" :key="b.text" :b="b" :form="d.form" :dialog="d" :page="page"></press></span></template></a-modal>`,
}, { register: (name, options) => Vue.component(name, { name, ...options }), mount, reactive: Vue.observable });
