// Mutants: programs that differ from a correct one in one place, each like a mistake somebody could make.
import * as z from 'zod'
import type { ExecutionLimits } from '../../contract/execution.ts'
import type { Executor } from '../../ports.ts'
import { pythonMutator } from './python-mutator.ts'

const MiB = 1024 * 1024
const mutatorLimits: ExecutionLimits = { cpuMs: 10_000, wallMs: 20_500, memoryBytes: 512 * MiB, outputBytes: 16 * MiB }

const mutantSchema = z.object({
  /** Of the change, from 1. */
  line: z.int(),
  /** Family of the change: `comparison`, `constant`, … */
  operator: z.string(),
  /** The changed line, or lines, without indentation. */
  before: z.string(),
  after: z.string(),
  source: z.string(),
})
export type Mutant = z.infer<typeof mutantSchema>

export interface MutantOptions {
  /** Most mutants. */
  readonly limit: number
  /** Which ones are chosen, when there are more. */
  readonly seed: number
}

/** Mutants of a Python program that compiles, by line; the same ones for the same seed. Throws what the executor throws. */
export async function pythonMutants(
  source: string,
  executor: Executor,
  signal: AbortSignal,
  { limit = 60, seed = 1 }: Partial<MutantOptions> = {},
): Promise<Mutant[]> {
  const { results } = await executor.run(
    {
      version: 1,
      program: { language: 'python', files: [{ name: 'main.py', text: pythonMutator }] },
      tests: [{ input: JSON.stringify({ source, limit, seed }) }],
      limits: mutatorLimits,
      hashSeed: 0,
    },
    signal,
  )
  const [result] = results
  if (result?.outcome !== 'exited' || result.exitCode !== 0) {
    throw new Error(`No mutants were made: ${result?.stderr.trim().split('\n').at(-1) ?? 'the mutator was not run'}`)
  }
  return z.array(mutantSchema).parse(JSON.parse(result.stdout))
}
