declare const wpkReporter: any;

export function initMonitor() {
  try {
    const wpk = new wpkReporter({
      bid: 'demo_parking_zzdpro',
      signkey: '1234567890abcdef',
      gateway: 'https://wpkgate-emas.ding.zj.gov.cn',
    });
    wpk.installAll();
    (window as any)._wpk = wpk;
  } catch (e) {
    console.error('稳定性监控没有启动', e);
  }
}
