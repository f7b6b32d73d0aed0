import { call } from './client'
import type { Finding, Page, Snippets, StackView } from './types'

/** What a check of the tracking code says of one page. */
export interface TrackingPage {
  id: string
  name: string
  url?: string
  file?: string
  verdict: 'pass' | 'fail' | 'missing' | 'open'
  verdict_word: string
  evidence: string[]
}
/** The result of any check of the tracking code: of code, of captures, of running pages. */
export interface TrackingResult {
  kind: 'code' | 'capture' | 'live'
  target: string
  files: number
  bytes: number
  pages: TrackingPage[]
  findings: Finding[]
  passed: boolean
  facts_version: string
}

export const check = async (appID: string) => (await call<Finding[] | null>('Tracking', 'Check', [appID])) ?? []
/** The ways of building a front end that the kind of app can have. */
export const stacks = async (appID: string) => (await call<StackView[] | null>('Tracking', 'Stacks', [appID])) ?? []
export const snippets = (appID: string, stack: string) => call<Snippets>('Tracking', 'Snippets', [appID, stack])
/** Reads a pasted page table; what it cannot read is an error that says why. */
export const parsePages = async (text: string) => (await call<Page[] | null>('Tracking', 'ParsePages', [text])) ?? []

export interface CaptureRequest { app_id: string; uploads: string[]; text: string; job: string }
/** Judges captures: uploaded files (tokens) and pasted text. */
export const checkCapture = (request: CaptureRequest) => call<TrackingResult>('Tracking', 'CheckCapture', [request])

/** What the tracking code goes by (埋点依据): servers, numbers and rules. */
export interface FactsView {
  version: string
  own: boolean
  embedded_version: string
  blocks: { id: string; title: string; source: string; checked: string }[] | null
  file_name: string
  imported_by: string
  imported_at: string
  sha256: string
  unused: string
}
export const facts = () => call<FactsView>('Tracking', 'Facts')
/** Takes an uploaded file of newer facts; its checksum is given or stands in the file. */
export const importFacts = (upload: string, sum: string) => call<FactsView>('Tracking', 'ImportFacts', [upload, sum])
export const resetFacts = () => call<FactsView>('Tracking', 'ResetFacts')
