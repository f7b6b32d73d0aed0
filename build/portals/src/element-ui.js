// Vue 2.7 with element-ui 2.15.
import Vue from 'vue';
import ElementUI from 'element-ui';
import 'element-ui/lib/theme-chalk/index.css';
import './page.css';
import { begin } from './vue.js';

Vue.use(ElementUI);
Vue.config.productionTip = false;

function mount(name, props, host) {
  const at = host.appendChild(document.createElement('div'));
  const vm = new Vue({ render: (h) => h(name, { props }) }).$mount(at);
  return () => { vm.$destroy(); host.remove(); };
}

begin({
  message: (type, message) => Vue.prototype.$message({ type, message }),
  validate: (form) => new Promise((done) => { form.validate(done); }),
  help: '<el-tooltip content="按实际情况填写"><i class="el-icon-question help"></i></el-tooltip>',
  button: '<el-button v-else :type="b.look === \'primary\' ? \'primary\' : b.look === \'link\' ? \'text\' : undefined" :class="b.cls" @click="press">{{ b.text }}</el-button>',
  steps: '<el-steps v-if="form.spec.steps.length > 1" :active="form.step" finish-status="success"><el-step v-for="(s, i) in form.spec.steps" :key="i" :title="s.title"></el-step></el-steps>',
  form: `<el-form ref="form" :model="form.values" :label-position="page.look.labels" label-width="190px" @submit.native.prevent>
    <form-part :groups="groups" :form="form"></form-part></el-form>`,
  part: `<div><div v-for="(g, i) in groups" :key="i">
      <component :is="look.heading" v-if="g.heading && !g.place" class="heading">{{ g.heading }}</component>
      <foreign v-if="g.place" :group="g" :form="form"></foreign>
      <wrap v-else :depth="look.depth" :cls="look.cls">
        <template v-for="f in g.fields"><div v-if="form.shows(f)" :key="f.id" @focusout="form.check(f)">
            <el-form-item :prop="f.id" :rules="form.rules(f)" :error="form.errors[f.id]" :required="f.required">
              <template #label><label-text :field="f"></label-text></template>
              <div v-if="f.kind === 'rows'" class="rows">
                <div v-for="(r, n) in values[f.id]" :key="n" class="row">
                  <el-form-item v-for="c in f.cells" :key="c.id" :label="c.shown" label-width="80px" :required="c.required"><el-input v-model="r[c.id]"></el-input></el-form-item>
                </div>
                <el-button plain icon="el-icon-circle-plus-outline" @click="form.addRow(f)">{{ f.add }}</el-button>
              </div>
              <control v-else :field="f" :form="form"></control>
            </el-form-item></div></template>
      </wrap></div></div>`,
  control: `
    <el-input v-if="field.kind === 'text'" v-model="values[field.id]" :placeholder="'请输入' + field.label"></el-input>
    <el-input v-else-if="field.kind === 'long'" v-model="values[field.id]" type="textarea" :rows="3"></el-input>
    <el-input-number v-else-if="field.kind === 'number'" v-model="values[field.id]"></el-input-number>
    <el-radio-group v-else-if="field.kind === 'radio'" v-model="values[field.id]"><el-radio v-for="o in options" :key="o.value" :label="o.value">{{ o.label }}</el-radio></el-radio-group>
    <el-checkbox-group v-else-if="field.kind === 'check'" v-model="values[field.id]"><el-checkbox v-for="o in options" :key="o.value" :label="o.value">{{ o.label }}</el-checkbox></el-checkbox-group>
    <el-select v-else-if="field.kind === 'select' || field.kind === 'multiple'" v-model="values[field.id]" :multiple="field.kind === 'multiple'" :filterable="!!field.remote || !!field.free || !!field.filter"
      :remote="!!field.remote" :remote-method="search" :allow-create="field.free" placeholder="请选择"><el-option v-for="o in options" :key="o.value" :value="o.value" :label="o.label"></el-option></el-select>
    <el-cascader v-else-if="field.kind === 'path'" v-model="values[field.id]" :options="options" placeholder="请选择"></el-cascader>
    <el-date-picker v-else-if="field.kind === 'date'" v-model="values[field.id]" type="date" value-format="yyyy-MM-dd" :editable="!field.fixed" placeholder="选择日期"></el-date-picker>
    <el-switch v-else-if="field.kind === 'switch'" v-model="values[field.id]"></el-switch>
    <el-upload v-else-if="field.kind === 'files'" :action="'/api/upload?label=' + encodeURIComponent(field.label)" :auto-upload="!field.collect" :file-list="values[field.id]" :limit="field.many ? 9 : 1" :multiple="field.many"
      :on-change="uploaded" :on-remove="uploaded"><el-button size="small">{{ field.collect ? '选择文件' : '点击上传' }}</el-button></el-upload>`,
  list: `<div :class="look.cls" class="list">
    <component :is="look.heading" v-if="list.spec.heading" class="heading">{{ list.spec.heading }}</component>
    <el-table :data="list.rows" :border="look.border" :height="look.split ? 360 : undefined" v-loading="list.loading" row-key="id" empty-text="暂无数据">
      <template v-for="c in list.spec.columns">
        <el-table-column v-if="c.children" :key="c.id" :label="c.title"><el-table-column v-for="x in c.children" :key="x.id" :label="x.title" :min-width="x.width || 150"><template #default="{ row }"><cell :column="x" :row="row" :page="page"></cell></template></el-table-column></el-table-column>
        <el-table-column v-else :key="c.id" :label="c.title" :fixed="c.fixed || undefined" :min-width="c.width || 150"><template #default="{ row }"><cell :column="c" :row="row" :page="page"></cell></template></el-table-column>
      </template>
    </el-table>
    <el-pagination v-if="!list.spec.bare" layout="total, sizes, prev, pager, next" :total="list.total" :page-sizes="list.spec.sizes" :page-size="list.size" :current-page="list.at" @current-change="list.turn($event)" @size-change="list.turn(1, $event)"></el-pagination></div>`,
  dialog: `<el-dialog :visible="true" :title="d.title" :close-on-click-modal="false" width="760px" append-to-body @close="page.close(d)">
    <p v-if="d.text" class="log">{{ d.text }}</p><form-box v-if="d.form" :form="d.form" :page="page"></form-box>
    <template #footer><span v-if="d.buttons"><press v-for="b in d.buttons" :key="b.text" :b="b" :form="d.form" :dialog="d" :page="page"></press></span></template></el-dialog>`,
}, { register: (name, options) => Vue.component(name, { name, ...options }), mount, reactive: Vue.observable });
