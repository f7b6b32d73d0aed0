import { createRouter, createWebHashHistory, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import { useSession } from '@/stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the help text (locale/help.ts). */
    help?: string
    /** Shown without the frame. */
    bare?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/overview' },
  { path: '/start', name: 'start', component: () => import('@/pages/Start.vue'), meta: { help: 'start', bare: true } },
  { path: '/overview', name: 'overview', component: () => import('@/pages/Overview.vue'), meta: { help: 'overview' } },
  { path: '/todo', name: 'todo', component: () => import('@/pages/Todo.vue'), meta: { help: 'todo' } },
  { path: '/sync', name: 'sync', component: () => import('@/pages/Sync.vue'), meta: { help: 'sync' } },
  { path: '/copy', name: 'copy', component: () => import('@/pages/Copy.vue'), meta: { help: 'sync', bare: true } },
  { path: '/reports', name: 'reports', component: () => import('@/pages/Reports.vue'), meta: { help: 'reports' } },
  { path: '/apps', name: 'apps', component: () => import('@/pages/Apps.vue'), meta: { help: 'apps' } },
  { path: '/apps/import', name: 'import', component: () => import('@/pages/Import.vue'), meta: { help: 'import' } },
  {
    path: '/apps/:id',
    component: () => import('@/pages/app/Frame.vue'),
    props: true,
    children: [
      { path: '', redirect: (to) => `/apps/${String(to.params.id)}/tasks` },
      { path: 'tasks', name: 'app-tasks', component: () => import('@/pages/app/Tasks.vue'), meta: { help: 'app-tasks' } },
      { path: 'tasks/:task', name: 'app-task', component: () => import('@/pages/app/Task.vue'), meta: { help: 'app-task' } },
      { path: 'data', name: 'app-data', component: () => import('@/pages/app/Data.vue'), meta: { help: 'app-data' } },
      { path: 'check', name: 'app-check', component: () => import('@/pages/app/Check.vue'), meta: { help: 'app-check' } },
      { path: 'packages', name: 'app-packages', component: () => import('@/pages/app/Packages.vue'), meta: { help: 'app-packages' } },
      { path: 'tracking', name: 'app-tracking', component: () => import('@/pages/app/Tracking.vue'), meta: { help: 'app-tracking' } },
      { path: 'code', name: 'app-code', component: () => import('@/pages/app/Code.vue'), meta: { help: 'app-code' } },
      { path: 'journal', name: 'app-journal', component: () => import('@/pages/app/Journal.vue'), meta: { help: 'app-journal' } },
    ],
  },
  { path: '/settings', redirect: '/settings/unit' },
  { path: '/settings/:section', name: 'settings', component: () => import('@/pages/Settings.vue'), props: true, meta: { help: 'settings' } },
  { path: '/:path(.*)*', name: 'missing', component: () => import('@/pages/Missing.vue') },
]

/** The pages by address; hash history works in the window and in a browser alike. */
export function makeRouter(history: RouterHistory = createWebHashHistory()) {
  const router = createRouter({ history, routes })
  router.beforeEach(async (to) => {
    const session = useSession()
    if (!session.info && !session.fault) await session.load()
    const first = session.info?.first_run ?? false
    if (first && to.name !== 'start') return { name: 'start' }
    if (!first && session.info && to.name === 'start') return { name: 'overview' }
    return true
  })
  // Among the tasks of an app the case stays the one that was chosen.
  router.beforeEach((to, from) => {
    const kept = from.query.case
    const within = /^app-tasks?$/.test(String(from.name)) && /^app-tasks?$/.test(String(to.name)) && from.params.id === to.params.id
    return within && kept !== undefined && to.query.case === undefined ? { ...to, query: { ...to.query, case: kept } } : true
  })
  return router
}
