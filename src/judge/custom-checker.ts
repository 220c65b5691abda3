// A checker that is a program: what it is given, what its exit codes mean, and that its failures are ours, not the submission's.
import type { ExecutionBatch, ExecutionLimits, ExecutionResult, ExecutionTest } from '../contract/execution.ts'
import type { ExecutorLanguage } from '../contract/languages.ts'
import type { Checker } from '../contract/judging.ts'
import { AppError, type FaultCode } from '../errors.ts'
import type { Executor } from '../ports.ts'
import { resultsOf } from './batch-results.ts'
import { oneLine } from './excerpt.ts'

export type CustomChecker = Extract<Checker, { kind: 'custom' }>

/** An output to be checked. */
export interface CheckerCase {
  readonly name: string
  readonly input: string
  readonly output: string
  readonly answer: string
}

/** What the checker decided, with its message if it had one. */
export interface CheckerDecision {
  readonly accepted: boolean
  readonly note: string | null
}

const MiB = 1024 * 1024
const checkerLimits: ExecutionLimits = {
  cpuMs: 10_000,
  wallMs: 22_000,
  memoryBytes: 512 * MiB,
  outputBytes: MiB,
}
const noteLength = 200
const judgeMessage = 'judgemessage.txt'

/** The checker's own failure; it is tried once more before anybody hears of it. */
class CheckerFault extends AppError {}

/**
 * Runs the checker on each output, in order, as one batch. A failure of the checker is tried again once per test, then
 * thrown as AppError: `bad-request` when it does not compile, otherwise `internal`; its own words are in the cause.
 */
export async function* checkOutputs(
  checker: CustomChecker,
  cases: readonly CheckerCase[],
  executor: Executor,
  signal: AbortSignal,
): AsyncGenerator<CheckerDecision, void> {
  let done = 0
  let failedAt = -1
  while (done < cases.length) {
    const batch = checkerBatch(checker, cases.slice(done))
    try {
      for await (const result of resultsOf(executor, batch, signal, (log) => notCompiled(checker, log))) {
        yield decisionOf(checker, cases[done]?.name ?? '', result)
        done += 1
      }
    } catch (error) {
      if (!(error instanceof CheckerFault) || failedAt === done) throw error
      failedAt = done
    }
  }
}

function checkerBatch(checker: CustomChecker, cases: readonly CheckerCase[]): ExecutionBatch {
  const { program, protocol, args } = checker
  const isKattis = protocol === 'kattis'
  const tests = cases.map(({ input, output, answer }): ExecutionTest => {
    const inputFile = { name: 'input.txt', text: input }
    const answerFile = { name: 'answer.txt', text: answer }
    return isKattis
      ? { input: output, args: ['input.txt', 'answer.txt', './', ...args], files: [inputFile, answerFile] }
      : {
          input: '',
          args: ['input.txt', 'output.txt', 'answer.txt', ...args],
          files: [inputFile, { name: 'output.txt', text: output }, answerFile],
        }
  })
  return {
    version: 1,
    program,
    tests,
    limits: checkerLimits,
    hashSeed: 0,
    access: 'folder',
    ...(isKattis && { collect: [judgeMessage] }),
  }
}

function decisionOf(checker: CustomChecker, testName: string, result: ExecutionResult): CheckerDecision {
  const isEnded = result.outcome === 'exited' && !hasCrashed(checker, result)
  const accepted = isEnded ? exitCodes[checker.protocol](result.exitCode) : undefined
  const message = checker.protocol === 'kattis' ? (result.collected?.[judgeMessage] ?? '') : result.stderr
  if (accepted !== undefined) return { accepted, note: firstLine(message) }
  const where = `The checker "${nameOf(checker)}" failed on test "${oneLine(testName, 60)}"`
  throw fault('internal', `${where}: ${describe(checker, result)}.`, {
    hint: 'Run the checker on this test by itself: it has to end with one of the exit codes of its protocol.',
    said: result.stderr,
  })
}

/** exit code → accepted or not; undefined when the checker has not decided. */
const exitCodes: Readonly<Record<CustomChecker['protocol'], (exitCode: number | null) => boolean | undefined>> = {
  /** testlib.h: 0 ok, 1 wrong answer, 2 presentation, 4 something left unread, 8 ended too early; 3 is its own failure. */
  testlib(exitCode) {
    if (exitCode === 0) return true
    return exitCode === 1 || exitCode === 2 || exitCode === 4 || exitCode === 8 ? false : undefined
  },
  /** Kattis problem package format, output validators. */
  kattis(exitCode) {
    if (exitCode === 42) return true
    return exitCode === 43 ? false : undefined
  },
}

/** What an interpreter says when nobody catches an exception; it then ends with 1, as who finds an answer wrong does. */
const crashWords: Partial<Record<ExecutorLanguage, RegExp>> = {
  python: /^Traceback \(most recent call last\):/m,
  java: /^Exception in thread "/m,
  javascript: /^Node\.js v\d/m,
}

function hasCrashed({ program }: CustomChecker, { exitCode, stderr }: ExecutionResult): boolean {
  return exitCode === 1 && crashWords[program.language]?.test(stderr) === true
}

function describe(checker: CustomChecker, result: ExecutionResult): string {
  const { protocol } = checker
  const { outcome, exitCode, signal, violation } = result
  switch (outcome) {
    case 'exited':
      if (hasCrashed(checker, result)) return 'it crashed'
      if (protocol === 'testlib' && exitCode === 3) return 'it reported a failure of its own (exit code 3)'
      if (protocol === 'testlib' && exitCode === 7) return 'it gave points (exit code 7), and there are none here'
      return `it ended with exit code ${exitCode ?? 'unknown'}, which the ${protocol} protocol does not have`
    case 'signalled':
      return `it was killed by ${signal ?? 'a signal'}`
    case 'cpu-limit':
      return `it needed more than ${checkerLimits.cpuMs / 1000} s of CPU time`
    case 'wall-limit':
      return `it was still waiting after ${checkerLimits.wallMs / 1000} s`
    case 'memory-limit':
      return `it needed more than ${checkerLimits.memoryBytes / MiB} MiB of memory`
    case 'output-limit':
      return `it wrote more than ${checkerLimits.outputBytes / MiB} MiB`
    case 'sandbox-violation':
      return `it broke a rule of the sandbox (${oneLine(violation ?? 'unknown', noteLength)})`
  }
}

function notCompiled(checker: CustomChecker, log: string): CheckerFault {
  return fault('bad-request', `The checker "${nameOf(checker)}" does not compile.`, {
    hint: 'Compile it by itself, with all the files it includes beside it.',
    said: log,
  })
}

/** `said` are foreign words, which may quote the answer: only the log sees them. */
function fault(code: FaultCode, message: string, { hint, said }: { hint: string; said: string }): CheckerFault {
  const details = [{ field: 'checker.program', message: hint }]
  return new CheckerFault(code, message, { details, cause: new Error(said) })
}

function nameOf({ program }: CustomChecker): string {
  return oneLine(program.files[0]?.name ?? '', 60)
}

function firstLine(text: string): string | null {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line === '' ? null : oneLine(line.trimEnd(), noteLength)
}
