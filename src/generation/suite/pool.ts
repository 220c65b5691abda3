// Where tests come from: inputs made from the spec, inputs of the model's generators, and what the reference prints on them.
import type { ExecutionResult } from '../../contract/execution.ts'
import type { TestOrigin } from '../../contract/problem.ts'
import { canonicalInput } from '../canonical.ts'
import { runTogether } from '../mutation/harness.ts'
import { describeRun, hashSeeds, isClean, measuringLimits, middleLimits, sourceOf, tinyLimits } from '../programs.ts'
import { specInputs } from '../spec/families.ts'
import type { Workbench } from '../workbench.ts'

/** An input and how it was made. */
export interface Candidate {
  readonly input: string
  readonly origin: TestOrigin
}

/** A part of the corpus on which programs are compared. */
export interface CorpusChunk {
  readonly sizes: 'small' | 'middle'
  readonly candidates: readonly Candidate[]
  readonly inputs: readonly string[]
}

/** A few first: a program that is slow or wrong at once does not get to spend minutes on the rest. */
const firstChunk = 40
/** Middle-sized inputs are compared in groups of growing size, as far as a brute force gets. */
const middleChunk = 12

/** Small inputs made from the spec: all tiny ones, random ones, and middle-sized ones in groups. */
export async function corpus(bench: Workbench): Promise<readonly CorpusChunk[]> {
  return bench.once('corpus', ['task'], [], async () => {
    const small = distinct([...made(bench, 'tiny'), ...made(bench, 'small')])
    const middle = distinct(made(bench, 'middle'))
    return [
      ...chunkOf('small', small.slice(0, firstChunk)),
      ...chunkOf('small', small.slice(firstChunk)),
      ...Array.from({ length: Math.ceil(middle.length / middleChunk) }, (_, index) =>
        chunkOf('middle', middle.slice(index * middleChunk, (index + 1) * middleChunk)),
      ).flat(),
    ]
  })
}

/** Inputs that are tests for what they are: the spec's extremes and what the generators print. Samples are left out. */
export async function candidates(bench: Workbench): Promise<readonly Candidate[]> {
  return bench.once('candidates', ['task', 'samples', 'generator'], [], async () => {
    const runs = await bench.generatorRuns(hashSeeds.ordinary)
    const generated = runs
      .filter(({ result }) => isClean(result))
      .map(({ strategy, seed, result }) => ({
        input: canonicalInput(result.stdout, bench.draft.spec),
        origin: { from: 'generator' as const, strategy, seed },
      }))
    const samples = bench.claimedSamples.map(({ input }) => input)
    return distinct([...made(bench, 'boundary'), ...made(bench, 'largest'), ...generated], samples)
  })
}

/** Samples first, then the candidates: what the reference has to master whatever becomes a test. */
export async function provingInputs(bench: Workbench): Promise<readonly string[]> {
  return bench.once('proving', ['task', 'samples', 'generator'], [], async () => [
    ...bench.claimedSamples.map(({ input }) => input),
    ...(await candidates(bench)).map(({ input }) => input),
  ])
}

/** The reference on {@link provingInputs}. Throws CompileError. */
export async function provingResults(bench: Workbench, hashSeed: number): Promise<readonly ExecutionResult[]> {
  // A run that fails ends it: G6 will say so, and each of the others may take seconds to fail as well.
  return bench.execute('reference', await provingInputs(bench), measuringLimits, hashSeed, true)
}

/** What a program did on one input of the corpus; `not-run` after it ran out of time too often. */
export interface Answer {
  readonly ended: 'ok' | 'error' | 'time' | 'not-run'
  readonly output: string
}

/** Inputs that are run before it is looked whether there is a point in going on. */
const firstPortion = 6
const portionLength = 50
/**
 * A program that ran out of time so often is not run on the rest of a chunk, which would take a second each: a reference
 * must never do so, and a brute force that does is no use.
 */
