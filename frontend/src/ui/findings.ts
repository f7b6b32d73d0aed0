import type { Finding } from '@/api/types'

export type FindingKind = 'error' | 'warning' | 'live' | 'undecided' | 'info'

/** The kinds, what weighs most first. */
export const findingKinds: readonly FindingKind[] = ['error', 'warning', 'live', 'undecided', 'info']

export const kindWords: Record<FindingKind, string> = {
  error: '须改正',
  warning: '请留意',
  live: '需实测',
  undecided: '未核对',
  info: '提示',
}

/** The kind a finding is shown as: one that could not be decided is 未核对, one for a running page 需实测, whatever its level. */
export function findingKind(f: Finding): FindingKind {
  if (f.code === 'undecided') return 'undecided'
  return f.code === 'live' ? 'live' : f.level
}

/** What a finding says, without the 未核对 that its level word says already. */
export function messageOf(f: Finding): string {
  return f.code === 'undecided' ? f.message.replace(/^未核对：/, '') : f.message
}

/** Errors first, then warnings, those for a running page, undecided ones and advice; within a kind the order given. */
export function byWeight(findings: readonly Finding[]): Finding[] {
  const weight = (f: Finding) => findingKinds.indexOf(findingKind(f))
  return [...findings].sort((a, b) => weight(a) - weight(b))
}

export function countKinds(findings: readonly Finding[]): Record<FindingKind, number> {
  const counts: Record<FindingKind, number> = { error: 0, warning: 0, live: 0, undecided: 0, info: 0 }
  for (const f of findings) if (!f.waiver) counts[findingKind(f)]++
  return counts
}
