import { call } from './client'
import type { PortalState, PortalView } from './types'

export const states = async () => (await call<PortalState[] | null>('Apps', 'PortalStates')) ?? []
export const view = (appID: string) => call<PortalView>('Apps', 'Portal', [appID])
/** Notes what the portal shows; an empty state clears it. */
export const set = (appID: string, releaseID: string, state: string) =>
  call<PortalView>('Apps', 'SetPortalState', [{ app_id: appID, release_id: releaseID, state }])
