import { describe, expect, test } from 'vitest'
import type { AppView, Field } from '@/api/types'
import { catalogue } from '@/api/mock/catalogue'
import * as data from '@/api/mock/data'
import { answersOf, textOf } from '@/features/check/answers'
import { fieldPlace } from '@/composables/places'
import { usageOf } from './usage'
import { asked, draftOf, entries, membersOf, needed } from './values'

const field = (key: string) => catalogue.fields.find((f) => f.key === key)
const form = (id: string) => catalogue.forms.find((f) => f.id === id)

describe('values', () => {
  test.each([['text', ['text']], ['', []], [['a', 'b'], ['a', 'b']], [null, []], [undefined, []]])('%j is held as %j', (stored, want) => {
    expect(entries(stored)).toEqual(want)
  })

  test('a draft holds what is typed and leaves out secrets and files', () => {
    const draft = draftOf(data.app('a1', '示例督办'), catalogue.fields)
    expect(draft['app.name']).toEqual(['示例督办'])
    expect(draft['app.egress_ips']).toEqual(['10.1.2.3'])
    expect(Object.keys(draft)).not.toContain('app.test_password')
    expect(Object.keys(draft)).not.toContain('app.plan')
    expect(Object.keys(draft)).not.toContain('unit.name')
  })

  test('其他(请注明) is needed only when 其他 is ticked', () => {
    const other = field('app.basis_other') as Field
    expect(needed(other, { 'app.basis': ['政策文件'] })).toBe(false)
    expect(needed(other, { 'app.basis': ['政策文件', '其他'] })).toBe(true)
  })

  test.each([['H5', false], ['H5改革门户', false], ['小程序', true], ['小程序+PC', true]])('a mini-program field is asked of %s: %s', (kind, want) => {
    const mini: Field = { key: 'app.mini_version', label: '小程序已发布版本', type: 'text', mini: true, required: true }
    expect(asked(mini, { 'app.kind': [kind] })).toBe(want)
  })
})

describe('where a field is used', () => {
  test('names the forms, and the label where a form words it differently', () => {
    expect(usageOf('app.identifier', '应用标识', ['FORM-2'], form)).toBe('用于 FORM-2 组件申请')
    expect(usageOf('unit.name', '单位名称', ['FORM-2'], form)).toContain('表上写作“应用所属单位”')
    expect(usageOf('app.login_free', '已对接浙政钉免登', [], form)).toBe('')
  })

  test.each([
    ['app.identifier', '/apps/a1/data?field=app.identifier'],
    ['unit.credit_code', '/settings/unit?field=unit.credit_code'],
    ['vendor.contacts', '/settings/vendors?vendor=v1&field=vendor.contacts'],
    ['app.pages', '/apps/a1/tracking'],
  ])('%s is mended at %s', (key, want) => expect(fieldPlace(key, 'a1', 'v1')).toBe(want))

  test('without a vendor its fields lead to the choice of one', () => {
    expect(fieldPlace('vendor.name', 'a1')).toBe('/apps/a1/data?field=app.vendor_id')
  })
})

describe('核对', () => {
  const view: AppView = { app: { ...data.app('a1', '示例督办'), test_password: 'app/a1/test_password' }, vendor: data.vendor, unit: data.unit, completeness: [] }

  test.each([
    ['app.name', '示例督办'],
    ['unit.catalog_account.name', '联系人甲'],
    ['vendor.contacts', '联系人戊 13800000011、联系人己 13800000012'],
    ['app.vendor_id', '示例科技有限公司'],
    ['app.api_bases', ''],
  ])('%s reads “%s”', (key, want) => expect(textOf(view, field(key) as Field)).toBe(want))

  test('a secret never shows', () => {
    expect(textOf(view, field('app.test_password') as Field)).toContain('另行提供')
  })

  test('the section of a component stands only when that component is applied for', () => {
    const own = form('FORM-2')
    if (!own) throw new Error('no FORM-2')
    const draft = draftOf(view.app, catalogue.fields)
    const find = (key: string) => field(key)
    expect(answersOf(view, own, find, draft)).toHaveLength(2)
    const without = { ...view, app: { ...view.app, components: ['消息通知'] } }
    expect(answersOf(without, own, find, draft)).toHaveLength(1)
  })
})

test('saved values become the members of an app that hold them', () => {
  const fields = [{ key: 'app.bid', type: 'text' }, { key: 'app.egress_ips', type: 'ips' }] as Field[]
  expect(membersOf([{ key: 'app.bid', values: ['b'] }, { key: 'app.egress_ips', values: ['1.2.3.4'] }], fields))
    .toEqual({ bid: 'b', egress_ips: ['1.2.3.4'] })
  expect(membersOf([{ key: 'app.bid', values: [] }, { key: 'app.egress_ips', values: [] }], fields)).toEqual({ bid: '', egress_ips: [] })
})
