const platform = my.getSystemInfoSync().platform
const appId = platform === 'Android' ? '28302650' : platform === 'iOS' ? '28328447' : '47130293'
const aplus = require('./utils/aplus_mini.js')({
  metaInfo: {
    appId,
    'aplus-rhost-v': 'alog-api.ding.zj.gov.cn',
    'aplus-rhost-g': 'alog-api.ding.zj.gov.cn'
  }
})

App({
  aplus,
  onLaunch() {
    const q = (name, value) => aplus.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: [name, value] })
    q('aplus-waiting', 'MAN')
    q('_hold', 'BLOCK')
    dd.getAuthCode({
      success: res => {
        dd.httpRequest({
          url: 'https://api.example.gov.cn/login',
          data: { code: res.code },
          success: r => q('_user_id', String(r.data.accountId)),
          complete: () => q('_hold', 'START')
        })
      },
      fail: () => q('_hold', 'START')
    })
  }
})
