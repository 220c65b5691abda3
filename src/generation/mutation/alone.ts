// Running one program of any language without other programs beside it: each input in a process of its own, or in Java all of
// them in one machine.
import type { ExecutionBatch, ExecutionLimits, ExecutionResult } from '../../contract/execution.ts'
import type { ExecutorLanguage } from '../../contract/languages.ts'
import type { Executor } from '../../ports.ts'
import { outcomeKey, type Outcome } from './harness.ts'
import { runJava } from './java-harness.ts'

const MiB = 1024 * 1024

/** CPU of one run: this many times the unchanged program's slowest, and no less than the floor of its language. */
export const slowestFactor = 10
const floorMs: Record<ExecutorLanguage, number> = { python: 200, c: 100, cpp: 100, java: 400, javascript: 200 }

/**
 * On how many inputs a program is run at once, one step after another; the last repeats. Where compiling costs more than
 * all the runs, there is one step: the next may find another environment, which has not compiled it.
 */
const steps: Record<ExecutorLanguage, readonly number[]> = {
  python: [8, 32, 120, 200],
  c: [200],
  cpp: [200],
  java: [4, 12, 48, 200],
  javascript: [4, 12, 48, 200],
}
const machineSteps = [12, 500]

/**
 * The outcomes on the first of the inputs, at least on one: as many as the step has, or fewer when one failed. Undefined
 * when the program does not compile.
 */
export type Run = (source: string, inputs: readonly string[], step: number) => Promise<readonly Outcome[] | undefined>

interface Known {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** How mutants of a program are run. Throws what the executor throws. */
export async function chooseRun(
  source: string,
  language: ExecutorLanguage,
  known: Known,
  executor: Executor,
  signal: AbortSignal,
  { cpuMsEach: wanted, memoryBytes }: { readonly cpuMsEach?: number; readonly memoryBytes: number },
): Promise<Run> {
  const cpuMsEach = wanted ?? (await time(source, language, known.inputs, executor, signal, memoryBytes))
  if (language === 'java') {
    const limits = { cpuMsEach, memoryBytes }
    const run: Run = async (program, inputs, step) =>
      runJava(program, inputs.slice(0, sizeOf(machineSteps, step)), executor, signal, limits)
    const outcomes = (await run(source, known.inputs, 1)) ?? []
    const isSame = outcomes.every(
      ({ ended, output }, at) => ended === 'ok' && outcomeKey(output) === outcomeKey(known.outputs[at] ?? ''),
    )
    if (outcomes.length > 0 && isSame) return run
  }
  return async (program, inputs, step) => {
    const some = inputs.slice(0, sizeOf(steps[language], step))
    const { compile, results } = await executor.run(
      batchOf(program, language, some, limitsOf(cpuMsEach, memoryBytes)),
      signal,
    )
    return compile.ok ? results.map(outcomeOf) : undefined
  }
}

const sizeOf = (sizes: readonly number[], step: number): number => sizes[step] ?? sizes.at(-1) ?? 1

/** CPU for a run, from the longest inputs. */
async function time(
  source: string,
  language: ExecutorLanguage,
  inputs: readonly string[],
  executor: Executor,
  signal: AbortSignal,
  memoryBytes: number,
): Promise<number> {
  const longest = [...inputs].sort((left, right) => right.length - left.length).slice(0, 4)
  const { results } = await executor.run(batchOf(source, language, longest, limitsOf(2_000, memoryBytes)), signal)
  return Math.ceil(Math.max(floorMs[language], slowestFactor * Math.max(0, ...results.map(({ cpuMs }) => cpuMs))))
}

function outcomeOf({ outcome, exitCode, stdout }: ExecutionResult): Outcome {
  if (outcome === 'exited' && exitCode === 0) return { ended: 'ok', output: stdout }
  return { ended: outcome === 'cpu-limit' || outcome === 'wall-limit' ? 'time' : 'error', output: '' }
}

function limitsOf(cpuMs: number, memoryBytes: number): ExecutionLimits {
  return { cpuMs, wallMs: 2 * cpuMs + 500, memoryBytes, outputBytes: 1 * MiB }
}

function batchOf(
  source: string,
  language: ExecutorLanguage,
  inputs: readonly string[],
  limits: ExecutionLimits,
): ExecutionBatch {
  const program = { language, files: [{ name: 'main.txt', text: source }] }
  const tests = inputs.map((input) => ({ input }))
  // A failure is a kill, and more of them may be as slow as this one.
  return { version: 1, program, tests, limits, hashSeed: 0, stopOnFirstFailure: true }
}
