// A batch on its way to an executor elsewhere, and the results on their way back: sized, compressed, sealed.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import {
  batchResultSchema,
  executionBatchSchema,
  requestTestsLimit,
  type BatchResult,
  type ExecutionBatch,
  type ExecutionTest,
} from '../contract/execution.ts'

/** Above this many bytes a text travels compressed. */
const compressAboveBytes = 4 * 1024
/** Most bytes that a compressed text may unfold to. */
export const unfoldLimitBytes = 128 * 1024 * 1024

/** A text, or the same compressed by gzip, in base64. */
const textSchema = z.union([z.string(), z.strictObject({ gzip: z.base64() })])
type WireText = z.infer<typeof textSchema>

const wireFileSchema = z.strictObject({ name: z.string(), text: textSchema })
export const executionRequestSchema = z.strictObject({
  version: z.literal(1),
  requestId: z.string().min(1).max(100),
  /** Comes back in the reply, which is sealed with the key: one that a program forges has neither. */
  nonce: z.string().length(32),
  key: z.base64().length(44),
  /** The batch without its tests, whose texts may be compressed. */
  batch: z.looseObject({}),
  tests: z
    .array(
      z.strictObject({
        input: textSchema,
        args: z.array(z.string()).optional(),
        files: z.array(wireFileSchema).optional(),
      }),
    )
    .max(requestTestsLimit),
  /** Limits of the call: when one is reached the executor stops and says how far it came. */
  callLimits: z.strictObject({ wallMs: z.int().min(1), replyBytes: z.int().min(1) }),
})
export type ExecutionRequest = z.infer<typeof executionRequestSchema>

export const executionReplySchema = z.strictObject({
  version: z.literal(1),
  requestId: z.string(),
  nonce: z.string(),
  /** HMAC-SHA256 in hexadecimal digits of request id, nonce and body. */
  mac: z.string().length(64),
  /** JSON of a BatchResult. */
  body: textSchema,
})
type ExecutionReply = z.infer<typeof executionReplySchema>

/** A text as it travels. */
export function encodeText(text: string): WireText {
  return Buffer.byteLength(text) <= compressAboveBytes
    ? text
    : { gzip: gzipSync(text, { level: 1 }).toString('base64') }
}

/** Throws when it unfolds to too much, or is no gzip. */
function decodeText(text: WireText): string {
  if (typeof text === 'string') return text
  return gunzipSync(Buffer.from(text.gzip, 'base64'), { maxOutputLength: unfoldLimitBytes }).toString('utf8')
}

/** A request for some of a batch's tests. */
export function encodeRequest(
  { tests: _all, ...batch }: ExecutionBatch,
  tests: ExecutionRequest['tests'],
  callLimits: ExecutionRequest['callLimits'],
): ExecutionRequest {
  return {
    version: 1,
    requestId: randomBytes(8).toString('hex'),
    nonce: randomBytes(16).toString('hex'),
    key: randomBytes(32).toString('base64'),
    batch,
    tests,
    callLimits,
  }
}

/** One test as it travels. */
export function encodeTest({ input, args, files }: ExecutionTest): ExecutionRequest['tests'][number] {
  return {
    input: encodeText(input),
    ...(args !== undefined && { args }),
    ...(files !== undefined && { files: files.map(({ name, text }) => ({ name, text: encodeText(text) })) }),
  }
}

/** The batch in a request. Throws a ZodError, or what unfolding throws. */
export function decodeBatch({ batch, tests }: ExecutionRequest): ExecutionBatch {
  return executionBatchSchema.parse({
    ...batch,
    tests: tests.map(({ input, files, ...rest }) => ({
      ...rest,
      input: decodeText(input),
      ...(files !== undefined && { files: files.map(({ name, text }) => ({ name, text: decodeText(text) })) }),
    })),
  })
}

/** The results, sealed for who asked. */
export function sealReply({ requestId, nonce, key }: ExecutionRequest, result: BatchResult): ExecutionReply {
  const body = encodeText(JSON.stringify(result))
  return { version: 1, requestId, nonce, mac: macOf(key, requestId, nonce, body), body }
}

/** The results in a reply. Throws when it is malformed, or not the one to this request. */
export function openReply(request: ExecutionRequest, given: unknown): BatchResult {
  const reply = executionReplySchema.parse(given)
  const expected = macOf(request.key, request.requestId, request.nonce, reply.body)
  const isOurs = reply.requestId === request.requestId && reply.nonce === request.nonce
  if (!isOurs || !timingSafeEqual(Buffer.from(expected), Buffer.from(reply.mac))) throw new Error('a forged reply')
  return batchResultSchema.parse(JSON.parse(decodeText(reply.body)))
}

function macOf(key: string, requestId: string, nonce: string, body: WireText): string {
  const text = typeof body === 'string' ? body : body.gzip
  return createHmac('sha256', Buffer.from(key, 'base64')).update(`${requestId}\n${nonce}\n${text}`).digest('hex')
}
