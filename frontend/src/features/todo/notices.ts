// Desktop notices for what falls due today: off until switched on for this machine, one a day, and only where there are any.
import * as todo from '@/api/todo'

const switched = 'shangjiatong.notices'
const shownOn = 'shangjiatong.notices.day'

function read(name: string): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing stays without notices.
  }
}

/** Whether this window or browser can show notices at all. */
export const possible = () => typeof Notification !== 'undefined'

export const noticesOn = () => possible() && read(switched) === 'on' && Notification.permission === 'granted'

/** Switches notices; on asks the person's permission first. Says whether they are on now. */
export async function switchNotices(on: boolean): Promise<boolean> {
  if (on && possible() && Notification.permission !== 'granted') await Notification.requestPermission()
  write(switched, on ? 'on' : '')
  return noticesOn()
}

/** The words of the notice, or nothing to say. */
export function noticeText(today: number, overdue: number): string {
  const parts = [today > 0 ? `${today} 项今天到期` : '', overdue > 0 ? `${overdue} 项已过期` : '']
  return parts.filter((p) => p !== '').join('，')
}

/** Shows what falls due today, once on each day; true when it did. */
export async function remind(day: string): Promise<boolean> {
  if (day === '' || !noticesOn() || read(shownOn) === day) return false
  const list = await todo.list({ ...todo.everything, until: day })
  const text = noticeText(list.today, list.overdue)
  write(shownOn, day)
  if (text === '') return false
  new Notification('上架通待办', { body: text, tag: 'shangjiatong-todo' })
  return true
}
