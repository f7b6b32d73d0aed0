// Tells from what was dropped, chosen or typed which check it is for.
import type { CheckKind } from '@/api/tracking'
import { bytesOf, type Dropped, mostBytes, mostFiles, nameOf } from './dropped'
import { size } from '@/composables/format'

/** What is handed over to a check; one of the members is filled. */
export interface Target { files: Dropped[]; path: string; address: string; text: string }

/** What it was taken for. choices are the checks it can be for, the likeliest first; sure means that one starts at once. */
export interface Guess { target: Target; what: string; choices: CheckKind[]; sure: boolean }

/** Why it cannot be taken, and the way out. */
export interface Refused { message: string; hint: string }

export const isRefused = (g: Guess | Refused): g is Refused => 'message' in g

const nothing: Target = { files: [], path: '', address: '', text: '' }
const captures = /\.(har|txt|log)$/i
const code = /\.(zip|html?|xhtml|js|mjs|cjs|jsx|ts|mts|cts|tsx|vue|nvue)$/i
const tooMuch = '请压缩成 zip 再拖进来，或在下面写它在这台电脑上的位置'

/** Recognises files. Empty ones are left out. */
export function recogniseFiles(given: readonly Dropped[]): Guess | Refused {
  const files = given.filter((d) => d.file.size > 0)
  if (files.length === 0) return { message: '拖进来的都是空的', hint: '拖入有内容的文件夹、压缩包或文件' }
  const target = { ...nothing, files }
  const what = describe(files)
  const inFolder = files.some((d) => d.path.includes('/'))
  if (files.length > mostFiles) return { message: `文件太多：超过 ${mostFiles} 个`, hint: tooMuch }
  if (files.length > 1 && bytesOf(files) > mostBytes) return { message: `文件太大：${size(bytesOf(files))}，最多 ${size(mostBytes)}`, hint: tooMuch }
  if (files.every((d) => captures.test(d.path))) return { target, what, choices: ['capture'], sure: true }
  if (files.some((d) => /\.zip$/i.test(d.path)) && files.length > 1) return { message: '一次只能检查一个压缩包', hint: '压缩包请单独拖进来；几个文件夹的，放进同一个文件夹再拖' }
  const held = files.filter((d) => code.test(d.path)).length
  const captured = files.filter((d) => /\.har$/i.test(d.path)).length
  if (held > 0) return { target, what, choices: captured > 0 ? ['code', 'capture'] : ['code', 'live'], sure: captured === 0 }
  if (inFolder) return { target, what: `${what}，里面没有认得的网页代码`, choices: ['code', 'capture'], sure: false }
  return { target, what, choices: ['capture', 'code'], sure: false }
}

function describe(files: readonly Dropped[]): string {
  const bytes = size(bytesOf(files))
  if (files.length > 1) return `“${nameOf(files)}”，${files.length} 个文件，${bytes}`
  return `“${nameOf(files)}”，${bytes}`
}

const address = /^https?:\/\/\S+$/i
const reported = /\/(v|m|vx)\.gif\b|[?&](gokey|logtype|page_id)=/i
const place = /^(file:\/\/|~?\/|[a-z]:[\\/]|\\\\)/i

/** Recognises typed or pasted text: an address, a place on this machine, or recorded requests. */
export function recogniseText(given: string): Guess | Refused {
  const text = given.trim()
  const one = !/[\r\n]/.test(text)
  if (text === '') return { message: '还没有写内容', hint: '写网址、位置，或粘贴抓到的请求' }
  if (one && address.test(text) && !reported.test(text)) return { target: { ...nothing, address: text }, what: `网址 ${text}`, choices: ['live', 'capture'], sure: false }
  if (one && place.test(text)) {
    const path = text.replace(/^file:\/\/(?=\/)/i, '').replace(/^\/(?=[a-z]:)/i, '')
    if (captures.test(path)) return { message: '抓包文件不能写位置', hint: '把文件拖进来，或用“选择文件”' }
    return { target: { ...nothing, path }, what: `这台电脑上的 ${path}`, choices: ['code', 'live'], sure: true }
  }
  if (/https?:\/\/|\bcurl\b|\bfetch\(|Invoke-WebRequest|\.gif\b/i.test(text)) {
    const lines = text.split(/\r?\n/).filter((l) => l.trim() !== '').length
    return { target: { ...nothing, text }, what: `粘贴的请求，${lines} 行`, choices: ['capture'], sure: true }
  }
  return { message: '认不出这是什么', hint: '写 http:// 开头的网址、文件夹的完整位置（如 D:\\代码\\dist），或粘贴请求的地址、cURL' }
}
