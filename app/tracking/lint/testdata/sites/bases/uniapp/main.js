import { createSSRApp } from 'vue'
import App from './App.vue'
import track from './common/track.js'

export function createApp() {
  const app = createSSRApp(App)
  app.mixin({
    onShow() {
      const pages = getCurrentPages()
      if (pages.length) track.page(pages[pages.length - 1].route)
    }
  })
  return { app }
}
