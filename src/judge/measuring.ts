// Runs a submission's tests and measures them fairly: a time near the limit is measured again, and the best run counts.
import {
  type ExecutionBatch,
  type ExecutionLimits,
  type ExecutionResult,
  requestTestsLimit,
} from '../contract/execution.ts'
import type { JudgingTest, Submission } from '../contract/judging.ts'
import { AppError } from '../errors.ts'
import type { Executor } from '../ports.ts'
import { resultsOf } from './batch-results.ts'
import { endingOf } from './verdict.ts'

/** What a test's runs come to, and how many there were. */
export interface Measurement {
  readonly test: JudgingTest
  /** The first run that finished, else the first in time, else the quickest; `cpuMs` is the best of all like it. */
  readonly result: ExecutionResult
  readonly runs: number
}

/** Most runs of one test whose time is near the limit; and of one that had to be stopped beyond it. */
const runsLimit = 3
const stoppedRunsLimit = 2
/** What the executor allows on top of 1.1 × the time limit, so that a run at the edge of the band still ends by itself. */
const cpuMarginMs = 10
const wallMarginMs = 2_000
const wallLimitMs = 120_000
/** Most bytes of output that one batch may bring back. */
const outputBudgetBytes = 256 * 1024 * 1024

/** Most tests of one batch: as many as an executor takes, fewer when their outputs may be large. */
export function batchTestsLimit({ outputBytes }: Submission['limits']): number {
  return Math.min(requestTestsLimit, Math.max(1, Math.floor(outputBudgetBytes / outputBytes)))
}

/** A batch of a submission's runs. Its CPU limit is above the submission's own: the verdict is by what was measured. */
export function submissionBatch(
  { program, limits }: Pick<Submission, 'program' | 'limits'>,
  tests: readonly JudgingTest[],
): ExecutionBatch {
  return {
    version: 1,
    program,
    tests: tests.map(({ input }) => ({ input })),
    limits: executionLimits(limits),
    hashSeed: 0,
  }
}

/**
 * Runs tests in order, as one batch, and yields each as soon as its time is certain. Unless `all`, nothing is run after
 * a test that failed; when a further measurement then clears that test, fewer tests come back than were given.
 */
export async function* measure(
  submission: Pick<Submission, 'program' | 'limits' | 'all'>,
  tests: readonly JudgingTest[],
  executor: Executor,
  signal: AbortSignal,
): AsyncGenerator<Measurement, void> {
  const { limits, all } = submission
  const waiting: Timing[] = []
  const batch = { ...submissionBatch(submission, tests), stopOnFirstFailure: !all }
  const remaining = tests.values()
  for await (const result of resultsOf(executor, batch, signal, compiledBefore)) {
    const { value: test } = remaining.next()
    if (test === undefined) break
    waiting.push(new Timing(test, result, limits))
    yield* certain(waiting)
    if (!all && !endingOf(result, limits).finished) break
  }
  while (waiting.length > 0) {
    const again = waiting.filter((timing) => !timing.isCertain)
    const rerun = submissionBatch(
      submission,
      again.map(({ test }) => test),
    )
    const timings = again.values()
    for await (const result of resultsOf(executor, rerun, signal, compiledBefore)) {
      timings.next().value?.add(result)
      yield* certain(waiting)
    }
  }
}

/** Takes off what can be said in order. */
function* certain(waiting: Timing[]): Generator<Measurement, void> {
  for (let first = waiting[0]; first?.isCertain === true; first = waiting[0]) {
    waiting.shift()
    yield first
  }
}

/** Which run counts when a test has several: the lowest. */
const ranks = { finished: 0, failed: 1, overTime: 2 } as const

/** The runs of one test. */
class Timing implements Measurement {
  readonly test: JudgingTest
  readonly #limits: Submission['limits']
  result: ExecutionResult
  runs = 1
  isCertain: boolean

  constructor(test: JudgingTest, result: ExecutionResult, limits: Submission['limits']) {
    this.test = test
    this.result = result
    this.#limits = limits
    this.isCertain = !isNearLimit(result, limits)
  }

  add(result: ExecutionResult): void {
    this.runs += 1
    const most = result.outcome === 'cpu-limit' ? stoppedRunsLimit : runsLimit
    this.isCertain = this.runs >= most || !isNearLimit(result, this.#limits)
    const before = this.#rank(this.result)
    const now = this.#rank(result)
    const isQuicker = result.cpuMs < this.result.cpuMs
    // Measuring again is for the time: the output of a run that finished in time stays what it was.
    if (now === ranks.finished && before === now && isQuicker) this.result = { ...this.result, cpuMs: result.cpuMs }
    else if (now < before || (now === before && isQuicker)) this.result = result
  }

  #rank(result: ExecutionResult): number {
    const ending = endingOf(result, this.#limits)
    if (ending.finished) return ranks.finished
    return ending.verdict === 'time-limit-exceeded' ? ranks.overTime : ranks.failed
  }
}

/** Whether the time decides and may be the measurement's: within a tenth of the limit, or stopped by the executor there. */
function isNearLimit(result: ExecutionResult, limits: Submission['limits']): boolean {
  const ending = endingOf(result, limits)
  if (!ending.finished && ending.verdict !== 'time-limit-exceeded') return false
  const { cpuMs } = executionLimits(limits)
  return result.outcome === 'cpu-limit' || (result.cpuMs >= limits.timeMs * 0.9 && result.cpuMs <= cpuMs)
}

function executionLimits({ timeMs, memoryBytes, outputBytes }: Submission['limits']): ExecutionLimits {
  const cpuMs = Math.ceil((timeMs * 11) / 10) + cpuMarginMs
  return { cpuMs, wallMs: Math.min(2 * cpuMs + wallMarginMs, wallLimitMs), memoryBytes, outputBytes }
}

function compiledBefore(log: string): AppError {
  const cause = new Error(log)
  return new AppError('executor-unavailable', 'The executor refused a program that it had compiled before.', { cause })
}
