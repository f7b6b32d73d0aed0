// A portal of our own, as small as can be: a login that is confirmed from outside, the 治理侧 list, and the form 应用发布注册.
// The portals built with real UI kits are in build/portals.
import { createServer } from 'node:http'
import { headers, release, savedPage } from './portalpages.mjs'

const page = (title, body) => `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
<style>body{font:16px sans-serif;margin:24px}label{display:inline-block;width:160px}div.f{margin:8px 0}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:8px}</style></head><body>${body}</body></html>`

const login = page('登录', '<h1>扫码登录</h1><p>请用浙政钉扫码</p><script>setInterval(async () => { if ((await (await fetch("/me")).text()) === "in") location = "/home" }, 200)</script>')

const field = (name, input) => `<div class="f"><label>${name}</label>${input}</div>`
const select = (options) => `<select><option value="">请选择</option>${options.map((o) => `<option>${o}</option>`).join('')}</select>`
const row = '<div class="f row"><label style="width:60px">姓名</label><input> <label style="width:60px">电话</label><input></div>'

const form = page('应用发布注册', `<h1>应用发布注册</h1><form id="form">
${field('应用类型', select(['H5', '小程序', '小程序+PC', 'H5改革门户']))}${field('治理侧名称', '<input>')}${field('健康地址', '<input>')}${field('建设部门', '<input>')}
<h2>开发商信息</h2>${field('开发商', select(['选择所属IRS应用的开发商', '自定义开发商']))}${field('开发商名称', '<input>')}${field('开发商社会信用编码', '<input>')}
<div class="f"><label>开发商联系方式</label><div id="rows">${row}</div><button type="button" id="add">+ 新增联系方式</button></div>
<h2>流程信息</h2>${field('所属区域', select(['省级', '杭州', '宁波', '温州', '湖州', '嘉兴', '绍兴', '金华', '衢州', '舟山', '台州', '丽水']))}
<p><button type="button" id="send">提交</button> <button type="button">退出注册</button></p></form>
<script>
document.getElementById('add').onclick = () => document.getElementById('rows').insertAdjacentHTML('beforeend', ${JSON.stringify(row)})
document.getElementById('send').onclick = async () => {
  const name = [...document.querySelectorAll('div.f')].find((d) => d.querySelector('label')?.textContent === '治理侧名称').querySelector('input').value
  await fetch('/send', { method: 'POST', body: name })
  location = '/list'
}
</script>`)

/** Serves it; resolves to { url, scan, rename, relabel, sent, stop }. */
export async function serveOwnPortal() {
  const state = { in: false, rename: {}, labels: {}, rows: [release('示例督办', '2002000001', '部署准备中')], sent: [] }
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1')
    const html = (body) => answer.setHeader('Content-Type', 'text/html; charset=utf-8').end(body)
    const go = (to) => answer.writeHead(302, { Location: to }).end()
    if (pathname === '/me') return answer.end(state.in ? 'in' : 'out')
    if (pathname === '/login') return html(login)
    if (!state.in) return go('/login')
    if (pathname === '/send') {
      let name = ''
      for await (const chunk of request) name += chunk
      state.sent.push(name)
      state.rows.push(release(name, `20020000${10 + state.rows.length}`, '部署准备中'))
      return answer.end('ok')
    }
    if (pathname === '/list') return html(savedPage('TABLE-1', state.rows, state.rename).replace('<body>', '<body><p><a href="/home">我的资源</a> <a href="/register">应用发布注册</a></p>'))
    if (pathname === '/register') return html(form.replace(/<label>([^<]*)<\/label>/g, (_, text) => `<label>${state.labels[text] ?? text}</label>`))
    return pathname === '/home' ? html(page('首页', '<h1>我的资源</h1><a href="/list">治理侧应用发布</a>')) : go('/home')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    headers: headers['TABLE-1'],
    scan: () => (state.in = true),
    rename: (to) => (state.rename = to),
    relabel: (to) => (state.labels = to),
    sent: () => state.sent,
    stop: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(resolve)
    }),
  }
}
