// Faults: one class with a stable code, and the one table that says what each code means to a caller.

/** code → HTTP status and whether trying again may help. */
const faults = {
  'bad-request': { status: 400, retryable: false },
  'api-key-required': { status: 400, retryable: false },
  unauthorized: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  'not-found': { status: 404, retryable: false },
  'method-not-allowed': { status: 405, retryable: false },
  'not-acceptable': { status: 406, retryable: false },
  conflict: { status: 409, retryable: false },
  /** Somebody else makes the run by now; never leaves the service. */
  'lease-lost': { status: 409, retryable: true },
  'rate-limited': { status: 429, retryable: true },
  'quota-exhausted': { status: 429, retryable: true },
  'too-large': { status: 413, retryable: false },
  'unsupported-media-type': { status: 415, retryable: false },
  'storage-unavailable': { status: 503, retryable: true },
  'identity-unavailable': { status: 503, retryable: true },
  'sealing-unavailable': { status: 503, retryable: true },
  'executor-unavailable': { status: 503, retryable: true },
  'model-unavailable': { status: 503, retryable: true },
  internal: { status: 500, retryable: false },
} as const
export type FaultCode = keyof typeof faults

/** A fault with a public face. `message` is English; `details` is what a caller may see; `cause` stays in the log. */
export class AppError extends Error {
  readonly code: FaultCode
  readonly details: unknown

  constructor(code: FaultCode, message: string, options: { details?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options.details ?? null
  }

  get status(): number {
    return faults[this.code].status
  }

  get retryable(): boolean {
    return faults[this.code].retryable
  }
}

/** An environment that cannot be used; the message names the variable and the fix, and is for the log. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}

/** Any thrown value as an AppError; what is not one is a bug and becomes `internal`, with nothing of it visible. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal', 'Internal server error', { cause: thrown })
}
