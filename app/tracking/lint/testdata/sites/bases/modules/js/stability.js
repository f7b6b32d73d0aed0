export function startStability() {
  try {
    const wpk = new window.wpkReporter({ bid: 'demo_parking_zzdpro', signkey: '1234567890abcdef', gateway: 'https://wpkgate-emas.ding.zj.gov.cn' });
    wpk.installAll();
    window._wpk = wpk;
  } catch (e) {
    console.error(e);
  }
}
