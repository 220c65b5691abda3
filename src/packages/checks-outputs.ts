// Executed checks of the output validator: it accepts every answer and every valid output, refuses garbage, and never fails.
import { AppError } from '../errors.ts'
import { compare } from '../judge/checkers.ts'
import { type CheckerCase, checkOutputs, type CustomChecker } from '../judge/custom-checker.ts'
import type { Executor } from '../ports.ts'
import { type Finding, finding } from './findings.ts'
import { garbage } from './junk.ts'
import { firstLine } from './run-program.ts'
import type { Subject } from './subject.ts'

/** Tests for which garbage is made: validators fail by kind, not by test. */
const examples = 12

/** Checks the output validator by running it; of the default one only what the package itself claims. */
export async function checkOutputValidator(
  subject: Subject,
  executor: Executor,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { arena, places, knownOutputs, outputValidatorPath = 'output_validators' } = subject
  const { checker, tests } = arena
  const known = knownOutputs.map(({ path, ...rest }) => ({ name: path, ...rest }))
  if (checker.kind !== 'custom') {
    return knownOutputs.flatMap(({ path, isValid, output, answer }) =>
      compare(checker, output, answer).accepted === isValid ? [] : [mistaken(path, isValid)],
    )
  }
  const answers = tests.map(({ name, input, answer }) => ({ name, input, output: answer, answer }))
  const trials = tests.slice(0, examples).flatMap(({ name, input, answer }, index) => {
    const other = tests.find((test, at) => at !== index && test.answer.trim() !== answer.trim())
    return garbage(answer, other?.answer)
      .filter(({ output }) => output.trim() !== answer.trim())
      .map(({ kind, output }) => ({ kind, name, input, output, answer }))
  })
  const decisions = await decide(checker, [...answers, ...known, ...trials], executor, signal)
  if (typeof decisions === 'string')
    return [finding('output-validator-broken', outputValidatorPath, { reason: decisions })]
  const findings: Finding[] = []
  answers.forEach((_case, index) => {
    const decision = decisions[index]
    if (decision?.accepted !== false) return
    const reason = decision.note === null ? '' : `: ${decision.note}`
    findings.push(finding('answer-refused', places[index]?.answer ?? '', { reason }))
  })
  knownOutputs.forEach(({ path, isValid }, index) => {
    if (decisions[answers.length + index]?.accepted !== isValid) findings.push(mistaken(path, isValid))
  })
  const kinds = new Map<string, boolean>()
  trials.forEach(({ kind }, index) => {
    const isAccepted = decisions[answers.length + known.length + index]?.accepted === true
    kinds.set(kind, (kinds.get(kind) ?? true) && isAccepted)
  })
  const accepted = [...kinds].flatMap(([kind, all]) => (all ? [kind] : []))
  if (accepted.length > 0)
    findings.push(finding('garbage-accepted', outputValidatorPath, { kinds: accepted.join(', ') }))
  return findings
}

function mistaken(path: string, isValid: boolean): Finding {
  return finding(isValid ? 'valid-output-refused' : 'invalid-output-accepted', path)
}

type Decision = { readonly accepted: boolean; readonly note: string | null }

/** The decisions, or why the validator failed. */
async function decide(
  checker: CustomChecker,
  cases: readonly CheckerCase[],
  executor: Executor,
  signal: AbortSignal,
): Promise<readonly Decision[] | string> {
  const decisions: Decision[] = []
  try {
    for await (const decision of checkOutputs(checker, cases, executor, signal)) decisions.push(decision)
    return decisions
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code === 'executor-unavailable') throw error
    return firstLine(error.message)
  }
}
