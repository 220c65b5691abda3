// One streamed request through LangChain's ChatGoogleGenerativeAI, with the endings, timeouts and aborts that it loses put back.
import type { ChatGoogleGenerativeAI as Chat, GoogleGenerativeAIChatCallOptions } from '@langchain/google-genai'
import type { Clock, ModelCall, ModelOutcome, ModelPart } from '../ports.ts'
import { failureOf, Observation, observe, type Failure } from './gemini-wire.ts'

/** The classes that a request needs, loaded on first use: they take a large part of a cold start. */
export type Library = Awaited<ReturnType<typeof loadLibrary>>

/** Loads LangChain; the module system keeps it. */
export async function loadLibrary() {
  const { ChatGoogleGenerativeAI, HumanMessage, SystemMessage } = await import('./langchain.ts')
  return { ChatGoogleGenerativeAI, HumanMessage, SystemMessage }
}

/** Why we stop a request ourselves. */
export class Timeout extends Error {
  readonly reason: 'idle-timeout' | 'total-timeout'

  constructor(reason: 'idle-timeout' | 'total-timeout') {
    super(reason)
    this.name = 'Timeout'
    this.reason = reason
  }
}

/** What to send, to whom, and how long to bear silence. */
export interface GeminiRequest {
  readonly library: Library
  readonly clock: Clock
  readonly call: ModelCall
  readonly key: string
  readonly modelName: string
  readonly baseUrl: string
  readonly idleTimeoutMs: number
}

/** An outcome to hand on, or a failure before any text, which may be tried again. */
export type Answer = { readonly outcome: ModelOutcome } | { readonly failure: Failure }

/**
 * Sends one request and streams its text. When `signal` aborts with a {@link Timeout} that is an outcome;
 * with anything else its reason is thrown.
 */
export async function* ask(request: GeminiRequest, signal: AbortSignal): AsyncGenerator<ModelPart, Answer> {
  const { clock, call } = request
  const own = new AbortController()
  const stop = AbortSignal.any([signal, own.signal])
  const quiet: Quiet = { sinceMs: undefined }
  const seen = new Observation()
  const chat = openChat(request)
  observe(chat, seen, () => {
    if (quiet.sinceMs !== undefined) quiet.sinceMs = clock.elapsed()
  })
  // It ends by rejection when the request is over; its one message to us is the abort.
  watchSilence(quiet, request.idleTimeoutMs, clock, own).catch(ignore)
  // oxlint-disable-next-line no-underscore-dangle -- `stream()` obeys environment variables that send every prompt to a tracing service
  const chunks = chat._streamResponseChunks(messages(request), { signal: stop, ...schemaOption(call) })
  let hasText = false
  let failure: Failure = { kind: 'unavailable' }
  try {
    for (;;) {
      // Only our own waiting counts: a slow reader is not a silent provider.
      quiet.sinceMs = clock.elapsed()
      const step = await orAborted(chunks.next(), stop)
      quiet.sinceMs = undefined
      if (step.done === true) break
      const text = textOf(step.value.message.content)
      if (text === '') continue
      hasText = true
      yield { type: 'text', text }
    }
  } catch (error) {
    if (!(signal.reason instanceof Timeout)) signal.throwIfAborted()
    failure = failureOf(error)
  } finally {
    own.abort()
    chunks.return(undefined).catch(ignore)
  }
  const report = { model: seen.model, usage: seen.usage }
  // A reply that said how it ended is whole, whatever became of the connection afterwards.
  const ending = seen.ending(hasText)
  if (ending !== undefined) return { outcome: { ...report, ...ending } }
  const reason: unknown = stop.reason
  if (reason instanceof Timeout) return { outcome: { ...report, kind: 'interrupted', reason: reason.reason } }
  return hasText ? { outcome: { ...report, kind: 'interrupted', reason: 'connection' } } : { failure }
}

function openChat({ library, call, key, modelName, baseUrl }: GeminiRequest): Chat {
  return new library.ChatGoogleGenerativeAI({
    model: modelName,
    apiKey: key,
    // Without a base URL the library asks the environment for one, and sends the key there.
    baseUrl,
    apiVersion: 'v1beta',
    streaming: true,
    temperature: call.temperature,
    maxOutputTokens: call.maxOutputTokens,
    // The library retries 503 without end in sight and 429 never; we do both.
    maxRetries: 0,
  })
}

function messages({ library, call }: GeminiRequest) {
  return [new library.SystemMessage(call.system), new library.HumanMessage(call.user)]
}

/** The library types the schema with the enums of Google's client; on the wire it is this JSON. */
function schemaOption(call: ModelCall): GoogleGenerativeAIChatCallOptions {
  return { responseSchema: call.replySchema } as object
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return Array.isArray(content) ? content.map(blockText).join('') : ''
}

/** The text of a text block; thoughts are not part of the reply. */
function blockText(block: unknown): string {
  const isText = typeof block === 'object' && block !== null && 'type' in block && block.type === 'text'
  return isText && 'text' in block && typeof block.text === 'string' ? block.text : ''
}

/** Since when (`Clock.elapsed`) nothing came while we waited; undefined while the reader has the turn. */
interface Quiet {
  sinceMs: number | undefined
}

/** Aborts `own` with a {@link Timeout} after `limitMs` of silence. Rejects when `own` is aborted otherwise. */
async function watchSilence(quiet: Quiet, limitMs: number, clock: Clock, own: AbortController): Promise<void> {
  for (;;) {
    const lastedMs = quiet.sinceMs === undefined ? 0 : clock.elapsed() - quiet.sinceMs
    // A timer may ring a fraction of a millisecond early.
    if (limitMs - lastedMs < 1) return own.abort(new Timeout('idle-timeout'))
    await clock.sleep(limitMs - lastedMs, own.signal)
  }
}

/** The promise, or the signal's reason as soon as it aborts; then the promise's own end no longer matters. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = ignore
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      const reason: unknown = signal.reason
      reject(reason)
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function ignore(): void {
  // Said where it is passed: the rejection carries nothing that is not known otherwise.
}
