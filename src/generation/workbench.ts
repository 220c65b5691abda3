// What executing the draft's programs shows. Every batch is run at most once for the same content, whatever gates ask for it.
import type { ExecutionBatch, ExecutionLimits, ExecutionResult, ExecutorLanguage } from '../contract/execution.ts'
import type { TestCase, TestOrigin } from '../contract/problem.ts'
import type { Executor } from '../ports.ts'
import { contentHash, type Draft, type Facet } from './draft.ts'
import type { InputSpec } from '../contract/input-spec.ts'
import { boundaryInputs } from './spec/sampler.ts'
import { validate } from './spec/validator.ts'

const MiB = 1024 * 1024

/** Provisional until limits are measured against slow solutions: generous, and the reference may use half of it. */
export const problemLimits = { timeMs: 4_000, memoryBytes: 256 * MiB } as const

export const solutionLimits: ExecutionLimits = limits(problemLimits.timeMs, problemLimits.memoryBytes)
/** Tiny inputs: a naive program that needs a second for one is no use as a witness. */
export const tinyLimits: ExecutionLimits = limits(1_000, problemLimits.memoryBytes)
/** Middle-sized inputs: a brute force of exponential time is given up on soon. */
export const middleLimits: ExecutionLimits = limits(250, problemLimits.memoryBytes)
export const generatorLimits: ExecutionLimits = limits(5_000, 512 * MiB)

/** How many seeds each kind of strategy is tried with. */
const seedsPerKind = { random: 4, edge: 3, maximum: 2, adversarial: 2 } as const

/** The hash seed of ordinary runs, and the one that shows programs which depend on hash order. */
export const hashSeeds = { ordinary: 0, other: 1 } as const

/** One run of the generator. */
export interface GeneratorRun {
  readonly strategy: string
  readonly kind: keyof typeof seedsPerKind
  readonly seed: number
  readonly result: ExecutionResult
}

/** A test's input and how it was made. */
export interface SuiteInput {
  readonly input: string
  readonly origin: TestOrigin
}

type Program = 'reference' | 'brute-force'

/** A failed compilation where results were needed. */
export class CompileError extends Error {
  readonly program: Program | 'generator'

  constructor(program: Program | 'generator', log: string) {
    super(log)
    this.program = program
  }
}

export class Workbench {
  readonly draft: Draft
  readonly #executor: Executor
  readonly #signal: AbortSignal
  readonly #memo = new Map<string, Promise<unknown>>()

  constructor(draft: Draft, executor: Executor, signal: AbortSignal) {
    this.draft = draft
    this.#executor = executor
    this.#signal = signal
  }

  /** The samples that the blueprint claims, in canonical form. */
  get claimedSamples(): TestCase[] {
    return this.draft
      .get('blueprint')
      .samples.map(({ input, output }) => ({ input: canonicalInput(input, this.draft.spec), output }))
  }

