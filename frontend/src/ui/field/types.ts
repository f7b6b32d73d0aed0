import type { Attachment, Field, Slot } from '@/api/types'

/** A word to choose; note stands behind it, such as 推定. */
export interface Choice { value: string; label: string; note?: string }

/** Everything one input needs besides its value. The functions reject with an ApiError. */
export interface FieldModel {
  field: Field
  /** Must be filled in for this app, as things stand. */
  needed?: boolean
  /** Which forms take it, in words. */
  usedBy?: string
  choices?: Choice[]
  slot?: Slot
  attachment?: Attachment | null
  attach?: (file: File, progress: (sent: number, size: number) => void) => Promise<void>
  detach?: () => Promise<void>
  secretSet?: boolean
  setSecret?: (text: string) => Promise<void>
  reveal?: () => Promise<string>
}
