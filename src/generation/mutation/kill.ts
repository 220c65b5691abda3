// Which inputs tell mutants of a program from the program. Cheap first: a mutant that was told apart often enough is run
// no more.
import type { ExecutorLanguage } from '../../contract/languages.ts'
import type { Executor } from '../../ports.ts'
import { chooseRun, slowestFactor, type Run } from './alone.ts'
import { measureTogether, outcomeKey, runTogether, type Outcome } from './harness.ts'
import type { Mutant } from './mutants.ts'

const MiB = 1024 * 1024

/** CPU of one run in a shared process, at least. */
const togetherFloorMs = 30

/** Mutants under way at once. */
const lanes = 2

/** Whether an output is right where another is known to be. Outputs beyond 2,000 bytes come as their `outcomeKey`. */
type Accepts = (expected: string, output: string, input: string) => boolean | Promise<boolean>

export interface KillTask {
  /** The unchanged program; in Python it has to have passed G1. */
  readonly source: string
  readonly language: ExecutorLanguage
  readonly mutants: readonly Mutant[]
  readonly inputs: readonly string[]
  /** What the unchanged program prints for each input. */
  readonly outputs: readonly string[]
  /** Asked only about outputs that differ in their tokens. Default: never. */
  readonly accepts?: Accepts
}

export interface KillOptions {
  /** Kills after which a mutant is run no more; one by time counts as two. Default 4. */
  readonly stopAfter?: number
  /** CPU of one run; default: from the unchanged program's. */
  readonly cpuMsEach?: number
  /** Default 256 MiB. */
  readonly memoryBytes?: number
}

/** What became of a mutant. A survivor of all inputs may be equivalent: the caller decides by `tried`. */
export interface MutantFate {
  readonly mutant: Mutant
  /** Indices of the inputs on which it answered wrongly, failed or took too long, ascending. */
  readonly kills: readonly number[]
  /** Those of the kills that are only about time. */
  readonly late: readonly number[]
  /** It was run on the inputs before this index. */
  readonly tried: number
}

interface Fate extends MutantFate {
  readonly kills: number[]
  readonly late: number[]
  tried: number
}

type Known = Required<Pick<KillTask, 'inputs' | 'outputs' | 'accepts'>>

/**
 * Runs the mutants on the inputs, in order, and tells which of them kill which. Mutants that do not compile are left out.
 * Throws what the executor throws.
 */
export async function killMutants(
  { source, language, mutants, accepts = () => false, ...known }: KillTask,
  executor: Executor,
  signal: AbortSignal,
  options: KillOptions = {},
): Promise<MutantFate[]> {
  const task = { ...known, accepts }
  const { stopAfter = 4, memoryBytes = 256 * MiB } = options
  const together =
    language === 'python' && (await timeTogether(source, task, executor, signal, { ...options, memoryBytes }))
  const fates = mutants.map((mutant): Fate => ({ mutant, kills: [], late: [], tried: 0 }))
  if (together !== false && together !== undefined) {
    await killTogether(fates, task, executor, signal, { stopAfter, memoryBytes, cpuMsEach: together })
    return fates
  }
  const run = await chooseRun(source, language, task, executor, signal, { ...options, memoryBytes })
  const compiled = new Set<Fate>()
  const waiting = [...fates]
  const work = async (): Promise<void> => {
    for (let fate = waiting.shift(); fate !== undefined; fate = waiting.shift()) {
      if (await killAlone(fate, run, task, stopAfter)) compiled.add(fate)
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return fates.filter((fate) => compiled.has(fate))
}

/** CPU for a run in a shared process, or undefined when the unchanged program does not live in one. */
async function timeTogether(
  source: string,
  { inputs, outputs }: Known,
  executor: Executor,
  signal: AbortSignal,
  { cpuMsEach, memoryBytes }: { cpuMsEach?: number; memoryBytes: number },
): Promise<number | undefined> {
  const own = { cpuMsEach: cpuMsEach ?? 2_000, memoryBytes, expected: outputs, stopAfter: 1 }
  const [row] = await measureTogether([source], inputs, executor, signal, own)
  const isSame = row?.outcomes.every(
    ({ ended, output }, at) => ended === 'ok' && outcomeKey(output) === outcomeKey(outputs[at] ?? ''),
  )
  if (row === undefined || isSame !== true) return undefined
  return cpuMsEach ?? Math.ceil(Math.max(togetherFloorMs, slowestFactor * row.slowestMs))
}

async function killTogether(
  fates: readonly Fate[],
  task: Known,
  executor: Executor,
  signal: AbortSignal,
  { stopAfter, ...limits }: { stopAfter: number; cpuMsEach: number; memoryBytes: number },
): Promise<void> {
  const sources = fates.map(({ mutant }) => mutant.source)
  const first = { ...limits, stopAfter, expected: task.outputs }
  const rows = await runTogether(sources, task.inputs, executor, signal, first)
  await Promise.all(fates.map(async (fate, index) => judge(fate, rows[index] ?? [], task)))
  // Other outputs than the known ones may be right: go on where they are, with more patience each time.
  const goOn = async (fate: Fate): Promise<void> => {
    for (let patience = 2 * stopAfter; !isOver(fate, task, stopAfter); patience *= 2) {
      const inputs = task.inputs.slice(fate.tried)
      const more = { ...limits, stopAfter: patience, expected: task.outputs.slice(fate.tried) }
      const [row = []] = await runTogether([fate.mutant.source], inputs, executor, signal, more)
      await judge(fate, row, task)
    }
  }
  await Promise.all(fates.map(goOn))
}

/** Whether the mutant compiles. */
async function killAlone(fate: Fate, run: Run, task: Known, stopAfter: number): Promise<boolean> {
  for (let step = 0; !isOver(fate, task, stopAfter); step += 1) {
    const outcomes = await run(fate.mutant.source, task.inputs.slice(fate.tried), step)
    if (outcomes === undefined) return false
    await judge(fate, outcomes, task)
  }
  return true
}

function isOver({ kills, late, tried }: Fate, { inputs }: Known, stopAfter: number): boolean {
  return tried >= inputs.length || kills.length + late.length >= stopAfter
}

/** Notes the outcomes of the inputs that follow what was tried. */
async function judge(fate: Fate, outcomes: readonly Outcome[], { inputs, outputs, accepts }: Known): Promise<void> {
  const verdicts = await Promise.all(
    outcomes.map(async ({ ended, output }, offset) => {
      const at = fate.tried + offset
      const expected = outputs[at] ?? ''
      if (ended !== 'ok' || outcomeKey(output) === outcomeKey(expected)) return ended === 'ok'
      return accepts(expected, output, inputs[at] ?? '')
    }),
  )
  for (const [offset, isRight] of verdicts.entries()) {
    if (isRight) continue
    fate.kills.push(fate.tried + offset)
    if (outcomes[offset]?.ended === 'time') fate.late.push(fate.tried + offset)
  }
  fate.tried += outcomes.length
}
