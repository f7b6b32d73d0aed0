// The portals in the user's own browser: sessions, and tables read from them, from saved pages or from the clipboard.
import { call } from './client'
import type { TableResult } from './sync'

/** ended: somebody was logged in, and the portal asks to log in again. */
export type SessionState = 'closed' | 'starting' | 'login' | 'in' | 'ended' | 'crashed'
export interface SessionView {
  portal: string
  title: string
  region: string
  url: string
  state: SessionState
  word: string
  message: string
  since: string
  /** The profile of the browser that is kept between runs. */
  remembered: boolean
  logged_in_at: string
}
export interface PortalsView {
  sessions: SessionView[] | null
  browser: { found: boolean; name: string; path: string; chosen: boolean; message: string; hint: string }
}
export interface PortalRead { result: TableResult; from: string; app_id: string }

export const view = () => call<PortalsView>('Portals', 'View')
/** Opens the browser at a portal; the person logs in there. */
export const open = (portal: string) => call<PortalsView>('Portals', 'Open', [portal])
export const close = (portal: string) => call<PortalsView>('Portals', 'Close', [portal])
/** Forgets the profile: cookies and logins of the program's own browser. */
export const forget = (portal: string) => call<PortalsView>('Portals', 'Forget', [portal])
/** Chooses the browser program; empty goes back to finding one. */
export const setBrowser = (path: string) => call<PortalsView>('Portals', 'SetBrowser', [path])
export const read = (table: string, appID: string, job: string) => call<PortalRead>('Portals', 'Read', [{ table, app_id: appID, job }])
/** Reads saved pages of one list as one table. */
export const readFiles = (table: string, appID: string, uploads: string[]) => call<PortalRead>('Portals', 'ReadFiles', [{ table, app_id: appID, uploads }])
export const readClipboard = (table: string, appID: string, html: string, text: string) =>
  call<PortalRead>('Portals', 'ReadClipboard', [{ table, app_id: appID, html, text }])
