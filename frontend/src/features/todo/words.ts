// How what waits reads on screen.
import type { TodoItem } from '@/api/todo'
import { day, moment } from '@/composables/format'

/** 第 3 天，共 5 天; or how long it has waited where no length is given. */
export function progressWords(i: TodoItem): string {
  if (i.of > 0) return `第 ${i.day} 天，共 ${i.of} 天`
  if (i.not_before !== '') return `${moment(i.not_before)} 之后办`
  return i.days > 0 ? `已等 ${i.days} 个工作日` : ''
}

/** When it is due: overdue, today, or the day; an item nobody gave a length shows when to ask again. */
export function dueWords(i: TodoItem, today: string): string {
  if (i.due === '') return i.remind === '' ? '没有期限' : `${day(i.remind)} 问一次`
  return day(i.due) === today && !i.overdue ? '今天' : day(i.due)
}

/** Whom to turn to: for a wait the one who is waited for, else who does it and where. */
export function callWords(i: TodoItem): string {
  if (i.kind === 'wait') return `问${i.who}`
  return i.network_name === '' || i.network_name === '不限' ? `由${i.who}办` : `由${i.who}办，${i.network_name}`
}
