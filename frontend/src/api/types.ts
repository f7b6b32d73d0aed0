// The shapes that cross the border to the program, as the Go services define them. Times are RFC 3339 strings.

export type Role = 'owner' | 'vendor'

/** One fact as it travels: text has one value, an empty field none, lists several; 是/否 are words. */
export interface FieldValue { key: string; values: string[] }

export interface Info {
  version: string
  data_dir: string
  first_run: boolean
  role: Role
  operator: string
  unit_name: string
  face: 'window' | 'browser'
  network: string
  today: string
  /** The time of the newest record when this machine's clock stands before it; else empty. */
  clock_behind: string
}

export type FieldType =
  | 'text' | 'long' | 'one' | 'many' | 'yesno' | 'ips' | 'url' | 'urls' | 'phone' | 'secret' | 'person' | 'file'

export interface Condition { field: string; has?: string; filled?: boolean }

export interface Field {
  key: string
  subject?: string
  label: string
  type: FieldType
  options?: string
  free?: boolean
  required?: boolean
  required_when?: Condition
  mini?: boolean
  max?: number
  slot?: string
  sample?: string
  help?: string
  used_by?: string[]
}

export interface Subject { id: string; title: string; note: string }
export interface WordList { name: string; words: string[]; assumed?: string[] }
export interface FormRow { label: string; field: string; required?: boolean; assumed?: boolean }
export interface FormSection { heading?: string; component?: string; rows: FormRow[] }
export interface Form {
  id: string
  title: string
  portal: string
  task: string
  per_component?: boolean
  sections: FormSection[]
}
export interface Slot {
  id: string
  title: string
  types: string[]
  mb: number
  rule?: string
  width?: number
  height?: number
  skeleton?: boolean
  listed?: boolean
  optional?: boolean
  sealed?: boolean
  scan_of?: string
}
export interface Address {
  key: string
  title: string
  network: string
  url: string
  default_url: string
  changed: boolean
}
export interface Catalogue {
  version: string
  subjects: Subject[]
  fields: Field[]
  lists: WordList[]
  forms: Form[]
  slots: Slot[]
  addresses: Address[]
}

export interface StartRequest {
  unit_name: string
  process_region: string
  region: string
  role: Role
  operator: string
}

export interface Person { name: string; phone: string }
export interface Unit {
  id: string
  name: string
  credit_code: string
  process_region: string
  region: string
  address_path: string
  department: string
  tenant_id: string
  catalog_account: Person
  department_admin: Person
  workbench_admin: Person
  regional_admin: Person
  regional_office?: string
  updated_at?: string
}
export interface Attachment {
  slot: string
  name: string
  size: number
  type: string
  sha256: string
  sm3: string
  added_by: string
  added_at: string
}
export interface Settings {
  id: string
  operator: string
  role: Role
  addresses: Record<string, string> | null
  templates: Record<string, Attachment> | null
  portal_unhosted: boolean
  takes_built_output: boolean
  updated_at?: string
}
export interface SettingsRequest {
  operator: string
  role: Role
  portal_unhosted: boolean
  takes_built_output: boolean
}
export interface UnitView { unit: Unit; settings: Settings }

export interface Attestation { rule: string; about: string; by: string; on: string; note?: string }
export interface Waiver { rule: string; field?: string; by: string; on: string; reason: string }
export interface Contact {
  id: string
  name: string
  phone: string
  has_account: string
  personnel_type: string
  insured?: Attestation | null
}
export interface Vendor {
  id: string
  name: string
  credit_code: string
  contacts: Contact[] | null
  updated_at?: string
}

export type AppKind = 'H5' | '小程序' | '小程序+PC' | 'H5改革门户'
export interface Page { page_id: string; page_name: string; page_url: string }

/** One application. Besides the members named here it holds every app.* field under its JSON name. */
export interface App {
  id: string
  archived: boolean
  created_at?: string
  updated_at?: string
  name: string
  kind: AppKind
  identifier: string
  vendor_id: string
  contact_ids: string[] | null
  pages: Page[] | null
  attachments: Record<string, Attachment> | null
  attestations: Attestation[] | null
  waivers: Waiver[] | null
  [field: string]: unknown
}

export type Status =
  | 'not_started' | 'blocked' | 'in_progress' | 'filled' | 'generated' | 'submitted' | 'in_review' | 'passed'
  | 'returned' | 'done' | 'not_applicable'

export interface AppSummary {
  id: string
  name: string
  kind: AppKind
  identifier: string
  archived: boolean
  vendor_name: string
  region: string
  started: boolean
  stage: string
  stage_name: string
  status: Status
  status_word: string
  next_task: string
  next_title: string
  message: string
  party: string
  party_word: string
  waiting_days: number
  settled: number
  total: number
  errors: number
  warnings: number
  undecided: number
  updated_at: string
}

