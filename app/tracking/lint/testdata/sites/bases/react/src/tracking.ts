type Pair = [string, string];

const QUEUE = 'aplus_queue';

export const push = (action: string, args: unknown[]): void => {
  const w = window as any;
  (w[QUEUE] = w[QUEUE] || []).push({ action, arguments: args });
};

export const setMeta = (...pair: Pair): void => push('aplus.setMetaInfo', pair);

export const sendPV = (page: { id: string; name: string }): void =>
  push('aplus.sendPV', [
    { is_auto: false },
    { sapp_id: '40001', sapp_name: 'demo_parking', page_id: page.id, page_name: page.name, page_url: window.location.href },
  ]);

function clientId(ua: string): string {
  switch (true) {
    case ua.includes('Android'):
      return '28302650';
    case /\(i[^;]+;( U;)? CPU.+Mac OS X/.test(ua):
      return '28328447';
    default:
      return '47130293';
  }
}

export function initTracking(): void {
  const host = 'alog-api.ding.zj.gov.cn';
  const metas: Pair[] = [
    ['aplus-rhost-v', host],
    ['aplus-rhost-g', host],
    ['appId', clientId(navigator.userAgent)],
    ['aplus-waiting', 'MAN'],
    ['_hold', 'BLOCK'],
  ];
  for (const [name, value] of metas) {
    setMeta(name, value);
  }
  const el = document.createElement('script');
  el.src = 'https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js';
  el.id = 'beacon-aplus';
  el.async = true;
  document.body.appendChild(el);
}
