;(function () {
  'use strict';

  // 埋点队列：每次都从 window 上取
  function push() {
    var list = Array.prototype.slice.call(arguments);
    window['aplus_queue'] = window['aplus_queue'] || [];
    window['aplus_queue'].push({ action: list[0], arguments: list.slice(1) });
  }

  function setMeta(k, v) {
    push('aplus.setMetaInfo', k, v);
  }

  function loadScript(src, id, done) {
    var el = document.createElement('script');
    el.setAttribute('id', id);
    el.setAttribute('async', 'async');
    el.setAttribute('src', src);
    el.onload = done;
    document.getElementsByTagName('head')[0].appendChild(el);
  }

  var ua = window.navigator.userAgent.toLowerCase();
  var appId = '47130293';
  if (ua.indexOf('android') >= 0) {
    appId = '28302650';
  } else if (ua.indexOf('iphone') >= 0 || ua.indexOf('ipad') >= 0) {
    appId = '28328447';
  }

  var host = ['alog-api', 'ding', 'zj', 'gov', 'cn'].join('.');

  [
    ['aplus-rhost-v', host],
    ['aplus-rhost-g', host],
    ['appId', appId],
    ['aplus-waiting', 'MAN'],
    ['_hold', 'BLOCK']
  ].forEach(function (pair) {
    setMeta.apply(null, pair);
  });

  var info = Object.assign({}, window.APP_INFO, window.PAGE, { page_url: location.href.split('?')[0] });
  push('aplus.sendPV', { is_auto: !1 }, info);

  function getUser(ok, fail) {
    var req = new XMLHttpRequest();
    req.open('GET', 'https://api.example.gov.cn/me');
    req.onload = function () {
      ok(JSON.parse(req.responseText));
    };
    req.onerror = fail;
    req.ontimeout = fail;
    req.send();
  }

  getUser(function (me) {
    me.accountId && setMeta('_user_id', '' + me.accountId);
    setMeta('_hold', 'START');
  }, function () {
    setMeta('_hold', 'START');
  });

  loadScript('https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js', 'beacon-aplus', function () {
    window.aplusLoaded = true;
  });

  try {
    var wpk = window.wpkReporter && new wpkReporter({
      bid: APP_INFO.sapp_name + '_zzdpro',
      signkey: '1234567890abcdef',
      gateway: 'https://wpkgate-emas.ding.zj.gov.cn'
    });
    if (wpk) {
      wpk.installAll();
      window._wpk = wpk;
    }
  } catch (e) { /* 不在政务网时忽略 */ }
})();
