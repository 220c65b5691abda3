// A better suite for a problem, made without any model: its tests and further legal inputs, of which those stay that do something.
import { coverage } from '../generation/spec/coverage.ts'
import { specInputs } from '../generation/spec/families.ts'
import { type Candidate, chooseTests } from '../generation/suite/set-cover.ts'
import type { Executor } from '../ports.ts'
import { areRight } from './checking.ts'
import { withDigest } from './digest.ts'
import { outcomesOf } from './quick-runs.ts'
import { runProgram } from './run-program.ts'
import type { PackageFile } from './source.ts'
import type { Known, Strength } from './strength.ts'
import type { ExampleSubmission, Subject } from './subject.ts'

const mostTests = 60
const rounds = 3
/** Inputs on which slow programs are tried: each may take the whole limit. */
const largeInputs = 6
/** With more answers than these a class of answers says nothing. */
const mostAnswerClasses = 12

const readme = `
Tests made by \`verify --rebuild-tests\`. To judge by them: \`npm start -- judge FOLDER SOURCE\`.
`

/** What became of the tests. */
export interface Rebuilt {
  /** `README.md`, then `NN-name.in` and `.ans`. */
  readonly files: readonly PackageFile[]
  readonly tests: number
  /** How many of them were tests before. */
  readonly kept: number
  /** Mutants and submissions that fail, before and now. */
  readonly killed: { readonly before: number; readonly after: number }
  /** Tests of before that nothing needs any more. */
  readonly dropped: readonly string[]
  readonly added: readonly AddedTest[]
}

/** What a test can do that no test of before did; nothing where it only does it once more. */
export interface AddedTest {
  readonly test: string
  readonly adds: readonly Gain[]
}

const gains = ['mutant', 'submission', 'bound', 'answer', 'shape'] as const
/** A mutant or a submission that it stops, a bound that it reaches, a class of answers, a shape of input. */
export type Gain = (typeof gains)[number]

/** Chooses the suite. Throws what the executor throws. */
export async function rebuildTests(
  subject: Subject,
  { known, kills, tests }: Strength,
  accepted: readonly ExampleSubmission[],
  executor: Executor,
  signal: AbortSignal,
): Promise<Rebuilt> {
  const pool = [...known, ...(await largest(subject, accepted, known, executor, signal))]
  const features = pool.map(() => new Set<string>())
  kills.forEach((places, mutant) => places.forEach((at) => features[at]?.add(`mutant ${mutant}`)))
  await addSubmissions(features, pool, subject, executor, signal)
  addCoverage(features, pool, subject)
  addAnswers(features, pool)
  pool.forEach(({ input }, at) => shapesOf(input).forEach((shape) => features[at]?.add(`shape ${shape}`)))
  const isSample = (at: number): boolean => at < tests && subject.places[at]?.isSample === true
  const candidates = pool.flatMap(({ input }, at): Candidate[] =>
    isSample(at) ? [] : [{ id: String(at), size: input.length, features: features[at] ?? new Set() }],
  )
  const bySize = [...candidates].sort((one, other) => one.size - other.size)
  const ends = [bySize[0], bySize.at(-1)].flatMap((end) => (end === undefined ? [] : [end.id]))
  const chosen = await confirmed(
    chooseInRounds(candidates, new Set(ends)),
    pool,
    tests,
    subject,
    accepted,
    executor,
    signal,
  )
  const before = new Set(features.slice(0, tests).flatMap((own) => [...own]))
  const newIn = (own: ReadonlySet<string>): Gain[] =>
    gains.filter((gain) => [...own].some((feature) => feature.startsWith(`${gain} `) && !before.has(feature)))
  const named = (at: number): string[] => (pool[at] === undefined ? [] : [pool[at].name])
  const killed = (places: readonly number[]): number =>
    new Set(places.flatMap((at) => [...(features[at] ?? [])].filter((name) => /^(mutant|submission)/.test(name)))).size
  return {
    dropped: candidates.flatMap(({ id }) =>
      Number(id) < tests && !chosen.includes(Number(id)) ? named(Number(id)) : [],
    ),
    added: chosen.flatMap((at, index) =>
      at < tests ? [] : [{ test: baseName(pool[at], index, chosen.length), adds: newIn(features[at] ?? new Set()) }],
    ),
    files: withDigest(
      { path: 'README.md', text: readme },
      chosen.flatMap((at, index) => testFiles(pool[at], index, chosen.length)),
    ),
    tests: chosen.length,
    kept: chosen.filter((at) => at < tests).length,
    killed: { before: killed([...pool.keys()].slice(0, tests)), after: killed(chosen) },
  }
}

/** What is no test yet is answered once more, by a process of its own; what then differs is left out. */
async function confirmed(
  chosen: readonly number[],
  pool: readonly Known[],
  tests: number,
  { arena }: Subject,
  accepted: readonly ExampleSubmission[],
  executor: Executor,
  signal: AbortSignal,
): Promise<number[]> {
  const [first] = accepted
  const fresh = chosen.filter((at) => at >= tests)
  if (first === undefined || fresh.length === 0) return [...chosen]
  const known = fresh.flatMap((at) => pool[at] ?? [])
  const runs = await runProgram(first.program, known, executor, signal)
  const cases = known.map((test, index) => ({
    ...test,
    output: runs.compiled ? (runs.results[index]?.stdout ?? '') : '',
  }))
  const right = await areRight(arena.checker, cases, executor, signal)
  const refused = new Set(fresh.filter((_at, index) => right[index] !== true))
  return chosen.filter((at) => !refused.has(at))
}

