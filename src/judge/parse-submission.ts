// A submission as it comes from outside, checked: every problem with it is named by field, with what would be right.
import type * as z from 'zod'
import { type Submission, submissionSchema } from '../contract/judging.ts'
import { AppError } from '../errors.ts'

/** Most problems that are listed: a thousand broken tests are broken in one way. */
const problemsLimit = 20

/** Throws AppError `bad-request` with `{ field, message }` for each problem. */
export function parseSubmission(value: unknown): Submission {
  const parsed = submissionSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const details = parsed.error.issues.flatMap(problemsOf).slice(0, problemsLimit)
  throw new AppError('bad-request', 'Invalid submission', { details })
}

function problemsOf(issue: z.core.$ZodIssue): { field: string; message: string }[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'Unknown field: leave it out.' }))
  }
  return [{ field: path.join('.') || 'submission', message: issue.message }]
}
