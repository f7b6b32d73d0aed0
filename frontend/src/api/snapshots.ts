import { call } from './client'
import type { Snapshot, VerifyReport } from './types'

export const list = async () => (await call<Snapshot[] | null>('Snapshots', 'List')) ?? []
export const take = (reason: string) => call<Snapshot>('Snapshots', 'Take', [reason])
export const restore = (id: string) => call<null>('Snapshots', 'Restore', [id])
export const verify = () => call<VerifyReport>('Snapshots', 'Verify')
