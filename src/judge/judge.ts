// Judges a submission: compiles it, runs its tests in slices that grow, checks the outputs, and tells each verdict at once.
import type { GradeReport, JudgingTest, Submission, TestReport } from '../contract/judging.ts'
import { AppError } from '../errors.ts'
import type { Executor } from '../ports.ts'
import { type Compilation, runBatch } from './batch-results.ts'
import { type BuiltInChecker, compare } from './checkers.ts'
import { checkOutputs, type CheckerDecision, type CustomChecker } from './custom-checker.ts'
import { batchTestsLimit, measure, type Measurement, submissionBatch } from './measuring.ts'
import { parseSubmission } from './parse-submission.ts'
import { endingOf } from './verdict.ts'

/** First `compiled`, then every test in order. `index` is the test's place in the submission. */
export type JudgeEvent =
  | { readonly type: 'compiled'; readonly ok: boolean; readonly log: string }
  | { readonly type: 'test'; readonly index: number; readonly report: TestReport }

/** Tests of the first slice when a failure ends the judging: few are run for nothing, and the slices double. */
const firstSlice = 4

/**
 * Judges a submission. Throws AppError: `bad-request` for what is no submission or a checker that does not compile,
 * `internal` for a checker that fails, `executor-unavailable` after a second try; and the signal's reason. None of
 * these is ever a verdict. Returning early aborts what is running.
 * @param submission parsed by the contract before anything is run.
 */
export async function* judge(
  submission: unknown,
  executor: Executor,
  signal: AbortSignal,
): AsyncGenerator<JudgeEvent, GradeReport> {
  signal.throwIfAborted()
  const job = parseSubmission(submission)
  const compile = await compileOnly(job, executor, signal)
  yield { type: 'compiled', ok: compile.ok, log: compile.log }
  const reports: TestReport[] = []
  if (!compile.ok) return gradeReport(job, compile, reports)
  const largestSlice = batchTestsLimit(job.limits)
  for (let size = job.all ? largestSlice : firstSlice; reports.length < job.tests.length; size *= 2) {
    const slice = job.tests.slice(reports.length, reports.length + Math.min(size, largestSlice))
    for await (const report of judgeSlice(job, slice, executor, signal)) {
      reports.push(report)
      yield { type: 'test', index: reports.length - 1, report }
      if (!job.all && report.verdict !== 'accepted') return gradeReport(job, compile, reports)
    }
  }
  return gradeReport(job, compile, reports)
}

/** A batch without tests: whether the program compiles is known, and told, before anything is run. */
async function compileOnly(job: Submission, executor: Executor, signal: AbortSignal): Promise<Compilation> {
  const end = await runBatch(executor, submissionBatch(job, []), signal).next()
  if (end.done !== true) throw new AppError('internal', 'The executor ran a test that it was not given.')
  return end.value
}

async function* judgeSlice(
  job: Submission,
  tests: readonly JudgingTest[],
  executor: Executor,
  signal: AbortSignal,
): AsyncGenerator<TestReport, void> {
  const { checker, limits } = job
  const measured = measure(job, tests, executor, signal)
  if (checker.kind === 'custom') {
    yield* judgeByProgram(checker, measured, limits, executor, signal)
    return
  }
  for await (const measurement of measured) {
    const { test, result } = measurement
    const ending = endingOf(result, limits)
    yield testReport(measurement, ending.finished ? comparisonOf(checker, result.stdout, test.answer) : ending)
  }
}

/** The checker is a program for the same executor: it has its turn when the submission's batch is over. */
async function* judgeByProgram(
  checker: CustomChecker,
  measurements: AsyncIterable<Measurement>,
  limits: Submission['limits'],
  executor: Executor,
  signal: AbortSignal,
): AsyncGenerator<TestReport, void> {
  const measured: Measurement[] = []
  for await (const measurement of measurements) measured.push(measurement)
  const finished = measured.filter(({ result }) => endingOf(result, limits).finished)
  const cases = finished.map(({ test, result }) => ({ ...test, output: result.stdout }))
  const decisions = checkOutputs(checker, cases, executor, signal)
  try {
    for (const measurement of measured) {
      const ending = endingOf(measurement.result, limits)
      yield testReport(measurement, ending.finished ? decisionOf(await decisions.next()) : ending)
    }
  } finally {
    await decisions.return()
  }
}

type Conclusion = Pick<TestReport, 'verdict' | 'note'>

function comparisonOf(checker: BuiltInChecker, output: string, answer: string): Conclusion {
  const comparison = compare(checker, output, answer)
  return comparison.accepted ? { verdict: 'accepted', note: null } : { verdict: 'wrong-answer', note: comparison.note }
}

function decisionOf(decision: IteratorResult<CheckerDecision, void>): Conclusion {
  if (decision.done === true) throw new AppError('internal', 'The checker decided fewer tests than it was given.')
  return { verdict: decision.value.accepted ? 'accepted' : 'wrong-answer', note: decision.value.note }
}

function testReport({ test, result, runs }: Measurement, { verdict, note }: Conclusion): TestReport {
  const isTimed = verdict === 'time-limit-exceeded' && runs > 1
  return {
    name: test.name,
    verdict,
    timeMs: result.cpuMs,
    wallMs: result.wallMs,
    memoryBytes: result.peakMemoryBytes,
    exitCode: result.exitCode,
    signal: result.signal,
    note: isTimed ? `${note}; the best of ${runs} runs` : note,
    stderr: result.stderr,
  }
}

function gradeReport(job: Submission, compile: Compilation, reports: readonly TestReport[]): GradeReport {
  const failure = reports.find(({ verdict }) => verdict !== 'accepted')
  return {
    verdict: compile.ok ? (failure?.verdict ?? 'accepted') : 'compile-error',
    compile: { ok: compile.ok, log: compile.log },
    tests: [...reports],
    testCount: job.tests.length,
    timeMs: reports.reduce((most, { timeMs }) => Math.max(most, timeMs), 0),
    memoryBytes: reports.reduce((most, { memoryBytes }) => Math.max(most, memoryBytes), 0),
  }
}
