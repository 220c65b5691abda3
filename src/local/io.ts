// What the local command touches of its process: handed in by local-test.ts, so that nothing below reads `process` itself.
import { styleText } from 'node:util'
import type { SignalSource } from './interrupt.ts'
import type { Variables } from './settings.ts'
import type { Paint } from './terminal-text.ts'

export interface Io {
  readonly argv: readonly string[]
  readonly env: Variables
  /** The working folder. */
  readonly folder: string
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly signals: SignalSource
}

/** Lines on a stream. */
export function print(stream: NodeJS.WriteStream, lines: readonly string[] | string): void {
  stream.write(typeof lines === 'string' ? `${lines}\n` : lines.map((line) => `${line}\n`).join(''))
}

/** Columns of a stream; a pipe has as many as a wide page. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns : 100
}

/** Colours where the stream shows them; NO_COLOR and FORCE_COLOR decide otherwise. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (format, text) => styleText(format, text, { stream })
}

/** A reader that has seen enough (`| head`) is no fault: what is written to it from then on is dropped. */
export function forgiveClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
