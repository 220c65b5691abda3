// A stand-in for Gemini's REST service on loopback: same wire, scripted author, faults by scenario.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeServer, loopbackUrl } from '../loopback.ts'
import { deliver, sendError } from './deliver.ts'
import { readQuestion, type Author, type AuthorQuestion } from './job.ts'
import { play, type Play } from './play.ts'
import { entryFor, type Scenario } from './scenario.ts'
import { keyRefusal, readRequest, wireError, type GenerateRequest } from './wire.ts'

/** One request as it came, whatever it was answered with. */
interface RecordedRequest {
  readonly artefact: string | undefined
  readonly attempt: number | undefined
  readonly key: string
  /** The caller went away before the answer was whole. */
  readonly aborted: boolean
  /** The parsed JSON, or the raw text when it was none. */
  readonly body: unknown
  /** Why the scenario or the author could not answer this request; it got a 500. */
  readonly mistake: string | undefined
}

/** A piece of a reply on its way. */
export interface SentText {
  readonly key: string
  readonly artefact: string
  readonly attempt: number
  /** Length of the reply so far, this piece included. */
  readonly characters: number
}

export interface GeminiStandIn {
  /** Base URL, without a path. */
  readonly endpoint: string
  readonly requests: readonly RecordedRequest[]
  /** Drops what is known of a key's requests: who sends thousands of keys drops each when it is done with. */
  forget(key: string): void
  close(): Promise<void>
}

export interface StandInOptions {
  readonly author: Author
  readonly scenario?: Scenario
  /** Instead of `scenario`: one for each API key, whose requests are counted for themselves. */
  readonly scenarioOf?: (key: string) => Scenario
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** UTF-16 units of reply text in each message of a stream. */
  readonly chunkCharacters?: number
  readonly chunkDelayMs?: number
  /** Only these keys are valid; without it every key but `invalid-key` is. */
  readonly apiKeys?: readonly string[]
  /** Told when a scenario's entry does not fit the reply it meets. */
  readonly onMistake?: (mistake: string) => void
  /** Told of every piece of a stream as it goes out. */
  readonly onText?: (sent: SentText) => void
}

const bodyLimitBytes = 8 * 1024 * 1024

type Record = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] }

/** Starts the stand-in on loopback. Rejects when the port is taken. */
export async function startGemini(options: StandInOptions): Promise<GeminiStandIn> {
  const requests: Record[] = []
  /** By key, and one for all when there is one scenario. */
  const ordinals = new Map<string, Map<string, number>>()
  const closing = new AbortController()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request)
    const record: Record = {
      artefact: undefined,
      attempt: undefined,
      key: header(request, 'x-goog-api-key'),
      aborted: false,
      body: jsonOrText(text),
      mistake: undefined,
    }
    requests.push(record)
    const gone = new AbortController()
    let ours = false
    response.once('close', () => {
      record.aborted = !response.writableFinished && !ours && !closing.signal.aborted
      gone.abort()
    })
    const asked = admit(request, text, options.apiKeys)
    if ('error' in asked) return sendError(response, asked)
    const question = readQuestion(lastUserText(asked))
    if (typeof question === 'string') return sendError(response, wireError(400, `Scripted stand-in: ${question}.`))
    const { artefact, attempt } = question.job
    Object.assign(record, { artefact, attempt })
    const owner = options.scenarioOf === undefined ? '' : record.key
    const counted = ordinals.get(owner) ?? new Map<string, number>()
    ordinals.set(owner, counted)
    const ordinal = (counted.get(artefact) ?? 0) + 1
    const scenario = options.scenarioOf?.(record.key) ?? options.scenario ?? {}
    const plan = planFor(options.author, scenario, question, ordinal, asked.model)
    if (typeof plan === 'string') {
      // Not counted: the retry that a 500 brings must fail again, else a typo would end in a clean reply after all.
      record.mistake = plan
      options.onMistake?.(plan)
      return sendError(response, wireError(500, `Scripted stand-in: ${plan}`))
    }
    counted.set(artefact, ordinal)
    return await deliver(plan, {
      response,
      streaming: asked.streaming,
      promptCharacters: promptText(asked).length,
      responseId: createHash('sha256').update(`${ordinal} ${text}`).digest('base64url').slice(0, 22),
      chunkCharacters: options.chunkCharacters ?? 48,
      chunkDelayMs: options.chunkDelayMs ?? 0,
      signal: AbortSignal.any([gone.signal, closing.signal]),
      onCut: () => {
        ours = true
      },
      onText: (characters) => options.onText?.({ key: record.key, artefact, attempt, characters }),
    })
  }

  const server = createServer((request, response) => {
    // What rejects here is a caller who has gone; a connection that is still open must not stay so without an answer.
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: loopbackUrl(server),
    requests,
    forget(key) {
      ordinals.delete(key)
      const others = requests.filter((request) => request.key !== key)
      requests.splice(0, requests.length, ...others)
    },
    async close() {
      closing.abort()
      await closeServer(server)
    },
  }
}

/** Routing, key and body, in the order in which the service looks at them; the request, or the error. */
function admit(request: IncomingMessage, text: string, apiKeys: readonly string[] | undefined) {
  const route = /^\/v1beta\/models\/([^/:?]+):(generateContent|streamGenerateContent)(?:\?(.*))?$/.exec(
    request.url ?? '',
  )
  if (request.method !== 'POST' || route === null) return wireError(404, 'Requested entity was not found.')
  const key = header(request, 'x-goog-api-key')
  const valid = apiKeys === undefined ? key !== '' && key !== 'invalid-key' : apiKeys.includes(key)
  if (!valid) return keyRefusal()
  const streaming = route[2] === 'streamGenerateContent'
  if (streaming && new URLSearchParams(route[3]).get('alt') !== 'sse') {
    return wireError(400, 'Scripted stand-in: streams are served with ?alt=sse only.')
  }
  const body = readRequest(text)
  return 'error' in body ? body : { ...body, streaming, model: route[1] ?? '' }
}

/** What to do, or why nothing can be done. */
function planFor(
  author: Author,
  scenario: Scenario,
  question: AuthorQuestion,
  ordinal: number,
  model: string,
): Play | string {
  const { artefact } = question.job
  try {
    return play(entryFor(scenario, artefact, ordinal), model, () => author(question))
  } catch (error) {
    return `${artefact}, request ${ordinal}: ${error instanceof Error ? error.message : String(error)}`
  }
}

function lastUserText(request: GenerateRequest): string {
  const content = request.contents.findLast(({ role }) => role !== 'model')
  return (content?.parts ?? []).map((part) => part.text).join('')
}

function promptText(request: GenerateRequest): string {
  const contents = [
    ...(request.systemInstruction === undefined ? [] : [request.systemInstruction]),
    ...request.contents,
  ]
  return contents.flatMap((content) => content.parts.map((part) => part.text)).join('')
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > bodyLimitBytes) throw new Error('request body too large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