const mostLate = { reference: 1, 'brute-force': 12, solver: 1 } as const

/**
 * A program on one chunk of the corpus, many inputs in one process where its language allows that; no other program is
 * in it. Throws CompileError.
 */
export async function onChunk(
  bench: Workbench,
  program: 'reference' | 'brute-force' | 'solver',
  chunk: CorpusChunk,
): Promise<readonly Answer[]> {
  const { sizes, inputs } = chunk
  const source = sourceOf(bench.draft, program)
  if (source.language !== 'python') return onWholeCorpus(bench, program, chunk)
  const limits = sizes === 'middle' && program === 'brute-force' ? middleLimits : tinyLimits
  return bench.once('chunk', [], [source, inputs, limits], async () => {
    const options = { cpuMsEach: limits.cpuMs, memoryBytes: limits.memoryBytes }
    const row: Answer[] = []
    while (row.length < inputs.length) {
      const portion = inputs.slice(row.length, row.length === 0 ? firstPortion : row.length + portionLength)
      const [answers = []] = await runTogether([source.code], portion, bench.executor, bench.signal, options)
      row.push(...answers)
      const late = row.filter(({ ended }) => ended === 'time').length
      const isGivenUp = late === firstPortion && row.length === firstPortion
      if (isGivenUp || late >= mostLate[program]) break
    }
    while (row.length < inputs.length) row.push({ ended: 'not-run', output: '' })
    // Long outputs come back as hashes; whoever compares may want the text.
    const long = row.flatMap(({ output }, index) => (output.startsWith('sha256:') ? [index] : []))
    const texts = await bench.execute(
      program,
      long.map((index) => inputs[index] ?? ''),
      limits,
    )
    long.forEach((index, at) => {
      const result = texts[at]
      if (result !== undefined) row[index] = answerOf(result)
    })
    return row
  })
}

/** What is compiled is compiled once for all chunks. */
async function onWholeCorpus(
  bench: Workbench,
  program: 'reference' | 'brute-force' | 'solver',
  chunk: CorpusChunk,
): Promise<readonly Answer[]> {
  const chunks = await corpus(bench)
  const inputs = await bench.once('corpus inputs', ['task'], [], async () => chunks.flatMap((each) => each.inputs))
  const from = chunks.slice(0, chunks.indexOf(chunk)).reduce((sum, each) => sum + each.inputs.length, 0)
  // Only a reference or a solver is compiled: its first failure decides.
  const results = await bench.execute(program, inputs, tinyLimits, hashSeeds.ordinary, true)
  return results.slice(from, from + chunk.inputs.length).map(answerOf)
}

function answerOf(result: ExecutionResult): Answer {
  const { outcome, stdout } = result
  if (isClean(result)) return { ended: 'ok', output: stdout }
  return { ended: outcome === 'cpu-limit' || outcome === 'wall-limit' ? 'time' : 'error', output: '' }
}

/** How a program ended on an input, in words; it is run again by itself. */
export async function howItEnded(
  bench: Workbench,
  program: 'reference' | 'brute-force' | 'solver',
  input: string,
): Promise<string> {
  const [result] = await bench.execute(program, [input], tinyLimits)
  return describeRun(result)
}

function chunkOf(sizes: CorpusChunk['sizes'], candidates: readonly Candidate[]): CorpusChunk[] {
  return candidates.length === 0 ? [] : [{ sizes, candidates, inputs: candidates.map(({ input }) => input) }]
}

function made(bench: Workbench, family: Parameters<typeof specInputs>[1]): Candidate[] {
  return specInputs(bench.draft.spec, family).map(({ name, input }) => ({
    input,
    origin: { from: 'spec', family, name },
  }))
}

/** Each input once, without those in `known`. */
function distinct(all: readonly Candidate[], known: readonly string[] = []): Candidate[] {
  const seen = new Set(known)
  return all.filter(({ input }) => seen.size !== seen.add(input).size)
}
