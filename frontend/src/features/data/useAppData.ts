import { computed, ref, shallowRef, watch } from 'vue'
import * as apps from '@/api/apps'
import * as checks from '@/api/checks'
import * as files from '@/api/files'
import * as vendors from '@/api/vendors'
import type { Field, Finding, Vendor } from '@/api/types'
import { useDraft } from '@/composables/useDraft'
import { useApp } from '@/stores/app'
import { useSaving } from '@/stores/saving'
import { useSession } from '@/stores/session'
import type { Choice, FieldModel } from '@/ui/field/types'
import { byWeight, findingKind, messageOf } from '@/ui/findings'
import { asked, draftOf, member, membersOf, needed } from './values'
import { usageOf } from './usage'

/** The data of the open app: its draft, what each input needs, and what the checks say about each field. */
export function useAppData(id: string) {
  const session = useSession()
  const store = useApp()
  const saving = useSaving()
  const known = shallowRef<Vendor[]>([])
  const findings = shallowRef<Finding[]>([])
  const checkedOnce = ref(false)

  const draft = useDraft(async (values) => {
    const saved = await apps.set(id, values)
    store.takeCompleteness(saved.completeness)
    store.takeMembers(id, membersOf(saved.values ?? [], fields.value))
    if (values.some((v) => ['app.vendor_id', 'app.name', 'app.identifier', 'app.kind'].includes(v.key))) void store.refresh()
    if (checkedOnce.value) void check()
    return saved
  })

  const fields = computed(() => session.catalogue?.fields ?? [])
  watch(() => store.app, (app) => app && draft.load(draftOf(app, fields.value)), { immediate: true })
  void vendors.list().then((list) => (known.value = list), () => null)

  const vendor = computed(() => known.value.find((v) => v.id === draft.values['app.vendor_id']?.[0]))
  const shown = computed(() => fields.value.filter((f) => f.subject && asked(f, draft.values)))
  const open = computed(() => new Set(shown.value.filter((f) => needed(f, draft.values) && isEmpty(f)).map((f) => f.key)))

  /** Findings to mend here: what is wrong, and what must be filled in and is not. Worst first. */
  const mending = computed(() =>
    byWeight(findings.value).filter((f) => findingKind(f) === 'error' || (f.level === 'error' && open.value.has(f.field ?? ''))))

  function isEmpty(field: Field): boolean {
    if (field.type === 'secret') return !store.app?.[member(field.key)]
    if (field.type === 'file') return !store.app?.attachments?.[field.slot ?? '']
    return !(draft.values[field.key] ?? []).some((v) => v.trim() !== '')
  }

  function choicesOf(field: Field): Choice[] {
    if (field.options === 'vendors') return known.value.map((v) => ({ value: v.id, label: v.name }))
    if (field.options === 'contacts') return (vendor.value?.contacts ?? []).map((c) => ({ value: c.id, label: `${c.name} ${c.phone}` }))
    const list = field.type === 'yesno' ? 'yesno' : (field.options ?? '')
    return session.words(list).map((w) => ({ value: w, label: w, note: session.assumed(list, w) ? '推定' : undefined }))
  }

  function modelOf(field: Field): FieldModel {
    const base = { field, needed: needed(field, draft.values), usedBy: usageOf(field.key, field.label, field.used_by ?? [], session.form), choices: choicesOf(field) }
    if (field.type === 'file') return { ...base, ...fileModel(field) }
    return field.type === 'secret' ? { ...base, ...secretModel(field) } : base
  }

  function fileModel(field: Field): Partial<FieldModel> {
    const slot = field.slot ?? ''
    return {
      slot: session.slot(slot),
      attachment: store.app?.attachments?.[slot],
      attach: async (file, progress) => {
        const token = await files.upload(file, { progress })
        store.take(await apps.attach(id, slot, token))
        await after()
      },
      detach: async () => {
        store.take(await apps.detach(id, slot))
        await after()
      },
    }
  }

  function secretModel(field: Field): Partial<FieldModel> {
    return {
      secretSet: Boolean(store.app?.[member(field.key)]),
      setSecret: async (text) => {
        await saving.track(() => apps.setSecret(id, field.key, text), () => null)
        await after()
      },
      reveal: () => apps.revealSecret(id, field.key),
    }
  }

  async function after(): Promise<void> {
    await store.refresh()
    if (checkedOnce.value) await check()
  }

  /** Asks for the findings of the app as it is stored now. */
  async function check(): Promise<void> {
    const report = await checks.precheck(id)
    findings.value = report.findings ?? []
    checkedOnce.value = true
  }

  /** What has to be mended in a field, or undefined. The summary uses the same words. */
  function errorOf(key: string): string | undefined {
    const found = mending.value.find((f) => f.field === key)
    return found && messageOf(found)
  }

  return { draft, shown, open, modelOf, findings, mending, check, errorOf }
}
