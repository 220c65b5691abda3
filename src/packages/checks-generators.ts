// Executed check of a generator: it makes the same inputs again, under another hash seed, too.
import type { Executor } from '../ports.ts'
import { type Finding, finding } from './findings.ts'
import { runProgram } from './run-program.ts'
import type { RemakingGenerator } from './subject.ts'

/** Any but the one that everything else runs with. */
const otherHashSeed = 20_231_107

/** One finding for each test that comes out otherwise. */
export async function checkGenerator(
  { path, program, tests }: RemakingGenerator,
  executor: Executor,
  signal: AbortSignal,
): Promise<Finding[]> {
  const inputs = tests.map(({ line }) => ({ input: line }))
  const runs = await runProgram(program, inputs, executor, signal, otherHashSeed)
  if (!runs.compiled) return [finding('submission-broken', path)]
  return tests.flatMap((test, index) =>
    runs.results[index]?.stdout === test.expected ? [] : [finding('generator-differs', test.path)],
  )
}
