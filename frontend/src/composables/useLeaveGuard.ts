import { ElMessageBox } from 'element-plus'
import type { Ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { useSaving } from '@/stores/saving'

/** Saves before the page is left; when that fails the person decides whether to stay, so nothing is lost unasked. */
export function useLeaveGuard(flush: () => Promise<void>, unsaved: Ref<boolean>): void {
  const saving = useSaving()

  async function leave(): Promise<boolean> {
    await flush()
    if (!unsaved.value) return true
    try {
      await ElMessageBox.confirm(`这一页还有内容没有存上：${saving.fault?.sentence ?? ''}`, '先别离开', {
        confirmButtonText: '留在这一页',
        cancelButtonText: '离开，丢掉没存上的内容',
        distinguishCancelAndClose: true,
        closeOnClickModal: false,
      })
      return false
    } catch (action) {
      return action === 'cancel'
    }
  }

  onBeforeRouteLeave(leave)
  onBeforeRouteUpdate(leave)
}
