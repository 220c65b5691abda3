// Text that a person names, a file or standard input: of bounded size, UTF-8, and a clear word when it is neither.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { addAbortSignal } from 'node:stream'
import type { Locale } from '../../contract/topics.ts'
import { LocalError, systemReason } from '../local-error.ts'
import { texts } from '../texts.ts'

/** Most bytes of all tests together, and of one input. */
export const testsLimitBytes = 512_000_000

/** How a text is read and complained about. */
export interface Reading {
  readonly signal: AbortSignal
  readonly locale: Locale
}

/** The text of a file. Throws LocalError when it cannot be read, has more than `limitBytes`, or is not UTF-8. */
export async function readText(file: string, limitBytes: number, reading: Reading): Promise<string> {
  // Opening one blocks until somebody writes, and nothing can end that wait. A shell's own pipes have a writer.
  const isPipe = (await stat(file).catch(() => undefined))?.isFIFO() === true && !/^\/(dev|proc)\//.test(file)
  const { fileUnreadable, isPipe: why } = texts[reading.locale]
  if (isPipe) throw new LocalError('unreadable-file', fileUnreadable(file, why))
  return readStream(createReadStream(file), file, limitBytes, reading)
}

/** The text of a stream up to its end; `label` names it in complaints. Throws as {@link readText} does. */
export async function readStream(
  stream: Readable,
  label: string,
  limitBytes: number,
  { signal, locale }: Reading,
): Promise<string> {
  const text = texts[locale]
  signal.throwIfAborted()
  addAbortSignal(signal, stream)
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      chunks.push(buffer)
      bytes += buffer.length
      // Leaving the loop destroys the stream: an endless file is not read on.
      if (bytes > limitBytes) break
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw new LocalError('unreadable-file', text.fileUnreadable(label, systemReason(cause, locale)), { cause })
  }
  if (bytes > limitBytes) throw new LocalError('file-too-large', text.fileTooLarge(label, limitBytes))
  return decode(Buffer.concat(chunks), label, locale)
}

function decode(bytes: Buffer, label: string, locale: Locale): string {
  try {
    // A byte order mark stays: what is judged is what is in the file.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new LocalError('not-utf8', texts[locale].fileNotUtf8(label), { cause })
  }
}
