import type { Router, RouteLocationNormalized } from 'vue-router';

declare global {
  interface Window { aplus_queue: unknown[] }
}

enum Meta {
  HostV = 'aplus-rhost-v',
  HostG = 'aplus-rhost-g',
  AppId = 'appId',
  Waiting = 'aplus-waiting',
  Hold = '_hold',
  User = '_user_id',
}

const LOG_HOST = 'alog-api.ding.zj.gov.cn' as const;

function setMetaInfo(name: Meta, value: string): void {
  window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: [name, value] });
}

function appId(): string {
  const ua = navigator.userAgent;
  if (/Android/.test(ua)) return '28302650';
  if (/\(i[^;]+;( U;)? CPU.+Mac OS X/.test(ua)) return '28328447';
  return '47130293';
}

function loadSdk(): void {
  const script = document.createElement('script');
  script.id = 'beacon-aplus';
  script.async = true;
  script.src = 'https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js';
  document.head.appendChild(script);
}

function sendPV(to: RouteLocationNormalized): void {
  window.aplus_queue.push({
    action: 'aplus.sendPV',
    arguments: [
      { is_auto: false },
      {
        sapp_id: '40001',
        sapp_name: 'demo_parking',
        page_id: to.name as string,
        page_name: to.meta.title as string,
        page_url: window.location.href,
      },
    ],
  });
}

export function setupTracking(router: Router): void {
  window.aplus_queue = window.aplus_queue || [];
  setMetaInfo(Meta.HostV, LOG_HOST);
  setMetaInfo(Meta.HostG, LOG_HOST);
  setMetaInfo(Meta.AppId, appId());
  setMetaInfo(Meta.Waiting, 'MAN');
  setMetaInfo(Meta.Hold, 'BLOCK');
  loadSdk();
  router.afterEach((to) => sendPV(to));
}

/** 拿到用户后写入并放行；没有用户也要放行 */
export function identify(accountId: string): void {
  if (accountId) setMetaInfo(Meta.User, String(accountId));
  setMetaInfo(Meta.Hold, 'START');
}
