import { call } from './client'
import type { AppKind, InputView } from './types'

export interface FlowView {
  id: string
  name: string
  version: string
  purpose: string
  source: string
  checked: string
  kinds: AppKind[] | null
  tasks: number
  inputs: InputView[] | null
  any_input: boolean
  requires: string[] | null
  excludes: string[] | null
}
/** One version of a flow the program knows. */
export interface FlowInfo extends FlowView {
  own: boolean
  latest: boolean
  running: number
  file_name: string
  imported_by: string
  imported_at: string
  sha256: string
}
/** A flow that an app may be taken through, or why not. */
export interface FlowOffer extends FlowView { allowed: boolean; reason: string; hint: string; case_id: string }
export interface FlowTask {
  id: string
  title: string
  actor_name: string
  party_word: string
  reviewer_name: string
  network_name: string
  needs: string[] | null
  /** hosted, unhosted or mini; empty for all kinds. */
  only: string
  takes: string
  sources: string[] | null
}
export interface FlowStage { id: string; step: number; name: string; summary: string; tasks: FlowTask[] | null }
export interface FlowDetail {
  info: FlowInfo
  stages: FlowStage[] | null
  waits: { id: string; name: string; text: string; source: string }[] | null
}
export interface TaskDiff {
  task: string
  title: string
  kind: string
  kind_word: string
  fields: { field: string; before: string; after: string }[] | null
}

export const list = async () => (await call<FlowInfo[] | null>('Flows', 'List')) ?? []
/** One version; an empty one is the newest. */
export const show = (flow: string, version: string) => call<FlowDetail>('Flows', 'Show', [flow, version])
export const diff = async (flow: string, from: string, to: string) => (await call<TaskDiff[] | null>('Flows', 'Diff', [flow, from, to])) ?? []
/** Takes an uploaded procedure file; its checksum is given or stands in the file. */
export const take = (upload: string, sum: string) => call<FlowInfo>('Flows', 'Import', [upload, sum])
export const remove = (flow: string, version: string) => call<null>('Flows', 'Remove', [flow, version])
export const offers = async (appID: string) => (await call<FlowOffer[] | null>('Flows', 'For', [appID])) ?? []
