// What the executor answers to a call from outside: to the present request, and to the older message that is still sent.
import * as z from 'zod'
import type { BatchResult, ExecutionResult } from '../contract/execution.ts'
import { AppError } from '../errors.ts'
import type { Executor } from '../ports.ts'
import { answerOlderMessage, olderEnvelopeSchema, olderMessageSchema } from './older-message.ts'
import {
  decodeBatch,
  encodeText,
  executionRequestSchema,
  sealReply,
  unfoldLimitBytes,
  type ExecutionRequest,
} from './wire.ts'

/** Most bytes of a reply before it is compressed: half of what a reader unfolds. */
const unfoldedLimitBytes = unfoldLimitBytes / 2

/**
 * Answers a call; `after(ms)` gives a signal that aborts then. Throws AppError `bad-request` for what is no request, and
 * whatever the executor throws.
 */
export async function answerCall(
  payload: unknown,
  executor: Executor,
  after: (ms: number) => AbortSignal,
): Promise<unknown> {
  const request = executionRequestSchema.safeParse(payload)
  if (request.success) return sealReply(request.data, await runWithin(request.data, executor, after))
  const envelope = olderEnvelopeSchema.safeParse(payload)
  if (envelope.success) {
    const reply = await answerOlderMessage(olderMessage(parseJson(envelope.data.body)), executor)
    const headers = { 'content-type': 'application/json' }
    return { statusCode: 200, headers, body: JSON.stringify(reply) }
  }
  const isOlder = typeof payload === 'object' && payload !== null && 'code_to_execute' in payload
  if (isOlder) return answerOlderMessage(olderMessage(payload), executor)
  throw badRequest('This is no execution request', request.error)
}

/** As many of the request's tests as its call limits allow: a result too many is not sent, and the caller asks again. */
async function runWithin(
  request: ExecutionRequest,
  executor: Executor,
  after: (ms: number) => AbortSignal,
): Promise<BatchResult> {
  const batch = parse(() => decodeBatch(request))
  const { wallMs, replyBytes } = request.callLimits
  const full = new AbortController()
  const late = after(wallMs)
  const kept: ExecutionResult[] = []
  let bytes = 0
  let unfoldedBytes = 0
  try {
    const whole = await executor.run(batch, AbortSignal.any([full.signal, late]), (result) => {
      const text = JSON.stringify(result)
      unfoldedBytes += Buffer.byteLength(text)
      bytes += Buffer.byteLength(JSON.stringify(encodeText(text)))
      if (bytes > replyBytes || unfoldedBytes > unfoldedLimitBytes) full.abort()
      else kept.push(result)
    })
    // Nothing is left to stop after the last result, which may be the one too many.
    return { ...whole, results: kept }
  } catch (error) {
    if ((!late.aborted && !full.signal.aborted) || error instanceof AppError) throw error
    if (late.aborted && kept.length === 0) {
      throw new AppError('executor-unavailable', `There was no result within ${wallMs / 1_000} s.`, { cause: error })
    }
    // What ran, ran; a program that has run has compiled.
    return { version: 1, compile: { ok: true, log: '', wallMs: 0 }, results: kept }
  }
}

function olderMessage(value: unknown): z.infer<typeof olderMessageSchema> {
  return parse(() => olderMessageSchema.parse(value))
}

function parseJson(text: string): unknown {
  return parse(() => JSON.parse(text) as unknown)
}

function parse<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw badRequest('The request cannot be read', error)
  }
}

function badRequest(message: string, cause: unknown): AppError {
  const details =
    cause instanceof z.ZodError
      ? cause.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }))
      : []
  const [first] = details
  return new AppError('bad-request', `${message}${first === undefined ? '' : `: ${first.field}: ${first.message}`}.`, {
    details,
    cause,
  })
}
