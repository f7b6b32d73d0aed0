/* 埋点封装 */
var Tracker = {
  meta: function (name, value) {
    window.aplus_queue.push({ 'action': 'aplus.setMetaInfo', 'arguments': [name, value] });
  },
  init: function () {
    var settings = [
      ['aplus-rhost-v', 'alog-api.ding.zj.gov.cn'],
      ['aplus-rhost-g', 'alog-api.ding.zj.gov.cn'],
      ['appId', this.appId()],
      ['aplus-waiting', 'MAN'],
      ['_hold', 'BLOCK']
    ];
    for (var i = 0; i < settings.length; i++) {
      this.meta(settings[i][0], settings[i][1]);
    }
  },
  appId: function () {
    var ua = navigator.userAgent;
    if (/Android/.test(ua)) {
      return '28302650';
    } else if (/\(i[^;]+;( U;)? CPU.+Mac OS X/.test(ua)) {
      return '28328447';
    }
    return '47130293';
  },
  view: function (id, name) {
    window.aplus_queue.push({
      'action': 'aplus.sendPV',
      'arguments': [{ 'is_auto': false }, {
        'sapp_id': '40001', 'sapp_name': 'demo_parking',
        'page_id': id, 'page_name': name, 'page_url': location.href
      }]
    });
  },
  user: function (id) {
    if (id) {
      this.meta('_user_id', id + '');
    }
  },
  start: function () {
    this.meta('_hold', 'START');
  },
  login: function () {
    var self = this;
    $.ajax({
      url: 'https://api.example.gov.cn/sso/user',
      success: function (res) {
        self.user(res.data.accountId);
        self.start();
      },
      error: function () {
        self.start();
      }
    });
  }
};
window.aplus_queue = window.aplus_queue || [];
Tracker.init();
