import { call } from './client'
import type { Overview, OverviewFilter } from './types'

export const get = (filter: OverviewFilter) => call<Overview>('Overview', 'Get', [filter])
