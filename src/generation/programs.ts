// The programs of a draft by name, and how their runs are limited and told apart.
import type { ExecutionBatch, ExecutionLimits, ExecutionResult } from '../contract/execution.ts'
import type { ExecutorLanguage } from '../contract/languages.ts'
import { sourceEndings } from '../contract/languages.ts'
import type { Artefact } from '../contract/verification.ts'
import type { Draft } from './draft.ts'

const MiB = 1024 * 1024

/** A program of the draft; wrong and slow solutions by their place in the reply. */
export type ProgramName = 'reference' | 'brute-force' | 'generator' | 'checker' | 'solver' | `wrong-solutions/${number}`

/** A program's text. */
export interface Source {
  readonly language: ExecutorLanguage
  readonly code: string
}

/** The program's text. Throws MissingArtefactError. */
export function sourceOf(draft: Draft, program: ProgramName): Source {
  switch (program) {
    case 'reference':
    case 'brute-force':
    case 'generator':
    case 'checker':
    case 'solver':
      return draft.get(program)
    default:
      return draft.get('wrong-solutions').solutions[indexOf(program)] ?? { language: 'python', code: '' }
  }
}

/** The artefact that a program is a part of. */
export function artefactOf(program: ProgramName): Artefact {
  switch (program) {
    case 'reference':
    case 'brute-force':
    case 'generator':
    case 'checker':
    case 'solver':
      return program
    default:
      return 'wrong-solutions'
  }
}

/** The names of the wrong or the slow solutions. */
export function namesOf(draft: Draft, kind: 'wrong' | 'slow'): ProgramName[] {
  return draft
    .get('wrong-solutions')
    .solutions.flatMap((solution, index) => (solution.kind === kind ? [`wrong-solutions/${index}` as const] : []))
}

/** What a wrong or slow solution is about, in its author's words. */
export function ideaOf(draft: Draft, solution: ProgramName): string {
  const { solutions } = draft.get('wrong-solutions')
  return solutions.find((_, index) => `wrong-solutions/${index}` === solution)?.idea ?? solution
}

function indexOf(program: `wrong-solutions/${number}`): number {
  return Number(program.slice(program.indexOf('/') + 1))
}

/** Most bytes that a program may print: an input or an output of more is nobody's test. */
export const mostPrintedBytes = 4 * MiB

/** Limits of a run: waiting is bounded by the wall clock, computing by CPU time. */
export function executionLimits(cpuMs: number, memoryBytes: number): ExecutionLimits {
  return { cpuMs, wallMs: 2 * cpuMs + 500, memoryBytes, outputBytes: mostPrintedBytes }
}

/** Most that a reference may need, and so the largest limit that can come of it. */
export const referenceMost = { cpuMs: 2_000, memoryBytes: 256 * MiB } as const
/** What is measured is stopped well beyond what is allowed. */
export const measuringLimits: ExecutionLimits = executionLimits(2 * referenceMost.cpuMs, 2 * referenceMost.memoryBytes)
/** Tiny inputs: a naive program that needs a second for one is no use as a witness. */
export const tinyLimits: ExecutionLimits = executionLimits(1_000, 256 * MiB)
/** Middle-sized inputs: a brute force of exponential time is given up on soon. */
export const middleLimits: ExecutionLimits = executionLimits(250, 256 * MiB)
export const generatorLimits: ExecutionLimits = executionLimits(5_000, 512 * MiB)

/**
 * The hash seed of ordinary runs, and the one that shows programs which depend on hash order. One bit of a hash may be the
 * same under both: where much can differ, `more` are tried as well.
 */
export const hashSeeds = { ordinary: 0, other: 1, more: [2, 3, 4] } as const

/** One batch of runs of a source. */
export function batchOf(
  { language, code }: Source,
  inputs: readonly string[],
  limits: ExecutionLimits,
  hashSeed: number = hashSeeds.ordinary,
): ExecutionBatch {
  const program = { language, files: [{ name: `main${sourceEndings[language][0]}`, text: code }] }
  return { version: 1, program, tests: inputs.map((input) => ({ input })), limits, hashSeed }
}

/** Whether a run ended as a program should. */
export function isClean(result: ExecutionResult | undefined): result is ExecutionResult {
  return result?.outcome === 'exited' && result.exitCode === 0
}

/** One line on how a run ended. */
export function describeRun(result: ExecutionResult | undefined): string {
  if (result === undefined) return 'not run'
  if (result.outcome === 'exited') {
    const last = result.stderr.trim().split('\n').at(-1) ?? ''
    return result.exitCode === 0 ? 'exit 0' : `exit ${result.exitCode}${last === '' ? '' : `: ${last.slice(0, 160)}`}`
  }
  return result.outcome
}
