// The hidden tests: few inputs that keep every kill and every class of coverage that the whole pool of inputs shows.
import type { ExecutionResult } from '../../contract/execution.ts'
import type { TestCase, TestOrigin } from '../../contract/problem.ts'
import type { MutantRecord, Verification } from '../../contract/verification.ts'
import { canonicalOutput, sameTokens } from '../canonical.ts'
import type { Facet } from '../draft.ts'
import { executionLimits, hashSeeds, isClean } from '../programs.ts'
import { coverage } from '../spec/coverage.ts'
import type { Workbench } from '../workbench.ts'
import { decider, killedMutants, killedWrongSolutions, type Kills } from './kills.ts'
import { measuredLimits } from './limits.ts'
import { type Candidate, candidates, corpus, onChunk, provingInputs, provingResults } from './pool.ts'
import { chooseTests } from './set-cover.ts'
import { type Kill, witnessOf } from './witness.ts'

/** Most tests of a problem, and most bytes of their inputs together. */
const mostTests = 60
const mostBytes = 4 * 1024 * 1024
/** Up to this length an input is run again and again without a thought. */
export const cheapLength = 4_000
/** How many different tests ought to kill each mutant and wrong solution: one may be lucky. */
const coverTimes = 2
/** An answer is a class of its own when it is this short and this frequent. */
const answerClass = { longest: 20, leastShare: 0.02, most: 12 }
/** Mutants that survive all cheap inputs are tried on large ones, as many as there is time for. */
const mostOnLarge = 6

/** A hidden test, with the answer that executing the reference gave. */
interface SuiteTest extends TestCase {
  readonly origin: TestOrigin
}

export interface Suite {
  readonly tests: readonly SuiteTest[]
  readonly mutation: Verification['mutation']
  /** How many different answers the whole pool has, and the share of the most frequent one. */
  readonly answers: { readonly distinct: number; readonly dominating: number; readonly pool: number }
}

/** An input of the pool with what the reference prints on it. */
interface Answered extends Candidate {
  readonly answer: string
  readonly isCandidate: boolean
}

/** What the tests depend on. */
export const suiteFacets: readonly Facet[] = ['task', 'samples', 'generator', 'reference', 'wrong-solutions', 'checker']

/** The suite for the draft's programs. Throws CompileError. */
export async function suite(bench: Workbench): Promise<Suite> {
  return bench.once('suite', suiteFacets, [bench.targets], () => build(bench))
}

/** The true samples: claimed inputs with executed outputs. */
export async function samples(bench: Workbench): Promise<TestCase[]> {
  const inputs = bench.claimedSamples.map(({ input }) => input)
  const results = await provingResults(bench, hashSeeds.ordinary)
  return inputs.map((input, index) => ({ input, output: canonicalOutput(results[index]?.stdout ?? '') }))
}

async function build(bench: Workbench): Promise<Suite> {
  const pool = await answeredPool(bench)
  const claimed = (await samples(bench)).map(({ input, output }) => ({ input, answer: output }))
  const cheap = pool.filter(({ input }) => input.length <= cheapLength)
  // Samples are always there: what they kill needs no further test.
  const tried = [...claimed, ...cheap]
  const { mutants, wrongSolutions } = bench.targets
  const mutantKills = mutants ? await killedMutants(bench, tried) : undefined
  if (mutantKills !== undefined) await confirmLate(bench, mutantKills, tried)
  const wrongKills = wrongSolutions ? await killedWrongSolutions(bench, tried) : undefined
  const features = pool.map(() => new Set<string>())
  const place = new Map(cheap.map((candidate, index) => [index + claimed.length, pool.indexOf(candidate)]))
  markKills('mutant', mutantKills, claimed.length, place, features)
  markKills('wrong', wrongKills, claimed.length, place, features)
  const large = mutantKills === undefined ? [] : await killOnLarge(bench, mutantKills, pool, features)
  if (bench.targets.coverage) addCoverage(bench, pool, features)
  const wanted = choose(bench, pool, features)
  const chosen = withinBytes(wanted, pool)
  const tests = chosen
    .map((index) => pool[index])
    .filter((candidate) => candidate !== undefined)
    .sort((a, b) => a.input.length - b.input.length || (a.input < b.input ? -1 : 1))
    .map(({ input, answer, origin }) => ({ input, output: answer, origin }))
  const killed = new Set(chosen.flatMap((index) => [...(features[index] ?? [])]))
  const outputs = pool.map(({ answer }) => answer)
  const witness = (mutant: number): MutantRecord['witness'] => {
    const { killedBy = [], late = [] } = mutantKills?.targets[mutant] ?? {}
    const cheapOnes = killedBy.map((at) => ({ at: place.get(at) ?? -1, isLate: late.includes(at) }))
    return witnessOf([...cheapOnes, ...large.filter((kill) => kill.mutant === mutant)], pool, wanted)
  }
  return {
    tests,
    mutation: {
      ...mutationRecord(mutantKills, claimed.length, killed, witness),
      inputsTried: tried.length,
      hunted: chosen.filter((index) => pool[index]?.isCandidate === false).length,
      most: { tests: mostTests, bytes: mostBytes },
    },
    answers: { ...answerShares(outputs), pool: pool.length },
  }
}

