// What the local command touches of its process: handed in by local-test.ts, so that nothing below reads `process` itself.
import { styleText } from 'node:util'
import type { SignalSource } from './interrupt.ts'
import type { Variables } from './settings.ts'
import type { Paint } from './terminal-text.ts'

/** A stream of the process; only a terminal has a size. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

export interface Io {
  readonly argv: readonly string[]
  readonly env: Variables
  /** The working folder. */
  readonly folder: string
  readonly stdout: Output
  readonly stderr: Output
  readonly signals: SignalSource
}

/** Lines on a stream. */
export function print(stream: Output, lines: readonly string[] | string): void {
  stream.write(typeof lines === 'string' ? `${lines}\n` : lines.map((line) => `${line}\n`).join(''))
}

/** Columns of a stream; a pipe has as many as a wide page. Terminals that do not know their size say 0. */
export function columnsOf(stream: Output): number {
  return stream.isTTY === true ? stream.columns || 80 : 100
}

/** Colours where the stream shows them; NO_COLOR and FORCE_COLOR decide otherwise. */
export function paintFor(stream: Output): Paint {
  return (format, text) => styleText(format, text, { stream })
}

/** A reader that has seen enough (`| head`) is no fault: what is written to it from then on is dropped. */
export function forgiveClosedPipe(stream: Output): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
