// A model of the JSAPI script: the global dd, over the bridge of the client.
(function () {
  function viaBridge(resolve, reject) {
    if (window.dingtalk) {
      const id = String(Date.now()) + Math.random();
      window.dingtalk.event.register(function (name, message) {
        if (!message || message.msgId !== id) return;
        if (message.body.auth_code) resolve(message.body); else reject(message.body);
      });
      window.dingtalk.platform.invokeAPI(id, 'runtime.permission.requestAuthCode', {});
    } else if (window.AlipayJSBridge) {
      window.AlipayJSBridge.call('getAuthCode', {}, function (answer) {
        if (answer.errorCode === '0') resolve(answer.result); else reject(answer);
      });
    } else {
      reject(new Error('no client'));
    }
  }
  const known = {
    version: '0',
    ready: function (f) { setTimeout(f, 0); },
    error: function () {},
    getAuthCode: function (options) {
      const asked = new Promise(viaBridge);
      const given = options || {};
      const success = given.success || given.onSuccess, fail = given.fail || given.onFail;
      if (success || fail) asked.then(success || function () {}, fail || function () {});
      return asked;
    },
  };
  window.dd = new Proxy(known, {
    get: function (target, name) {
      if (name in target || typeof name !== 'string') return target[name];
      return function () { return Promise.resolve({}); };
    },
  });
})();
