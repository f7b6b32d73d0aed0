/** The kinds of prepared actions in the order in which they are done, each with the button that the person presses at its end. */
const kinds: Record<string, string> = { catalog: '保存', component: '提交', register: '提交', upload: '确定', approval: '提交审批' }

/** The button that a person presses at the end of an action. */
export const lastButton = (kind: string) => kinds[kind] ?? '提交'

/** Compares actions by the order in which their kinds are done. */
export function byKind(a: { kind: string }, b: { kind: string }) {
  const order = Object.keys(kinds)
  return order.indexOf(a.kind) - order.indexOf(b.kind)
}
