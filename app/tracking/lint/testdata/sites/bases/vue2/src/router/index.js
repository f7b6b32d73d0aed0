import Vue from 'vue'
import VueRouter from 'vue-router'
import Duty from '../views/Duty.vue'

Vue.use(VueRouter)

export default new VueRouter({
  routes: [
    { path: '/', name: 'duty', component: Duty, meta: { pageId: 'duty', title: '值班表' } },
    { path: '/swap', name: 'swap', component: () => import(/* webpackChunkName: "swap" */ '../views/Swap.vue'), meta: { pageId: 'swap', title: '换班申请' } }
  ]
})
