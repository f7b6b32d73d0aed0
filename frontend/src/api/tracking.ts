import { call } from './client'
import type { Finding, Page, Snippets, StackView } from './types'

export type CheckKind = 'code' | 'capture' | 'live'
export type Verdict = 'pass' | 'fail' | 'missing' | 'open'
/** What a check of the tracking code says of one page. */
export interface TrackingPage {
  id: string
  name: string
  url?: string
  file?: string
  verdict: Verdict
  verdict_word: string
  evidence: string[]
}
/** The result of any check of the tracking code: of code, of captures, of running pages. */
export interface TrackingResult {
  kind: CheckKind
  target: string
  files: number
  bytes: number
  pages: TrackingPage[]
  findings: Finding[]
  passed: boolean
  facts_version: string
}
/** A kept check. */
export interface CheckView {
  id: string
  app_id: string
  at: string
  by: string
  digest: string
  /** Its report was taken as the proof of STEP-3.2. */
  proves: boolean
  /** The code was changed after this check. */
  stale: boolean
  /** Why it cannot be taken as the proof; empty when it can. */
  why_not: string
  result: TrackingResult
}
/** A kept check in a list; good counts the pages that are 合格. */
export interface CheckBrief {
  id: string
  at: string
  by: string
  kind: CheckKind
  kind_word: string
  target: string
  passed: boolean
  errors: number
  pages: number
  good: number
  proves: boolean
  stale: boolean
}

export const check = async (appID: string) => (await call<Finding[] | null>('Tracking', 'Check', [appID])) ?? []
/** The ways of building a front end that the kind of app can have. */
export const stacks = async (appID: string) => (await call<StackView[] | null>('Tracking', 'Stacks', [appID])) ?? []
export const snippets = (appID: string, stack: string) => call<Snippets>('Tracking', 'Snippets', [appID, stack])
/** Reads a pasted page table; what it cannot read is an error that says why. */
export const parsePages = async (text: string) => (await call<Page[] | null>('Tracking', 'ParsePages', [text])) ?? []

export interface CodeRequest { app_id: string; uploads: string[]; path: string; job: string }
export interface CaptureRequest { app_id: string; uploads: string[]; text: string; job: string }
/** What is played: clients and outcomes of the login (none means the usual ones), and what the back end answers. */
export interface LivePlay { devices: string[]; logins: string[]; reply: string; visible: boolean; real_network: boolean }
export interface LiveRequest extends LivePlay { app_id: string; address: string; uploads: string[]; path: string; job: string }
export interface LiveOptions { devices: { id: string; word: string }[] | null; logins: { id: string; word: string }[] | null }

/** Judges code: uploads (a zip, or the files of a folder by their paths), or a place on this machine. */
export const checkCode = (request: CodeRequest) => call<CheckView>('Tracking', 'CheckCode', [request])
/** Judges captures: uploaded files (tokens) and pasted text. */
export const checkCapture = (request: CaptureRequest) => call<CheckView>('Tracking', 'CheckCapture', [request])
/** Opens an address, or code served on this machine, in the browser and judges what it does. */
export const checkLive = (request: LiveRequest) => call<CheckView>('Tracking', 'CheckLive', [request])
export const liveOptions = () => call<LiveOptions>('Tracking', 'LiveOptions')
/** The kept checks of an app, newest first. */
export const checks = async (appID: string) => (await call<CheckBrief[] | null>('Tracking', 'Checks', [appID])) ?? []
export const checkOf = (id: string) => call<CheckView>('Tracking', 'CheckOf', [id])
/** Takes the report of a passing check as the proof of STEP-3.2. */
export const prove = (id: string) => call<CheckView>('Tracking', 'Prove', [id])

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
