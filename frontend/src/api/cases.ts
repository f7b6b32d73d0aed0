import { call } from './client'
import type { ActRequest, CaseView, NextItem } from './types'

export const view = (appID: string) => call<CaseView>('Cases', 'View', [appID])
export const start = (appID: string, flow = 'FLOW-1') => call<CaseView>('Cases', 'Start', [appID, flow])
export const act = (request: ActRequest) => call<CaseView>('Cases', 'Act', [request])
/** Keeps files and a note as proofs of a task without any act. */
export const addProofs = (appID: string, task: string, note: string, uploads: string[]) =>
  call<CaseView>('Cases', 'AddProofs', [appID, task, note, uploads])
export const next = async (limit: number) => (await call<NextItem[] | null>('Cases', 'Next', [limit])) ?? []
