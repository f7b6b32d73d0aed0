import { computed, shallowRef, watch } from 'vue'
import * as cases from '@/api/cases'
import type { ActName, CaseLink, CaseView, TaskView } from '@/api/types'
import { useWork } from '@/composables/useWork'

/** What a person does to a task, before its files have been sent. */
export interface Doing {
  act: ActName
  reason: string
  note: string
  uploads: string[]
  /** Of a return only: which other tasks it sends back, and what the reviewer's words are about. */
  reopens?: string[]
  links?: CaseLink[]
}

/** A case of an app: read once, then as every act returned it. Without a case of its own it is the app's running one, else its newest. */
export function useCase(appID: () => string, caseID: () => string = () => '') {
  const view = shallowRef<CaseView | null>(null)
  const reading = useWork()
  const acting = useWork()

  async function load(): Promise<void> {
    const found = await reading.run(() => cases.view(caseID() || appID()))
    if (found) view.value = found
  }

  async function start(): Promise<boolean> {
    const started = await acting.run(() => cases.start(appID()))
    if (started) view.value = started
    return started !== undefined
  }

  /** Does an act; false when it failed (see acting.fault). */
  async function act(task: string, doing: Doing): Promise<boolean> {
    const which = caseID() === '' ? {} : { case_id: caseID() }
    const after = await acting.run(() => cases.act({ app_id: appID(), ...which, task, ...doing }))
    if (after) view.value = after
    return after !== undefined
  }

  /** Keeps proofs of a task without any act; rejects when the program refuses them. */
  async function addProofs(task: string, note: string, uploads: string[]): Promise<void> {
    view.value = await cases.addProofs(caseID() || appID(), task, note, uploads)
  }

  const tasks = computed(() => new Map<string, TaskView>((view.value?.tasks ?? []).map((t) => [t.id, t])))

  watch([appID, caseID], () => {
    view.value = null
    void load()
  }, { immediate: true })

  return { view, tasks, reading, acting, load, start, act, addProofs }
}
