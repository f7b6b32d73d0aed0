import { writeFileSync } from 'node:fs'
import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import elementPlus from 'unplugin-element-plus/vite'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// Go embeds dist, also on a clean clone where nothing has been built yet, so its placeholder must outlive each build.
function keepPlaceholder(): Plugin {
  return {
    name: 'keep-placeholder',
    apply: 'build',
    closeBundle() {
      writeFileSync(fileURLToPath(new URL('./dist/.keep', import.meta.url)), '')
    },
  }
}

export default defineConfig({
  base: './',
  // Element Plus is imported by component (import { ElButton } from 'element-plus'); the plugin adds each one's style.
  plugins: [vue(), elementPlus({}), keepPlaceholder()],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      '@wailsjs': fileURLToPath(new URL('./wailsjs', import.meta.url)),
    },
  },
  build: {
    // WebKitGTK 2.36 (UOS, Kylin) and WebView2 94.
    target: ['safari15.4', 'chrome94'],
    reportCompressedSize: false,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    server: { deps: { inline: ['element-plus'] } },
  },
})
