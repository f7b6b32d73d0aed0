// What the tests of the pages of an app share: the whole front end over the stand-in, opened at an address.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory } from 'vue-router'
import App from '@/App.vue'
import { type Transport, useTransport } from '@/api/client'
import { mockTransport } from '@/api/mock'
import { makeRouter } from '@/router'

export interface Call { name: string; args: unknown[] }

let mounted: VueWrapper | null = null

/** Opens the front end at an address. Calls are kept by name; answers can be replaced. */
export async function openAt(path: string, answers: Record<string, (...args: unknown[]) => unknown> = {}) {
  close()
  const calls: Call[] = []
  const mock: Transport = mockTransport()
  useTransport(async (service, method, args) => {
    calls.push({ name: `${service}.${method}`, args })
    const own = answers[`${service}.${method}`]
    return own ? own(...args) : mock(service, method, args)
  })
  const router = makeRouter(createMemoryHistory())
  const wrapper = mount(App, { global: { plugins: [createPinia(), router] }, attachTo: document.body })
  mounted = wrapper
  await router.push(path)
  await settle()
  const of = (name: string) => calls.filter((c) => c.name === name)
  return { wrapper, router, calls, of }
}

/** Lets promises, lazily loaded pages and the next ticks pass. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 6; i++) {
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Takes the front end down again. */
export function close(): void {
  mounted?.unmount()
  mounted = null
  document.body.innerHTML = ''
  useTransport(null)
}

/** The button with this text, anywhere on screen, dialogs included. */
export function button(text: string, within: ParentNode = document.body): HTMLButtonElement {
  const found = [...within.querySelectorAll('button')].find((b) => b.textContent?.trim() === text)
  if (!found) throw new Error(`no button “${text}”`)
  return found
}

/** The open dialog. */
export function dialog(): HTMLElement {
  const found = [...document.body.querySelectorAll<HTMLElement>('.el-dialog')].pop()
  if (!found) throw new Error('no dialog is open')
  return found
}

/** Types into a text field. */
export async function type(input: Element | null, text: string): Promise<void> {
  if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement)) throw new Error('no text field')
  input.value = text
  input.dispatchEvent(new Event('input'))
  await settle()
}
