// Bundles the test portals: one script and one style sheet per kit, in dist/KIT/app.{js,css}.
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const vue3 = { vue: here('node_modules/vue/dist/vue.esm-bundler.js') };
const vue2 = { vue: here('node_modules/vue2/dist/vue.esm.js') };
const kits = {
  'element-plus': { entry: 'src/element-plus.js', alias: vue3 },
  'element-ui': { entry: 'src/element-ui.js', alias: vue2 },
  'ant-design-vue-4': { entry: 'src/ant-design-vue-4.js', alias: vue3 },
  'ant-design-vue-1': { entry: 'src/ant-design-vue-1.js', alias: vue2 },
  'antd-5': { entry: 'src/antd-5.jsx', alias: {} },
  plain: { entry: 'src/plain.js', alias: {} },
};

rmSync(here('dist'), { recursive: true, force: true });
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(kits);
await Promise.all(chosen.map((name) => build({
  entryPoints: [here(kits[name].entry)],
  outfile: here(`dist/${name}/app.js`),
  alias: kits[name].alias,
  bundle: true,
  minify: true,
  keepNames: true,
  target: 'es2022',
  jsx: 'automatic',
  logLevel: 'warning',
  logOverride: { 'ignored-bare-import': 'silent' },
  loader: { '.woff': 'dataurl', '.ttf': 'dataurl' },
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    global: 'window',
  },
})));
