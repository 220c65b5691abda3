// Executed checks of the example submissions: each has the verdicts of its folder, and none of them hangs on the machine.
import type { Program } from '../contract/execution.ts'
import type { TestReport } from '../contract/judging.ts'
import type { Executor } from '../ports.ts'
import { disputedAnswers } from './disputed-answers.ts'
import { type Expectation, type Outcome, outcomeOf } from './expectations.ts'
import { emptyFile, type Finding, finding } from './findings.ts'
import { firstLine } from './run-program.ts'
import type { ExampleSubmission, Subject } from './subject.ts'
import { type Arena, flipFactor, slowestMs, type Trial, tryProgram, verdictAt } from './trial.ts'

/** How long an accepted submission may run where the package names no limit. */
const unlimitedMs = 20_000

/** What the submissions did. */
export interface SubmissionRuns {
  readonly findings: readonly Finding[]
  /** As given, or measured where the problem has none. */
  readonly timeLimitMs: number
  /** Submissions that were to be accepted and were. */
  readonly accepted: readonly ExampleSubmission[]
  /** Places in the arena of the tests whose answer is disputed: nobody was judged by them. */
  readonly disputed: ReadonlySet<number>
}

/**
 * Runs all submissions. `onProgress` hears of each before it is run. Unless the tests are whole, nobody is told to have
 * passed what should stop it: the test that does may be the one that is missing.
 */
export async function checkSubmissions(
  { arena, places, submissions, hasTimeLimit, timeMultiplier }: Subject,
  executor: Executor,
  signal: AbortSignal,
  onProgress: (path: string) => void,
  areAllTests: boolean,
): Promise<SubmissionRuns> {
  const findings: Finding[] = []
  const trials = new Map<ExampleSubmission, Trial>()
  const run = async (submission: ExampleSubmission, limited: Arena): Promise<void> => {
    onProgress(submission.path)
    trials.set(submission, await tryProgram(submission.program, limited, executor, signal))
  }
  const right = submissions.filter(({ expectation }) => isRight(expectation))
  const first = hasTimeLimit ? arena : { ...arena, limits: { ...arena.limits, timeMs: unlimitedMs } }
  for (const submission of right) await run(submission, first)
  const slowest = Math.max(0, ...[...trials.values()].map(slowestMs))
  const measuredMs = Math.max(1, Math.ceil((slowest * timeMultiplier) / 1_000)) * 1_000
  const timeLimitMs = hasTimeLimit ? arena.limits.timeMs : Math.min(measuredMs, unlimitedMs)

  const inputOrder = new Map(arena.tests.map(({ name }, index) => [name, index] as const))
  const placeOf = (name: string): number => inputOrder.get(name) ?? 0
  const witnesses = [...trials].flatMap(([{ program }, trial]) => (trial.compiled ? [{ program, trial }] : []))
  if (right.length > 1 && witnesses.length === 1) findings.push(finding('accepted-single', 'submissions/accepted'))
  const limits = { ...arena.limits, timeMs: timeLimitMs }
  const disputes = await disputedAnswers(witnesses, { ...arena, limits }, executor, signal)
  for (const { test, line, answer, output, programs } of disputes) {
    const file = places[placeOf(test)]?.answer ?? test
    findings.push(finding('answer-disputed', file, { answer, output, programs }, line))
  }
  const disputed = new Set(disputes.map(({ test }) => placeOf(test)))
  const limited: Arena = { ...arena, limits, tests: arena.tests.filter((_test, index) => !disputed.has(index)) }
  for (const [submission, trial] of trials) {
    trials.set(submission, { ...trial, tests: trial.tests.filter(({ name }) => !disputed.has(placeOf(name))) })
  }
  const others = limited.tests.length === 0 ? [] : submissions.filter((submission) => !trials.has(submission))
  for (const submission of others) await run(submission, limited)

  const nameOf = ({ name }: TestReport): string => places[placeOf(name)]?.input ?? name
  const isWhole = areAllTests && disputed.size === 0
  for (const [submission, trial] of trials) {
    const judged: Judged = { submission, trial, limitMs: timeLimitMs, nameOf, isWhole }
    findings.push(...verdictFindings(judged), ...timeFindings(judged, hasTimeLimit))
  }
  const isAnySlow = [...trials.values()].some((trial) =>
    trial.tests.some((report) => outcomeAt(report, timeLimitMs) === 'TLE'),
  )
  if (!isAnySlow && isWhole && submissions.length > 0) findings.push(finding('slow-missing', 'submissions'))
  const accepted = right.filter((submission) => {
    const trial = trials.get(submission)
    return (
      trial?.compiled === true &&
      limited.tests.length > 0 &&
      trial.tests.every((report) => outcomeAt(report, timeLimitMs) === 'AC')
    )
  })
  return { findings, timeLimitMs, accepted, disputed }
}

interface Judged {
  readonly submission: ExampleSubmission
  readonly trial: Trial
  readonly limitMs: number
  /** The file of a test. */
  readonly nameOf: (report: TestReport) => string
  /** Whether no test was left out. */
  readonly isWhole: boolean
}

function isRight({ permitted }: Expectation): boolean {
  return permitted.size === 1 && permitted.has('AC')
}

function outcomeAt(report: TestReport, limitMs: number): Outcome {
  return outcomeOf(verdictAt(report, limitMs))
}

function verdictFindings({ submission, trial, limitMs, nameOf, isWhole }: Judged): Finding[] {
  const { path, expectation } = submission
  if (!trial.compiled) return [finding('submission-broken', path, { reason: complaint(submission.program, trial.log) })]
  const { permitted, required, label } = expectation
  const told = (id: 'submission-not-accepted' | 'submission-verdict-unexpected', report: TestReport): Finding =>
    finding(id, path, { test: nameOf(report), verdict: verdictAt(report, limitMs), expected: label })
  const forbidden = trial.tests.find((report) => !permitted.has(outcomeAt(report, limitMs)))
  if (forbidden !== undefined) {
    return [told(isRight(expectation) ? 'submission-not-accepted' : 'submission-verdict-unexpected', forbidden)]
  }
  if (required === undefined || !isWhole || trial.tests.some((report) => required.has(outcomeAt(report, limitMs))))
    return []
  const failure = trial.tests.find((report) => outcomeAt(report, limitMs) !== 'AC')
  return failure === undefined
    ? [finding('submission-passes', path, { expected: label })]
    : [told('submission-verdict-unexpected', failure)]
}

/** What keeps a program from being compiled: its emptiness, or the first error that the compiler tells. */
function complaint({ files }: Program, log: string): string {
  if (files.every(({ text }) => text.trim() === '')) return emptyFile
  return firstLine(log.split('\n').find((line) => /error/i.test(line)) ?? log)
}

/** A measured limit is by itself far from what it was measured by. */
function timeFindings({ submission, trial, limitMs, nameOf }: Judged, hasTimeLimit: boolean): Finding[] {
  const { path, expectation } = submission
  const slowest = slowestMs(trial)
  if (isRight(expectation)) {
    const isSlow = hasTimeLimit && slowest > limitMs / 2 && slowest <= limitMs
    return isSlow ? [finding('reference-slow', path, { percent: Math.round((slowest / limitMs) * 100) })] : []
  }
  // Without a verdict that it must have, a program shows nothing about the limit.
  if (expectation.required === undefined) return []
  const flipping = trial.tests.find((report) => outcomeAt(report, limitMs) !== outcomeAt(report, limitMs * flipFactor))
  return flipping === undefined
    ? []
    : [finding('limit-flips', path, { test: nameOf(flipping), verdict: verdictAt(flipping, limitMs * flipFactor) })]
}
