// Runs in every document before its own scripts, with "config" (see hookConfig in hook.go) and "tell" at hand. It
// reports what the page does with window.aplus_queue and the stability reporter, and plays the bridge of the 浙政钉
// client. It changes nothing a page could notice in ordinary use.
if (window.top !== window) return;

const later = window.setTimeout.bind(window);
let told = 0;
const say = (message) => {
  // A page that never stops must not flood the browser's pipe.
  if (++told > config.events) return;
  try { tell(JSON.stringify(told === config.events ? { k: 'flood' } : message)); } catch (e) { /* the page is being torn down */ }
};
say({ k: 'doc', u: location.href });

// plain makes a value fit for JSON without changing what kind of value it is.
function plain(value, depth) {
  if (typeof value === 'string') return value.length > config.text ? value.slice(0, config.text) + '…' : value;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return isFinite(value) ? value : { '': String(value) };
  if (value === undefined) return null;
  if (typeof value !== 'object') return { '': typeof value };
  if (depth > 5) return { '': '…' };
  try {
    if (Array.isArray(value) || Object.prototype.toString.call(value) === '[object Arguments]') {
      return Array.prototype.slice.call(value, 0, 50).map((v) => plain(v, depth + 1));
    }
    const out = {};
    for (const key of Object.keys(value).slice(0, 100)) out[key] = plain(value[key], depth + 1);
    return out;
  } catch (e) {
    return { '': '?' };
  }
}

// --- the queue: every object window.aplus_queue ever held has a number, from 1.
const numbers = new Map();
let current, ticking = false;
// The client answers after the SDK has started: in this order a queue kept in a variable, or a hold that is missing, does
// its harm for certain.
let started;
const sdkStarted = new Promise((resolve) => { started = resolve; });

function tick() {
  if (ticking) return;
  ticking = true;
  later(() => { ticking = false; say({ k: 'tick' }); }, 0);
}

function pushed(number, entry, further) {
  if (told > config.events) return;
  say({ k: 'push', o: number, e: plain(entry, 0), f: further, u: location.href });
  tick();
}

function follow(queue) {
  const number = numbers.size + 1;
  numbers.set(queue, number);
  if (Array.isArray(queue)) queue.forEach((entry) => pushed(number, entry, false));
  let original = queue.push;
  const push = function (...entries) {
    entries.forEach((entry, i) => pushed(number, entry, i > 0));
    return original.apply(this, entries);
  };
  try {
    Object.defineProperty(queue, 'push', { configurable: true, get: () => push, set: (f) => { original = f; } });
  } catch (e) {
    say({ k: 'frozen' });
  }
}

function isSDK() {
  const script = document.currentScript;
  return Boolean(script && script.src && script.src.split(/[?#]/)[0].endsWith('/' + config.sdk));
}

Object.defineProperty(window, 'aplus_queue', {
  configurable: true,
  enumerable: true,
  get: () => current,
  set: (queue) => {
    const sdk = isSDK();
    if (queue === current && !sdk) return;
    current = queue;
    if (queue === null || typeof queue !== 'object') return say({ k: 'nothing' });
    if (numbers.has(queue)) return undefined;
    if (sdk && numbers.size === 0) numbers.set({}, 1); // the SDK found no queue at all
    if (sdk) {
      say({ k: 'load', u: location.href });
      started();
    }
    if (!sdk && numbers.size > 0) say({ k: 'assign', n: numbers.size });
    return follow(queue);
  },
});

// --- the stability reporter: how it is constructed, and that it is switched on.
let reporter;
Object.defineProperty(window, 'wpkReporter', {
  configurable: true,
  enumerable: true,
  get: () => reporter,
  set: (given) => {
    if (typeof given !== 'function') { reporter = given; return; }
    reporter = new Proxy(given, {
      construct(target, args) {
        say({ k: 'wpk', e: plain(args[0], 0) });
        const made = Reflect.construct(target, args);
        const install = made && made.installAll;
        if (typeof install === 'function') {
          made.installAll = function (...rest) { say({ k: 'install' }); return install.apply(made, rest); };
        }
        return made;
      },
    });
  },
});

// --- routes, and what has no business in a listed application.
for (const name of ['pushState', 'replaceState']) {
  const original = history[name];
  history[name] = function (...args) {
    const out = original.apply(this, args);
    say({ k: 'route', u: location.href });
    return out;
  };
}
window.addEventListener('hashchange', () => say({ k: 'route', u: location.href }));
window.addEventListener('popstate', () => say({ k: 'route', u: location.href }));
if (navigator.serviceWorker) {
  navigator.serviceWorker.register = () => {
    say({ k: 'worker' });
    return Promise.reject(new DOMException('service workers are off', 'SecurityError'));
  };
}

// --- the client's bridge. Only getAuthCode is played; everything else succeeds without a result.
const login = config.login;
function authCode(via, done) {
  say({ k: 'login', v: via });
  if (login.outcome === 'never') return;
  const patience = new Promise((resolve) => later(resolve, login.patience));
  Promise.race([sdkStarted, patience]).then(() => later(() => {
    say({ k: 'answered' });
    done(login.outcome === 'fail' ? null : login.code);
  }, login.wait));
}
const refusal = { errorCode: '3', errorMessage: '模拟：登录失败' };
if (config.client === 'pc') {
  const heard = [];
  const emit = (id, body) => heard.forEach((f) => f('openapi.event.emit', { msgId: id, body }));
  window.dingtalk = {
    event: { register: (f) => heard.push(f) },
    platform: {
      invokeAPI(id, api) {
        if (!/requestAuthCode|getAuthCode/.test(api)) return later(() => emit(id, {}), 0);
        return authCode(api, (code) => emit(id, code ? { auth_code: code, expires_in: 300 } : refusal));
      },
    },
  };
} else {
  window.AlipayJSBridge = {
    call(api, options, done) {
      const callback = typeof options === 'function' ? options : done || (() => {});
      if (!/getAuthCode/.test(api)) return later(() => callback({ errorCode: '0', result: {} }), 0);
      return authCode(api, (code) => callback(code ? { errorCode: '0', result: { code, expiresIn: 300 } } : refusal));
    },
  };
  document.addEventListener('DOMContentLoaded', () => document.dispatchEvent(new Event('AlipayJSBridgeReady')));
}
