import { call } from './client'
import type { Catalogue, Info, StartRequest } from './types'

export const info = () => call<Info>('System', 'Info')
export const catalogue = () => call<Catalogue>('System', 'Catalogue')
export const start = (request: StartRequest) => call<Info>('System', 'Start', [request])
export const loadSample = () => call<Info>('System', 'LoadSample')
/** Opens one of the program's known addresses in the user's browser; ask the person first. */
export const openAddress = (key: string) => call<null>('System', 'OpenAddress', [key])
/** Changes an address; an empty url goes back to the default. */
export const setAddress = (key: string, url: string) => call<null>('System', 'SetAddress', [key, url])
/** Confirms that this machine's clock is right although newer records are there. */
export const acceptClock = () => call<null>('System', 'AcceptClock')
