// Many Python programs on many inputs in few processes. What comes back is evidence among programs that passed G1: they
// share a process, so whoever publishes a result runs it again by itself.
import { createHash } from 'node:crypto'
import type { ExecutionBatch, ExecutionResult } from '../../contract/execution.ts'
import type { Executor } from '../../ports.ts'
import { outcomeTextBytes, pythonHarness } from './python-harness.ts'

const MiB = 1024 * 1024

/** Processes at once. */
const lanes = 2
/** Most programs of one process: what one of them breaks is run again for the others. */
const programsOfProcess = 16
/** Most inputs of one process, and bytes of them and of what is expected. */
const inputsOfProcess = 3_000
const inputBytesOfProcess = 1 * MiB
/** CPU after which a process hands over to the next. */
const processBudgetMs = 8_000
/** A program that ends its process this often is run no more. */
const mostDeaths = 2

/** How a program ended on an input. Of outputs that are too long `output` has a hash; without `ok` it is empty. */
export interface Outcome {
  readonly ended: 'ok' | 'error' | 'time'
  readonly output: string
}

export interface TogetherOptions {
  /** CPU of one run. */
  readonly cpuMsEach: number
  /** Memory of one run. */
  readonly memoryBytes: number
  /** With `expected`: a program is run no more after so many other outcomes; a `time` counts as two. */
  readonly stopAfter?: number
  /** The outputs wanted, in the order of the inputs; blanks and line ends do not count. */
  readonly expected?: readonly string[]
  /** Default 0. */
  readonly hashSeed?: number
}

/** A program's outcomes, and the CPU of its slowest run that was measured. */
export interface ProgramOutcomes {
  readonly outcomes: readonly Outcome[]
  readonly slowestMs: number
}

/** A program on its way. */
interface Running {
  readonly source: string
  readonly outcomes: Outcome[]
  slowestMs: number
  /** Outcomes that were not wanted; a `time` counts twice. */
  bad: number
  /** Processes that it ended. */
  deaths: number
  /** Runs without others: it, or somebody beside it, ended a process. */
  isAlone: boolean
}

/** What does not change on the way. */
interface Task {
  readonly inputs: readonly string[]
  readonly expectedKeys: readonly string[] | undefined
  readonly options: TogetherOptions
}

/** Inputs from the first to before the second. */
interface Window {
  readonly from: number
  readonly to: number
}

