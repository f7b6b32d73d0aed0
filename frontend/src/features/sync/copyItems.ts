// 逐项复制: the values of a form one by one, for filling in a portal's page by hand.
import { inWindow } from '@/api/client'
import type { AppView, Field, Form } from '@/api/types'
import { formBlocks } from '@/features/tasks/formRows'

/** One value to copy. A row with several values has one step for each. */
export interface CopyStep { id: string; block: string; key: string; label: string; text: string; secret: boolean; file: boolean }

/** The steps of a form in the order of its page; what is not filled in is left out, and counted by lacking. */
export function copySteps(form: Form, view: AppView, fieldOf: (key: string) => Field | undefined): CopyStep[] {
  return formBlocks(form, view, fieldOf).flatMap((block) => block.rows.flatMap((row) => {
    const base = { block: block.title, key: row.key, secret: row.secret, file: row.file }
    if (row.secretSet) return [{ ...base, id: `${block.title}/${row.key}`, label: row.label, text: '' }]
    return row.texts.map((text, i) => ({
      ...base, id: `${block.title}/${row.key}/${i}`, label: row.texts.length > 1 ? `${row.label}（${i + 1}/${row.texts.length}）` : row.label, text,
    }))
  }))
}

export function lacking(form: Form, view: AppView, fieldOf: (key: string) => Field | undefined): string[] {
  return formBlocks(form, view, fieldOf).flatMap((b) => b.rows).filter((r) => r.needed && r.texts.length === 0 && !r.secretSet).map((r) => r.label)
}

export const copyPlace = (appID: string, form: string) => `/copy?app=${encodeURIComponent(appID)}&form=${encodeURIComponent(form)}`

/**
 * Opens the small window. In a browser it is a window of its own; in the program's window the page itself becomes the
 * small one, which go does. False means that a browser refused the pop-up.
 */
export function openCopy(appID: string, form: string, go: (place: string) => void): boolean {
  const place = copyPlace(appID, form)
  if (inWindow()) {
    go(place)
    return true
  }
  const options = `popup,width=440,height=720,left=${Math.max(0, window.screen.availWidth - 460)},top=40`
  const opened = window.open(`${location.href.split('#')[0] ?? ''}#${place}`, 'shangjiatong-copy', options)
  opened?.focus()
  return opened !== null
}
