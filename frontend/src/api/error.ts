/** What went wrong in the user's words: message says what, hint the way out, field which input it is about. */
export class ApiError extends Error {
  readonly code: string
  readonly field: string
  readonly hint: string

  constructor(fault: { code?: string; field?: string; message?: string; hint?: string }) {
    super(fault.message ?? '程序没有说明出了什么问题')
    this.name = 'ApiError'
    this.code = fault.code ?? 'internal'
    this.field = fault.field ?? ''
    this.hint = fault.hint ?? ''
  }

  /** Message and hint as one line. */
  get sentence(): string {
    return this.hint === '' ? this.message : `${this.message}。${this.hint}`
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Makes an ApiError of anything thrown: an error object of the program, its JSON, a string, or a fault of our own. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  if (thrown instanceof Error) return new ApiError({ code: 'internal', message: thrown.message })
  if (typeof thrown === 'string') {
    try {
      const parsed: unknown = JSON.parse(thrown)
      if (isRecord(parsed)) return asApiError(parsed)
    } catch {
      return new ApiError({ message: thrown })
    }
    return new ApiError({ message: thrown })
  }
  if (isRecord(thrown)) {
    return new ApiError({
      code: text(thrown.code),
      field: text(thrown.field),
      message: text(thrown.message),
      hint: text(thrown.hint),
    })
  }
  return new ApiError({})
}
