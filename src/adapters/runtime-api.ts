// The runtime API of Lambda, as a container image without a managed runtime speaks it: next, response, error.
import { request } from 'node:http'
import { AppError } from '../errors.ts'
import type { Log } from '../ports.ts'

export interface Invocations {
  readonly answer: (payload: unknown) => Promise<unknown>
  /** Asked after every answer: whether this process must not take another invocation. */
  readonly mustEnd: () => boolean
  readonly log: Log
}

/** Answers invocations until `mustEnd`. Throws when the runtime API is gone. `address` is host and port. */
export async function runInvocations(address: string, { answer, mustEnd, log }: Invocations): Promise<void> {
  do {
    const { id, payload } = await nextInvocation(address)
    try {
      await post(address, `${id}/response`, await answer(payload))
    } catch (error) {
      // A process that was harmed and failed gives no answer: it ends, and the caller sees that.
      if (mustEnd()) return
      log.error('An invocation failed', { error: error instanceof Error ? error.name : typeof error })
      await post(address, `${id}/error`, publicError(error), { 'Lambda-Runtime-Function-Error-Type': errorType(error) })
    }
  } while (!mustEnd())
}

function errorType(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal'
}

function publicError(error: unknown): Record<string, unknown> {
  const errorMessage = error instanceof AppError ? error.message : 'Internal error'
  return { errorType: errorType(error), errorMessage, trace: [] }
}

async function nextInvocation(address: string): Promise<{ id: string; payload: unknown }> {
  const { headers, body } = await call(address, 'GET', 'next')
  const id = headers['lambda-runtime-aws-request-id']
  if (typeof id !== 'string') throw new Error('the runtime API gave no request id')
  return { id, payload: JSON.parse(body) as unknown }
}

async function post(
  address: string,
  path: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<void> {
  const { status } = await call(address, 'POST', path, JSON.stringify(value), headers)
  if (status >= 500) throw new Error(`the runtime API answered ${status}`)
}

async function call(
  address: string,
  method: 'GET' | 'POST',
  path: string,
  text = '',
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `http://${address}/2018-06-01/runtime/invocation/${path}`,
      {
        method,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8')
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(text)
  })
}
