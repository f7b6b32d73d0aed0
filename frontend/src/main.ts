import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'
import App from './App.vue'
import './style.css'

const router = createRouter({
  history: createWebHashHistory(),
  routes: [{ path: '/:page?', component: () => import('./pages/Start.vue') }],
})

createApp(App).use(createPinia()).use(router).mount('#app')
