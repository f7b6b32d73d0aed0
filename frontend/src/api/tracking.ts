import { call } from './client'
import type { Finding, Snippets, StackView } from './types'

export const check = async (appID: string) => (await call<Finding[] | null>('Tracking', 'Check', [appID])) ?? []
export const stacks = async () => (await call<StackView[] | null>('Tracking', 'Stacks')) ?? []
export const snippets = (appID: string, stack: string) => call<Snippets>('Tracking', 'Snippets', [appID, stack])
export const exportFiles = (appID: string, stack: string) => call<{ path: string }>('Tracking', 'Export', [appID, stack])
