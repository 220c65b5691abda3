// The generation API as a client sees it: starts a run, reads its events through every broken connection, reads it back.
import { setTimeout as sleep } from 'node:timers/promises'
import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream'
import * as z from 'zod'
import { isTerminal, parseEventId, type RunEvent, runEventSchema } from '../contract/events.ts'
import { generationStatuses, type GenerationStatus } from '../contract/generation.ts'
import { type TestCase, testCaseSchema } from '../contract/problem.ts'
import type { Locale } from '../contract/topics.ts'
import { LocalError } from './local-error.ts'
import { texts } from './texts.ts'

/** An event with the exact JSON text it came as. */
export interface ReceivedEvent {
  readonly event: RunEvent
  readonly data: string
}

/** Body of a request that starts a run. */
export type RunRequest = Readonly<Record<string, unknown>> & { readonly requestId: string }

/** Connections in a row that may bring nothing new before the run is given up. */
const fruitlessLimit = 8
const pauseMs = { least: 100, most: 5_000 }

const errorBodySchema = z.looseObject({ message: z.string(), details: z.unknown().optional(), code: z.string() })
export class GenerationClient {
  readonly #url: string
  readonly #locale: Locale
  readonly #headers: Readonly<Record<string, string>>

  /** `headers` say whose requests these are; none is the local user. */
  constructor(url: string, locale: Locale, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url
    this.#locale = locale
    this.#headers = headers
  }

  /**
   * Starts a run, or joins the one with this request's `requestId` or with the id that is given in its place, and yields
   * its events in order, each once, to the terminal one. `onStarted` is told the run's id as soon as it is known. Throws
   * LocalError when the request is refused or nobody answers any more, and the signal's reason.
   */
  async *run(
    asked: RunRequest | string,
    onStarted: (problemId: string) => void,
    signal: AbortSignal,
  ): AsyncGenerator<ReceivedEvent> {
    let problemId: string | undefined
    let seq = 0
    if (typeof asked === 'string') onStarted((problemId = asked))
    for (let fruitless = 0; fruitless < fruitlessLimit;) {
      const connection = new AbortController()
      let isHandedOver = false
      let broken: unknown
      const before = seq
      try {
        const either = AbortSignal.any([signal, connection.signal])
        const response =
          problemId === undefined && typeof asked !== 'string'
            ? await this.#start(asked, either)
            : await this.#resume(problemId ?? '', seq, either)
        const known = problemIdOf(response)
        if (problemId === undefined && known !== undefined) onStarted((problemId = known))
        const messages = messagesOf(response, (comment) => {
          if (comment.trim() === 'continues') isHandedOver = true
        })
        for await (const message of messages) {
          const event = runEventSchema.parse(JSON.parse(message.data))
          if (event.seq !== undefined && event.seq <= seq) continue
          if (!follows(event, message, seq)) throw new TypeError(`An event is out of place: ${message.id}`)
          seq = event.seq ?? seq
          yield { event, data: message.data }
          if (isTerminal(event.type)) return
        }
      } catch (error) {
        signal.throwIfAborted()
        // What was refused, or makes no sense, will not get better by asking again; a run that is under way can wait
        // for a server that has trouble.
        const isRefused = error instanceof LocalError && (error.exitCode === 2 || problemId === undefined)
        if (isRefused || error instanceof z.ZodError || error instanceof SyntaxError) throw error
        broken = error
      } finally {
        connection.abort()
      }
      fruitless = seq > before ? 0 : fruitless + 1
      if (isHandedOver && seq > before) continue
      if (fruitless === fruitlessLimit) throw this.#unreachable(broken)
      await sleep(Math.min(pauseMs.most, pauseMs.least * 2 ** fruitless), undefined, { signal })
    }
  }

  /** Asks for the run's cancellation; false when it has already ended. */
  async cancel(problemId: string): Promise<boolean> {
    const response = await fetch(`${this.#url}/generations/${problemId}`, { method: 'DELETE', headers: this.#headers })
    await response.body?.cancel()
    return response.status === 202
  }

  async status(problemId: string): Promise<GenerationStatus> {
    const response = await this.#get(`/generations/${problemId}`)
    return z.object({ status: z.enum(generationStatuses) }).parse(await response.json()).status
  }

  /** All tests of a finished problem. */
  async tests(path: string): Promise<TestCase[]> {
    const response = await this.#get(path)
    return z.object({ test_cases: z.array(testCaseSchema) }).parse(await response.json()).test_cases
  }

  /** The JSON text of the stored event with this place, or undefined. */
  async storedEvent(problemId: string, seq: number): Promise<string | undefined> {
    const response = await this.#resume(problemId, seq - 1, AbortSignal.timeout(pauseMs.most))
    for await (const message of messagesOf(response, () => undefined)) return message.data
    return undefined
  }

  #start(request: RunRequest, signal: AbortSignal): Promise<Response> {
    const headers = {
      ...this.#headers,
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...this.#language,
    }
    return this.#answer(`/generate`, { method: 'POST', headers, body: JSON.stringify(request), signal })
  }

  #resume(problemId: string, seq: number, signal: AbortSignal): Promise<Response> {
    const position = seq === 0 ? this.#headers : { ...this.#headers, 'last-event-id': `${problemId}:${seq}` }
    return this.#answer(`/generations/${problemId}/events`, { headers: position, signal })
  }

  #get(path: string): Promise<Response> {
    return this.#answer(path, { headers: { ...this.#headers, ...this.#language }, signal: AbortSignal.timeout(30_000) })
  }

  get #language(): Record<string, string> {
    return { 'accept-language': this.#locale }
  }

  async #answer(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(`${this.#url}${path}`, init)
    if (response.status === 200) return response
    const parsed = errorBodySchema.safeParse(await response.json().catch(() => undefined))
    if (!parsed.success) throw this.#unreachable(new Error(`status ${response.status}`))
    const { message, details, code } = parsed.data
    const { requestRefused, tableUnreachable, tableHint } = texts[this.#locale]
    const isTable = code === 'storage-unavailable'
    const words = isTable ? `${tableUnreachable} ${tableHint}` : requestRefused(response.status, message)
    throw new LocalError(code, words, {
      exitCode: response.status < 500 ? 2 : 1,
      details,
    })
  }

  #unreachable(cause: unknown): LocalError {
    return new LocalError('unreachable', texts[this.#locale].unreachable, { exitCode: 1, cause })
  }
}

function problemIdOf(response: Response): string | undefined {
  return /\/generations\/([0-9a-f-]{36})$/.exec(response.headers.get('location') ?? '')?.[1]
}

/** Whether an event is the next one of its run. Only a `failed` that could not be stored has no place. */
function follows(event: RunEvent, message: EventSourceMessage, seq: number): boolean {
  if (event.seq === undefined) return message.id === undefined
  const id = parseEventId(message.id ?? '')
  return event.seq === seq + 1 && id?.seq === event.seq && id.problemId === event.problemId
}

async function* messagesOf(
  response: Response,
  onComment: (comment: string) => void,
): AsyncGenerator<EventSourceMessage> {
  if (response.body === null) return
  const messages = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ onComment }))
  yield* messages
}
