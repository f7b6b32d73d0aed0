import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { pictures, withProgram } from './harness.mjs'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

test('browser mode shows the program, readable for everybody', () =>
  withProgram(async ({ page }) => {
    await page.getByRole('heading', { name: '上架通' }).waitFor()
    await page.screenshot({ path: join(pictures, 'frame.png') })
    await page.addScriptTag({ path: axe })
    const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }))
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [])
  }))
