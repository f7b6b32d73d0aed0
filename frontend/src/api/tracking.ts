import { call } from './client'
import type { Finding, Page, Snippets, StackView } from './types'

export const check = async (appID: string) => (await call<Finding[] | null>('Tracking', 'Check', [appID])) ?? []
/** The ways of building a front end that the kind of app can have. */
export const stacks = async (appID: string) => (await call<StackView[] | null>('Tracking', 'Stacks', [appID])) ?? []
export const snippets = (appID: string, stack: string) => call<Snippets>('Tracking', 'Snippets', [appID, stack])
/** Reads a pasted page table; what it cannot read is an error that says why. */
export const parsePages = async (text: string) => (await call<Page[] | null>('Tracking', 'ParsePages', [text])) ?? []
