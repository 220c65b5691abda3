// What Gemini really said below LangChain, which hides half of it when it streams: endings, errors, blocks, names, thinking tokens.
import * as z from 'zod'
import type { ModelOutcome, ModelUsage } from '../ports.ts'
import { lazily } from '../lazily.ts'

const messageSchema = lazily(() =>
  z.looseObject({
    error: z.unknown().optional(),
    candidates: z.array(z.looseObject({ finishReason: z.string().optional() })).optional(),
    promptFeedback: z.looseObject({ blockReason: z.string().optional() }).optional(),
    usageMetadata: z
      .looseObject({
        promptTokenCount: z.int().min(0).optional(),
        candidatesTokenCount: z.int().min(0).optional(),
        thoughtsTokenCount: z.int().min(0).optional(),
      })
      .optional(),
    modelVersion: z.string().optional(),
  }),
)

type Ending = ModelOutcome extends infer O ? (O extends ModelOutcome ? Omit<O, 'model' | 'usage'> : never) : never

/** What the messages of one stream said, apart from the text. */
export class Observation {
  model: string | undefined
  usage: ModelUsage | undefined
  #finishReason: string | undefined
  #blocked = false
  #failed = false

  /** Takes in one message. False when nothing that follows can be of use. */
  add(raw: unknown): boolean {
    const parsed = messageSchema().safeParse(raw)
    if (!parsed.success || parsed.data.error !== undefined) {
      this.#failed = true
      return false
    }
    const { candidates, promptFeedback, usageMetadata, modelVersion } = parsed.data
    this.model = modelVersion ?? this.model
    this.#finishReason = candidates?.[0]?.finishReason ?? this.#finishReason
    this.#blocked ||= promptFeedback?.blockReason !== undefined
    if (usageMetadata !== undefined) {
      // The counts are cumulative: the last ones count.
      this.usage = {
        promptTokens: usageMetadata.promptTokenCount ?? 0,
        outputTokens: usageMetadata.candidatesTokenCount ?? 0,
        thinkingTokens: usageMetadata.thoughtsTokenCount ?? 0,
      }
    }
    return true
  }

  /** How the reply ended; undefined when the stream stopped without saying so. */
  ending(hasText: boolean): Ending | undefined {
    if (this.#failed) return { kind: 'interrupted', reason: 'error-in-stream' }
    switch (this.#finishReason) {
      case undefined:
        return this.#blocked ? { kind: 'refused', reason: 'blocked-prompt' } : undefined
      case 'STOP':
        return { kind: hasText ? 'complete' : 'empty' }
      case 'MAX_TOKENS':
        return { kind: 'truncated' }
      case 'SAFETY':
      case 'PROHIBITED_CONTENT':
      case 'BLOCKLIST':
      case 'SPII':
        return { kind: 'refused', reason: 'safety' }
      case 'RECITATION':
        return { kind: 'refused', reason: 'recitation' }
      default:
        return { kind: 'refused', reason: 'other' }
    }
  }
}

interface RawStream {
  readonly stream: AsyncIterable<unknown>
  readonly response: Promise<unknown>
}
interface RawClient {
  generateContentStream(request: unknown, options?: { signal?: AbortSignal }): Promise<RawStream>
}

/**
 * Lets an observer see every message before LangChain does, by wrapping the one method of Google's client that the chat
 * model calls. The same place cures two defects of that client: its `response` promise, which LangChain drops, rejects
 * unheard when a stream breaks; and a signal that was aborted before the call is not noticed.
 * Throws when the chat model has no such client, as after an upgrade that moved it.
 */
export function observe(chat: object, observation: Observation, onMessage: () => void): void {
  const client: unknown = Reflect.get(chat, 'client')
  if (!isRawClient(client)) throw new Error('ChatGoogleGenerativeAI has no client with generateContentStream')
  const send = client.generateContentStream.bind(client)
  client.generateContentStream = async (request, options) => {
    options?.signal?.throwIfAborted()
    const { stream, response } = await send(request, options)
    // Nobody reads the aggregate; the same failure reaches us through the stream.
    response.catch(() => undefined)
    return { stream: watched(stream, observation, onMessage), response }
  }
}

async function* watched(
  stream: AsyncIterable<unknown>,
  observation: Observation,
  onMessage: () => void,
): AsyncGenerator {
  for await (const message of stream) {
    onMessage()
    if (!observation.add(message)) return
    yield message
  }
}

function isRawClient(client: unknown): client is RawClient {
  return (
    typeof client === 'object' &&
    client !== null &&
    'generateContentStream' in client &&
    typeof client.generateContentStream === 'function'
  )
}

/** Why a request got no reply. */
export type Failure =
  | { readonly kind: 'quota'; readonly retryAfterMs: number | undefined; readonly daily: boolean }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'key-refused' }
  | { readonly kind: 'request-refused' }

const httpErrorSchema = lazily(() =>
  z.object({
    status: z.int(),
    errorDetails: z
      .array(
        z.looseObject({
          reason: z.string().optional(),
          retryDelay: z.string().optional(),
          violations: z.array(z.looseObject({ quotaId: z.string().optional() })).optional(),
        }),
      )
      .optional()
      .catch(undefined),
  }),
)

/** Classifies what the library threw. An error without a status is the connection's: the library drops its cause. */
export function failureOf(error: unknown): Failure {
  const parsed = httpErrorSchema().safeParse(error)
  if (!parsed.success) return { kind: 'unavailable' }
  const { status, errorDetails = [] } = parsed.data
  if (status === 429) {
    const quotas = errorDetails.flatMap((detail) => detail.violations ?? [])
    return {
      kind: 'quota',
      retryAfterMs: errorDetails.map((detail) => milliseconds(detail.retryDelay)).find((wait) => wait !== undefined),
      daily: quotas.some((quota) => quota.quotaId?.includes('PerDay') === true),
    }
  }
  if (status >= 500 || status === 408) return { kind: 'unavailable' }
  // A bad key comes as 400 with a reason, a blocked or leaked one as 403.
  const badKey = errorDetails.some((detail) => detail.reason?.startsWith('API_KEY_') === true)
  return { kind: badKey || status === 401 || status === 403 ? 'key-refused' : 'request-refused' }
}

/** `13s`, `0.250s` (protobuf's JSON form of a duration). */
function milliseconds(duration: string | undefined): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(duration ?? '')?.[1]
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000)
}