/** Each round covers everything again with other tests: what stops a program once may miss its neighbour. */
function chooseInRounds(candidates: readonly Candidate[], required: ReadonlySet<string>): number[] {
  const chosen = new Set<string>()
  for (let round = 0; round < rounds && chosen.size < mostTests; round += 1) {
    const left = candidates.filter(({ id }) => !chosen.has(id))
    const ends = round === 0 ? required : new Set<string>()
    for (const id of chooseTests(left, mostTests - chosen.size, ends)) chosen.add(id)
  }
  return candidates.flatMap(({ id }) => (chosen.has(id) ? [Number(id)] : []))
}

/** What an input looks like, whatever it means: its size, and what its longest row of integers has in it. */
function shapesOf(input: string): string[] {
  const rows = input.split('\n').map((line) => line.split(' '))
  const integers = rows.filter((row) => row.every((word) => /^-?\d{1,15}$/.test(word))).map((row) => row.map(Number))
  const longest = integers.reduce((row, other) => (other.length > row.length ? other : row), [])
  const distinct = new Set(longest).size
  const isRising = longest.every((value, at) => at === 0 || value >= (longest[at - 1] ?? value))
  const isFalling = longest.every((value, at) => at === 0 || value <= (longest[at - 1] ?? value))
  return [
    `size ${Math.floor(Math.log2(1 + input.length))}`,
    ...(longest.some((value) => value < 0) ? ['negative'] : []),
    ...(longest.includes(0) ? ['zero'] : []),
    ...(longest.length > 2 && distinct === 1 ? ['equal'] : []),
    ...(longest.length > 2 && distinct === longest.length ? ['distinct'] : []),
    ...(longest.length > 2 && isRising ? ['rising'] : []),
    ...(longest.length > 2 && isFalling ? ['falling'] : []),
  ]
}

/** A number of its own, and the name without the one that it had before. */
function baseName(test: Known | undefined, index: number, count: number): string {
  const number = String(index + 1).padStart(Math.max(2, String(count).length), '0')
  const name = (test?.name ?? '').replace(/^(secret|test)\//, '').replace(/^\d+-(?=.)/, '')
  return `${number}-${name
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)}`
}

function testFiles(test: Known | undefined, index: number, count: number): PackageFile[] {
  if (test === undefined) return []
  const base = baseName(test, index, count)
  return [
    { path: `${base}.in`, text: test.input },
    { path: `${base}.ans`, text: test.answer },
  ]
}

/** Inputs of maximum size, which only a spec can make. */
async function largest(
  { spec, arena }: Subject,
  accepted: readonly ExampleSubmission[],
  known: readonly Known[],
  executor: Executor,
  signal: AbortSignal,
): Promise<Known[]> {
  const [first] = accepted
  if (spec === undefined || first === undefined) return []
  const inputs = specInputs(spec, 'largest').filter(({ input }) => !known.some((other) => other.input === input))
  const runs = await runProgram(first.program, inputs, executor, signal)
  if (!runs.compiled) return []
  return inputs.flatMap(({ name, input }, index) => {
    const result = runs.results[index]
    const isClean = result?.exitCode === 0 && result.cpuMs <= arena.limits.timeMs
    return isClean ? [{ name, input, answer: result.stdout }] : []
  })
}

/** What fails the submissions that have to fail. */
async function addSubmissions(
  features: readonly Set<string>[],
  pool: readonly Known[],
  { arena, submissions }: Subject,
  executor: Executor,
  signal: AbortSignal,
): Promise<void> {
  const order = [...pool.keys()].sort((one, other) => (pool[one]?.input.length ?? 0) - (pool[other]?.input.length ?? 0))
  for (const { path, program, expectation } of submissions) {
    if (expectation.required === undefined) continue
    const isSlow = expectation.required.has('TLE') && expectation.required.size === 1
    const places = isSlow ? order.slice(-largeInputs) : order
    const tests = places.flatMap((at) => pool[at] ?? [])
    const inputs = tests.map(({ input }) => input)
    const outcomes = await outcomesOf(program, inputs, arena.limits, executor, signal)
    if (outcomes === undefined) continue
    const cases = tests.map((test, index) => ({ ...test, output: outcomes[index]?.output ?? '' }))
    const isFinished = (index: number): boolean => outcomes[index]?.ended === 'ok'
    const finished = cases.filter((_case, index) => isFinished(index))
    const right = (await areRight(arena.checker, finished, executor, signal)).values()
    places.forEach((at, index) => {
      const isRight = isFinished(index) && right.next().value === true
      if (!isRight) features[at]?.add(`submission ${path}`)
    })
  }
}

function addCoverage(features: readonly Set<string>[], pool: readonly Known[], { spec }: Subject): void {
  if (spec === undefined) return
  pool.forEach(({ input }, at) => {
    for (const { variable, minReached, maxReached } of coverage(spec, [input])) {
      if (minReached) features[at]?.add(`bound min ${variable}`)
      if (maxReached) features[at]?.add(`bound max ${variable}`)
    }
  })
}

function addAnswers(features: readonly Set<string>[], pool: readonly Known[]): void {
  const classes = new Set(pool.map(({ answer }) => answer.trim()))
  if (classes.size > mostAnswerClasses) return
  pool.forEach(({ answer }, at) => features[at]?.add(`answer ${answer.trim()}`))
}
