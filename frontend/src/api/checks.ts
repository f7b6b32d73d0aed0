import { call } from './client'
import type { PrecheckReport } from './types'

export const precheck = (appID: string) => call<PrecheckReport>('Checks', 'Precheck', [appID])
