const pages = {
  'pages/index/index': { page_id: 'snap', page_name: '随手拍' },
  'pages/mine/mine': { page_id: 'mine', page_name: '我的上报' }
}

const call = (action, args) => {
  window.aplus_queue = window.aplus_queue || []
  window.aplus_queue.push({ action: 'aplus.' + action, arguments: args })
}

export default {
  init() {
    const ua = navigator.userAgent
    call('setMetaInfo', ['aplus-rhost-v', 'alog-api.ding.zj.gov.cn'])
    call('setMetaInfo', ['aplus-rhost-g', 'alog-api.ding.zj.gov.cn'])
    call('setMetaInfo', ['appId', /Android/.test(ua) ? '28302650' : /iPhone|iPad/.test(ua) ? '28328447' : '47130293'])
    call('setMetaInfo', ['aplus-waiting', 'MAN'])
    call('setMetaInfo', ['_hold', 'BLOCK'])
  },
  page(route) {
    const page = pages[route]
    if (!page) return
    call('sendPV', [{ is_auto: false }, { sapp_id: '40001', sapp_name: 'demo_parking', ...page, page_url: location.href }])
  },
  user(id) {
    call('setMetaInfo', ['_user_id', '' + id])
  },
  start() {
    call('setMetaInfo', ['_hold', 'START'])
  }
}