/** An output as it is compared: one blank between tokens, and a hash of what is long. Takes an outcome's output too. */
export function outcomeKey(text: string): string {
  const key = text
    .split(/[ \t\n\r\v\f]+/)
    .filter((token) => token !== '')
    .join(' ')
  if (Buffer.byteLength(key) <= outcomeTextBytes) return key
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/**
 * Runs every program on every input, in order. A row is shorter than the inputs only where `stopAfter` ended it.
 * Throws what the executor throws.
 */
export async function runTogether(
  programs: readonly string[],
  inputs: readonly string[],
  executor: Executor,
  signal: AbortSignal,
  options: TogetherOptions,
): Promise<Outcome[][]> {
  const rows = await measureTogether(programs, inputs, executor, signal, options)
  return rows.map(({ outcomes }) => [...outcomes])
}

/** The same, with the time of each program's slowest run. */
export async function measureTogether(
  programs: readonly string[],
  inputs: readonly string[],
  executor: Executor,
  signal: AbortSignal,
  options: TogetherOptions,
): Promise<ProgramOutcomes[]> {
  const running = programs.map((source): Running => ({
    source,
    outcomes: [],
    slowestMs: 0,
    bad: 0,
    deaths: 0,
    isAlone: false,
  }))
  const expectedKeys = options.stopAfter === undefined ? undefined : options.expected?.map(outcomeKey)
  const task: Task = { inputs, expectedKeys, options }
  for (const window of windows(task)) {
    const isPending = (program: Running): boolean => !isStopped(program, task) && program.outcomes.length < window.to
    const pending = running.filter(isPending)
    const share = Math.max(1, Math.min(programsOfProcess, Math.ceil(pending.length / lanes)))
    const work = async (): Promise<void> => {
      for (let group = nextGroup(pending, share); group.length > 0; group = nextGroup(pending, share)) {
        const { compile, results } = await executor.run(batchOf(group, window, task), signal)
        const [result] = results
        if (result === undefined) throw new Error(`The harness was not run: ${compile.log}`)
        absorb(group, result, window, task)
        pending.push(...group.filter(isPending))
      }
    }
    await Promise.all(Array.from({ length: lanes }, work))
  }
  return running
}

/** Neighbouring inputs that one process can be given. */
function windows({ inputs, expectedKeys = [] }: Task): Window[] {
  const list: Window[] = []
  let from = 0
  let bytes = 0
  for (const [at, input] of inputs.entries()) {
    const size = Buffer.byteLength(input) + Buffer.byteLength(expectedKeys[at] ?? '')
    if (at > from && (bytes + size > inputBytesOfProcess || at - from === inputsOfProcess)) {
      list.push({ from, to: at })
      from = at
      bytes = 0
    }
    bytes += size
  }
  return inputs.length === 0 ? [] : [...list, { from, to: inputs.length }]
}

function nextGroup(pending: Running[], share: number): Running[] {
  const alone = pending.findIndex(({ isAlone }) => isAlone)
  return alone < 0 ? pending.splice(0, share) : pending.splice(alone, 1)
}

function isStopped({ bad }: Running, { expectedKeys, options }: Task): boolean {
  return expectedKeys !== undefined && bad >= (options.stopAfter ?? Infinity)
}

function batchOf(group: readonly Running[], { from, to }: Window, task: Task): ExecutionBatch {
  const { cpuMsEach, memoryBytes, stopAfter, hashSeed = 0 } = task.options
  const question = {
    programs: group.map(({ source, outcomes, bad }) => ({ source, from: outcomes.length - from, bad })),
    inputs: task.inputs.slice(from, to),
    cpuMs: cpuMsEach,
    budgetMs: processBudgetMs,
    memoryBytes,
    ...(task.expectedKeys !== undefined && { stopAfter, expected: task.expectedKeys.slice(from, to) }),
  }
  const cpuMs = processBudgetMs + 4 * cpuMsEach + 1_000
  return {
    version: 1,
    program: { language: 'python', files: [{ name: 'main.py', text: pythonHarness }] },
    tests: [{ input: JSON.stringify(question) }],
    limits: { cpuMs, wallMs: 2 * cpuMs, memoryBytes: memoryBytes + 128 * MiB, outputBytes: 4 * MiB },
    hashSeed,
  }
}

/** Takes over what a process told, and decides about the run that ended it, if one did. */
function absorb(group: readonly Running[], result: ExecutionResult, { to }: Window, task: Task): void {
  const before = group.map(({ outcomes }) => outcomes.length)
  const { current, hasEnded } = readReply(group, result.stdout, (program, outcome) => {
    if (program.outcomes.length < to && !isStopped(program, task)) add(program, outcome, task)
  })
  // It left by itself, at its end or to hand over; the harness does so only after a run.
  const hasMoved = group.some(({ outcomes }, index) => outcomes.length > (before[index] ?? 0))
  if (hasMoved && (hasEnded || (result.outcome === 'exited' && result.exitCode === 0))) return
  for (const program of current === undefined ? group : [current]) program.isAlone = true
  const [only, ...others] = group
  // Of a stopped process's reply the end may be missing, and what ran before may have caused it: only a run that was the
  // first of its process, and alone in it, has certainly ended it.
  if (only === undefined || others.length > 0 || hasMoved) return
  only.deaths += 1
  add(only, { ended: isLate(result) ? 'time' : 'error', output: '' }, task)
  if (only.deaths < mostDeaths) return
  while (only.outcomes.length < task.inputs.length && !isStopped(only, task)) {
    add(only, { ended: 'error', output: '' }, task)
  }
}

function add(program: Running, outcome: Outcome, { expectedKeys }: Task): void {
  const at = program.outcomes.push(outcome) - 1
  if (expectedKeys === undefined) return
  if (outcome.ended !== 'ok' || outcomeKey(outcome.output) !== expectedKeys[at]) {
    program.bad += outcome.ended === 'time' ? 2 : 1
  }
}

function isLate({ outcome, signal }: ExecutionResult): boolean {
  return outcome === 'cpu-limit' || outcome === 'wall-limit' || signal === 'SIGVTALRM' || signal === 'SIGXCPU'
}

/** Reads whole lines as long as they make sense. `current` is the program that was at work last. */
function readReply(
  group: readonly Running[],
  reply: string,
  onOutcome: (program: Running, outcome: Outcome) => void,
): { current: Running | undefined; hasEnded: boolean } {
  const [token = '', ...lines] = reply.slice(0, reply.lastIndexOf('\n') + 1).split('\n')
  const texts: string[] = []
  let current: Running | undefined
  for (const line of lines) {
    if (token !== '' && line.startsWith(`${token} `)) {
      const word = line.slice(token.length + 1)
      if (word === 'end') return { current, hasEnded: true }
      current = group[Number(word)]
    } else if (current === undefined) {
      break
    } else if (line.startsWith('s')) {
      current.slowestMs = Math.max(current.slowestMs, Number(line.slice(1)))
    } else if (line === 'e' || line === 't') {
      onOutcome(current, { ended: line === 'e' ? 'error' : 'time', output: '' })
    } else {
      if (line.startsWith('+')) texts.push(String(JSON.parse(line.slice(1))))
      const output = texts[line.startsWith('+') ? texts.length - 1 : Number(line)]
      if (line === '' || output === undefined) break
      onOutcome(current, { ended: 'ok', output })
    }
  }
  return { current, hasEnded: false }
}
