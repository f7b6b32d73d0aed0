// Code cut into pieces that stand beside what explains them.
import type { SnippetFile } from '@/api/types'

export interface Piece { from: number; code: string; numbers: string; text: string }

/** The pieces of a file in order; lines nobody explains form pieces of their own. */
export function pieces(file: SnippetFile): Piece[] {
  const lines = file.body.replace(/\n$/, '').split('\n')
  const notes = [...(file.explain ?? [])].sort((a, b) => a.from - b.from)
  const out: Piece[] = []
  let at = 1
  for (const note of notes) {
    const from = Math.max(note.from, at)
    const to = Math.min(note.to, lines.length)
    if (to < from) continue
    if (from > at) out.push(piece(lines, at, from - 1, ''))
    out.push(piece(lines, from, to, note.text))
    at = to + 1
  }
  if (at <= lines.length) out.push(piece(lines, at, lines.length, ''))
  return out
}

function piece(lines: readonly string[], from: number, to: number, text: string): Piece {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => String(from + i)).join('\n')
  return { from, code: lines.slice(from - 1, to).join('\n'), numbers, text }
}
