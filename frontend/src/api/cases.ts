import { call } from './client'
import type { ActRequest, CaseView, NextItem } from './types'

export const view = (appID: string) => call<CaseView>('Cases', 'View', [appID])
export const start = (appID: string, flow = 'FLOW-1') => call<CaseView>('Cases', 'Start', [appID, flow])
export const act = (request: ActRequest) => call<CaseView>('Cases', 'Act', [request])
export const next = async (limit: number) => (await call<NextItem[] | null>('Cases', 'Next', [limit])) ?? []
