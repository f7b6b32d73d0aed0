import traffic from './track.js';
import { login } from './login.js';
import { startStability } from './stability.js';

startStability();
traffic.load();
traffic.begin();

const pages = {
  '#/home': { id: 'home', name: '首页' },
  '#/apply': { id: 'apply', name: '在线申请' },
  '#/progress': { id: 'progress', name: '办理进度' },
};

function show() {
  const page = pages[location.hash] || pages['#/home'];
  document.getElementById('app').textContent = page.name;
  traffic.view(page);
}

window.addEventListener('hashchange', show);
show();
traffic.identify(login);
