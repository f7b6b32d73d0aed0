// Networks, portals and recipes, for the stand-in.
import { ApiError } from '../error'
import type { NetworksView } from '../networks'
import type { PortalRead, PortalsView, SessionState } from '../portals'
import type { RecipeInfo } from '../recipes'
import type { TableResult } from '../sync'

const at = '2026-03-02T09:00:00+08:00'
const words: Record<SessionState, string> = { closed: '没有打开', starting: '正在打开', login: '等待登录', in: '已登录', ended: '登录已失效', crashed: '浏览器意外关闭' }

const recipe = (id: string, title: string, tables: [string, string][]): RecipeInfo => ({
  id, title, version: '2026-11-26', source: '上架指南', date: '2026-11-26', own: false, embedded_version: '2026-11-26', file_name: '', changed_by: '', changed_at: '', unused: '',
  tables: tables.map(([t, name]) => ({ id: t, title: name, columns: [], compared: true })), forms: [],
})

/** The smallest PNG. */
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const readRow = { 治理侧名称: '示例督办', 应用发布ID: '2002000001', 状态: '待发布审批' }

export function portalHandlers(): Record<string, (...args: never[]) => unknown> {
  let networks: NetworksView = {
    at: '', auto: false, minutes: 15, elsewhere: '', given: false, networks: [
      { id: 'NET-1', name: '互联网', state: '', word: '', addresses: [{ key: 'ADDR-1', title: '开放平台', url: 'https://open.example.com/', state: '', word: '', at: '', millis: 0 }] },
      { id: 'NET-2', name: '政务外网', state: '', word: '', addresses: [{ key: 'ADDR-4', title: 'IRS', url: 'https://irs.example.com/', state: '', word: '', at: '', millis: 0 }] },
    ],
  }
  let portals: PortalsView = {
    browser: { found: true, name: 'Chromium', path: '/usr/bin/chromium', chosen: false, message: '', hint: '' },
    sessions: [['irs', 'IRS'], ['hosting', '代码托管'], ['console', '工作台后台']].map(([portal = '', title = '']) => ({
      portal, title, region: portal === 'hosting' ? '杭州' : '', url: `https://${portal}.example.com/`, state: 'closed' as const, word: words.closed, message: '', since: '', remembered: false, logged_in_at: '',
    })),
  }
  let recipes = [
    recipe('irs', 'IRS', [['TABLE-1', '治理侧列表'], ['TABLE-4', '我的资源']]),
    recipe('hosting', '代码托管', [['TABLE-2', '治理侧名称列表'], ['TABLE-3', '部署发布']]),
    recipe('console', '工作台后台', [['TABLE-5', '工作台列表']]),
  ]
  const set = (portal: string, state: SessionState): PortalsView =>
    (portals = { ...portals, sessions: (portals.sessions ?? []).map((s) => (s.portal === portal ? { ...s, state, word: words[state] } : s)) })
  const result = (table: string): TableResult => ({ table, pages: 1, rows: [readRow], drift: [], notes: [] })
  const read = (table: string, from: string, appID: string): PortalRead => ({ result: result(table), from, app_id: appID })
  return {
    'Networks.Status': () => networks,
    'Networks.Check': () => {
      const answered = (networks.networks ?? []).map((n) => ({ ...n, state: 'answers', word: '有回答', addresses: (n.addresses ?? []).map((a) => ({ ...a, state: 'answers', word: '有回答', at, millis: 12 })) }))
      return (networks = { ...networks, at, networks: answered })
    },
    'Networks.SetAuto': (auto: boolean) => (networks = { ...networks, auto }),
    'Networks.SetElsewhere': (elsewhere: string) => (networks = { ...networks, elsewhere }),
    'Networks.ImportAddresses': () => 3,
    'Portals.View': () => portals,
    'Portals.Open': (portal: string) => set(portal, 'login'),
    'Portals.Close': (portal: string) => set(portal, 'closed'),
    'Portals.Forget': () => portals,
    'Portals.SetBrowser': (path: string) => (portals = { ...portals, browser: { ...portals.browser, path, chosen: path !== '' } }),
    'Portals.Read': (r: { table: string; app_id: string }) => read(r.table, 'https://irs.example.com/', r.app_id),
    'Portals.ReadFiles': (r: { table: string; app_id: string }) => read(r.table, '保存的网页.html', r.app_id),
    'Portals.ReadClipboard': (r: { table: string; app_id: string; html: string; text: string }) => {
      if (r.html === '' && !r.text.includes('状态')) throw new ApiError({ code: 'invalid', message: '粘贴的内容里没有表头', hint: '连表头一起选中整张表再复制；复制不到表头时，把网页存下来再读' })
      return read(r.table, '剪贴板', r.app_id)
    },
    'Downloads.Picture': () => `data:image/png;base64,${onePixel}`,
    'Recipes.List': () => recipes,
    'Recipes.Show': (id: string) => `id: ${id}\nversion: "2026-11-26"\n`,
    'Recipes.Import': () => recipes[0],
    'Recipes.Reset': (id: string) => {
      recipes = recipes.map((r) => (r.id === id ? { ...r, own: false, version: r.embedded_version } : r))
      return recipes.find((r) => r.id === id)
    },
    'Recipes.Mend': (text: string) => {
      recipes = recipes.map((r) => (text.startsWith(r.id) ? { ...r, own: true, version: `${r.embedded_version}+1`, changed_by: '联系人甲', changed_at: at } : r))
      return recipes[0]
    },
    'Recipes.Record': (portal: string) => `id: draft-${portal}\n`,
  }
}
