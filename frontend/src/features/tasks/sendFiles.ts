import { upload } from '@/api/files'

/** Sends files one after the other and returns their tokens; progress is told in bytes over all of them. */
export async function sendFiles(files: readonly File[], progress: (sent: number) => void): Promise<string[]> {
  const tokens: string[] = []
  let before = 0
  progress(0)
  for (const file of files) {
    tokens.push(await upload(file, { progress: (sent) => progress(before + sent) }))
    before += file.size
  }
  return tokens
}
