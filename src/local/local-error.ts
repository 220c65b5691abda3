// What the local command says instead of a stack trace: a message in the caller's language, a stable code, an exit code.

/** Wrong use, or something on this machine that the person can put right. */
export class LocalError extends Error {
  override readonly name = 'LocalError'
  /** Stable word for programs that read `--json`. */
  readonly code: string
  /** 2 for wrong use, 1 for a run that did not end well. */
  readonly exitCode: 1 | 2
  readonly details: unknown

  constructor(code: string, message: string, options: { exitCode?: 1 | 2; details?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.exitCode = options.exitCode ?? 2
    this.details = options.details
  }
}

/** The system's own word for what went wrong (`EACCES`), for messages; undefined when there is none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
