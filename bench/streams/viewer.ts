// A viewer in the server's own process: takes what is written piece by piece, and a moment for each.
import { Writable } from 'node:stream'
import type { ResponseStream } from '../../src/http/sse-writer.ts'

/** How long a viewer is busy with what it was handed. */
const busyMs = 5

/** A text and when a viewer was handed it, by {@link wallMs}. */
export interface Handed {
  readonly at: number
  readonly text: string
}

/** Counts what it is handed, and keeps it when asked to. */
export class Viewer extends Writable implements ResponseStream {
  bytes = 0
  /** When the stream was ended; undefined until then. */
  endedAt: number | undefined
  /** Whether the last event was a problem. */
  hasProblem = false
  readonly handed: Handed[] = []
  readonly #keeps: boolean

  constructor({ keeps = false }: { keeps?: boolean } = {}) {
    super({ highWaterMark: 16 * 1024 })
    this.#keeps = keeps
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#take(chunk)
    setTimeout(callback, busyMs)
  }

  override _writev(chunks: { chunk: Buffer }[], callback: () => void): void {
    for (const { chunk } of chunks) this.#take(chunk)
    setTimeout(callback, busyMs)
  }

  override _final(callback: () => void): void {
    this.endedAt = performance.now()
    callback()
  }

  #take(chunk: Buffer): void {
    this.bytes += chunk.length
    if (chunk.length > 4_096) this.hasProblem ||= chunk.includes('event: problem\n')
    if (this.#keeps) this.handed.push({ at: wallMs(), text: chunk.toString() })
  }
}

/** Milliseconds that processes of one machine can compare. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now()
}
