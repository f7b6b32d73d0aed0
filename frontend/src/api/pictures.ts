// Pictures of portals' pages, as data that an image can show in the window and in a browser alike.
import { call } from './client'

/** id names a download, such as receipt/<receipt>/0. */
export const load = (id: string) => call<string>('Downloads', 'Picture', [id])
export const ofReceipt = (receipt: string, number: number) => `receipt/${receipt}/${number}`
/** A picture that was taken when a page did not fit its recipe. */
export const ofDrift = (sha256: string) => `picture/${sha256}`