/** Every input of the pool on which the reference ends well, with its answer. */
async function answeredPool(bench: Workbench): Promise<Answered[]> {
  const proving = await provingInputs(bench)
  const own = await candidates(bench)
  const results = await provingResults(bench, hashSeeds.ordinary)
  const offset = proving.length - own.length
  const pool: Answered[] = []
  const seen = new Set(proving.slice(0, offset))
  const add = (from: readonly Candidate[], outputs: readonly (string | undefined)[], isCandidate: boolean): void => {
    from.forEach((candidate, index) => {
      const output = outputs[index]
      if (output === undefined || seen.size === seen.add(candidate.input).size) return
      pool.push({ ...candidate, answer: canonicalOutput(output), isCandidate })
    })
  }
  const printed = results.slice(offset).map((result) => (isClean(result) ? result.stdout : undefined))
  add(own, printed, true)
  for (const chunk of await corpus(bench)) {
    const answers = await onChunk(bench, 'reference', chunk)
    const outputs = answers.map(({ ended, output }) => (ended === 'ok' ? output : undefined))
    add(chunk.candidates, outputs, false)
  }
  return pool
}

/** Marks the pool with what each input kills, unless samples kill it often enough. */
function markKills(
  kind: 'mutant' | 'wrong',
  kills: Kills | undefined,
  sampleCount: number,
  place: ReadonlyMap<number, number>,
  features: readonly Set<string>[],
): void {
  kills?.targets.forEach(({ killedBy }, target) => {
    if (killedBy.filter((index) => index < sampleCount).length >= coverTimes) return
    for (const index of killedBy) features[place.get(index) ?? -1]?.add(`${kind} ${target}`)
  })
}

/** Which of the mutants that were only much slower than the reference are too slow under the limits, or wrong. */
async function confirmLate(
  bench: Workbench,
  kills: Kills,
  cases: readonly { readonly input: string; readonly answer: string }[],
): Promise<void> {
  const { timeMs, memoryBytes } = await measuredLimits(bench)
  const { language } = bench.draft.get('reference')
  const accepts = decider(bench)
  await Promise.all(
    kills.targets.map(async ({ source, killedBy, late: [at] }) => {
      const shown = at === undefined ? undefined : cases[at]
      if (at === undefined || shown === undefined || killedBy.length > 0) return
      const limits = executionLimits(timeMs, memoryBytes)
      const [result] = await bench.rerun({ language, code: source }, [shown.input], limits)
      if (!(await isRight(result, shown, accepts))) killedBy.push(at)
    }),
  )
}

async function isRight(
  result: ExecutionResult | undefined,
  { input, answer }: { readonly input: string; readonly answer: string },
  accepts: ReturnType<typeof decider>,
): Promise<boolean> {
  if (!isClean(result)) return false
  const output = canonicalOutput(result.stdout)
  return sameTokens(output, answer) || (await accepts?.(answer, output, input)) === true
}

interface LargeKill extends Kill {
  readonly mutant: number
}

/** The last chance of mutants that no cheap input kills: what only shows at large sizes. */
async function killOnLarge(
  bench: Workbench,
  kills: Kills,
  pool: readonly Answered[],
  features: readonly Set<string>[],
): Promise<LargeKill[]> {
  const found: LargeKill[] = []
  const large = pool
    .map((candidate, index) => ({ ...candidate, index }))
    .filter(({ input, isCandidate }) => isCandidate && input.length > cheapLength)
    .sort((a, b) => a.input.length - b.input.length)
  // The shortest of the large ones is cheap; the longest is where counters overflow and quadratic loops show.
  const tried = [...new Set([large[0], large.at(-1)])].filter((one) => one !== undefined)
  const { language } = bench.draft.get('reference')
  const survivors = kills.targets
    .map((target, index) => ({ ...target, index }))
    .filter(({ killedBy }) => killedBy.length === 0)
    .slice(0, mostOnLarge)
  if (tried.length === 0) return found
  const inputs = tried.map(({ input }) => input)
  const { timeMs, memoryBytes } = await measuredLimits(bench)
  const accepts = decider(bench)
  await Promise.all(
    survivors.map(async ({ source, index, killedBy }) => {
      const limits = executionLimits(timeMs, memoryBytes)
      const results = await bench.rerun({ language, code: source }, inputs, limits)
      for (const [position, shown] of tried.entries()) {
        const result = results[position]
        if (await isRight(result, shown, accepts)) continue
        features[shown.index]?.add(`mutant ${index}`)
        killedBy.push(-1)
        found.push({ mutant: index, at: shown.index, isLate: ranOut(result) })
      }
    }),
  )
  return found
}

function ranOut(result: ExecutionResult | undefined): boolean {
  return result?.outcome === 'cpu-limit' || result?.outcome === 'wall-limit'
}

