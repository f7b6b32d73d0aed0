import { afterEach, describe, expect, test, vi } from 'vitest'
import { openCopy } from './copyItems'
import { tablesOf } from './tables'
import type { RecipeInfo } from '@/api/recipes'
import { close, openAt, settle } from '@/features/tasks/testing'

afterEach(close)

const steps = () => [...document.querySelectorAll<HTMLButtonElement>('.step')]

describe('逐项复制', () => {
  test('copies a value, ticks it, and goes to the next; the arrows move', async () => {
    const written: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
      written.push(text)
      return Promise.resolve()
    })
    await openAt('/copy?app=a1&form=FORM-3')
    const [first, second] = steps()
    first?.click()
    await settle()
    expect(written).toEqual(['H5'])
    expect(first?.textContent).toContain('已复制')
    expect(document.activeElement).toBe(second)
    second?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }))
    await settle()
    expect(document.activeElement).toBe(first)
    expect(document.body.textContent).toContain('复制了 1 项，共')
  })

  test('says what is not filled in, and that a form is unknown', async () => {
    await openAt('/copy?app=a1&form=FORM-3')
    expect(document.body.textContent).toContain('还没有填写：')
    await openAt('/copy?app=a1&form=FORM-99')
    expect(document.body.textContent).toContain('没有这张表单')
  })

  test('a refused window is told', () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null)
    expect(openCopy('a1', 'FORM-3', () => {})).toBe(false)
    expect(opened.mock.calls[0]?.[0]).toMatch(/#\/copy\?app=a1&form=FORM-3$/)
  })
})

test('several tables of one page are one entry', () => {
  const recipe = (title: string, tables: [string, string][]) => ({ title, tables: tables.map(([id, t]) => ({ id, title: t, columns: [], compared: id !== 'TABLE-5' })) }) as unknown as RecipeInfo
  expect(tablesOf([recipe('代码托管', [['TABLE-2', '名称列表'], ['TABLE-3/线上环境', '部署发布的线上环境'], ['TABLE-3/测试环境', '部署发布的测试环境']]), recipe('IRS', [['TABLE-1', '治理侧'], ['TABLE-5', '工作台列表']])]))
    .toEqual([{ id: 'TABLE-1', title: '治理侧', portal: 'IRS' }, { id: 'TABLE-2', title: '名称列表', portal: '代码托管' }, { id: 'TABLE-3', title: '部署发布', portal: '代码托管' }])
})
