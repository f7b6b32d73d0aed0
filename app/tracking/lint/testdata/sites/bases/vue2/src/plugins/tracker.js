// 埋点插件：this.$track.meta / this.$track.pv
const SAPP = { sapp_id: '40001', sapp_name: 'demo_parking' }

const push = (action, ...args) => {
  window.aplus_queue = window.aplus_queue || []
  window.aplus_queue.push({ action, arguments: args })
}

const track = {
  meta (name, value) {
    push('aplus.setMetaInfo', name, value)
  },
  pv (route) {
    push('aplus.sendPV', { is_auto: false }, {
      ...SAPP,
      page_id: route.meta.pageId,
      page_name: route.meta.title,
      page_url: location.origin + location.pathname + '#' + route.path
    })
  }
}

function device () {
  const ua = navigator.userAgent
  return {
    android: ua.indexOf('Android') > -1 || ua.indexOf('Adr') > -1,
    ios: !!ua.match(/\(i[^;]+;( U;)? CPU.+Mac OS X/)
  }
}

export default {
  install (Vue, { router }) {
    Vue.prototype.$track = track
    const { android, ios } = device()
    const metas = {
      'aplus-rhost-v': 'alog-api.ding.zj.gov.cn',
      'aplus-rhost-g': 'alog-api.ding.zj.gov.cn',
      appId: android ? '28302650' : ios ? '28328447' : '47130293',
      'aplus-waiting': 'MAN',
      _hold: 'BLOCK'
    }
    Object.keys(metas).forEach(name => track.meta(name, metas[name]))
    router.afterEach(to => {
      document.title = to.meta.title
      track.pv(to)
    })
  }
}
