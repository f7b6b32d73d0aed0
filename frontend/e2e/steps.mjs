// What a person does on the pages, step by step, for the tests that take an app through its flows.
import { enter } from './forms.mjs'
import { assertScreen, call, picture, settled, visit } from './harness.mjs'

/** Loads the sample unit on the first run. */
export async function loadSample(page) {
  await page.getByRole('button', { name: '载入示例单位' }).click()
  await page.getByRole('heading', { name: '总览', level: 1 }).waitFor()
  await settled(page)
}

/** Looks at the screen as it stands and keeps a picture of it. */
export async function look(page, name) {
  await settled(page)
  await picture(page, name)
  await assertScreen(page, name)
}

export function press(scope, name) {
  return scope.getByRole('button', { name, exact: true }).click()
}

/** Registers an act on the page of a task, through its dialog, and waits for the status. */
export async function act(page, word, { reason, note, file }, then) {
  await press(page.locator('article'), word)
  const dialog = page.getByRole('dialog')
  if (reason) await enter(dialog, 'act.reason', reason)
  if (note) await enter(dialog, 'act.note', note)
  if (file) await dialog.locator('input[type=file]').setInputFiles(file)
  await press(dialog, word)
  await dialog.waitFor({ state: 'hidden' })
  await status(page, then)
}

/** Waits until the page of a task shows a status. */
export function status(page, word) {
  return page.locator('article header .status').getByText(word, { exact: true }).waitFor()
}

/** The same as by the pages, where they were walked already. */
export function register(page, key, task, what, more = {}) {
  return call(page, 'Cases/Act', { app_id: key, task, act: what, reason: '', note: '已办好，见平台', uploads: [], ...more })
}

/** Does what comes next in a case until only so many tasks are left, and returns the case. */
export async function until(page, caseID, left) {
  let view = await call(page, 'Cases/View', caseID)
  for (let acts = 0; view.total - view.settled > left; acts++) {
    if (acts > 100) throw new Error(`the case does not come there: ${view.next.message}`)
    const { id, what } = nextAct(view)
    view = await register(page, caseID, id, what)
  }
  return view
}

/** The task that comes next and the act it wants. */
export function nextAct(view) {
  const [step] = view.next.steps ?? []
  if (!step) return { id: view.next.waiting[0], what: 'pass' }
  const task = view.tasks.find((t) => t.id === step.task)
  return { id: task.id, what: task.reviewed ? 'submit' : 'confirm' }
}

/** Finishes a case, its last task on the pages, and shows it. */
export async function finish(page, appID, caseID, note = '已办好，见平台') {
  const view = await until(page, caseID, 1)
  const { id, what } = nextAct(view)
  await visit(page, '/overview') // what was registered without the page is not on it yet
  await visit(page, `/apps/${appID}/tasks/${id}?case=${caseID}`)
  if (what === 'submit') await act(page, '登记提交', { note }, '已提交')
  if (what === 'confirm') await act(page, '登记办结', { note }, '已办结')
  else await act(page, '登记通过', { note }, '已通过')
  await visit(page, `/apps/${appID}/tasks?case=${caseID}`)
}
