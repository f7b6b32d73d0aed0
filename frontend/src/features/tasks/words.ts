// How a case reads on screen: sentences and rows made from what the program says about it.
import type { ActView, CaseView, NextStepView, StageView, TaskView, Wait } from '@/api/types'
import { moment } from '@/composables/format'
import type { TaskRow } from '@/ui/TaskList.vue'

export function taskPlace(appID: string, task: string): string {
  return `/apps/${appID}/tasks/${encodeURIComponent(task)}`
}

/** The rows of one stage: a blocked one says why and links to what blocks it. */
export function taskRows(view: CaseView, stage: StageView): TaskRow[] {
  const byID = new Map((view.tasks ?? []).map((t) => [t.id, t]))
  return (stage.tasks ?? []).flatMap((id) => {
    const task = byID.get(id)
    return task ? [taskRow(view.app_id, task)] : []
  })
}

function taskRow(appID: string, t: TaskView): TaskRow {
  const row: TaskRow = { id: t.id, title: t.title, to: taskPlace(appID, t.id), status: t.status, word: t.status_word, who: t.actor_name }
  const blockers = t.blockers ?? []
  if (t.status === 'blocked' && blockers.length > 0) {
    return { ...row, note: '要等', links: blockers.map((b) => ({ text: `${b.title}（${b.status_word}）`, to: taskPlace(appID, b.task) })) }
  }
  const wait = (t.waits ?? [])[0]
  if (wait) return { ...row, note: wait.due === '' ? wait.name : `${wait.name}，${dueWords(wait)}` }
  const returned = returnReason(t)
  return returned === '' ? row : { ...row, note: `退回理由：${returned}` }
}

/**
 * Why a returned task was returned, as it was registered, also while it waits for others that its return sent back;
 * empty for any other.
 */
export function returnReason(t: TaskView): string {
  const last = (t.history ?? []).filter((h) => h.act === 'return' && !h.undone).pop()
  const latest = (t.history ?? []).filter((h) => h.act !== 'undo' && !h.undone).pop()
  return t.status === 'returned' || (t.status === 'blocked' && latest?.act === 'return') ? (last?.reason ?? '') : ''
}

/** The next step as a sentence; where there is none, the program's own words. */
export function nextSentence(view: CaseView): string {
  const step = (view.next.steps ?? [])[0]
  if (!step) return view.next.message.replace(/^下一步：/, '')
  const where = step.network === 'any' || step.network_name === '' ? '' : `在${step.network_name}`
  return `请${step.actor_name}${where}办“${step.title}”`
}

/** Why just this one, and since when it can be done. */
export function nextNote(step: NextStepView | undefined): string {
  if (!step) return ''
  const held = step.not_before === '' ? '' : `${moment(step.not_before)} 之后办`
  return [held, step.reason].filter((t) => t !== '').join('；')
}

/** When a wait ends. */
export function dueWords(w: Wait): string {
  if (w.due === '') return '时长没有规定'
  return w.kind === 'workdays' ? `${moment(w.due)} 到期` : `到 ${moment(w.due)}`
}

/** How long there is left, or how long one has waited when nobody knows. */
export function leftWords(w: Wait): string {
  if (w.overdue) return '已到期，请催办'
  if (w.unknown) return `已等 ${w.day} 天`
  if (w.kind === 'workdays') return w.left === 0 ? '今天到期' : `还剩 ${w.left} 个工作日`
  return ''
}

/** Why an act is refused, without the name of the task that stands beside it anyway. */
export function refusal(act: ActView): string {
  return act.reason.replace(/^“[^”]*”不能[^：]*：/, '')
}

export interface RefusedActs { acts: ActView[]; reason: string; hint: string }

/** The acts that are refused, those with the same reason together. */
export function refusals(acts: readonly ActView[]): RefusedActs[] {
  const groups: RefusedActs[] = []
  for (const act of acts.filter((a) => !a.allowed)) {
    const reason = refusal(act)
    const known = groups.find((g) => g.reason === reason && g.hint === act.hint)
    if (known) known.acts.push(act)
    else groups.push({ acts: [act], reason, hint: act.hint })
  }
  return groups
}

/** The act that suggests itself for a task, if any. */
export function suggestedAct(view: CaseView, task: TaskView): string {
  const acts = (task.acts ?? []).filter((a) => a.allowed && a.act !== 'undo' && a.act !== 'skip')
  const next = (view.next.steps ?? []).find((s) => s.task === task.id)
  if (next && acts.some((a) => a.act === next.act)) return next.act
  return acts[0]?.act ?? ''
}

/** Where the guidance comes from, in Chinese. */
export function sourceWords(sources: readonly string[]): string {
  return sources.map((s) => s.replace(/^dossier\s*/, '公开资料 ').replace(/^procedure\.md\s*/, '办理指南 ')).join('、')
}
