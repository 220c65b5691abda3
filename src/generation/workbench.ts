// What executing the draft's programs shows. Every batch is run at most once for the same content, whatever gates ask for it.
import type { BatchResult, ExecutionBatch, ExecutionLimits, ExecutionResult } from '../contract/execution.ts'
import type { Checker } from '../contract/judging.ts'
import type { TestCase } from '../contract/problem.ts'
import type { Artefact } from '../contract/verification.ts'
import { AppError } from '../errors.ts'
import { compare } from '../judge/checkers.ts'
import { checkOutputs } from '../judge/custom-checker.ts'
import type { Executor } from '../ports.ts'
import { canonicalInput } from './canonical.ts'
import { contentHash, type Draft, type Facet } from './draft.ts'
import {
  artefactOf,
  batchOf,
  generatorLimits,
  hashSeeds,
  mostPrintedBytes,
  type ProgramName,
  type Source,
  sourceOf,
} from './programs.ts'

/** How many seeds each kind of strategy is tried with. */
const seedsPerKind = { random: 4, edge: 3, maximum: 2, adversarial: 2 } as const

/** One run of the generator. */
export interface GeneratorRun {
  readonly strategy: string
  readonly kind: keyof typeof seedsPerKind
  readonly seed: number
  readonly result: ExecutionResult
}

/** What the suite is chosen for; without a target it is chosen as if nobody looked at it. */
export interface SuiteTargets {
  readonly mutants: boolean
  readonly wrongSolutions: boolean
  readonly coverage: boolean
}

/** Most bytes of different outputs that are held of one batch: they stay as long as the run does. */
export const mostHeldBytes = 16 * mostPrintedBytes

/** Most bytes of outputs that are remembered in all: a run has some programs, each in some versions. */
const mostRememberedBytes = 4 * mostHeldBytes

/** A failed compilation where results were needed. */
export class CompileError extends Error {
  readonly artefact: Artefact

  constructor(artefact: Artefact, log: string) {
    super(log)
    this.artefact = artefact
  }
}

/** The checker did not decide: it does not compile, crashes, or ends in a way its protocol does not have. */
export class CheckerError extends Error {}

/** An output that may be as good as the answer. */
export interface Claim {
  readonly input: string
  readonly output: string
  readonly answer: string
}

export class Workbench {
  readonly draft: Draft
  readonly targets: SuiteTargets
  readonly executor: Executor
  readonly signal: AbortSignal
  readonly #memo = new Map<string, Promise<unknown>>()
  #rememberedBytes = 0
  /** What programs printed, by its hash: right programs print the same. */
  readonly #outputs = new Map<string, string>()
  /** Hashing megabytes of inputs again and again would cost more than some of the runs. */
  readonly #hashes = new WeakMap<readonly string[], string>()

  constructor(draft: Draft, executor: Executor, signal: AbortSignal, targets: SuiteTargets) {
    this.draft = draft
    this.executor = executor
    this.signal = signal
    this.targets = targets
  }

  /** The samples that the blueprint claims, in canonical form. */
  get claimedSamples(): TestCase[] {
    return this.draft
      .get('blueprint')
      .samples.map(({ input, output }) => ({ input: canonicalInput(input, this.draft.spec), output }))
  }

  /** How outputs are compared. Throws MissingArtefactError when a checker is needed and there is none. */
  get checker(): Checker {
    const { comparison, tolerance } = this.draft.get('blueprint')
    if (comparison === 'float') {
      const most = Number(tolerance ?? '1e-6')
      return { kind: 'float', absolute: most, relative: most }
    }
    if (comparison !== 'checker') return { kind: 'tokens' }
    const files = [{ name: 'checker.py', text: this.draft.get('checker').code }]
    return { kind: 'custom', protocol: 'kattis', program: { language: 'python', files }, args: [] }
  }

