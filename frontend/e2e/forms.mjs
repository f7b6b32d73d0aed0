// Entering facts as a person does: through the inputs of a page, found by the key of their field.
import { deflateSync } from 'node:zlib'

/** The part of the page that holds the input of a field. */
export function field(page, key) {
  return page.locator(`[data-field="${key}"]`)
}

/** Enters a value into whatever input the field has: text, one or several of a list, several lines, or a file. */
export async function enter(page, key, value) {
  const box = field(page, key)
  await box.waitFor()
  if (value?.name && value.buffer) return box.locator('input[type=file]').setInputFiles(value)
  if (Array.isArray(value)) return enterSeveral(box, value)
  if (await box.locator('.el-radio').count()) return pick(box.locator('.el-radio'), value)
  if (await box.locator('.el-select').count()) return choose(page, box, value)
  const input = box.locator('input, textarea').first()
  await input.fill(value)
  await input.blur()
}

async function enterSeveral(box, values) {
  if (await box.locator('.el-checkbox').count()) {
    return tick(box.locator('.el-checkbox'), values)
  }
  for (const [at, value] of values.entries()) {
    if (at > 0) await box.getByRole('button', { name: '再加一个' }).click()
    await box.locator('input').nth(at).fill(value)
  }
  await box.locator('input').last().blur()
}

/** Ticks exactly these; some may be ticked beforehand. */
async function tick(options, values) {
  for (const option of await options.all()) {
    const ticked = await option.locator('input').isChecked()
    if (ticked !== values.includes(await labelOf(option))) await option.click()
  }
}

/** The label may carry a note behind it, such as （推定）. */
async function labelOf(option) {
  return (await option.innerText()).replace(/（推定）$/, '').trim()
}

async function pick(options, value) {
  for (const option of await options.all()) {
    if ((await labelOf(option)) === value) return option.click()
  }
  throw new Error(`no choice “${value}” among ${(await options.allInnerTexts()).join('、')}`)
}

async function choose(page, box, value) {
  await box.locator('.el-select').click()
  await page.locator('.el-select-dropdown__item:visible').getByText(value, { exact: true }).click()
}

/** Enters many values, key by key. */
export async function enterAll(page, values) {
  for (const [key, value] of Object.entries(values)) await enter(page, key, value)
}

/** A PNG picture of one colour. */
export function picturePNG(width, height) {
  const chunk = (type, body) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length)
    head.write(type, 4, 'latin1')
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc(Buffer.concat([head.subarray(4), body])))
    return Buffer.concat([head, body, tail])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width)
  size.writeUInt32BE(height, 4)
  size.set([8, 2], 8) // eight bits for each of three colours
  const rows = Buffer.alloc((width * 3 + 1) * height, 0x60)
  for (let y = 0; y < height; y++) rows[y * (width * 3 + 1)] = 0
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

export function crc(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

/** The smallest PDF that is one. */
export function documentPDF() {
  return Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
    + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
}
