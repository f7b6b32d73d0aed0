// What the walk enters: the facts of a made-up unit, its vendor and one H5 app, by the keys of their fields.
import { documentPDF, picturePNG } from './forms.mjs'

export const unit = {
  'unit.credit_code': '12330199MB00000014',
  'unit.address_path': '示例市/市直单位/示例市数据中心',
  'unit.department': '技术保障科',
  'unit.tenant_id': '190001',
  'unit.catalog_account.name': '联系人甲',
  'unit.catalog_account.phone': '13800000001',
  'unit.department_admin.name': '联系人乙',
  'unit.department_admin.phone': '13800000002',
  'unit.workbench_admin.name': '联系人丙',
  'unit.workbench_admin.phone': '13800000003',
  'unit.regional_admin.name': '联系人丁',
  'unit.regional_admin.phone': '13800000004',
}

/** By subject, in the order of the pages. The identifier is pasted with its label, the telephone in full width. */
export const app = {
  basics: {
    'app.identifier': ' 应用标识：ｓｌｄｂ＿ｄｅｍｏ ',
    'app.description': '供本单位工作人员登记、跟踪和催办督办事项。',
    'app.responsible_name': '联系人戊',
    'app.responsible_phone': '１３８０００００００５',
    'app.vendor_id': '示例科技有限公司',
  },
  catalog: {
    'app.catalog_state': '建设中',
    'app.networks': ['政务外网', '互联网'],
    'app.domains': ['数字政府'],
    'app.plan': { name: '建设方案.pdf', mimeType: 'application/pdf', buffer: documentPDF() },
    'app.level': '市级',
    'app.unified': '否',
    'app.mode': '地方特色(省级特色)',
    'app.basis': ['政策文件', '其他'],
    'app.basis_other': '本单位年度信息化计划',
    'app.department': '技术保障科',
    'app.administrator': '联系人甲',
    'app.collaborative': '否',
    'app.major_task': '否',
    'app.core_business': '是',
    'app.multi_cross': '否',
    'app.systemic': '否',
  },
  interface: {
    'app.components': ['扫码登录', '组织架构和用户体系(浙政钉)', '消息通知'],
    'app.component_name': '示例督办',
    'app.egress_ips': ['10.45.13.181'],
    'app.usage_scope': '示例市/市直单位/示例市数据中心',
    'app.region': '示例市中心区',
    'app.callback_url': 'https://duban.example.com/callback',
    'app.logo': { name: 'logo.png', mimeType: 'image/png', buffer: picturePNG(200, 200) },
  },
  release: {
    'app.release_name': '示例督办',
    'app.health_url': 'https://duban.example.com/api/health',
    'app.developer_source': '自定义开发商',
    'app.process_region': '杭州',
    'app.legacy_yida': '否',
    'app.registration': '发布注册',
  },
  acceptance: {
    'app.release_targets': ['浙政钉'],
    'app.release_type': '首次发布',
    'app.listing_contents': ['浙政钉工作台组件'],
    'app.applicant_name': '联系人甲',
    'app.applicant_phone': '13800000001',
    'app.test_environment': '专有钉钉测试环境',
    'app.test_account': 'ceshi_duban',
    'app.test_data': '已预置 5 条督办事项，覆盖登记、催办和办结。',
    'app.test_on_workbench': '是',
  },
  behaviour: {
    'app.login_free': '是',
    'app.asks_password': '否',
    'app.reauth_other_app': '否',
    'app.mobile_url': 'https://duban.example.com/mobile/index.html',
    'app.pc_url': 'https://duban.example.com/pc/index.html',
    'app.split_by_login': '是',
    'app.api_bases': ['https://api.duban.example.com'],
    'app.error_page_ready': '是',
    'app.error_page_person': '联系人戊',
    'app.error_page_phone': '0571-00000000',
  },
}

export const parameters = {
  'app.app_key': 'sldb_demo-0Example1Key',
  'app.production_domain': 'platform.example.com',
  'app.bid': 'sldb_demo_zzdpro',
  'app.signkey': '1234567890abcdef',
  'app.sapp_id': '40001',
  'app.sapp_name': 'sldb_demo',
}

export const pageTable = [
  ['page_id', 'page_name', 'page_url'],
  ['index', '首页', 'https://duban.example.com/mobile/index.html'],
  ['matter_list', '督办事项', 'https://duban.example.com/mobile/list.html'],
].map((row) => row.join('\t')).join('\n')