  /** Whether each output is as good as its answer, by the draft's checker or another. Throws CheckerError. */
  async agree(claims: readonly Claim[], checker: Checker = this.checker): Promise<boolean[]> {
    if (checker.kind !== 'custom') return claims.map(({ output, answer }) => compare(checker, output, answer).accepted)
    const cases = claims.map((claim, index) => ({ name: `${index + 1}`, ...claim }))
    const verdicts: boolean[] = []
    try {
      for await (const { accepted } of checkOutputs(checker, cases, this.executor, this.signal)) verdicts.push(accepted)
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code !== 'executor-unavailable') throw new CheckerError(thrown.message)
      throw thrown
    }
    return verdicts
  }

  /** Every strategy with its seeds, in order, up to the first run that fails: one is enough to refuse the generator. */
  async generatorRuns(hashSeed: number): Promise<GeneratorRun[]> {
    const { strategies } = this.draft.get('generator')
    const plan = strategies.flatMap(({ name, kind }) =>
      Array.from({ length: seedsPerKind[kind] }, (_, index) => ({ strategy: name, kind, seed: index + 1 })),
    )
    const lines = plan.map(({ strategy, seed }) => `${strategy} ${seed}\n`)
    const results = await this.execute('generator', lines, generatorLimits, hashSeed, true)
    return plan.flatMap((run, index) => {
      const result = results[index]
      return result === undefined ? [] : [{ ...run, result }]
    })
  }

  /** A program's results, in the order of the inputs. Throws CompileError. */
  async execute(
    program: ProgramName,
    inputs: readonly string[],
    limits: ExecutionLimits,
    hashSeed: number = hashSeeds.ordinary,
    stopOnFirstFailure = false,
  ): Promise<readonly ExecutionResult[]> {
    if (inputs.length === 0) return []
    const source = sourceOf(this.draft, program)
    const key = [source, this.#hashOf(inputs), limits, hashSeed, stopOnFirstFailure]
    return this.once('runs', [], key, async () => {
      const batch = { ...batchOf(source, inputs, limits, hashSeed), stopOnFirstFailure }
      const reply = await this.#run(batch)
      if (!reply.compile.ok) throw new CompileError(artefactOf(program), reply.compile.log)
      return reply.results
    })
  }

  /** Results whose outputs are held once, however many runs print them. Past {@link mostHeldBytes} nothing more is run. */
  async #run(batch: ExecutionBatch): Promise<Pick<BatchResult, 'compile' | 'results'>> {
    const flood = new AbortController()
    const results: ExecutionResult[] = []
    let heldBytes = 0
    if (this.#rememberedBytes > mostRememberedBytes) this.#forget()
    const hold = (result: ExecutionResult): void => {
      if (flood.signal.aborted) return
      const known = result.stdout === '' ? '' : this.#outputs.get(result.stdoutSha256)
      if (known === undefined) {
        this.#outputs.set(result.stdoutSha256, result.stdout)
        heldBytes += result.stdoutBytes
        this.#rememberedBytes += result.stdoutBytes
      }
      results.push({ ...result, stdout: known ?? result.stdout })
      if (heldBytes > mostHeldBytes) flood.abort()
    }
    try {
      const { compile } = await this.executor.run(batch, AbortSignal.any([this.signal, flood.signal]), hold)
      if (!flood.signal.aborted) return { compile, results }
    } catch (thrown) {
      if (!flood.signal.aborted || this.signal.aborted) throw thrown
    }
    // The last one, and whatever would have come, printed too much.
    const last = results.pop()
    const left = batch.stopOnFirstFailure === true ? 1 : batch.tests.length - results.length
    if (last === undefined) throw new RangeError('nothing was printed')
    const tooMuch: ExecutionResult = { ...last, outcome: 'output-limit', exitCode: null, stdout: '' }
    const rest = Array.from({ length: left }, () => tooMuch)
    return { compile: { ok: true, log: '', wallMs: 0 }, results: [...results, ...rest] }
  }

  /** What is asked for again is computed again: that costs time, and holding it would cost the function. */
  #forget(): void {
    this.#memo.clear()
    this.#outputs.clear()
    this.#rememberedBytes = 0
  }

  /** Runs a source as it is given, without remembering: emitted bytes, and our own programs. */
  async rerun(
    source: Source,
    inputs: readonly string[],
    limits: ExecutionLimits,
    hashSeed: number = hashSeeds.ordinary,
  ): Promise<readonly ExecutionResult[]> {
    return (await this.#run(batchOf(source, inputs, limits, hashSeed))).results
  }

  /** Computes once for the content of the facets and the rest of the key. */
  once<T>(name: string, facets: readonly Facet[], rest: readonly unknown[], compute: () => Promise<T>): Promise<T> {
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

  #hashOf(inputs: readonly string[]): string {
    const known = this.#hashes.get(inputs)
    if (known !== undefined) return known
    const hash = contentHash(inputs)
    this.#hashes.set(inputs, hash)
    return hash
  }
}
