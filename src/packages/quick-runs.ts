// What a program prints on many small inputs: in Python many runs share a process, elsewhere each has its own.
import type { Program } from '../contract/execution.ts'
import { type Outcome, runTogether } from '../generation/mutation/harness.ts'
import type { Executor } from '../ports.ts'
import { runProgram } from './run-program.ts'
import type { Arena } from './trial.ts'

/**
 * How the program ended on each input; undefined when it does not compile. Good enough to choose by: what is written
 * down afterwards is run again by itself.
 */
export async function outcomesOf(
  program: Program,
  inputs: readonly string[],
  limits: Arena['limits'],
  executor: Executor,
  signal: AbortSignal,
): Promise<readonly Outcome[] | undefined> {
  const { timeMs, memoryBytes, outputBytes } = limits
  const [main, ...others] = program.files
  if (program.language === 'python' && main !== undefined && others.length === 0) {
    const options = { cpuMsEach: timeMs, memoryBytes }
    const [row = []] = await runTogether([main.text], inputs, executor, signal, options)
    // Long outputs come back as hashes, which nothing can be compared with but by tokens.
    const isWhole = row.length === inputs.length && row.every(({ output }) => !output.startsWith('sha256:'))
    if (isWhole) return row
  }
  const own = { cpuMs: timeMs, wallMs: 2 * timeMs + 2_000, memoryBytes, outputBytes }
  const runs = await runProgram(
    program,
    inputs.map((input) => ({ input })),
    executor,
    signal,
    { limits: own },
  )
  if (!runs.compiled) return undefined
  return runs.results.map(({ outcome, exitCode, stdout }) => {
    if (outcome === 'exited' && exitCode === 0) return { ended: 'ok', output: stdout }
    return { ended: outcome === 'cpu-limit' || outcome === 'wall-limit' ? 'time' : 'error', output: '' }
  })
}
