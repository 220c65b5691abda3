// Runs a program of a package on several inputs, for the checks that look at exit codes and outputs themselves.
import type { ExecutionLimits, ExecutionResult, ExecutionTest, Program } from '../contract/execution.ts'
import { requestTestsLimit } from '../contract/execution.ts'
import type { Executor } from '../ports.ts'

const MiB = 1024 * 1024
/** For validators and generators, and for accepted programs beyond their own limits. */
const generousLimits = { cpuMs: 20_000, wallMs: 45_000, memoryBytes: 1024 * MiB, outputBytes: 32 * MiB }

/** The results in order, or why there are none. */
export type Runs =
  | { readonly compiled: true; readonly results: readonly ExecutionResult[] }
  | { readonly compiled: false; readonly log: string }

/** Runs a program. Throws what the executor throws. */
export async function runProgram(
  program: Program,
  tests: readonly Pick<ExecutionTest, 'input' | 'args'>[],
  executor: Executor,
  signal: AbortSignal,
  { hashSeed = 0, limits = generousLimits }: { hashSeed?: number; limits?: ExecutionLimits } = {},
): Promise<Runs> {
  const results: ExecutionResult[] = []
  for (let at = 0; at < Math.max(1, tests.length); at += requestTestsLimit) {
    const slice = tests.slice(at, at + requestTestsLimit).map(({ input, args }) => ({ input, ...(args && { args }) }))
    const batch = await executor.run({ version: 1, program, tests: slice, limits, hashSeed }, signal)
    if (!batch.compile.ok) return { compiled: false, log: batch.compile.log }
    results.push(...batch.results)
  }
  return { compiled: true, results }
}

/** The first line of what somebody has said, short enough for a finding. */
export function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > 120 ? `${line.slice(0, 120)}…` : line
}
