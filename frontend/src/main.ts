import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { useTransport } from './api/client'
import App from './App.vue'
import { makeRouter } from './router'
import './ui/base.css'

async function begin(): Promise<void> {
  if (import.meta.env.VITE_MOCK === '1') {
    const { mockTransport } = await import('./api/mock')
    const apps = Number(import.meta.env.VITE_MOCK_APPS ?? '6')
    useTransport(mockTransport({ apps, empty: apps === 0 }))
  }
  createApp(App).use(createPinia()).use(makeRouter()).mount('#app')
}

void begin()
