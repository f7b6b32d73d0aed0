import { watchEffect } from 'vue'
import { useApp } from '@/stores/app'
import { type Crumb, usePlace } from '@/stores/place'

/** Tells the frame that a page of the open app is shown: 应用 › its name › the page. */
export function useAppPlace(...trail: (string | Crumb)[]): void {
  const app = useApp()
  const place = usePlace()
  watchEffect(() => {
    if (!app.app) return
    const own = trail.map((t) => (typeof t === 'string' ? { text: t } : t))
    place.set({ text: '应用', to: '/apps' }, { text: app.app.name, to: `/apps/${app.app.id}` }, ...own)
  })
}
