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
import type { Subject } from './subject.ts'

/** Why a check was left out. */
export type SkipReason = 'nothing-to-check' | 'no-tests' | 'validator-fails' | 'no-spec'

export interface SubjectCheck {
  readonly findings: readonly Finding[]
  readonly skipped: ReadonlyMap<CheckId, SkipReason>
  /** Undefined when the submissions could not be judged. */
  readonly runs: SubmissionRuns | undefined
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
  if (subject.inputValidators.length === 0) skipped.set('input-validators', 'nothing-to-check')
  else {
    onProgress('input_validators')
    findings.push(...(await checkInputValidators(subject, executor, signal)))
  }
  onProgress('output_validators')
  const outputs = await checkOutputValidator(subject, executor, signal)
  findings.push(...outputs, ...checkCoverage(subject), ...checkMadeTests(subject))
  if (subject.generator === undefined) skipped.set('generators', 'nothing-to-check')
  else {
    onProgress(subject.generator.path)
    findings.push(...(await checkGenerator(subject.generator, executor, signal)))
  }
  if (outputs.some(({ id }) => id === 'output-validator-broken')) {
    skipped.set('submissions', 'validator-fails')
    return { findings, skipped, runs: undefined }
  }
  try {
    const runs = await checkSubmissions(subject, executor, signal, onProgress)
    return { findings: [...findings, ...runs.findings], skipped, runs }
  } catch (error) {
    signal.throwIfAborted()
    // What a submission prints may break a validator that took the answers.
    if (!(error instanceof AppError) || error.code !== 'internal' || subject.outputValidatorPath === undefined)
      throw error
    skipped.set('submissions', 'validator-fails')
    const broken = finding('output-validator-broken', subject.outputValidatorPath, { reason: firstLine(error.message) })
    return { findings: [...findings, broken], skipped, runs: undefined }
  }
}
