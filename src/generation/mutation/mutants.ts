// Mutants: programs that differ from a correct one in one place, each like a mistake somebody could make.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { ExecutionLimits } from '../../contract/execution.ts'
import type { ExecutorLanguage } from '../../contract/languages.ts'
import type { Executor } from '../../ports.ts'
import { pythonMutator } from './python-mutator.ts'
import { proposeChanges, type Change } from './token-mutants.ts'

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

/** Compiling is what costs: of compiled languages fewer. */
const defaultLimits: Record<ExecutorLanguage, number> = { python: 60, c: 24, cpp: 24, java: 24, javascript: 24 }

interface MutantOptions {
  /** Most mutants. Default 60 in Python, 24 elsewhere. */
  readonly limit: number
  /** Which ones are chosen, when there are more. */
  readonly seed: number
}

/**
 * Mutants of a program that compiles, by line; the same ones for the same seed, spread over operators and lines. In
 * Python all of them compile. Throws what the executor throws.
 */
export async function mutantsOf(
  source: string,
  language: ExecutorLanguage,
  executor: Executor,
  signal: AbortSignal,
  { limit = defaultLimits[language], seed = 1 }: Partial<MutantOptions> = {},
): Promise<Mutant[]> {
  return language === 'python'
    ? pythonMutants(source, executor, signal, { limit, seed })
    : chooseMutants(source, proposeChanges(source, language), { limit, seed })
}

/** A program that could not be taken apart: it does not compile, or is too long or too deep. */
export class MutatorError extends Error {}

/** The same for Python alone. Throws MutatorError, too. */
export async function pythonMutants(
  source: string,
  executor: Executor,
  signal: AbortSignal,
  { limit, seed }: MutantOptions,
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
    const why = result?.stderr.trim().split('\n').at(-1) ?? 'the mutator was not run'
    throw new MutatorError(`No mutants were made: ${why === '' ? result?.outcome : why}`)
  }
  return z.array(mutantSchema).parse(JSON.parse(result.stdout))
}

/** In turn of each operator the change on the line that was changed least; the seed decides between equals. */
function chooseMutants(source: string, changes: readonly Change[], { limit, seed }: MutantOptions): Mutant[] {
  const rank = (value: unknown): string =>
    createHash('sha256')
      .update(JSON.stringify([seed, value]))
      .digest('hex')
  const byRank = <T>(values: Iterable<T>): T[] =>
    [...values]
      .map((value) => ({ value, rank: rank(value) }))
      .sort((left, right) => (left.rank < right.rank ? -1 : 1))
      .map(({ value }) => value)
  const waiting = byRank(Map.groupBy(changes, ({ operator }) => operator).entries()).map(([, list]) =>
    byRank(list.map((change) => mutantBy(source, change))),
  )
  const uses = new Map<number, number>()
  const known = new Set([source])
  const chosen: Mutant[] = []
  while (chosen.length < limit && waiting.some((list) => list.length > 0)) {
    for (const list of waiting) {
      const fresh = list.filter((mutant) => !known.has(mutant.source))
      const least = Math.min(...fresh.map(({ line }) => uses.get(line) ?? 0))
      const next = fresh.find(({ line }) => (uses.get(line) ?? 0) === least)
      list.splice(0, list.length, ...fresh.filter((mutant) => mutant !== next))
      if (next === undefined || chosen.length === limit) continue
      known.add(next.source)
      uses.set(next.line, least + 1)
      chosen.push(next)
    }
  }
  return chosen.sort((left, right) => left.line - right.line)
}

function mutantBy(source: string, { operator, from, to, replacement }: Change): Mutant {
  const changed = source.slice(0, from) + replacement + source.slice(to)
  return {
    line: source.slice(0, from).split('\n').length,
    operator,
    before: linesAround(source, from, to),
    after: linesAround(changed, from, from + replacement.length),
    source: changed,
  }
}

function linesAround(text: string, from: number, to: number): string {
  const end = text.indexOf('\n', to)
  return text.slice(text.lastIndexOf('\n', from - 1) + 1, end < 0 ? undefined : end).trim()
}
