// Checks of how tests were made: the generator prints the same inputs again, under another hash seed, and so does the spec.
import { type InputFamily, specInputs } from '../generation/spec/families.ts'
import type { Executor } from '../ports.ts'
import { type Finding, finding } from './findings.ts'
import { firstLine, runProgram } from './run-program.ts'
import type { RemakingGenerator, Subject } from './subject.ts'

/** Any but the one that everything else runs with. */
const otherHashSeed = 20_231_107

/** One finding for each test that comes out otherwise. */
export async function checkGenerator(
  { path, program, tests }: RemakingGenerator,
  executor: Executor,
  signal: AbortSignal,
): Promise<Finding[]> {
  const inputs = tests.map(({ line }) => ({ input: line }))
  const runs = await runProgram(program, inputs, executor, signal, { hashSeed: otherHashSeed })
  if (!runs.compiled) return [finding('submission-broken', path, { reason: firstLine(runs.log) })]
  return tests.flatMap((test, index) =>
    plain(runs.results[index]?.stdout ?? '') === plain(test.expected) ? [] : [finding('generator-differs', test.path)],
  )
}

/** A text without blanks at line ends and empty lines at its end, which are taken off what generators print. */
function plain(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd())
  while (lines.at(-1) === '') lines.pop()
  return lines.join('\n')
}

/** One finding for each test that the spec does not make any more. */
export function checkMadeTests({ spec, madeTests }: Pick<Subject, 'spec' | 'madeTests'>): Finding[] {
  if (spec === undefined) return []
  const families = new Map<InputFamily, ReadonlyMap<string, string>>()
  return madeTests.flatMap(({ path, family, name, expected }) => {
    const inputs =
      families.get(family) ?? new Map(specInputs(spec, family).map((made) => [made.name, made.input] as const))
    families.set(family, inputs)
    return inputs.get(name) === expected ? [] : [finding('generator-differs', path)]
  })
}
