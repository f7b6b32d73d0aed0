import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { call, inWindow, useTransport } from './client'
import { ApiError, asApiError } from './error'
import { upload } from './files'

function answer(body: unknown, status = 200): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
}

beforeEach(() => useTransport(null))
afterEach(() => {
  Reflect.deleteProperty(window, 'go')
  vi.unstubAllGlobals()
})

describe('in a browser', () => {
  test('a call is a POST with the arguments as a list, and gives back the result', async () => {
    const fetched = vi.fn(() => Promise.resolve(answer({ result: { id: 'a1' } })))
    vi.stubGlobal('fetch', fetched)
    await expect(call('Apps', 'View', ['a1'])).resolves.toEqual({ id: 'a1' })
    const [url, init] = fetched.mock.calls[0] as unknown as [string, RequestInit]
    expect(url).toBe('/api/Apps/View')
    expect(init.method).toBe('POST')
    expect(init.body).toBe('["a1"]')
    expect(init.keepalive).toBe(true)
  })

  test('a large body is sent without keepalive, which browsers limit', async () => {
    const fetched = vi.fn(() => Promise.resolve(answer({ result: 1 })))
    vi.stubGlobal('fetch', fetched)
    await call('Files', 'Append', ['t', 'x'.repeat(100_000)])
    expect((fetched.mock.calls[0] as unknown as [string, RequestInit])[1].keepalive).toBe(false)
  })

  test.each([
    ['an error of the program', () => answer({ error: { code: 'conflict', field: 'app.name', message: '重名', hint: '换一个' } }, 409),
      { code: 'conflict', field: 'app.name', message: '重名', hint: '换一个' }],
    ['an answer that is no JSON', () => answer('<html>', 502), { code: 'unreadable', message: '程序的回答读不懂（状态 502）' }],
  ])('%s becomes an ApiError', async (_, response, want) => {
    vi.stubGlobal('fetch', () => Promise.resolve(response()))
    const thrown = await call('Apps', 'View').catch((e: unknown) => e)
    expect(thrown).toBeInstanceOf(ApiError)
    expect(thrown).toMatchObject(want)
  })

  test('a program that is gone is said to be gone', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
    await expect(call('Apps', 'View')).rejects.toMatchObject({ code: 'unreachable', hint: expect.stringContaining('重试') as string })
  })
})

describe('in the window', () => {
  test('a call goes to the bound method with the arguments one by one', async () => {
    const view = vi.fn(() => Promise.resolve('seen'))
    window.go = { bind: { Apps: { View: view } } }
    expect(inWindow()).toBe(true)
    await expect(call('Apps', 'View', ['a1', 2])).resolves.toBe('seen')
    expect(view).toHaveBeenCalledWith('a1', 2)
  })

  test('a rejection with an error object keeps its parts; a missing method is named', async () => {
    window.go = { bind: { Apps: { View: () => Promise.reject({ code: 'refused', message: '不行', hint: '先做别的' } as unknown as Error) } } }
    await expect(call('Apps', 'View')).rejects.toMatchObject({ code: 'refused', sentence: '不行。先做别的' })
    await expect(call('Apps', 'Gone')).rejects.toMatchObject({ message: '程序里没有 Apps.Gone' })
  })
})

test.each([
  ['plain text', '坏了', '坏了'],
  ['the JSON of an error', '{"code":"locked","message":"被占用"}', '被占用'],
  ['a fault of our own', new Error('x is undefined'), 'x is undefined'],
  ['nothing to read', 42, '程序没有说明出了什么问题'],
])('asApiError reads %s', (_, thrown, message) => {
  expect(asApiError(thrown).message).toBe(message)
})

describe('upload', () => {
  test('sends the file in pieces of 512 KiB and returns the token', async () => {
    const sent: string[] = []
    useTransport((service, method, args) => {
      expect(service).toBe('Files')
      if (method === 'Append') sent.push(String(args[1]))
      return Promise.resolve(method === 'Begin' ? 't1' : 0)
    })
    const progress = vi.fn()
    const bytes = new Uint8Array(512 * 1024 + 3).fill(65)
    await expect(upload(new File([bytes], 'a.pdf'), { progress })).resolves.toBe('t1')
    expect(sent.map((piece) => atob(piece).length)).toEqual([512 * 1024, 3])
    expect(progress).toHaveBeenLastCalledWith(bytes.length, bytes.length)
  })

  test('gives the half-sent file back when a piece is refused', async () => {
    const calls: string[] = []
    useTransport((_, method) => {
      calls.push(method)
      if (method === 'Append') return Promise.reject(new ApiError({ code: 'too_large', message: '太大' }))
      return Promise.resolve('t1')
    })
    await expect(upload(new File(['x'], 'a.pdf'))).rejects.toMatchObject({ code: 'too_large' })
    expect(calls).toEqual(['Begin', 'Append', 'Abort'])
  })
})
