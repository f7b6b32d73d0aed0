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
  sample: boolean
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
  stage: string
  stage_title: string
  status: Status
  status_word: string
  next_task: string
  next_title: string
  who: string
  who_word?: string
  waiting_days: number
  errors: number
  warnings: number
  undecided: number
  updated_at: string
}

export interface Completeness { form: string; title: string; needed: number; filled: number; missing: string[] | null }
export interface SecretState { key: string; set: boolean }
export interface AppView {
  app: App
  vendor?: Vendor | null
  completeness: Completeness[] | null
  secrets: SecretState[] | null
  notices: string[] | null
}
export interface Saved { saved_at: string }
export interface AppSaved extends Saved { values: FieldValue[] | null; completeness: Completeness[] | null }
export interface ParsedPages { pages: Page[] | null; problems: string[] | null }

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
  waiver?: Waiver | null
}
export interface RuleBrief { id: string; title: string; why: string; fix: string; source: string; level: Level }
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
}

export type ActName =
  | 'fill' | 'generate' | 'submit' | 'review' | 'pass' | 'return' | 'confirm' | 'skip' | 'undo'
export interface Act {
  seq: number
  task: string
  act: ActName
  word?: string
  by: string
  at: string
  reason?: string
  proofs?: string[]
}
export interface Proof { id: string; task: string; note?: string; file?: Attachment | null; by: string; at: string }
export interface Place { key: string; title: string; url: string }
export interface Caution { text: string; rules?: string[] | null }
export interface Blocker { task: string; title: string; status: Status; message: string }
export interface AllowedAct { act: ActName; word: string; allowed: boolean; reason?: string }
export interface TaskView {
  id: string
  title: string
  why: string
  actor: string
  actor_word: string
  network: string
  where: Place[] | null
  needs_list: string[] | null
  steps: string[] | null
  how_long: string
  cautions: Caution[] | null
  sample: string
  sources: string[] | null
  checked: string
  status: Status
  status_word: string
  blockers: Blocker[] | null
  acts: AllowedAct[] | null
  forms: string[] | null
  materials: string[] | null
  rules: string[] | null
  proof: { what: string; required: boolean }
  history: Act[] | null
  proofs: Proof[] | null
}
export interface StageView { id: string; title: string; settled: number; total: number; tasks: TaskView[] | null }
export interface TaskBrief { id: string; title: string; status: Status; status_word: string; sentence?: string }
export interface WaitView {
  task: string
  title: string
  due?: string
  left?: number
  day?: number
  of?: number
  overdue?: boolean
  estimated?: boolean
  text?: string
}
export interface CaseView {
  started: boolean
  case_id: string
  flow: string
  flow_title: string
  flow_version: string
  app_id: string
  app_name: string
  kind: AppKind
  stages: StageView[] | null
  next?: TaskBrief | null
  waits: WaitView[] | null
  settled: number
  total: number
  excluded: { id: string; title: string; reason: string }[] | null
}
export interface ActRequest {
  app_id: string
  task: string
  act: ActName
  reason: string
  note: string
  uploads: string[]
}
export interface NextItem {
  app_id: string
  app_name: string
  task: string
  title: string
  status: Status
  status_word: string
  who: string
  who_word: string
  network: string
  due?: string
  waiting_days: number
  sentence: string
}

export interface OverviewFilter {
  who: string
  kind: string
  region: string
  stage: string
  query: string
  archived: boolean
}
export interface DueItem {
  app_id: string
  app_name: string
  task: string
  title: string
  due: string
  left: number
  overdue: boolean
  estimated: boolean
}
export interface Overview {
  sentence: string
  next?: NextItem | null
  apps: AppSummary[] | null
  total: number
  stages: { id: string; title: string; count: number }[] | null
  due: DueItem[] | null
  parties: { who: string; word: string; count: number }[] | null
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
  slot?: string
  previewable: boolean
  own_template: boolean
}
export interface MakeRequest { app_id: string; draft: boolean; with_password: boolean; job: string }
export interface JobState { done: number; total: number; text: string; running: boolean }
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

export interface StackView { id: string; title: string; note: string }
export interface SnippetFile {
  name: string
  title: string
  body: string
  where: string
  explain: { from: number; to: number; text: string }[] | null
}
export interface Snippets { files: SnippetFile[] | null; findings: Finding[] | null }

export interface JournalLine {
  seq: number
  at: string
  by: string
  what: string
  kind: string
  kind_word: string
  id: string
  changes: FieldChange[] | null
}
export interface JournalPage { lines: JournalLine[] | null; more: boolean; next: number }

export interface Snapshot { id: string; at: string; reason: string; size: number; sha256: string; ok: boolean }
export interface VerifyReport {
  ok: boolean
  file: string
  schema: number
  records: number
  journal: number
  blobs: number
  problems: string[] | null
}
export interface TemplateView { material: string; title: string; own: boolean; name: string; unknown: string[] | null }
