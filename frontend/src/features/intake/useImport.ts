import { computed, ref, shallowRef } from 'vue'
import * as files from '@/api/files'
import * as imports from '@/api/imports'
import type { ImportResult, ImportView, MappedColumn } from '@/api/imports'
import { useJob } from '@/composables/useJob'
import { useWork } from '@/composables/useWork'

/** One import: a file, what it would do, and what it did. Nothing is stored before confirm. Reading and writing can be stopped. */
export function useImport() {
  const name = ref('')
  const token = ref('')
  const view = shallowRef<ImportView | null>(null)
  const result = shallowRef<ImportResult | null>(null)
  const looking = useWork()
  const writing = useWork()
  const reader = useJob()
  const writer = useJob()

  const errors = computed(() => view.value?.counts.errors ?? 0)
  const changes = computed(() => (view.value ? view.value.counts.add + view.value.counts.update : 0))

  /** Sends a file and shows what it holds; rejects when the program refuses it, and then keeps nothing of it. */
  async function take(file: File, progress: (sent: number, size: number) => void): Promise<void> {
    const upload = await files.upload(file, { progress })
    let found: ImportView
    try {
      found = await reader.watch((job) => imports.preview({ upload, sheet: '', mapping: [], job }))
    } catch (thrown) {
      await files.abort(upload).catch(() => null)
      throw thrown
    }
    await forget()
    token.value = upload
    name.value = file.name
    view.value = found
    result.value = null
    writing.fault.value = null
  }

  async function look(sheet: string, mapping: MappedColumn[]): Promise<void> {
    view.value = (await looking.run(() => reader.watch((job) => imports.preview({ upload: token.value, sheet, mapping, job })))) ?? view.value
  }

  const chooseSheet = (sheet: string) => look(sheet, [])

  /** Pairs a column with another field and looks again. */
  function pair(column: number, key: string): Promise<void> {
    const now = view.value
    if (!now) return Promise.resolve()
    return look(now.sheet, (now.mapping ?? []).map((m) => (m.column === column ? { ...m, key } : m)))
  }

  async function confirm(skipErrors: boolean): Promise<boolean> {
    const now = view.value
    if (!now) return false
    const request = { upload: token.value, sheet: now.sheet, mapping: now.mapping ?? [], skip_errors: skipErrors }
    const done = await writing.run(() => writer.watch((job) => imports.apply({ ...request, job })))
    if (!done) return false
    if (done.written) {
      result.value = done
      token.value = ''
    } else {
      view.value = { ...now, counts: done.counts, problems: done.problems }
    }
    return done.written
  }

  /** Drops the file that was sent, when there is one. */
  async function forget(): Promise<void> {
    const old = token.value
    token.value = ''
    view.value = null
    if (old !== '') await files.abort(old).catch(() => null)
  }

  return { name, view, result, errors, changes, looking, writing, reader, writer, take, chooseSheet, pair, confirm, forget }
}
