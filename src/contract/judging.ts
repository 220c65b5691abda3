// What is judged and what comes of it: verdicts, checkers, the grade report. Shared by every grader.
import * as z from 'zod'
import { programSchema } from './execution.ts'

/** About a submission only. Our own failure is an error, never one of these. */
export const verdictSchema = z.enum([
  'accepted',
  'wrong-answer',
  'time-limit-exceeded',
  'memory-limit-exceeded',
  'output-limit-exceeded',
  'runtime-error',
  'compile-error',
])
export type Verdict = z.infer<typeof verdictSchema>

/** How an output is compared with the answer. */
export const checkerSchema = z.discriminatedUnion('kind', [
  /** Byte for byte. */
  z.strictObject({ kind: z.literal('exact') }),
  /** The same words in the same order; blanks and line ends do not count, with `ignoreCase` neither do capitals. */
  z.strictObject({ kind: z.literal('tokens'), ignoreCase: z.boolean().optional() }),
  /** The same lines; blanks at line ends and empty lines at the end do not count. */
  z.strictObject({ kind: z.literal('lines') }),
  /** The same lines in any order; blanks at line ends and empty lines do not count. */
  z.strictObject({ kind: z.literal('unordered') }),
  /** As tokens, but words that are numbers may differ by either tolerance. */
  z.strictObject({
    kind: z.literal('float'),
    absolute: z.number().min(0).max(1e9),
    relative: z.number().min(0).max(1),
    ignoreCase: z.boolean().optional(),
  }),
  /** A program decides: testlib (`input output answer`; exit 0, 1, 2, 3) or Kattis (output on stdin; exit 42, 43). */
  z.strictObject({
    kind: z.literal('custom'),
    protocol: z.enum(['testlib', 'kattis']),
    program: programSchema,
    args: z.array(z.string().max(200)).max(12),
  }),
])
export type Checker = z.infer<typeof checkerSchema>

const judgingTestSchema = z.strictObject({ name: z.string(), input: z.string(), answer: z.string() })
/** A test case with the name it is shown by. */
export type JudgingTest = z.infer<typeof judgingTestSchema>

/** A program and what it is judged by. */
export const submissionSchema = z.strictObject({
  program: programSchema,
  tests: z.array(judgingTestSchema).min(1),
  limits: z.strictObject({
    timeMs: z.int().min(10).max(50_000),
    memoryBytes: z
      .int()
      .min(16 * 1024 * 1024)
      .max(2048 * 1024 * 1024),
    outputBytes: z
      .int()
      .min(1)
      .max(64 * 1024 * 1024),
  }),
  checker: checkerSchema,
  /** Every test, whatever the first failure; default: stop there. */
  all: z.boolean(),
})
export type Submission = z.infer<typeof submissionSchema>

const testReportSchema = z.strictObject({
  name: z.string(),
  verdict: verdictSchema,
  /** CPU time, the best of the runs when a time near the limit was measured again. */
  timeMs: z.number(),
  wallMs: z.number(),
  memoryBytes: z.int(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** One line: the first difference, the checker's message, what the sandbox found. Never shown to a solver. */
  note: z.string().nullable(),
  /** End of standard error. */
  stderr: z.string(),
})
export type TestReport = z.infer<typeof testReportSchema>

export const gradeReportSchema = z.strictObject({
  /** Of the first failing test in order, or `accepted`. */
  verdict: verdictSchema,
  compile: z.strictObject({ ok: z.boolean(), log: z.string() }),
  tests: z.array(testReportSchema),
  /** How many tests there were to run. */
  testCount: z.int(),
  /** The largest of all tests. */
  timeMs: z.number(),
  memoryBytes: z.int(),
})
export type GradeReport = z.infer<typeof gradeReportSchema>
