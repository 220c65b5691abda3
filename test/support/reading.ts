// Reads a run's stream as bytes, with an independent parser, and checks every event against the contract.
import { createParser } from 'eventsource-parser'
import { runEventSchema, type RunEvent } from '../../src/contract/events.ts'

/** One event as the wire had it. */
export interface Frame {
  readonly id: string | undefined
  readonly type: string | undefined
  readonly data: string
}

/** What a stream's bytes say. Incomplete events at the end are left out, as in every EventSource. */
export function parseStream(bytes: Uint8Array): { frames: Frame[]; comments: string[] } {
  const frames: Frame[] = []
  const comments: string[] = []
  const parser = createParser({
    onEvent: ({ id, event, data }) => frames.push({ id, type: event, data }),
    onComment: (comment) => comments.push(comment),
    onError: (error) => {
      throw error
    },
  })
  parser.feed(new TextDecoder().decode(bytes))
  return { frames, comments }
}

/** A response that is being read. */
export class Reading {
  readonly status: number
  readonly headers: Headers
  readonly frames: Frame[] = []
  readonly comments: string[] = []
  readonly #chunks: Uint8Array[] = []
  readonly #leave: AbortController
  readonly #ended: Promise<void>
  #isOver = false
  #wake: (() => void)[] = []

  constructor(response: Response, leave: AbortController) {
    this.status = response.status
    this.headers = response.headers
    this.#leave = leave
    this.#ended = this.#read(response)
    this.#ended.catch(() => undefined)
  }

  /** All that has come so far. */
  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  get text(): string {
    return this.bytes.toString('utf8')
  }

  /** The stream without its comments, which depend on timing: the same for every reader of a run. */
  get eventText(): string {
    return this.text.replaceAll(/^:.*\n\n/gm, '')
  }

  /** The body as JSON, of an answer that is no stream. */
  get json(): unknown {
    return JSON.parse(this.text) as unknown
  }

  /** The events so far. Throws when one does not keep to the contract. */
  get events(): RunEvent[] {
    return this.frames.map(({ data }) => runEventSchema.parse(JSON.parse(data)))
  }

  /** The last event. Throws when there is none. */
  get last(): RunEvent {
    return runEventSchema.parse(JSON.parse(this.frames.at(-1)?.data ?? 'null'))
  }

  /** `Location` without its path. */
  get problemId(): string {
    return this.headers.get('location')?.replace('/generations/', '') ?? ''
  }

  /** Resolves when the condition holds; throws when the stream ends before it does. */
  async until(condition: (reading: this) => boolean): Promise<this> {
    while (!condition(this)) {
      if (this.#isOver) throw new Error(`The stream ended early, after ${this.frames.length} events.`)
      await Promise.race([new Promise<void>((resolve) => this.#wake.push(resolve)), this.#ended])
    }
    return this
  }

  /** Resolves when the stream has ended; throws when it broke off. */
  async whole(): Promise<this> {
    await this.#ended
    return this
  }

  /** Closes the connection, as a closed tab does. */
  leave(): void {
    this.#leave.abort()
  }

  async #read(response: Response): Promise<void> {
    const parser = createParser({
      onEvent: ({ id, event, data }) => this.frames.push({ id, type: event, data }),
      onComment: (comment) => this.comments.push(comment),
    })
    const decoder = new TextDecoder()
    try {
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
      const body: ReadableStream<Uint8Array> | null = response.body
      const reader = body?.getReader()
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
        this.#chunks.push(next.value)
        if (isStream) parser.feed(decoder.decode(next.value, { stream: true }))
        this.#wakeAll()
      }
    } finally {
      this.#isOver = true
      this.#wakeAll()
    }
  }

  #wakeAll(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }
}

/** Sends a request; resolves when the head of the answer is there. */
export async function open(url: string, init: RequestInit = {}): Promise<Reading> {
  const leave = new AbortController()
  return new Reading(await fetch(url, { ...init, signal: leave.signal }), leave)
}

/** Sends a request and reads the whole answer. */
export async function read(url: string, init: RequestInit = {}): Promise<Reading> {
  return (await open(url, init)).whole()
}

/** Address of a new run; the tiny problem's own topic and difficulty unless others are given. */
export function generateUrl(service: { readonly url: string }, fields: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ algorithm_type: '그래프', difficulty: '쉬움', ...fields })
  return `${service.url}/generate?${query.toString()}`
}
