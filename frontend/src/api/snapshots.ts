import { call } from './client'
import type { Restored, Snapshot, VerifyReport } from './types'

export const list = async () => (await call<Snapshot[] | null>('Snapshots', 'List')) ?? []
/** Takes a snapshot by hand; the note may be empty. */
export const take = (note: string) => call<Snapshot>('Snapshots', 'Take', [note])
export const restore = (id: string) => call<Restored>('Snapshots', 'Restore', [id])
export const verify = () => call<VerifyReport>('Snapshots', 'Verify')
