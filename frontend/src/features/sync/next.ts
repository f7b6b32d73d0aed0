// The one next step of the screen 同步, as a sentence with a button.
import { byKind, lastButton } from './kinds'
import type { OutboxView } from '@/api/outbox'
import type { SyncPlan } from '@/api/sync'

export interface SyncStep {
  sentence: string
  word: string
  note?: string
  /** The part of the screen it leads to, the action to open there, and the heading to show. */
  part: string
  action: string
  at: string
}

/** plan is the one that can still be applied, chosen how many of its lines are ticked. */
export function nextOf(plan: SyncPlan | null, chosen: number, pending: OutboxView[], loggedIn: boolean): SyncStep {
  const calls = pending.find((a) => a.asking) ?? pending.find((a) => a.state === 'waiting')
  if (calls) return { sentence: calls.asking ? `“${calls.title}”在等您回答。` : `“${calls.title}”填好了，等您在浏览器窗口里按“${lastButton(calls.kind)}”。`, word: '去看', part: 'outbox', action: calls.id, at: '' }
  const unplaced = plan?.counts.ambiguous ?? 0
  if (unplaced > 0) return { sentence: `读到的有 ${unplaced} 行认不准是哪个应用，请您选。`, word: '去选', part: '', action: '', at: 'plan-title' }
  if (chosen > 0) return { sentence: `读到 ${chosen} 处变化，等您确认。`, word: '去确认', part: '', action: '', at: 'plan-title' }
  const stopped = pending.find((a) => a.state === 'stopped')
  if (stopped) return { sentence: `“${stopped.title}”停在半路，可以接着办。`, word: '去看', part: 'outbox', action: stopped.id, at: '' }
  const ready = pending.filter((a) => a.can_run).sort(byKind)[0]
  if (ready && loggedIn) return { sentence: `已经登录，可以办“${ready.title}”。`, word: '去办', part: 'outbox', action: ready.id, at: '' }
  if (plan) return { sentence: '上次读到的都看过了，没有勾选要写入的。', word: '再读一次', part: '', action: '', at: 'read-title' }
  const waits = ready ? `有 ${pending.length} 个动作准备好了。` : ''
  return { sentence: `${waits}读一次平台，看看状态有没有变。`, word: '去读', note: '连得上平台就打开浏览器读；连不上，放一个保存的网页也行。', part: '', action: '', at: 'read-title' }
}