  /** Every strategy with its seeds, in order. */
  async generatorRuns(hashSeed: number): Promise<GeneratorRun[]> {
    const { code, strategies, language } = this.draft.get('generator')
    const plan = strategies.flatMap(({ name, kind }) =>
      Array.from({ length: seedsPerKind[kind] }, (_, index) => ({ strategy: name, kind, seed: index + 1 })),
    )
    const inputs = plan.map(({ strategy, seed }) => `${strategy} ${seed}\n`)
    const results = await this.#once('generator', ['generator'], [hashSeed], async () => {
      const batch = batchOf(code, language, inputs, generatorLimits, hashSeed)
      const reply = await this.#executor.run(batch, this.#signal)
      if (!reply.compile.ok) throw new CompileError('generator', reply.compile.log)
      return reply.results
    })
    return plan.flatMap((run, index) => {
      const result = results[index]
      return result === undefined ? [] : [{ ...run, result }]
    })
  }

  /** The hidden tests' inputs: extremes of the smallest size, then what the generator printed. Duplicates are left out. */
  async suite(): Promise<readonly SuiteInput[]> {
    return this.#once('suite', ['task', 'samples', 'generator'], [], async () => {
      const runs = await this.generatorRuns(hashSeeds.ordinary)
      const candidates: SuiteInput[] = [
        ...boundaryInputs(this.draft.spec).map(({ name, input }) => ({
          input,
          origin: { from: 'boundary' as const, name },
        })),
        ...runs
          .filter(({ result }) => isClean(result))
          .map(({ strategy, seed, result }) => ({
            input: canonicalInput(result.stdout, this.draft.spec),
            origin: { from: 'generator' as const, strategy, seed },
          })),
      ]
      const seen = new Set(this.claimedSamples.map(({ input }) => input))
      return candidates.filter(({ input }) => seen.size !== seen.add(input).size)
    })
  }

  /** Samples first, then the suite: what the reference is executed on. */
  async testInputs(): Promise<string[]> {
    return [...this.claimedSamples.map(({ input }) => input), ...(await this.suite()).map(({ input }) => input)]
  }

  /** The reference on samples and suite, in the order of {@link testInputs}. Throws CompileError. */
  async referenceResults(hashSeed: number): Promise<readonly ExecutionResult[]> {
    return this.#once('tests', ['task', 'samples', 'generator', 'reference'], [hashSeed], async () =>
      this.#execute('reference', await this.testInputs(), solutionLimits, hashSeed),
    )
  }

  /** A program's results on inputs of the caller's. Throws CompileError. */
  async results(
    program: Program,
    inputs: readonly string[],
    limits: ExecutionLimits,
  ): Promise<readonly ExecutionResult[]> {
    return this.#once(program, [program], [inputs, limits], () =>
      this.#execute(program, inputs, limits, hashSeeds.ordinary),
    )
  }

  async #execute(
    program: Program,
    inputs: readonly string[],
    limits: ExecutionLimits,
    hashSeed: number,
  ): Promise<readonly ExecutionResult[]> {
    const { code, language } = this.draft.get(program)
    const batch = batchOf(code, language, inputs, limits, hashSeed)
    const reply = await this.#executor.run(batch, this.#signal)
    if (!reply.compile.ok) throw new CompileError(program, reply.compile.log)
    return reply.results
  }

  /** Runs a source as it is given, without remembering: emitted bytes, and our own programs. */
  async rerun(
    source: string,
    inputs: readonly string[],
    limits: ExecutionLimits,
    hashSeed: number,
  ): Promise<readonly ExecutionResult[]> {
    const batch = batchOf(source, 'python', inputs, limits, hashSeed)
    return (await this.#executor.run(batch, this.#signal)).results
  }

  /** The true samples: claimed inputs with executed outputs. */
  async samples(): Promise<TestCase[]> {
    const inputs = this.claimedSamples.map(({ input }) => input)
    const results = await this.referenceResults(hashSeeds.ordinary)
    return inputs.map((input, index) => ({ input, output: canonicalOutput(results[index]?.stdout ?? '') }))
  }

  /** The hidden tests with executed outputs, and how each was made. */
  async tests(): Promise<{ cases: TestCase[]; origins: TestOrigin[] }> {
    const suite = await this.suite()
    const results = (await this.referenceResults(hashSeeds.ordinary)).slice(this.claimedSamples.length)
    return {
      cases: suite.map(({ input }, index) => ({ input, output: canonicalOutput(results[index]?.stdout ?? '') })),
      origins: suite.map(({ origin }) => origin),
    }
  }

  #once<T>(name: string, facets: readonly Facet[], rest: readonly unknown[], compute: () => Promise<T>): Promise<T> {
    const key = contentHash([name, facets.map((facet) => this.draft.hash(facet)), rest])
    const known = this.#memo.get(key)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the name in the key stands for one T
    if (known !== undefined) return known as Promise<T>
    const computed = compute()
    // A failure is not remembered: the executor may answer next time.
    computed.catch(() => this.#memo.delete(key))
    this.#memo.set(key, computed)
    return computed
  }
}

function batchOf(
  source: string,
  language: ExecutorLanguage,
  inputs: readonly string[],
  limits: ExecutionLimits,
  hashSeed: number,
): ExecutionBatch {
  const program = { language, files: [{ name: 'main.py', text: source }] }
  return { version: 1, program, tests: inputs.map((input) => ({ input })), limits, hashSeed }
}

/**
 * What may differ without meaning anything is made the same: line feeds, no blanks at line ends, one line feed at the
 * end. Empty last lines are dropped unless the spec wants them (an array of no numbers).
 */
export function canonicalInput(text: string, spec: InputSpec): string {
  // Not by regular expressions: four megabytes of blanks would keep one busy for hours.
  const lines = text.split('\n').map((line) => line.trimEnd())
  if (lines.at(-1) === '') lines.pop()
  const kept = `${lines.join('\n')}\n`
  if (lines.at(-1) !== '' || validate(spec, kept).ok) return kept
  return `${kept.trimEnd()}\n`
}

/** An output as it is stored: no blanks at line ends, no empty lines at the end; nothing stays nothing. */
export function canonicalOutput(text: string): string {
  const lines = text.trimEnd().split('\n')
  return text.trim() === '' ? '' : `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

/** Whether two outputs are the same under the `tokens` checker: blanks and line ends do not count. */
export function sameTokens(left: string, right: string): boolean {
  return left.trim().split(/\s+/).join(' ') === right.trim().split(/\s+/).join(' ')
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

function limits(cpuMs: number, memoryBytes: number): ExecutionLimits {
  return { cpuMs, wallMs: 2 * cpuMs + 500, memoryBytes, outputBytes: 4 * MiB }
}
