import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'policy_home', meta: { title: '政策首页' }, component: () => import('../views/Home.vue') },
  { path: '/policy/:id', name: 'policy_detail', meta: { title: '政策详情' }, component: () => import('../views/Detail.vue') },
];

export default createRouter({ history: createWebHashHistory(), routes });
