// What an attack is: one forbidden thing, a program for it in every language that can try, and how a run of it may end.
import type { BatchResult, ExecutionLimits, ExecutionResult } from '../../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'

const MiB = 1024 * 1024

/** How much of the sandbox there is: rlimits alone, or everything the machine gives. */
export type Strength = 'rlimits' | 'all'

/**
 * How a run ended, in the words of the attack. `held`, `possible` and `planted` are what the program itself said:
 * refused, allowed but of no harm to others, and done but harmful only if a later run meets it. `breach`: it said
 * `BREACH` and nobody noticed. `ended`: exit code 0 without a word. `failed`: another exit code. `crashed`: a signal.
 */
export type Ending =
  | 'breach'
  | 'held'
  | 'possible'
  | 'planted'
  | 'ended'
  | 'failed'
  | 'crashed'
  | 'compile-error'
  | 'nothing'
  | Exclude<ExecutionResult['outcome'], 'exited' | 'signalled'>

export type Expectation = Readonly<Record<Strength, readonly Ending[]>>

export interface Attack {
  /** Completes the sentence "a program …". */
  readonly name: string
  readonly languages: Readonly<Partial<Record<ExecutorLanguage, string>>>
  readonly expect: Expectation
  /** What differs from the usual limits. */
  readonly limits?: Partial<ExecutionLimits>
  /** Runs of the batch; more than one shows whether the attack harms the next run of its own program. Default 1. */
  readonly runs?: number
  /** As the batch has them: runs of checkers, which may open files. */
  readonly access?: 'folder'
  readonly collect?: readonly string[]
  /** Files beside the main file. */
  readonly files?: readonly { readonly name: string; readonly text: string }[]
  /** What has to come back in every run, beyond its ending. */
  readonly result?: Partial<ExecutionResult>
}

const both = (...endings: Ending[]): Expectation => ({ rlimits: endings, all: endings })

/** Refused everywhere, and the program lives to say so. */
export const held = both('held')
/** Refused everywhere; the refusal may cost the program its life. */
export const heldOrDead = both('held', 'failed', 'crashed')
/** Harms nobody but itself. */
export const harmless = both('held', 'possible', 'ended', 'failed', 'crashed')
/** Not refused by rlimits, harms nobody there; refused by everything stronger. */
export const possible: Expectation = { rlimits: ['held', 'possible'], all: ['held'] }
/** Programs of our own uid can do it to us: noticed, or refused. */
export const noticed: Expectation = { rlimits: ['held', 'sandbox-violation'], all: ['held'] }
/** As {@link noticed}, but the program may die of its own deed. */
export const noticedOrDead: Expectation = {
  rlimits: ['held', 'sandbox-violation', 'crashed'],
  all: ['held', 'crashed'],
}
/** Leaves something: noticed, refused, or left where no later run can see it. */
export const contained: Expectation = { rlimits: ['held', 'sandbox-violation'], all: ['held', 'planted'] }
/** Only a limit ends it. */
export const stoppedBy = (...endings: Ending[]): Expectation => both(...endings)
export const endsWith = both

/** Limits of an attack. The wall limit only ends what waits; attacks that are meant to wait have a short one. */
export function limitsOf({ limits }: Attack, language: ExecutorLanguage): ExecutionLimits {
  const managed = language === 'java' || language === 'javascript'
  return {
    cpuMs: managed ? 2_000 : 1_000,
    wallMs: 4_000,
    memoryBytes: (managed ? 256 : 64) * MiB,
    outputBytes: 256 * 1024,
    ...limits,
  }
}

/** Sleepers and spinners need not run long to show what they do. */
export const briefly: Partial<ExecutionLimits> = { cpuMs: 300, wallMs: 600 }
/** Spinners: the wall limit must not win the race on a busy machine. */
export const spinning: Partial<ExecutionLimits> = { cpuMs: 250, wallMs: 3_000 }

const saidWord = (result: ExecutionResult, word: string): boolean => new RegExp(`^${word}: `, 'm').test(result.stdout)

function endingOf(result: ExecutionResult): Ending {
  if (result.outcome === 'sandbox-violation') return 'sandbox-violation'
  if (saidWord(result, 'BREACH')) return 'breach'
  if (saidWord(result, 'planted')) return 'planted'
  if (result.outcome === 'signalled') return result.signal === 'SIGSYS' ? 'held' : 'crashed'
  if (result.outcome !== 'exited') return result.outcome
  if (result.exitCode !== 0) return 'failed'
  if (saidWord(result, 'possible')) return 'possible'
  return saidWord(result, 'held') ? 'held' : 'ended'
}

/** The ending of each run; what did not compile has one, too. */
export function endingsOf({ compile, results }: BatchResult): Ending[] {
  if (!compile.ok) return ['compile-error']
  return results.length === 0 ? ['nothing'] : results.map(endingOf)
}
