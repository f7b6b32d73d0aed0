// What hostile or merely bad pages do to whoever works on them.

const tricks = {
  move() {
    let n = 0;
    setInterval(() => {
      n += 1;
      for (const el of document.querySelectorAll('form, .el-form, .ant-form')) el.style.marginTop = `${(n % 7) * 23}px`;
    }, 40);
  },
  alert() {
    document.addEventListener('focusin', () => alert('请注意：系统即将维护'), { once: true });
  },
  confirm() {
    document.addEventListener('focusin', () => confirm('是否提交？'), { once: true });
  },
  beforeunload() {
    window.addEventListener('beforeunload', (e) => {
      e.preventDefault();
      e.returnValue = '离开？';
    });
  },
  download() {
    document.addEventListener('click', () => {
      const a = document.createElement('a');
      a.href = '/_test/download';
      a.download = '说明.txt';
      a.click();
    }, { once: true });
  },
  window() {
    document.addEventListener('click', () => window.open('/_test/blank'), { once: true });
  },
  loop() {
    document.addEventListener('focusin', () => {
      for (let until = Date.now() + 30000; Date.now() < until;);
    }, { once: true });
  },
  prototype() {
    Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 0, 0);
    document.querySelectorAll = () => [];
    Array.prototype.map = () => [];
  },
};

/** Plays the named tricks once the page is shown. */
export function spoil(names) {
  for (const name of names) setTimeout(tricks[name] || (() => {}), 300);
}
