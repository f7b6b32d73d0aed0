// Small sites with tracking code, as a vendor hands them over: one with mistakes, one put right.
import { deflateRawSync } from 'node:zlib'
import { crc } from './forms.mjs'

const pages = { 'index.html': '首页', 'list.html': '督办事项', 'detail.html': '事项详情' }

function document(name, head) {
  return `<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>${name}</title>\n${head}</head>\n<body>\n<h1>${name}</h1>\n</body>\n</html>\n`
}

function pageCode(id, name) {
  return `<script>
window.aplus_queue.push({ action: 'aplus.sendPV', arguments: [{ is_auto: false }, {
  sapp_id: '40001', sapp_name: 'sldb_demo', page_id: '${id}', page_name: '${name}',
  page_url: 'https://duban.example.com/mobile/${id === 'index' ? 'index' : 'list'}.html' }] });
</script>
`
}

/** A site with planted mistakes: a retired log host, no START when the login fails, a page without any code. */
export function failingSite() {
  const head = '<script src="track.js"></script>\n'
  return {
    'track.js': `// 埋点
window.aplus_queue = window.aplus_queue || [];
window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['aplus-rhost-v', 'alog.zjzwfw.gov.cn'] });
window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['aplus-rhost-g', 'alog.zjzwfw.gov.cn'] });
window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['aplus-waiting', 'MAN'] });
window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['_hold', 'BLOCK'] });
dd.getAuthCode({}).then(function (res) {
  return fetch('https://api.duban.example.com/login?code=' + res.code).then(function (r) { return r.json(); });
}).then(function (user) {
  window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['_user_id', String(user.accountId)] });
  window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['_hold', 'START'] });
}).catch(function (e) {
  console.log('登录失败', e);
});
`,
    'index.html': document('首页', head + pageCode('index', '首页')),
    'list.html': document('督办事项', head + pageCode('matter_list', '督办事项')),
    'detail.html': document('事项详情', ''),
  }
}

/** The same site with the code that the program makes; exchange is how it asks its own back end for the account. */
export function mendedSite(snippets) {
  const out = {}
  let head = '<script src="https://g.alicdn.com/gdt/jsapi/1.9.51/index.js"></script>\n'
  for (const { name, body } of snippets.files) {
    if (name === 'stability.html' || name === 'tags.html') head += body
    else if (name.endsWith('.js')) out[name] = body
  }
  const exchange = "return fetch('https://api.duban.example.com/login?code=' + code).then(function (r) { return r.json(); }).then(function (u) { return u.accountId; });"
  out['tracking-login.js'] = out['tracking-login.js'].replace(/throw new Error\('tracking-login\.js[^\n]*/, exchange)
  for (const [file, name] of Object.entries(pages)) out[file] = document(name, head)
  return out
}

/** The address that reports a visit of a page, as the SDK would ask for it: 33 fields, joined and encoded once more. */
export function pageView(id, name, url) {
  const args = { _dev_id: '', _user_id: '34268160', _user_nick: '', sapp_id: '40001', sapp_name: 'sldb_demo', page_id: id, page_name: name, page_url: url }
  const fields = ['DC_00000001', 'GET', '-', '1536*864', '47130293', '{"appId":""}', '-', '{}', '-', '34268160', '-', '{}', 'zh-CN', 'GMT+08:00', '-', '-',
    '{"customSdkId":"","platform_type":"pc"}', '-', 'CNA1', '1795437388594', encodeURIComponent(url), '2001', '-', '{}', '{}', JSON.stringify(args), '/v.gif', 'aplus.js', '1.7.7',
    'devtools', '-', '-', '-']
  return `https://alog-api.ding.zj.gov.cn/v.gif?${encodeURIComponent(fields.join('||'))}`
}

/** A zip of texts by name. */
export function zipOf(files) {
  const parts = []
  const listed = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const raw = Buffer.from(text)
    const path = Buffer.from(name)
    const packed = deflateRawSync(raw)
    const about = Buffer.alloc(26) // version, flags (UTF-8), method, time, date, crc, sizes, lengths
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(0x800, 2)
    about.writeUInt16LE(8, 4)
    about.writeUInt16LE(0x5c62, 8)
    about.writeUInt32LE(crc(raw), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(raw.length, 18)
    about.writeUInt16LE(path.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), about, path, packed])
    listed.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), about, tail, path]))
    parts.push(entry)
    at += entry.length
  }
  const directory = Buffer.concat(listed)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(listed.length, 8)
  end.writeUInt16LE(listed.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}
