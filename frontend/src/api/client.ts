// One way to call the program, whichever face shows the page: in the window through the bound services, in a browser
// through POST /api/<Service>/<Method> on the loopback address.
import { ApiError, asApiError } from './error'

export type Transport = (service: string, method: string, args: unknown[]) => Promise<unknown>

type Bound = Record<string, Record<string, ((...args: unknown[]) => Promise<unknown>) | undefined> | undefined>

declare global {
  interface Window {
    go?: { bind?: Bound }
  }
}

/** Bodies up to this size survive a page that is being closed (the browsers' limit for keepalive is 64 KiB, of all that
 * are on their way). An upload is of no use without its page. */
const keepaliveBytes = 48 * 1024

const bound: Transport = async (service, method, args) => {
  const work = window.go?.bind?.[service]?.[method]
  if (!work) {
    throw new ApiError({ code: 'internal', message: `程序里没有 ${service}.${method}`, hint: '请更新到同一版本后再试' })
  }
  return work(...args)
}

const overHTTP: Transport = async (service, method, args) => {
  const body = JSON.stringify(args)
  let response: Response
  try {
    response = await fetch(`/api/${service}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      credentials: 'same-origin',
      keepalive: service !== 'Files' && body.length < keepaliveBytes,
      body,
    })
  } catch {
    throw new ApiError({ code: 'unreachable', message: '连不上本机的上架通程序', hint: '请确认程序仍在运行，再重试；已输入的内容留在页面上' })
  }
  return unwrap(response)
}

async function unwrap(response: Response): Promise<unknown> {
  let answer: { result?: unknown; error?: unknown }
  try {
    answer = (await response.json()) as { result?: unknown; error?: unknown }
  } catch {
    throw new ApiError({ code: 'unreadable', message: `程序的回答读不懂（状态 ${response.status}）`, hint: '请刷新页面后再试' })
  }
  if (answer.error) throw asApiError(answer.error)
  return answer.result
}

let chosen: Transport | null = null

/** Replaces the transport, for tests and for developing without the program; null goes back to the real one. */
export function useTransport(transport: Transport | null): void {
  chosen = transport
}

/** Calls one method of one service; whatever fails is an ApiError. */
export async function call<T>(service: string, method: string, args: unknown[] = []): Promise<T> {
  const transport = chosen ?? (window.go?.bind ? bound : overHTTP)
  try {
    return (await transport(service, method, args)) as T
  } catch (thrown) {
    throw asApiError(thrown)
  }
}

/** Whether the page is shown in the program's own window. */
export function inWindow(): boolean {
  return window.go?.bind !== undefined
}
