// The program's own window: made small and kept above the others for filling by hand, and as it was again.
import { call, inWindow } from './client'

/** Makes the window a narrow strip above all others; outside the program's window nothing happens. */
export const keepOnTop = async () => {
  if (inWindow()) await call<null>('Strip', 'Begin')
}
/** Gives the window back its size. */
export const release = async () => {
  if (inWindow()) await call<null>('Strip', 'End')
}
