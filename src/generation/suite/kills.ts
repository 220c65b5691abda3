// Which inputs tell mutants and wrong solutions from the reference.
import type { Verification } from '../../contract/verification.ts'
import { isClean, namesOf, sourceOf, tinyLimits } from '../programs.ts'
import type { Workbench } from '../workbench.ts'

/** A program that ought to be found out. */
export interface Target {
  readonly record: Verification['mutation']['survivors'][number]
  readonly source: string
  /** Indices of the inputs on which it errs; -1 stands for an input beyond those that were tried here. */
  readonly killedBy: number[]
}

export interface Kills {
  readonly targets: readonly Target[]
}

interface Case {
  readonly input: string
  readonly answer: string
}

/** Mutants of the reference. */
export async function killedMutants(_bench: Workbench, _cases: readonly Case[]): Promise<Kills> {
  return { targets: [] }
}

/** The draft's wrong solutions. */
export async function killedWrongSolutions(bench: Workbench, cases: readonly Case[]): Promise<Kills> {
  const inputs = cases.map(({ input }) => input)
  const targets = await Promise.all(
    namesOf(bench.draft, 'wrong').map(async (name) => {
      const results = await bench.execute(name, inputs, tinyLimits)
      const killedBy: number[] = []
      const claims = cases.map(({ input, answer }, index) => ({ input, answer, output: results[index]?.stdout ?? '' }))
      const agreed = await bench.agree(claims)
      cases.forEach((_, index) => {
        if (!isClean(results[index]) || agreed[index] === false) killedBy.push(index)
      })
      const record = { line: 0, operator: 'idea', before: '', after: '' }
      return { record, source: sourceOf(bench.draft, name).code, killedBy }
    }),
  )
  return { targets }
}
