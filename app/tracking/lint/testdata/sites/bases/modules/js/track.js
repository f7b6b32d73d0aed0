import { APP, LOG_HOST, SDK, APP_IDS, META, PV } from './constants.js';

function device() {
  const ua = navigator.userAgent;
  if (ua.includes('Android')) return 'android';
  return /\(i[^;]+;( U;)? CPU.+Mac OS X/.test(ua) ? 'ios' : 'pc';
}

function track(action, ...args) {
  (window.aplus_queue ||= []).push({ action, arguments: args });
}

const setMeta = (key, value) => track(META, key, value);

class Traffic {
  constructor(app) {
    this.app = app;
  }

  load() {
    if (document.getElementById('beacon-aplus')) return;
    const el = Object.assign(document.createElement('script'), { id: 'beacon-aplus', async: true, src: SDK });
    document.head.appendChild(el);
  }

  begin() {
    const metas = new Map([
      ['aplus-rhost-v', LOG_HOST],
      ['aplus-rhost-g', LOG_HOST],
      ['appId', APP_IDS[device()]],
      ['aplus-waiting', 'MAN'],
    ]);
    metas.forEach((value, key) => setMeta(key, value));
    setMeta('_hold', 'BLOCK');
  }

  view(page) {
    const common = { sapp_id: this.app.id, sapp_name: this.app.name };
    track(PV, { is_auto: false }, { ...common, page_id: page.id, page_name: page.name, page_url: window.location.href });
  }

  async identify(login) {
    try {
      const { accountId } = await login();
      if (accountId) setMeta('_user_id', `${accountId}`);
    } catch (e) {
      console.warn(e);
    } finally {
      setMeta('_hold', 'START');
    }
  }
}

export default new Traffic(APP);
