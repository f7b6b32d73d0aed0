import { call } from './client'
import type { Vendor } from './types'

export const list = async () => (await call<Vendor[] | null>('Vendors', 'List')) ?? []
export const save = (vendor: Vendor) => call<Vendor>('Vendors', 'Save', [vendor])
export const remove = (id: string) => call<null>('Vendors', 'Remove', [id])
export const attest = (vendorID: string, contactID: string, note: string) =>
  call<Vendor>('Vendors', 'Attest', [vendorID, contactID, note])
export const unattest = (vendorID: string, contactID: string) => call<Vendor>('Vendors', 'Unattest', [vendorID, contactID])