export interface Completeness { form: string; title: string; needed: number; filled: number; missing: string[] | null }
export interface AppView {
  app: App
  vendor?: Vendor | null
  unit: Unit
  completeness: Completeness[] | null
}
/** When a draft was stored, and what of it: the values as they now stand. */
export interface Saved {
  saved_at: string
  values: FieldValue[] | null
  completeness: Completeness[] | null
}

export type Level = 'error' | 'warning' | 'info'
export interface Finding {
  rule: string
  code?: string
  level: Level
  field?: string
  file?: string
  line?: number
  column?: number
  message: string
  effect?: string
  fix?: string
  excerpt?: string
  mark?: number // the character of the excerpt, from 1, that the place is at
  mend?: string
  waiver?: Waiver | null
}
export interface RuleBrief { id: string; title: string; why: string; fix: string; source: string }
export interface PrecheckReport {
  app: string
  app_name: string
  findings: Finding[] | null
  passed: boolean
  errors: number
  warnings: number
  undecided: number
  checked: string[] | null
  rules_version: string
  rules: RuleBrief[] | null
  /** What allows a package only as a draft. */
  blocking: Finding[] | null
}

export type ActName =
  | 'fill' | 'generate' | 'submit' | 'review' | 'pass' | 'return' | 'confirm' | 'skip' | 'undo'
/** What a reviewer's words are about. */
export interface CaseLink { kind: 'field' | 'rule' | 'material'; id: string }
export interface ActHistory {
  seq: number
  act: ActName
  word: string
  by: string
  at: string
  reason: string
  proofs: string[] | null
  undone: boolean
  reopens?: string[] | null
  links?: CaseLink[] | null
}
export interface RoundChange { seq: number; task: string; title: string; act: ActName; word: string; by: string; at: string }
/** One round of a reviewed task: sent in, and what came back. */
export interface Round {
  n: number
  submitted_at: string
  submitted_by: string
  result_at: string
  result_by: string
  result: ActName | ''
  result_word: string
  words: string
  links: CaseLink[] | null
  reopens: string[] | null
  changes: RoundChange[] | null
}
/** What a flow asks for before it begins. */
export interface InputView {
  key: string
  label: string
  type: string
  required: boolean
  field: string
  list: string
  options: string[] | null
  help: string
  value: string
}
export interface Effect { key: string; value: string; label: string }
export interface PortalState {
  word: string
  known: boolean
  meaning: string
  turn: string
  turn_word: string
  buttons: string[] | null
  listed: boolean
  mark: string
  mark_word: string
  next: string
  source: string
}
/** What the portal shows for the app, as somebody saw it, and what that means. */
export interface PortalView {
  row: { release_id: string; state: string; seen_at: string; seen_by: string }
  state: PortalState
  expected: string[] | null
  notice: string
  greyed: { button: string; why: string }[] | null
}
export interface ActView {
  act: ActName
  word: string
  allowed: boolean
  reason: string
  hint: string
  needs_reason: boolean
  needs_proof: boolean
}
export interface Proof { id: string; task: string; note?: string; file?: Attachment | null; by: string; at: string }
export interface Caution { text: string; rules: string[] | null }
export interface Blocker { task: string; title: string; status: Status; status_word: string; message: string }
/** A wait that runs now. An empty due means nobody knows when it ends. */
export interface Wait {
  task: string
  title: string
  wait_id: string
  name: string
  kind: string
  party: string
  actor_name: string
  since: string
  received: string
  due: string
  remind: string
  days_total: number
  day: number
  left: number
  overdue: boolean
  estimated: boolean
  unknown: boolean
  message: string
  source: string
}
export interface TaskView {
  id: string
  title: string
  stage: string
  stage_name: string
  step: number
  status: Status
  status_word: string
  settled: boolean
  open: boolean
  reviewed: boolean
  why: string
  actor: string
  actor_name: string
  role: string
  party: string
  party_word: string
  with_names: string[] | null
  reviewer_name: string
  network: string
  network_name: string
  network_note: string
  prepare: string[] | null
  steps: string[] | null
  takes: string
  cautions: Caution[] | null
  answer: string
  forms: string[] | null
  materials: string[] | null
  gates: string[] | null
  proof_what: string
  proof_needed: boolean
  skip_when: string
  sources: string[] | null
  checked: string
  needs: string[] | null
  blockers: Blocker[] | null
  acts: ActView[] | null
  waits: Wait[] | null
  proof_ids: string[] | null
  history: ActHistory[] | null
  rounds?: Round[] | null
  reopenable?: string[] | null
  reopened_by?: string
  reopen_why?: string
  withdraw_word?: string
  withdraw_path?: string
  withdraw_states?: string[] | null
}
export interface StageView {
  id: string
  step: number
  name: string
  summary: string
  settled: number
  total: number
  open: number
  waiting: number
  blocked: number
  tasks: string[] | null
}
export interface NextStepView {
  task: string
  title: string
  stage: string
  stage_name: string
  status: Status
  status_word: string
  act: ActName
  act_word: string
  actor: string
  actor_name: string
  party: string
  party_word: string
  network: string
  network_name: string
  not_before: string
  reason: string
  unlocks: number
}
export interface NextView { finished: boolean; message: string; steps: NextStepView[] | null; waiting: string[] | null }
/** Where a task is done; an empty url is not given and can be entered in the settings. */
export interface PlaceInfo { key: string; title: string; url: string; path: string }
export interface TaskPlaces { task: string; places: PlaceInfo[] | null }
export interface CaseView {
  case_id: string
  app_id: string
  app_name: string
  kind: AppKind
  started: boolean
  flow: string
  flow_name: string
  flow_version: string
  flow_source: string
  flow_checked: string
  started_at: string
  started_by: string
  closed_at: string
  finished: boolean
  settled: number
  total: number
  stages: StageView[] | null
  tasks: TaskView[] | null
  next: NextView
  waits: Wait[] | null
  notices: string[] | null
  proofs: Proof[] | null
  places: TaskPlaces[] | null
  inputs?: InputView[] | null
  effects?: Effect[] | null
  moves?: { from: string; to: string; by: string; at: string }[] | null
  portal?: PortalView | null
  newer_version?: string
}
export interface ActRequest {
  app_id: string
  /** Without it, the app's running case. */
  case_id?: string
  /** Of a return: the other tasks it sends back, and what the reviewer's words are about. */
  reopens?: string[]
  links?: CaseLink[]
  task: string
  act: ActName
  reason: string
  note: string
  uploads: string[]
}
export interface NextItem extends NextStepView { app_id: string; app_name: string }

