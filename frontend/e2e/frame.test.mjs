import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { barriers, pictures, withProgram } from './harness.mjs'

test('browser mode shows the program, readable for everybody', () =>
  withProgram(async ({ page }) => {
    await page.getByRole('heading').first().waitFor()
    await page.screenshot({ path: join(pictures, 'frame.png') })
    assert.match(await page.locator('#app').innerText(), /上架通/)
    assert.deepEqual(await barriers(page), [])
  }))
