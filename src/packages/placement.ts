// Into which folder of example submissions a program belongs: what it did decides, its role only says what would be absurd.
import type { Verdict } from '../contract/judging.ts'
import type { SubmissionFolder } from './source.ts'
import { flipFactor, slowestMs, type Trial, verdictsAt } from './trial.ts'

/** A folder, or why there is none for this program. */
export type Placement =
  | { readonly folder: SubmissionFolder }
  | { readonly folder: undefined; readonly why: 'not-compiled' | 'passes' | 'fails' | 'near-limit' | 'mixed' }

/** Roles of programs that have to pass, and of those that must not. */
const rightRoles: ReadonlySet<string> = new Set(['reference', 'solver'])
const wrongRoles: ReadonlySet<string> = new Set(['wrong', 'slow'])

/** Where a program belongs by its verdicts; nowhere when they hang on the machine, or are not what its role promises. */
export function placementOf(role: string, trial: Trial, limitMs: number): Placement {
  if (!trial.compiled) return { folder: undefined, why: 'not-compiled' }
  const slowest = slowestMs(trial)
  const verdicts = verdictsAt(trial, limitMs * flipFactor)
  const isStopped = verdicts.has('time-limit-exceeded')
  const folder = folderOf(verdicts)
  if (rightRoles.has(role))
    return folder === 'accepted' && slowest <= limitMs ? { folder } : { folder: undefined, why: 'fails' }
  // Others may be slower or faster elsewhere: who is near the limit proves nothing.
  if (!isStopped && slowest > limitMs / flipFactor) return { folder: undefined, why: 'near-limit' }
  if (folder === undefined) return { folder: undefined, why: 'mixed' }
  return folder === 'accepted' && wrongRoles.has(role) ? { folder: undefined, why: 'passes' } : { folder }
}

/** The folder whose programs have these verdicts and no others, as the strictest version of the format has it. */
function folderOf(verdicts: ReadonlySet<Verdict>): SubmissionFolder | undefined {
  const failures = new Set([...verdicts].filter((verdict) => verdict !== 'accepted').map(asFolder))
  const [only = 'accepted', ...others] = failures
  return others.length === 0 ? only : undefined
}

/** Other judges know no verdict about memory or output: there such a program crashes. */
function asFolder(verdict: Verdict): SubmissionFolder {
  if (verdict === 'wrong-answer') return 'wrong_answer'
  return verdict === 'time-limit-exceeded' ? 'time_limit_exceeded' : 'run_time_error'
}