export interface OverviewFilter {
  party: string
  kind: string
  region: string
  stage: string
  query: string
  archived: boolean
}
export interface DueItem extends Wait { app_id: string; app_name: string }
export interface Count { id: string; title: string; count: number }
export interface Overview {
  sentence: string
  next?: NextItem | null
  apps: AppSummary[] | null
  total: number
  stages: Count[] | null
  parties: Count[] | null
  due: DueItem[] | null
  as_of: string
}

export type MaterialState = 'ready' | 'incomplete' | 'missing' | 'attached'
export interface MaterialView {
  id: string
  title: string
  file_name: string
  kind: 'docx' | 'xlsx' | 'html' | 'text' | 'attachment'
  state: MaterialState
  state_word: string
  note: string
  missing: string[] | null
  slot: string
  previewable: boolean
  own_template: boolean
}
export interface MakeRequest { app_id: string; draft: boolean; with_password: boolean; job: string }
/** How far a piece of work is, in bytes; word says what is being done, where it has steps. */
export interface JobState { running: boolean; done: number; total: number; word?: string }
export interface PackagedFile { name: string; size: number; sha256: string; sm3: string }
export interface PackageRecord {
  id: string
  app_id: string
  number: number
  draft: boolean
  with_password: boolean
  made_at: string
  made_by: string
  file_name: string
  size: number
  sha256: string
  sm3: string
  flow_version: string
  rules_version: string
  files: PackagedFile[] | null
  values: Record<string, string> | null
  blocking?: Finding[] | null
  submitted_to?: string[] | null
}
export interface FieldChange { key: string; label: string; before: string; after: string }
export interface FileChange { name: string; change: 'added' | 'removed' | 'changed'; change_word: string }
export interface PackageDiff { against: string; fields: FieldChange[] | null; files: FileChange[] | null }

export interface OpenedFile { path: string; name: string; size: number }

export interface StackView { id: string; title: string }
export interface SnippetFile {
  name: string
  title: string
  place: string
  body: string
  explain: { from: number; to: number; text: string }[] | null
}
export interface Snippets { stack: string; facts_version: string; files: SnippetFile[] | null; findings: Finding[] | null }

export interface JournalLine {
  seq: number
  at: string
  by: string
  what: string
  kind: string
  kind_word: string
  id: string
  sm3: string
  changes: FieldChange[] | null
}
export interface JournalPage { lines: JournalLine[] | null; more: boolean; next: number }

export interface Snapshot {
  id: string
  at: string
  reason: string
  reason_word: string
  note?: string
  size: number
  sha256: string
  sm3: string
  schema: number
  records: number
  journal: number
  /** Why it cannot be trusted; empty when it can. */
  problem?: string
}
export interface Restored { from: Snapshot; before: Snapshot | null; quarantine: string }
export interface StoreProblem { code: string; where: string; message: string; hint?: string }
export interface VerifyReport {
  ok: boolean
  file: string
  schema: number
  records: Record<string, number> | null
  journal: number
  blobs: number
  problems: StoreProblem[] | null
}
export interface TemplateView { material: string; title: string; own: boolean; name: string; unknown: string[] | null }
