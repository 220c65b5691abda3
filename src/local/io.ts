// What the local command touches of its process: handed in by local-test.ts, so that nothing below reads `process` itself.
import type { Readable } from 'node:stream'
import { styleText } from 'node:util'
import type { Log } from '../ports.ts'
import type { SignalSource } from './interrupt.ts'
import type { Variables } from './settings.ts'
import type { Paint } from './terminal-text.ts'

/** A stream of the process; only a terminal has a size. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** Standard input; a terminal has nobody's data in it. */
type Input = Readable & { readonly isTTY?: boolean }

export interface Io {
  readonly argv: readonly string[]
  readonly env: Variables
  /** The working folder. */
  readonly folder: string
  /** Asked for late: looking at the process's own opens it, and most commands read nothing. */
  readonly stdin: Input
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

/** Whether a picture can be redrawn in place: a terminal that does not know its size cannot be drawn on. */
export function isDrawable(stream: Output, env: Variables): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb' && (stream.rows ?? 0) > 0 && (stream.columns ?? 0) > 0
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

/** Standard output belongs to the answer: a log goes to standard error, for who asked for it. */
export function logOn(stream: Output, verbose: boolean): Log {
  const write =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (verbose) print(stream, JSON.stringify({ level, message, ...fields }))
    }
  return {
    debug: write('DEBUG'),
    info: write('INFO'),
    warn: write('WARN'),
    error: write('ERROR'),
    metrics: (values) => write('INFO')('metrics', values),
  }
}
