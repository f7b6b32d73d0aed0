import { call } from './client'
import type { TemplateView } from './types'

export const list = async () => (await call<TemplateView[] | null>('Templates', 'List')) ?? []
export const set = (material: string, upload: string) =>
  call<TemplateView>('Templates', 'Set', [material, upload])
export const remove = (material: string) => call<null>('Templates', 'Remove', [material])
