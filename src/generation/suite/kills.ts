// Which inputs tell mutants and wrong solutions from the reference.
import type { Verification } from '../../contract/verification.ts'
import { outcomeKey, runTogether } from '../mutation/harness.ts'
import { killMutants } from '../mutation/kill.ts'
import { MutatorError, pythonMutants } from '../mutation/mutants.ts'
import { namesOf, sourceOf, tinyLimits } from '../programs.ts'
import type { Claim, Workbench } from '../workbench.ts'

/** Mutants of a reference; more show little that these do not. */
const mostMutants = 60
/** How often a mutant is killed before it is left alone; the suite chooses among these inputs. */
const enoughKills = 6
/** The same for wrong solutions, which are few: the more inputs are known, the smaller the tests. */
const enoughRefutations = 24

/** A program that ought to be found out. */
interface Target {
  readonly record: Verification['mutation']['survivors'][number]
  readonly source: string
  /** Indices of the inputs on which it errs; -1 stands for an input beyond those that were tried here. */
  readonly killedBy: number[]
  /** Those on which it took far longer than the reference: whether that is too long shows only under the limits. */
  readonly late: readonly number[]
}

export interface Kills {
  readonly targets: readonly Target[]
}

/** An input and what the reference prints on it. */
interface Case {
  readonly input: string
  readonly answer: string
}

/** Mutants of the reference. */
export async function killedMutants(bench: Workbench, cases: readonly Case[]): Promise<Kills> {
  const { executor, signal } = bench
  const { code: source, language } = sourceOf(bench.draft, 'reference')
  const mutants = await pythonMutants(source, executor, signal, { limit: mostMutants, seed: 1 }).catch(
    (thrown: unknown) => {
      if (thrown instanceof MutatorError) return []
      throw thrown
    },
  )
  const inputs = cases.map(({ input }) => input)
  const outputs = cases.map(({ answer }) => answer)
  const accepts = decider(bench)
  const task = { source, language, mutants, inputs, outputs, ...(accepts === undefined ? {} : { accepts }) }
  const fates = await killMutants(task, executor, signal, { stopAfter: enoughKills })
  return {
    targets: fates.map(({ mutant: { line, operator, before, after, source: code }, kills, late }) => ({
      record: { line, operator, before, after },
      source: code,
      killedBy: kills.filter((at) => !late.includes(at)),
      late,
    })),
  }
}

/** The draft's wrong solutions. */
export async function killedWrongSolutions(bench: Workbench, cases: readonly Case[]): Promise<Kills> {
  const names = namesOf(bench.draft, 'wrong')
  const sources = names.map((name) => sourceOf(bench.draft, name).code)
  const inputs = cases.map(({ input }) => input)
  const expected = cases.map(({ answer }) => answer)
  const { cpuMs, memoryBytes } = tinyLimits
  const accepts = decider(bench)
  const options = {
    cpuMsEach: cpuMs / 4,
    memoryBytes,
    ...(accepts === undefined ? { stopAfter: enoughRefutations, expected } : {}),
  }
  const rows = await runTogether(sources, inputs, bench.executor, bench.signal, options)
  const targets = await Promise.all(
    rows.map(async (row, program) => {
      const verdicts = await Promise.all(
        row.map(async ({ ended, output }, index) => {
          const answer = expected[index] ?? ''
          if (ended !== 'ok') return false
          return (
            outcomeKey(answer) === outcomeKey(output) || (await accepts?.(answer, output, inputs[index] ?? '')) === true
          )
        }),
      )
      const record = { line: 0, operator: 'idea', before: '', after: '' }
      const killedBy = verdicts.flatMap((isRight, index) => (isRight ? [] : [index]))
      return { record, source: sources[program] ?? '', killedBy, late: [] }
    }),
  )
  return { targets }
}

/**
 * Decides about outputs that differ in their words; undefined where these are wrong anyway. What is asked at the same time
 * is judged together, in one batch.
 */
export function decider(
  bench: Workbench,
): ((answer: string, output: string, input: string) => Promise<boolean>) | undefined {
  if (bench.checker.kind === 'tokens') return undefined
  const known = new Map<string, Promise<boolean>>()
  let asked: Claim[] = []
  let judging: Promise<boolean[]> | undefined
  const judge = async (): Promise<boolean[]> => {
    await new Promise((resolve) => setImmediate(resolve))
    const claims = asked
    asked = []
    judging = undefined
    return bench.agree(claims)
  }
  return (answer, output, input) => {
    const key = JSON.stringify([input, output])
    const decided = known.get(key)
    if (decided !== undefined) return decided
    judging ??= judge()
    const place = asked.push({ input, output, answer }) - 1
    const deciding = judging.then((verdicts) => verdicts[place] === true)
    known.set(key, deciding)
    return deciding
  }
}
