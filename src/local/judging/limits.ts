// Limits of one judging: from the command line, else from the problem, else our own; and where each came from.
import { submissionSchema, type JudgingTest, type Submission } from '../../contract/judging.ts'
import type { Locale } from '../../contract/topics.ts'
import { megabytes } from '../figures.ts'
import { LocalError } from '../local-error.ts'
import { limitRanges } from '../options.ts'
import { texts } from '../texts.ts'
import type { NamedLimits } from './loaded-problem.ts'

const MiB = 1024 * 1024

/** When neither the command line nor the problem says anything. */
export const defaultLimits = { timeMs: 2_000, memoryBytes: 256 * MiB, outputBytes: 16 * MiB } as const
const mostOutputBytes = 64 * MiB

export interface SettledLimits {
  readonly limits: Submission['limits']
  /** Names of the limits that nobody has set. */
  readonly defaults: readonly ('timeMs' | 'memoryBytes')[]
  readonly notes: readonly string[]
}

/** Settles the limits. Throws LocalError for a problem whose limits are beyond what can be enforced. */
export function settleLimits(
  given: Pick<NamedLimits, 'timeMs' | 'memoryBytes'>,
  named: NamedLimits,
  tests: readonly JudgingTest[],
  locale: Locale,
): SettledLimits {
  const text = texts[locale]
  const timeMs = given.timeMs ?? named.timeMs ?? defaultLimits.timeMs
  const memoryBytes = given.memoryBytes ?? named.memoryBytes ?? defaultLimits.memoryBytes
  const { shape } = submissionSchema.shape.limits
  if (!shape.timeMs.safeParse(timeMs).success) {
    const { from, to } = limitRanges.timeMs
    throw new LocalError('limit-out-of-range', text.timeOutOfRange(timeMs / 1_000, from / 1_000, to / 1_000))
  }
  if (!shape.memoryBytes.safeParse(memoryBytes).success) {
    const { from, to } = limitRanges.memoryMiB
    throw new LocalError('limit-out-of-range', text.memoryOutOfRange(megabytes(memoryBytes), from, to))
  }
  const notes: string[] = []
  const largest = tests.reduce((most, { answer }) => Math.max(most, Buffer.byteLength(answer)), 0)
  // A default must not refuse the right answer.
  const wanted = named.outputBytes ?? Math.max(defaultLimits.outputBytes, 2 * largest)
  const outputBytes = Math.max(1, Math.min(wanted, mostOutputBytes))
  if (outputBytes < (named.outputBytes ?? 0)) notes.push(text.outputLimitLowered(megabytes(outputBytes)))
  if (largest > outputBytes) notes.push(text.answerBeyondLimit(megabytes(outputBytes)))
  const isUnset = (name: 'timeMs' | 'memoryBytes'): boolean => given[name] === undefined && named[name] === undefined
  return {
    limits: { timeMs, memoryBytes, outputBytes },
    defaults: (['timeMs', 'memoryBytes'] as const).filter(isUnset),
    notes,
  }
}
