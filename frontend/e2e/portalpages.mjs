// Pages of portals as a person saves them: small tables with the headers of the lists, made by hand.

/** The headers of TABLE-1, TABLE-2 and TABLE-4 as the guide's pictures show them. */
export const headers = {
  'TABLE-1': ['治理侧名称', '应用发布ID', '创建时间', '更新时间', '状态', '移动端地址', 'PC地址', '操作'],
  'TABLE-2': ['治理侧名称', 'APPID', '创建时间', '更新时间', '类型', '服务接入数', 'PC地址', '移动端地址', '操作'],
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function tableOf(head, rows) {
  const cells = (tag, texts) => `<tr>${texts.map((t) => `<${tag}>${escaped(t)}</${tag}>`).join('')}</tr>`
  const body = rows.map((row) => cells('td', head.map((h) => row[h] ?? ''))).join('\n')
  return `<table><thead>${cells('th', head)}</thead><tbody>${body}</tbody></table>`
}

/** A saved page of a list. rename gives headers another text, as a portal does one day. */
export function savedPage(table, rows, rename = {}) {
  const head = headers[table]
  const html = tableOf(head, rows).replace(/<th>([^<]*)<\/th>/g, (_, text) => `<th>${rename[text] ?? text}</th>`)
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>治理侧应用发布</title></head><body><h2>治理侧应用发布</h2>${html}</body></html>`
}

/** A saved page as a file that is dropped. */
export function savedFile(name, table, rows, rename) {
  return { name, mimeType: 'text/html', buffer: Buffer.from(savedPage(table, rows, rename)) }
}

/** One row of TABLE-1. */
export function release(name, number, state, more = {}) {
  return { 治理侧名称: name, 应用发布ID: number, 创建时间: '2026-02-20 10:00', 更新时间: '2026-03-01 15:30', 状态: state, 操作: '详情', ...more }
}
