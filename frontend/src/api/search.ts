import { call } from './client'

/** One thing found; which members are set says where it leads. */
export interface Hit {
  kind: 'app' | 'task' | 'rule' | 'field' | 'journal'
  kind_word: string
  title: string
  note: string
  app_id: string
  task: string
  rule: string
  field: string
  seq: number
}

export const find = async (query: string) => (await call<Hit[] | null>('Search', 'Find', [query])) ?? []
