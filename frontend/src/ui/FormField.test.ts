import { mount } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Field } from '@/api/types'
import FormField from './FormField.vue'
import type { FieldModel } from './field/types'

function show(field: Partial<Field>, values: string[] = [], more: Partial<FieldModel> & { error?: string } = {}) {
  const { error, ...model } = more
  return mount(FormField, {
    props: { model: { field: { key: 'app.x', label: '应用标识', type: 'text', ...field }, ...model }, values, error },
    attachTo: document.body,
  })
}

const yesno = [{ value: '是', label: '是' }, { value: '否', label: '否' }]

describe('every field', () => {
  test('shows the label, 必填, the forms that use it, help and sample, tied to the input', async () => {
    const wrapper = show({ help: '只用字母', sample: 'sldb_demo' }, ['x'], { needed: true, usedBy: '用于 FORM-2 组件申请' })
    await nextTick()
    const input = wrapper.get('input')
    expect(wrapper.get('label').attributes('for')).toBe(input.element.id)
    for (const part of ['应用标识', '必填', '用于 FORM-2 组件申请', '只用字母', '例：sldb_demo']) expect(wrapper.text()).toContain(part)
    expect(document.getElementById(input.attributes('aria-describedby') ?? '')?.textContent).toContain('只用字母')
  })

  test('says what is wrong beside the input, keeps the wrong value, and marks the input', () => {
    const wrapper = show({}, ['中文标识'], { error: '应用标识里有中文' })
    const input = wrapper.get('input')
    expect(input.element.value).toBe('中文标识')
    expect(input.attributes('aria-invalid')).toBe('true')
    const described = (input.attributes('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
    expect(described).toContain('应用标识里有中文')
  })

  test('copies its value', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await show({}, ['sldb_demo']).get('[aria-label="复制应用标识"]').trigger('click')
    expect(write).toHaveBeenCalledWith('sldb_demo')
  })

  test('reports typing as it is, an emptied field as no value', async () => {
    const wrapper = show({}, ['a'])
    await wrapper.get('input').setValue(' ＡＢ ')
    await wrapper.get('input').setValue('')
    expect(wrapper.emitted('change')).toEqual([[[' ＡＢ ']], [[]]])
  })
})

describe('by type', () => {
  test('是/否 are two buttons of one group', async () => {
    const wrapper = show({ type: 'yesno' }, ['否'], { choices: yesno })
    expect(wrapper.get('[role=group]').attributes('aria-labelledby')).toBeTruthy()
    const radios = wrapper.findAll<HTMLInputElement>('input[type=radio]')
    expect(radios.map((r) => r.element.checked)).toEqual([false, true])
    await radios[0]?.setValue(true)
    expect(wrapper.emitted('change')).toEqual([[['是']]])
  })

  test('a free choice takes a word of one’s own', async () => {
    const wrapper = show({ type: 'one', free: true }, ['自建模式'], { choices: [{ value: '地方特色', label: '地方特色' }] })
    const own = wrapper.get('input[type=text]')
    expect((own.element as HTMLInputElement).value).toBe('自建模式')
    await own.setValue('别的')
    expect(wrapper.emitted('change')).toEqual([[['别的']]])
  })

  test('several choices keep the order of the list, and a word that is on no list stays visible', async () => {
    const choices = ['甲', '乙', '丙'].map((w) => ({ value: w, label: w }))
    const wrapper = show({ type: 'many' }, ['丙', '旧词'], { choices })
    expect(wrapper.text()).toContain('旧词（不在选项里）')
    await wrapper.findAll('input[type=checkbox]')[0]?.setValue(true)
    expect(wrapper.emitted('change')?.[0]).toEqual([['甲', '丙', '旧词']])
  })

  test('a pasted list of addresses is taken apart', async () => {
    const wrapper = show({ type: 'ips', max: 3 }, [])
    const event = new Event('paste', { cancelable: true })
    Object.assign(event, { clipboardData: { getData: () => '8.8.8.8、8.8.4.4；1.1.1.1' } })
    wrapper.get('input').element.dispatchEvent(event)
    expect(wrapper.emitted('change')).toEqual([[['8.8.8.8', '8.8.4.4', '1.1.1.1']]])
    expect(event.defaultPrevented).toBe(true)
  })

  test('too many addresses are kept and said', () => {
    expect(show({ type: 'ips', max: 1 }, ['8.8.8.8', '8.8.4.4']).text()).toContain('最多 1 个，现有 2 个')
  })

  test('a secret is never filled in; 显示 asks for it', async () => {
    const reveal = vi.fn(() => Promise.resolve('geheim'))
    const wrapper = show({ type: 'secret', label: '测试密码' }, [], { secretSet: true, reveal })
    expect(wrapper.html()).not.toContain('geheim')
    expect(wrapper.text()).toContain('已存入本机密码库')
    await wrapper.findAll('button').find((b) => b.text() === '显示')?.trigger('click')
    await vi.waitFor(() => expect(wrapper.get('output').text()).toBe('geheim'))
    expect(reveal).toHaveBeenCalledOnce()
  })

  test('a file that is refused says why and what was there stays', async () => {
    const attach = vi.fn(() => Promise.reject(new Error('这是 Word 文件，不是 PDF')))
    const attachment = { slot: 'plan', name: '方案.docx', size: 2048, type: 'docx', sha256: '', sm3: '', added_by: '联系人甲', added_at: '2026-03-02' }
    const wrapper = show({ type: 'file', slot: 'plan', label: '建设方案' }, [], { attach, attachment })
    const input = wrapper.get('input[type=file]')
    Object.defineProperty(input.element, 'files', { value: [new File(['x'], '改名.pdf')] })
    await input.trigger('change')
    await vi.waitFor(() => expect(wrapper.get('[role=alert]').text()).toContain('不是 PDF'))
    expect(wrapper.text()).toContain('方案.docx')
  })
})
