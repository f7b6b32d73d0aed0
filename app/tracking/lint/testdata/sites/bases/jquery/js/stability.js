var wpk;
try {
  wpk = new wpkReporter({
    bid: 'demo_parking_zzdpro',
    signkey: '1234567890abcdef',
    gateway: 'https://wpkgate-emas.ding.zj.gov.cn'
  });
  wpk.installAll();
  window._wpk = wpk;
} catch (e) {
  if (window.console) console.log('稳定性监控初始化失败');
}
