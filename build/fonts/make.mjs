// Makes app/document/fonts/NotoSansSC-subset.ttf: Noto Sans SC Regular with the Chinese characters of GBK, which names of
// persons and places need beyond GB/T 2312, the signs of GB/T 2312, ASCII and a few more.
// The same input gives the same bytes. Run: npm ci && npm run make
import { readFile, writeFile, mkdir, copyFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'

const here = dirname(fileURLToPath(import.meta.url))
const source = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
const out = join(here, '../../app/document/fonts')

function gb2312() {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  let text = ''
  for (let row = 0xa1; row <= 0xf7; row++) {
    if ((row > 0xa9 && row < 0xb0) || row === 0xa4 || row === 0xa5 || row === 0xa7) continue // free rows, kana, Cyrillic
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const char = decoder.decode(Uint8Array.of(row, cell))
      if (!/\p{Co}/u.test(char)) text += char // private use: cells GB/T 2312 leaves empty
    }
  }
  return text
}

function gbk() {
  const decoder = new TextDecoder('gbk')
  let text = ''
  for (let row = 0x81; row <= 0xfe; row++) {
    for (let cell = 0x40; cell <= 0xfe; cell++) {
      if (cell !== 0x7f) text += decoder.decode(Uint8Array.of(row, cell))
    }
  }
  return text.replace(/[^\u{4e00}-\u{9fff}]/gu, '')
}

function ascii() {
  return String.fromCharCode(...Array.from({ length: 95 }, (_, i) => i + 0x20))
}

const text = gb2312() + gbk() + ascii() + '\u00a0·–—•…□■○●△▲→←≤≥％‰〇￥'
const font = await readFile(join(source, '400Regular/NotoSansSC_400Regular.ttf'))
const subset = await subsetFont(font, text, { targetFormat: 'sfnt', noLayoutClosure: true })
await mkdir(out, { recursive: true })
await writeFile(join(out, 'NotoSansSC-subset.ttf'), subset)
await copyFile(join(source, 'LICENSE_FONT'), join(out, 'OFL.txt'))
console.log(`${new Set(text).size} characters, ${subset.length} bytes`)
