// How strong tests are: what mutants of an accepted program do on them, and on further legal inputs that tell who is equivalent.
import type { Program } from '../contract/execution.ts'
import { killMutants } from '../generation/mutation/kill.ts'
import { mutantsOf } from '../generation/mutation/mutants.ts'
import type { Executor } from '../ports.ts'
import { areRight } from './checking.ts'
import { type Finding, finding } from './findings.ts'
import { inputPool } from './input-pool.ts'
import { outcomesOf } from './quick-runs.ts'
import type { ExampleSubmission, Subject } from './subject.ts'

/** A legal input with what accepted programs print for it. */
export interface Known {
  readonly name: string
  readonly input: string
  readonly answer: string
}

/** What can be said of the tests' strength, and what better tests can be made of. */
export interface Strength {
  readonly findings: readonly Finding[]
  /** The tests, then the further inputs. */
  readonly known: readonly Known[]
  /** How many of `known` are tests. */
  readonly tests: number
  /** Indices of `known` that kill each mutant. */
  readonly kills: readonly (readonly number[])[]
}

const mostMutants = 40
/** Each survivor is one finding, and many are one complaint. */
const mostFindings = 8

/** Measures. Undefined when no accepted program can be mutated. Throws what the executor throws. */
export async function measureStrength(
  subject: Subject,
  accepted: readonly ExampleSubmission[],
  executor: Executor,
  signal: AbortSignal,
): Promise<Strength | undefined> {
  const { arena } = subject
  const [first, second] = inOrderOfUse(accepted)
  const source = first === undefined ? undefined : sourceOf(first.program)
  if (first === undefined || source === undefined) return undefined
  const pool = await inputPool(subject, executor, signal)
  const answered = await answers(first, pool, subject, executor, signal)
  const { agreed, disputed } =
    second === undefined
      ? { agreed: answered, disputed: undefined }
      : await agreement(second, answered, subject, executor, signal)
  const tests = arena.tests.map(({ name, input, answer }) => ({ name, input, answer }))
  const known = [...tests, ...agreed]
  const { language } = first.program
  const mutants = await mutantsOf(source, language, executor, signal, { limit: mostMutants })
  const fates = await killMutants(
    {
      source,
      language,
      mutants,
      inputs: known.map(({ input }) => input),
      outputs: known.map(({ answer }) => answer),
      accepts: async (answer, output, input) => {
        const [isRight] = await areRight(arena.checker, [{ name: '', input, output, answer }], executor, signal)
        return isRight === true
      },
    },
    executor,
    signal,
    // One more than the tests could use up: a kill by the tests is known to be one.
    { stopAfter: 6, memoryBytes: arena.limits.memoryBytes },
  )
  const survivors = fates.flatMap(({ mutant, kills, late }) => {
    // A kill by time alone may be the machine's.
    const isWeakness = kills.some((at) => !late.includes(at)) && kills.every((at) => at >= tests.length)
    return isWeakness ? [mutant] : []
  })
  const findings = survivors
    .slice(0, mostFindings)
    .map(({ line, before, after }) =>
      finding('mutant-survives', first.path, { line, change: `${before} → ${after}` }, line),
    )
  const told = disputed === undefined || second === undefined ? [] : [disagreement(second, disputed)]
  return {
    findings: [...told, ...findings],
    known,
    tests: tests.length,
    kills: fates.map(({ kills }) => kills),
  }
}

/** Python first: its mutants are made by the syntax tree, and many run in one process. */
function inOrderOfUse(accepted: readonly ExampleSubmission[]): ExampleSubmission[] {
  const { python = [], other = [] } = Object.groupBy(accepted, ({ program }) =>
    program.language === 'python' ? 'python' : 'other',
  )
  return [...python, ...other]
}

function sourceOf({ files }: Program): string | undefined {
  const [main, ...others] = files
  return others.length === 0 ? main?.text : undefined
}

/** The pool with a program's outputs, without what it does not master in time. */
async function answers(
  { program }: ExampleSubmission,
  pool: readonly { name: string; input: string }[],
  { arena }: Subject,
  executor: Executor,
  signal: AbortSignal,
): Promise<Known[]> {
  const inputs = pool.map(({ input }) => input)
  const outcomes = (await outcomesOf(program, inputs, arena.limits, executor, signal)) ?? []
  return pool.flatMap(({ name, input }, index) => {
    const outcome = outcomes[index]
    return outcome?.ended === 'ok' ? [{ name, input, answer: outcome.output }] : []
  })
}

/** What a second accepted program agrees with, and the first input on which it does not. */
async function agreement(
  { program }: ExampleSubmission,
  answered: readonly Known[],
  { arena }: Subject,
  executor: Executor,
  signal: AbortSignal,
): Promise<{ agreed: Known[]; disputed: Known | undefined }> {
  const inputs = answered.map(({ input }) => input)
  const outcomes = await outcomesOf(program, inputs, arena.limits, executor, signal)
  if (outcomes === undefined) return { agreed: [...answered], disputed: undefined }
  const cases = answered.map((known, index) => ({ ...known, output: outcomes[index]?.output ?? '' }))
  const right = await areRight(arena.checker, cases, executor, signal)
  const isSame = (index: number): boolean => outcomes[index]?.ended === 'ok' && right[index] === true
  return {
    agreed: answered.filter((_known, index) => isSame(index)),
    disputed: answered.find((_known, index) => !isSame(index)),
  }
}

function disagreement({ path }: ExampleSubmission, { input }: Known): Finding {
  const shown = input.length > 80 ? `${input.slice(0, 80)}…` : input
  return finding('accepted-disagree', path, { input: JSON.stringify(shown) })
}
