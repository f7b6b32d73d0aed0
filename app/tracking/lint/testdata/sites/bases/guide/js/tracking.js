// 流量分析公共脚本，所有页面引入
(function (w, d, s, q) {
  w[q] = w[q] || [];
  var f = d.getElementsByTagName(s)[0], j = d.createElement(s);
  j.async = true;
  j.id = 'beacon-aplus';
  j.src = 'https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js';
  f.parentNode.insertBefore(j, f);
})(window, document, 'script', 'aplus_queue');

aplus_queue.push({
  action: 'aplus.setMetaInfo',
  arguments: ['aplus-rhost-v', 'alog-api.ding.zj.gov.cn']
});
aplus_queue.push({
  action: 'aplus.setMetaInfo',
  arguments: ['aplus-rhost-g', 'alog-api.ding.zj.gov.cn']
});

var u = navigator.userAgent;
var isAndroid = u.indexOf('Android') > -1;
var isIOS = !!u.match(/\(i[^;]+;( U;)? CPU.+Mac OS X/);

aplus_queue.push({
  action: 'aplus.setMetaInfo',
  arguments: ['appId', isAndroid ? '28302650' : isIOS ? '28328447' : '47130293']
});

// 关闭自动上报
aplus_queue.push({
  action: 'aplus.setMetaInfo',
  arguments: ['aplus-waiting', 'MAN']
});

// 先扣住，拿到用户以后再放行
aplus_queue.push({
  action: 'aplus.setMetaInfo',
  arguments: ['_hold', 'BLOCK']
});

function sendPage(pageId, pageName, pageUrl) {
  aplus_queue.push({
    action: 'aplus.sendPV',
    arguments: [{ is_auto: false }, {
      sapp_id: '40001',
      sapp_name: 'demo_parking',
      page_id: pageId,
      page_name: pageName,
      page_url: pageUrl
    }]
  });
}

function setUser(accountId) {
  aplus_queue.push({
    action: 'aplus.setMetaInfo',
    arguments: ['_user_id', String(accountId)]
  });
}

function release() {
  aplus_queue.push({
    action: 'aplus.setMetaInfo',
    arguments: ['_hold', 'START']
  });
}

function loginUser() {
  dd.getAuthCode({}).then(function (res) {
    return fetch('https://api.example.gov.cn/user?code=' + (res.code || res.auth_code));
  }).then(function (r) {
    return r.json();
  }).then(function (user) {
    setUser(user.accountId);
    release();
  }).catch(function (err) {
    console.warn('免登失败', err);
    release();
  });
}
