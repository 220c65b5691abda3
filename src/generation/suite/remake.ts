// Makes tests again from what is stored about their origin: the generator's line, or the name among the spec's inputs.
import type { InputSpec } from '../../contract/input-spec.ts'
import type { TestOrigin } from '../../contract/problem.ts'
import type { Executor } from '../../ports.ts'
import { canonicalInput } from '../canonical.ts'
import { batchOf, generatorLimits, hashSeeds, isClean, type Source } from '../programs.ts'
import { specInputs } from '../spec/families.ts'

/** What is needed to make a problem's tests again. */
export interface Recipe {
  readonly spec: InputSpec
  readonly generator: Source
  readonly origins: readonly TestOrigin[]
}

/**
 * The inputs, in the order of the origins; undefined where nothing of that name can be made. Made under another hash seed
 * than they were at first: bytes that depend on it differ. Throws what the executor throws.
 */
export async function remakeInputs(
  { spec, generator, origins }: Recipe,
  executor: Executor,
  signal: AbortSignal,
): Promise<(string | undefined)[]> {
  const lines = [...new Set(origins.flatMap((origin) => (origin.from === 'generator' ? [lineOf(origin)] : [])))]
  const batch = batchOf(
    generator,
    lines.map((line) => `${line}\n`),
    generatorLimits,
    hashSeeds.other,
  )
  const { results } = lines.length === 0 ? { results: [] } : await executor.run(batch, signal)
  const families = new Map<string, ReadonlyMap<string, string>>()
  return origins.map((origin) => {
    if (origin.from === 'generator') {
      const result = results[lines.indexOf(lineOf(origin))]
      return isClean(result) ? canonicalInput(result.stdout, spec) : undefined
    }
    const known = families.get(origin.family)
    const family = known ?? new Map(specInputs(spec, origin.family).map(({ name, input }) => [name, input]))
    families.set(origin.family, family)
    return family.get(origin.name)
  })
}

/** What makes a test, in words that a person can use. */
export function originText(origin: TestOrigin): string {
  return origin.from === 'generator' ? `generator ${lineOf(origin)}` : `spec ${origin.family} ${origin.name}`
}

function lineOf({ strategy, seed }: Extract<TestOrigin, { from: 'generator' }>): string {
  return `${strategy} ${seed}`
}
