// The one error that becomes an error reply; everything else thrown in the stand-in is a defect and answers 500.

/** An error of the service: the exception's short name, the members of its body beside the message, the HTTP status. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly type: string
  readonly status: number
  readonly members: Readonly<Record<string, unknown>>

  constructor(type: string, message: string, members: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message)
    this.type = type
    this.status = status
    this.members = members
  }

  /** The reply's body. */
  get body(): Record<string, unknown> {
    return { __type: `com.amazonaws.dynamodb.v20120810#${this.type}`, message: this.message, ...this.members }
  }
}

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}

/** dynalite's errors are plain errors with `statusCode` and `body`; whatever is not one of those comes back as it is. */
export function fromDynalite(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error('dynalite failed without an error', { cause: thrown })
  if (!('statusCode' in thrown) || !('body' in thrown) || typeof thrown.statusCode !== 'number') return thrown
  const message = textIn(thrown.body, 'message') ?? textIn(thrown.body, 'Message')
  const type = textIn(thrown.body, '__type')?.replace(/^.*#/, '')
  return new ServiceError(type ?? 'InternalServerError', message ?? '', {}, thrown.statusCode)
}

function textIn(body: unknown, name: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  return typeof value === 'string' ? value : undefined
}
