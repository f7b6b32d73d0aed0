// 平台下发的参数，不要改
export const APP = Object.freeze({ id: '40001', name: 'demo_parking' });
export const LOG_HOST = 'alog-api.ding.zj.gov.cn';
export const SDK = 'https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js';
export const APP_IDS = { android: '28302650', ios: '28328447', pc: '47130293' };
const ACTION_PREFIX = 'aplus.';
export const META = ACTION_PREFIX + 'setMetaInfo';
export const PV = `${ACTION_PREFIX}sendPV`;
