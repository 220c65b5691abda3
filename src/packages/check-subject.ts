// All checks that run programs, in order: what a later one leans on has been checked before.
import { AppError } from '../errors.ts'
import type { Executor } from '../ports.ts'
import { checkCoverage } from './checks-coverage.ts'
import { checkGenerator, checkMadeTests } from './checks-generators.ts'
import { checkInputValidators } from './checks-input-validators.ts'
import { checkOutputValidator } from './checks-outputs.ts'
import { checkSubmissions, type SubmissionRuns } from './checks-submissions.ts'
import { type CheckId, type Finding, finding } from './findings.ts'
import { firstLine } from './run-program.ts'
import { type Subject, withoutTests } from './subject.ts'

/** Why a check was left out. */
export type SkipReason = 'nothing-to-check' | 'no-accepted' | 'no-tests' | 'tests-left-out' | 'validator-fails'

export interface SubjectCheck {
  readonly findings: readonly Finding[]
  readonly skipped: ReadonlyMap<CheckId, SkipReason>
  /** Undefined when the submissions could not be judged. */
  readonly runs: SubmissionRuns | undefined
  /** The subject with the tests that can be judged by. */
  readonly usable: Subject
  /** Tests that are wrong themselves: what submissions do on them says nothing. */
  readonly leftOut: number
}

/** Runs the checks. Throws what the executor throws. `onProgress` hears what is looked at. */
export async function checkSubject(
  subject: Subject,
  executor: Executor,
  signal: AbortSignal,
  onProgress: (what: string) => void,
): Promise<SubjectCheck> {
  const findings: Finding[] = []
  const skipped = new Map<CheckId, SkipReason>()
  // That a file is empty was told by looking at it, and explains whatever else is wrong with the test.
  const filled = withoutTests(subject, emptyTests(subject))
  if (subject.inputValidators.length === 0) skipped.set('input-validators', 'nothing-to-check')
  else {
    onProgress('input_validators')
    findings.push(...(await checkInputValidators(filled, executor, signal)))
  }
  onProgress('output_validators')
  const outputs = await checkOutputValidator(filled, executor, signal)
  findings.push(...outputs, ...(await checkMaking(subject, skipped, executor, signal, onProgress)))
  const usable = withoutTests(filled, refusedTests(filled, findings))
  const end = (runs: SubmissionRuns | undefined): SubjectCheck => {
    const left = runs === undefined ? usable : withoutTests(usable, runs.disputed)
    const leftOut = subject.places.length - left.places.length
    if (leftOut === 0) findings.push(...checkCoverage(left))
    else skipped.set('coverage', 'tests-left-out')
    return { findings: [...findings, ...(runs?.findings ?? [])], skipped, runs, usable: left, leftOut }
  }
  const reason = whyNotJudged(usable, outputs)
  if (reason !== undefined) {
    skipped.set('submissions', reason)
    return end(undefined)
  }
  try {
    return end(await checkSubmissions(usable, executor, signal, onProgress, usable === subject))
  } catch (error) {
    signal.throwIfAborted()
    // What a submission prints may break a validator that took the answers.
    if (!(error instanceof AppError) || error.code !== 'internal' || subject.outputValidatorPath === undefined)
      throw error
    skipped.set('submissions', 'validator-fails')
    findings.push(finding('output-validator-broken', subject.outputValidatorPath, { reason: firstLine(error.message) }))
    return end(undefined)
  }
}

function whyNotJudged({ arena }: Subject, outputs: readonly Finding[]): SkipReason | undefined {
  if (outputs.some(({ id }) => id === 'output-validator-broken')) return 'validator-fails'
  return arena.tests.length === 0 ? 'no-tests' : undefined
}

/** An empty answer may be what a checker of its own needs. */
function emptyTests({ arena: { tests, checker } }: Subject): ReadonlySet<number> {
  const isEmpty = (index: number): boolean =>
    tests[index]?.input === '' || (tests[index]?.answer === '' && checker.kind !== 'custom')
  return new Set([...tests.keys()].filter(isEmpty))
}

/** Tests whose input or answer a validator refuses. */
function refusedTests({ places }: Subject, findings: readonly Finding[]): ReadonlySet<number> {
  const refused = new Set(
    findings.flatMap(({ id, file }) => (id === 'input-refused' || id === 'answer-refused' ? [file] : [])),
  )
  return new Set(
    [...places.keys()].filter((at) => refused.has(places[at]?.input ?? '') || refused.has(places[at]?.answer ?? '')),
  )
}

const isFilled = ({ expected }: { readonly expected: string }): boolean => expected !== ''

/** Whether the tests are still what they are made to be; an empty one is told already. */
async function checkMaking(
  { spec, madeTests, generator }: Subject,
  skipped: Map<CheckId, SkipReason>,
  executor: Executor,
  signal: AbortSignal,
  onProgress: (what: string) => void,
): Promise<Finding[]> {
  const made = checkMadeTests({ spec, madeTests: madeTests.filter(isFilled) })
  if (generator === undefined) {
    skipped.set('generators', 'nothing-to-check')
    return made
  }
  onProgress(generator.path)
  const tests = generator.tests.filter(isFilled)
  return [...made, ...(await checkGenerator({ ...generator, tests }, executor, signal))]
}