/** Bounds, strategies and classes of answers. */
function addCoverage(bench: Workbench, pool: readonly Answered[], features: readonly Set<string>[]): void {
  const frequency = new Map<string, number>()
  for (const { answer } of pool) frequency.set(answer, (frequency.get(answer) ?? 0) + 1)
  const classes = [...frequency]
    .filter(([answer, count]) => answer.length <= answerClass.longest && count >= pool.length * answerClass.leastShare)
    .sort((a, b) => b[1] - a[1])
    .slice(0, answerClass.most)
    .map(([answer]) => answer)
  pool.forEach(({ input, answer, origin, isCandidate }, index) => {
    const mine = features[index]
    if (mine === undefined) return
    if (classes.includes(answer)) mine.add(`answer ${answer}`)
    if (origin.from === 'generator') mine.add(`strategy ${origin.strategy}`)
    if (!isCandidate) return
    for (const { variable, minReached, maxReached } of coverage(bench.draft.spec, [input])) {
      if (minReached) mine.add(`least ${variable}`)
      if (maxReached) mine.add(`greatest ${variable}`)
    }
  })
}

/** Indices of the inputs that ought to be tests, however large they are. */
function choose(bench: Workbench, pool: readonly Answered[], features: readonly Set<string>[]): number[] {
  const items = pool.map(({ input }, index) => ({
    id: String(index),
    size: input.length,
    features: features[index] ?? new Set<string>(),
  }))
  const kinds = new Map(bench.draft.get('generator').strategies.map(({ name, kind }) => [name, kind]))
  // What decides about time is always there: the largest the model made and the largest the spec allows.
  const required = pool.flatMap(({ origin }, index) => {
    const isFirst = origin.from === 'generator' && origin.seed === 1
    const kind = origin.from === 'generator' ? kinds.get(origin.strategy) : undefined
    const isTimed = isFirst && (kind === 'maximum' || kind === 'adversarial')
    return isTimed || (origin.from === 'spec' && (origin.family === 'boundary' || origin.family === 'largest'))
      ? [String(index)]
      : []
  })
  const chosen: string[] = []
  for (let time = 0; time < coverTimes; time += 1) {
    const left = items.filter(({ id }) => !chosen.includes(id))
    const most = mostTests - chosen.length
    if (most > 0) chosen.push(...chooseTests(left, most, new Set(time === 0 ? required : [])))
  }
  // Room is left for what the generators make; a suite of tiny tests would be a poor one.
  for (const [index, { origin }] of pool.entries()) {
    if (chosen.length >= mostTests) break
    if (origin.from === 'generator' && !chosen.includes(String(index))) chosen.push(String(index))
  }
  return chosen.slice(0, mostTests).map(Number)
}

/** Drops large inputs while all are too many bytes together: first those that others stand for, never the largest that stands for them. */
function withinBytes(chosen: readonly number[], pool: readonly Answered[]): number[] {
  const kept = [...chosen]
  const length = (index: number): number => pool[index]?.input.length ?? 0
  let bytes = kept.reduce((sum, index) => sum + length(index), 0)
  const bySize = chosen.toSorted((a, b) => length(b) - length(a))
  const stands = (index: number): boolean => pool[index] !== undefined && isFirst(pool[index])
  const firsts = bySize.filter(stands)
  for (const index of [...bySize.filter((each) => !stands(each)), ...firsts.slice(1)]) {
    if (bytes <= mostBytes) break
    kept.splice(kept.indexOf(index), 1)
    bytes -= length(index)
  }
  return kept
}

/** What stands for its kind: a strategy's first seed, and the random one of the largest inputs. */
function isFirst({ origin }: Candidate): boolean {
  return origin.from === 'generator' ? origin.seed === 1 : origin.name === 'largest-random'
}

function mutationRecord(
  kills: Kills | undefined,
  sampleCount: number,
  killedFeatures: ReadonlySet<string>,
  witness: (mutant: number) => MutantRecord['witness'],
): Omit<Verification['mutation'], 'inputsTried' | 'hunted' | 'most'> {
  const records = (kills?.targets ?? []).map(({ record, killedBy }, index) => ({
    record,
    index,
    isKilled: killedBy.some((at) => at >= 0 && at < sampleCount) || killedFeatures.has(`mutant ${index}`),
    isKillable: killedBy.length > 0,
  }))
  const alive = records.filter(({ isKilled }) => !isKilled)
  return {
    mutants: records.length,
    killed: records.length - alive.length,
    equivalent: alive.filter(({ isKillable }) => !isKillable).length,
    survivors: alive
      .filter(({ isKillable }) => isKillable)
      .map(({ record, index }) => {
        const shown = witness(index)
        return shown === undefined ? record : { ...record, witness: shown }
      }),
    unkilled: alive.filter(({ isKillable }) => !isKillable).map(({ record }) => record),
  }
}

function answerShares(answers: readonly string[]): { distinct: number; dominating: number } {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return { distinct: counts.size, dominating: Math.max(0, ...counts.values()) / Math.max(1, answers.length) }
}
