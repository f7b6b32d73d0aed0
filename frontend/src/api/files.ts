// Files go to the program in pieces, the same way in the window and in a browser.
import { call } from './client'
import { ApiError } from './error'

const chunkBytes = 512 * 1024

function base64(bytes: Uint8Array): string {
  let binary = ''
  const step = 0x8000
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step))
  }
  return btoa(binary)
}

export interface UploadOptions {
  /** Called with the bytes sent so far. */
  progress?: (sent: number, size: number) => void
  signal?: AbortSignal
  /** The name it is handed over under, instead of its own: its path in a folder. */
  name?: string
}

/** Sends a file and returns its token, which Apps.Attach, Cases.Act or Templates.Set then take. */
export async function upload(file: File, options: UploadOptions = {}): Promise<string> {
  const token = await call<string>('Files', 'Begin', [options.name ?? file.name, file.size])
  try {
    for (let at = 0; at < file.size; at += chunkBytes) {
      if (options.signal?.aborted) throw new ApiError({ code: 'canceled', message: '已取消上传' })
      const piece = new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer())
      await call<number>('Files', 'Append', [token, base64(piece)])
      options.progress?.(Math.min(at + chunkBytes, file.size), file.size)
    }
  } catch (thrown) {
    await call('Files', 'Abort', [token]).catch(() => null)
    throw thrown
  }
  return token
}

/** Drops a file that was sent and is not needed. */
export const abort = (token: string) => call<null>('Files', 'Abort', [token])
