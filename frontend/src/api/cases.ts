import { call } from './client'
import type { TaskDiff } from './flows'
import type { ActRequest, CaseLink, CaseView, NextItem } from './types'

export interface Suggestion extends CaseLink { title: string; found: string[] | null }
/** One of an app's cases, running or finished. */
export interface CaseSummary {
  id: string
  app_id: string
  flow: string
  flow_name: string
  flow_version: string
  started_at: string
  closed_at: string
  finished: boolean
}
export interface MoveView { case_id: string; from: string; to: string; diff: TaskDiff[] | null; notices: string[] | null }

export const view = (appID: string) => call<CaseView>('Cases', 'View', [appID])
export const start = (appID: string, flow = 'FLOW-1') => call<CaseView>('Cases', 'Start', [appID, flow])
export const act = (request: ActRequest) => call<CaseView>('Cases', 'Act', [request])
/** Keeps files and a note as proofs of a task without any act. */
export const addProofs = (appID: string, task: string, note: string, uploads: string[]) =>
  call<CaseView>('Cases', 'AddProofs', [appID, task, note, uploads])
export const next = async (limit: number) => (await call<NextItem[] | null>('Cases', 'Next', [limit])) ?? []
/** What a reviewer's words may be about: guesses for the person to confirm. */
export const suggest = async (text: string) => (await call<Suggestion[] | null>('Cases', 'Suggest', [text])) ?? []
/** Begins a flow with what it asks for. */
export const begin = (appID: string, flow: string, inputs: Record<string, string>) =>
  call<CaseView>('Cases', 'Begin', [{ app_id: appID, flow, inputs }])
export const list = async (appID: string) => (await call<CaseSummary[] | null>('Cases', 'List', [appID])) ?? []
/** What moving a case to another version of its flow would change. */
export const movePreview = (caseID: string, version: string) => call<MoveView>('Cases', 'MovePreview', [caseID, version])
export const move = (caseID: string, version: string) => call<MoveView>('Cases', 'Move', [caseID, version])
export const moveBack = (caseID: string) => call<MoveView>('Cases', 'MoveBack', [caseID])
/** Forgets a case in which nothing was registered. */
export const drop = (caseID: string) => call<null>('Cases', 'Drop', [caseID])
