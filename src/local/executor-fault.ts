// Faults of the judge and the executor, in words for the person at this machine.
import type { Locale } from '../contract/topics.ts'
import { AppError } from '../errors.ts'
import { fieldProblemsSchema } from './field-problems.ts'
import { LocalError } from './local-error.ts'
import { texts } from './texts.ts'

/** Characters of a checker's own words. */
const mostSaid = 1_000

/** A fault as `judge` and `run` say it, always with exit code 2: a verdict has 0 or 1. Anything else is returned as it is. */
export function faultOf(error: unknown, locale: Locale): unknown {
  if (!(error instanceof AppError)) return error
  const { executorUnavailable, judgingRefused } = texts[locale]
  const { code, message } = error
  if (code === 'executor-unavailable') {
    // On one's own machine the reason may be told, wherever it comes from.
    const words = [executorUnavailable(message), ...reasonsOf(error.cause)].join('\n')
    return new LocalError(code, words, { cause: error })
  }
  const fields = fieldProblemsSchema.safeParse(error.details).data ?? []
  if (!fields.some(({ field }) => field === 'checker.program')) {
    return new LocalError(code, judgingRefused(message), { cause: error, details: error.details })
  }
  // Whoever judges here has written the checker, or answers for it: its own words help most.
  const said = error.cause instanceof Error ? error.cause.message.trim().slice(0, mostSaid) : ''
  const hints = fields.map((field) => field.message)
  const words = [judgingRefused(message), ...hints, ...(said === '' ? [] : [said])]
  return new LocalError('bad-checker', words.join('\n'), { cause: error })
}

/** Each reason once, the nearest first. */
function reasonsOf(cause: unknown): string[] {
  const reasons = new Set<string>()
  for (let at = cause; at instanceof Error; at = at.cause) reasons.add(at.message.trim().slice(0, mostSaid))
  return [...reasons]
}
