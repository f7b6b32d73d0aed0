// What the result of a check means to the person before it: the counts, the next step, the order of the findings.
import type { CheckBrief, CheckView, TrackingPage, Verdict } from '@/api/tracking'
import type { Finding } from '@/api/types'
import { byWeight } from '@/ui/findings'

export const verdicts: readonly { id: Verdict; word: string }[] = [
  { id: 'pass', word: '合格' }, { id: 'fail', word: '不合格' }, { id: 'missing', word: '缺失' }, { id: 'open', word: '需实测' },
]

/** How many pages have each verdict. */
export function countPages(pages: readonly TrackingPage[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, missing: 0, open: 0 }
  for (const p of pages) counts[p.verdict]++
  return counts
}

export const blocking = (findings: readonly Finding[]) => findings.filter((f) => f.level === 'error' && !f.waiver).length

/** What to do next: mend (look at the first finding), again, live, prove, or open the task. */
export interface Step { sentence: string; action: string; act: 'mend' | 'again' | 'live' | 'prove' | 'task' }

/** The next step after a check; held says that its code is still at hand. */
export function stepOf(view: CheckView, held: boolean): Step {
  const { passed, kind, pages, findings } = view.result
  const count = countPages(pages)
  const errors = blocking(findings)
  if (!passed && kind === 'capture' && count.fail === 0 && count.missing > 0) return { sentence: `还有 ${count.missing} 页没有抓到上报，打开这些页面再抓一次。`, action: '再检查一次', act: 'again' }
  if (!passed) return { sentence: `有 ${errors} 条须改正，交给开发商照“办法”改好，再检查一次。`, action: '看第一条', act: 'mend' }
  if (view.stale) return { sentence: '这次检查之后代码又变过，请用现在的代码重新检查。', action: '重新检查', act: 'again' }
  if (view.proves) return { sentence: '报告已作为 STEP-3.2 的依据。', action: '去办理 STEP-3.2', act: 'task' }
  if (kind === 'code' && count.open > 0 && !held) return { sentence: `代码里没有须改正的，还有 ${count.open} 页要实测：把代码再拖进来检查一次，然后实测。`, action: '再检查一次', act: 'again' }
  if (kind === 'code' && count.open > 0) return { sentence: `代码里没有须改正的，还有 ${count.open} 页要在浏览器里打开才知道。`, action: '实测', act: 'live' }
  if (view.why_not !== '') return { sentence: '没有须改正的，但还不能作为办结依据。', action: '再检查一次', act: 'again' }
  return { sentence: '检查通过，可以把报告作为 STEP-3.2 的办结依据。', action: '作为办结依据', act: 'prove' }
}

/** The state of the tracking code of an app by its newest check, for the top of the page. */
export function stateOf(checks: readonly CheckBrief[]): { sentence: string; action: string; check: string } {
  const proof = checks.find((c) => c.proves)
  const [last] = checks
  if (!last) return { sentence: '还没有检查过。把开发商交来的代码拖进来，几秒钟知道哪里不对。', action: '去检查', check: '' }
  if (proof?.stale) return { sentence: '作为办结依据的检查之后，代码又变过；用现在的代码重新检查。', action: '去检查', check: '' }
  if (!last.passed) return { sentence: `最近一次${last.kind_word}没有通过，须改正 ${last.errors} 条。`, action: '看结果', check: last.id }
  if (proof) return { sentence: '检查已通过，报告已作为 STEP-3.2 的依据。', action: '看结果', check: proof.id }
  if (last.good < last.pages) return { sentence: `最近一次${last.kind_word}没有须改正的，还有 ${last.pages - last.good} 页没有判为合格。`, action: '看结果', check: last.id }
  return { sentence: `最近一次${last.kind_word}通过了，可以作为 STEP-3.2 的办结依据。`, action: '看结果', check: last.id }
}

export interface Group { name: string; findings: Finding[] }

/** The findings by the file they are in, the heaviest first; files keep the order of their heaviest finding. */
export function byFile(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Finding[]>()
  for (const f of byWeight(findings)) {
    const name = f.file ?? ''
    const some = groups.get(name)
    if (some) some.push(f)
    else groups.set(name, [f])
  }
  return [...groups].map(([name, all]) => ({ name, findings: all }))
}

/** The first so many findings of the groups. */
export function first(groups: readonly Group[], most: number): Group[] {
  const out: Group[] = []
  let room = most
  for (const g of groups) {
    if (room <= 0) break
    out.push({ name: g.name, findings: g.findings.slice(0, room) })
    room -= g.findings.length
  }
  return out
}

/** 文件:行:列, as far as it is known. */
export function placeOf(f: Finding): string {
  return [f.file, f.line, f.column].filter((part) => part !== undefined && part !== '' && part !== 0).join(':')
}

/** A code line cut at the place it is about: what stands before it, the word there, and the rest. */
export function marked(excerpt: string, mark: number): [string, string, string] {
  const letters = [...excerpt]
  if (mark < 1 || mark > letters.length) return [excerpt, '', '']
  const rest = letters.slice(mark - 1).join('')
  const word = /^(?:[\p{L}\p{N}_$.]+|(['"`])(?:(?!\1).)*\1?|<\/?[\w-]+|\[[^\]]*\]|.)/u.exec(rest)?.[0] ?? ''
  return [letters.slice(0, mark - 1).join(''), word, rest.slice(word.length)]
}
