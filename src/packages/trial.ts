// One program on all tests, beyond the time limit, so that what it does at the limit and above it is known from one run.
import type { Program } from '../contract/execution.ts'
import type { Checker, JudgingTest, Submission, TestReport, Verdict } from '../contract/judging.ts'
import { judge } from '../judge/judge.ts'
import type { Executor } from '../ports.ts'

/** A verdict that is the same at the limit and at this many times the limit does not hang on the machine. */
export const flipFactor = 1.5

/** What programs are tried on. */
export interface Arena {
  readonly tests: readonly JudgingTest[]
  readonly limits: Submission['limits']
  readonly checker: Checker
}

export interface Trial {
  readonly compiled: boolean
  /** What the compiler said. */
  readonly log: string
  /** Of the tests that were run, small inputs first: after one beyond `flipFactor` times the limit no more are run. */
  readonly tests: readonly TestReport[]
}

/** Tries a program. Throws what the judge throws. */
export async function tryProgram(
  program: Program,
  { tests, limits, checker }: Arena,
  executor: Executor,
  signal: AbortSignal,
): Promise<Trial> {
  const timeMs = Math.min(50_000, Math.ceil(limits.timeMs * flipFactor))
  const bySize = [...tests].sort((one, other) => one.input.length - other.input.length)
  const reports: TestReport[] = []
  let compiled = true
  let log = ''
  // After a wrong answer it goes on; a batch of all tests would run on after the one that is too slow, too.
  while (compiled && reports.length < bySize.length && reports.at(-1)?.verdict !== 'time-limit-exceeded') {
    const rest = bySize.slice(reports.length)
    const submission: Submission = { program, tests: rest, limits: { ...limits, timeMs }, checker, all: false }
    for await (const event of judge(submission, executor, signal)) {
      if (event.type === 'compiled') ({ ok: compiled, log } = event)
      else reports.push(event.report)
    }
  }
  return { compiled, log, tests: reports }
}

/** A test's verdict under a time limit not above the one of the trial. */
export function verdictAt({ verdict, timeMs }: TestReport, limitMs: number): Verdict {
  return timeMs > limitMs ? 'time-limit-exceeded' : verdict
}

/** The verdicts of a trial under a time limit. */
export function verdictsAt({ tests }: Trial, limitMs: number): ReadonlySet<Verdict> {
  return new Set(tests.map((report) => verdictAt(report, limitMs)))
}

/** The slowest test's time; one that was stopped needed more. */
export function slowestMs({ tests }: Pick<Trial, 'tests'>): number {
  return tests.reduce((most, { timeMs }) => Math.max(most, timeMs), 0)
}
