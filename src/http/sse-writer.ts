// Writes server-sent events to a response stream: framing, back-pressure, flushing, heartbeats. The only writer of streams.
import type { StoredEvent } from '../contract/events.ts'
import type { Clock } from '../ports.ts'

/** What is needed of a Lambda response stream. It is a proxy, not a Node Writable. */
export interface ResponseStream {
  write(chunk: string | Uint8Array): boolean
  end(): void
  once(event: 'drain' | 'close' | 'error', listener: () => void): unknown
}

/** Comments at least this often, so that no proxy takes the stream for dead. */
const heartbeatMs = 15_000
/** How long a viewer may take nothing before the stream is written off; the run does not depend on it. */
const stalledMs = 120_000

export class SseWriter {
  readonly #stream: ResponseStream
  readonly #clock: Clock
  readonly #stopHeartbeat = new AbortController()
  #follow: Promise<void> | undefined
  #quietSince: number
  #gone = false
  #closed = false
  /** Ends the wait for a full stream; there is one wait at a time. */
  #stopWaiting: (() => void) | undefined

  constructor(stream: ResponseStream, clock: Clock) {
    this.#stream = stream
    this.#clock = clock
    this.#quietSince = clock.elapsed()
    for (const event of ['error', 'close'] as const) {
      stream.once(event, () => {
        this.#closed = true
        this.#leave()
      })
    }
    void this.#heartbeat()
  }

  /** Whether the viewer is known to have gone; writes are then dropped. Lambda never tells, so false means nothing. */
  get gone(): boolean {
    return this.#gone
  }

  /** Sends the head at once: nothing reaches the viewer before the first write. */
  open(): void {
    this.#write(': open\n\n')
  }

  /** Writes events and waits until the stream takes more. */
  async write(problemId: string, events: readonly StoredEvent[]): Promise<void> {
    const takesMore = this.#write(bytesOf(problemId, events))
    // A small write may sit in the service until the next one: push it out with a comment a tick later.
    this.#follow ??= this.#clock.sleep(0).then(() => {
      this.#follow = undefined
      this.#write(':\n\n')
    })
    if (!takesMore) await this.#drained()
  }

  /** The terminal event that could not be stored has no id: nothing can be resumed after it. */
  writeUnstored(data: string): void {
    this.#write(frame('failed', data))
  }

  comment(text: string): void {
    this.#write(`: ${text}\n\n`)
  }

  /** Ends the response. Without it the function would hang until its time-out. */
  async end(): Promise<void> {
    this.#stopHeartbeat.abort()
    await this.#follow
    // A viewer that was given up has not closed anything: the response is still ours to end.
    if (!this.#closed) this.#stream.end()
    this.#closed = true
    this.#gone = true
  }

  #write(chunk: string | Uint8Array): boolean {
    if (this.#gone) return true
    this.#quietSince = this.#clock.elapsed()
    return this.#stream.write(chunk)
  }

  async #drained(): Promise<void> {
    const waiting = new AbortController()
    const drained = new Promise<void>((resolve) => {
      this.#stream.once('drain', resolve)
      // What else ends the wait is listened for since the beginning: a listener more for each wait would pile up.
      this.#stopWaiting = resolve
    })
    const stalled = this.#clock.sleep(stalledMs, waiting.signal).then(
      () => this.#leave(),
      () => undefined,
    )
    await Promise.race([drained, stalled])
    waiting.abort()
  }

  #leave(): void {
    this.#gone = true
    this.#stopHeartbeat.abort()
    this.#stopWaiting?.()
  }

  async #heartbeat(): Promise<void> {
    const { signal } = this.#stopHeartbeat
    while (!signal.aborted) {
      const quietMs = this.#clock.elapsed() - this.#quietSince
      if (quietMs >= heartbeatMs - 1) this.comment('heartbeat')
      else {
        await this.#clock.sleep(heartbeatMs - quietMs, signal).catch(() => undefined)
      }
    }
  }
}

/** What hundreds of viewers of a run are given at once is made once, and held in memory once while it is on its way to them. */
const framed = new WeakMap<readonly StoredEvent[], Uint8Array>()

function bytesOf(problemId: string, events: readonly StoredEvent[]): Uint8Array {
  const known = framed.get(events)
  if (known !== undefined) return known
  const bytes = Buffer.from(events.map(({ type, data, seq }) => frame(type, data, `${problemId}:${seq}`)).join(''))
  framed.set(events, bytes)
  return bytes
}

/** One event on the wire. `data` is one line of JSON, which has no raw line break by construction. */
function frame(type: string, data: string, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`
}
