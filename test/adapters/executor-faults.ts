// What the tests of the executors see of faults and of the log.
import { AppError } from '../../src/errors.ts'
import type { Log } from '../../src/ports.ts'

/** Keeps what was logged, one line of JSON each. */
export function recordingLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const write =
    (level: string) =>
    (message: string, fields?: Record<string, unknown>): void =>
      void lines.push(JSON.stringify({ level, message, ...fields }))
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    metrics: (values) => void lines.push(JSON.stringify(values)),
  }
}

/** The fault with which the work ends; whatever else happens is thrown. */
export async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
  if (thrown instanceof AppError) return thrown
  throw thrown
}
