// A model of the traffic SDK (dossier 3.2, 3.3), as far as the queue, the hold and the page view go: it takes over what
// the array holds, meta information first, puts an object of its own in the array's place, holds while _hold is BLOCK,
// and sends at the end of the turn.
(function () {
  const meta = {}, held = [];
  const isMeta = function (e) { return e && String(e.action).indexOf('MetaInfo') >= 0; };
  const metaFirst = function (list) { return list.filter(isMeta).concat(list.filter(function (e) { return !isMeta(e); })); };
  const orDash = function (v) { return v ? String(v) : '-'; };
  let identified = false;

  function line(config, data) {
    const own = { _dev_id: meta._dev_id || '', _anony_id: meta._anony_id || '', _user_id: meta._user_id || '', _user_nick: meta._user_nick || '',
      _session_id: meta._session_id || '', uaid: 0, pvid: '' };
    const mobile = /Android|iPhone|iPad/.test(navigator.userAgent);
    const gif = mobile ? '/m.gif' : '/v.gif';
    return gif + '?' + encodeURI([
      'DC_' + Math.random().toString(36).slice(2, 12), 'GET', '-', screen.width + '*' + screen.height, orDash(meta.appKey || meta.appId),
      '{"appId":""}', orDash(meta._dev_id), '{}', orDash(meta._user_nick), orDash(meta._user_id), orDash(meta._anony_id), '{}',
      navigator.language, 'GMT+08:00', navigator.platform, '-', '{"customSdkId":"","platform_type":"' + (mobile ? 'mobile' : 'pc') + '"}', '-', '-',
      String(Date.now()), encodeURIComponent((config && config.pageUrl) || location.href), '2001', '-', '{}', '{}',
      JSON.stringify(Object.assign(own, data)), gif, 'aplus.js', 'model', '-', '-', '-', '-',
    ].join('||')).replace(/#/g, '%23').replace(/&/g, '%26');
  }

  function send(e) {
    setTimeout(function () {
      const host = meta['aplus-rhost-v'];
      if (!host) return;
      if (!identified) {
        identified = true;
        const script = document.createElement('script');
        script.src = 'https://' + host + '/eg.js?t=' + Date.now();
        document.head.appendChild(script);
      }
      new Image().src = 'https://' + host + line(e.arguments[0], e.arguments[1]);
    }, 0);
  }

  function run(e) {
    if (!e || typeof e.action !== 'string' || !Array.isArray(e.arguments)) return;
    const key = e.arguments[0], value = e.arguments[1];
    const opens = key === '_hold' && value === 'START';
    if (!opens && (meta._hold || meta['aplus-waiting']) === 'BLOCK' && /sendPV|record|MetaInfo|setPageSPM/.test(e.action)) {
      held.push(e);
      return;
    }
    if (e.action === 'aplus.setMetaInfo') {
      meta[key] = value;
      if (opens) metaFirst(held.splice(0)).forEach(run);
    } else if (e.action === 'aplus.sendPV') {
      const auto = key && key.is_auto;
      if (!auto || meta['aplus-waiting'] !== 'MAN') send(e);
    }
  }

  const waiting = window.aplus_queue || [];
  const entries = Array.prototype.slice.call(waiting);
  window.aplus_queue = { push: function (e) { run(e); } };
  metaFirst(entries).forEach(run);
  waiting.length = 0;
})();
