import { describe, expect, test } from 'vitest'
import { nextOf } from './next'
import type { OutboxView } from '@/api/outbox'
import type { SyncPlan } from '@/api/sync'

const action = (more: Partial<OutboxView>) => ({ id: 'x1', title: '应用发布注册 示例督办', state: 'prepared', can_run: true, ...more }) as OutboxView
const plan = (ambiguous: number) => ({ id: 'p1', counts: { ambiguous } }) as SyncPlan

describe('the next step', () => {
  const asks = action({ state: 'running', asking: { id: 'upload', text: '', yes: '', no: '' } })
  const cases: [string, Parameters<typeof nextOf>, string, string][] = [
    ['what the program asks comes before all', [plan(1), 2, [action({ id: 'x2', state: 'waiting' }), asks], true], '“应用发布注册 示例督办”在等您回答。', '去看'],
    ['then the final button', [plan(1), 2, [action({ state: 'waiting' })], true], '“应用发布注册 示例督办”填好了，等您在浏览器窗口里按“提交”。', '去看'],
    ['by the name it has', [null, 0, [action({ kind: 'approval', state: 'waiting' })], true], '“应用发布注册 示例督办”填好了，等您在浏览器窗口里按“提交审批”。', '去看'],
    ['then rows that nobody could place', [plan(2), 2, [], true], '读到的有 2 行认不准是哪个应用，请您选。', '去选'],
    ['then what is ticked', [plan(0), 3, [], true], '读到 3 处变化，等您确认。', '去确认'],
    ['then what was cut short', [plan(0), 0, [action({ state: 'stopped' })], true], '“应用发布注册 示例督办”停在半路，可以接着办。', '去看'],
    ['then what can be done, once somebody is logged in', [null, 0, [action({})], true], '已经登录，可以办“应用发布注册 示例督办”。', '去办'],
    ['of several, the kind that is done first', [null, 0, [action({ kind: 'approval', title: '提交审批' }), action({ kind: 'register', title: '发布注册' })], true], '已经登录，可以办“发布注册”。', '去办'],
    ['without a login, reading', [null, 0, [action({})], false], '有 1 个动作准备好了。读一次平台，看看状态有没有变。', '去读'],
    ['a plan of which nothing is wanted', [plan(0), 0, [], false], '上次读到的都看过了，没有勾选要写入的。', '再读一次'],
  ]
  test.each(cases)('%s', (_, given, sentence, word) => {
    expect(nextOf(...given)).toMatchObject({ sentence, word })
  })
})
