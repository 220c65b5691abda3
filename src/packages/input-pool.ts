// Legal inputs beyond the tests: made from the spec where it is known, else guessed from the tests, or tests changed and recombined: what the validators accept.
import { createRandom } from '../generation/spec/random.ts'
import { specInputs } from '../generation/spec/families.ts'
import { inferSpec } from '../generation/spec/infer.ts'
import type { Executor } from '../ports.ts'
import { runProgram } from './run-program.ts'
import type { Subject } from './subject.ts'

/** An input, and how it came about: `spec tiny-3`, `changed 17`. */
export interface PoolInput {
  readonly name: string
  readonly input: string
}

/** Changed inputs that are tried; validators are run on each. */
const attempts = 400
/** Tests that are changed, the smallest ones: a small input shows most, and costs least. */
const parents = 12
const largestParent = 20_000
const guessesOfFamily = 80

/** Small and middle inputs, none of which is a test already. Throws what the executor throws. */
export async function inputPool(subject: Subject, executor: Executor, signal: AbortSignal): Promise<PoolInput[]> {
  const tests = new Set(subject.arena.tests.map(({ input }) => input))
  const { spec } = subject
  if (spec !== undefined) {
    const families = ['boundary', 'tiny', 'small', 'middle'] as const
    const made = families.flatMap((family) => specInputs(spec, family))
    return distinct(
      made.map(({ name, input }) => ({ name, input })),
      tests,
    )
  }
  // A guess alone does not say what is legal.
  if (subject.inputValidators.length === 0) return []
  const changed = changedInputs([...tests]).map((input, index) => ({ name: `changed-${index + 1}`, input }))
  return accepted(distinct([...guessedInputs([...tests]), ...changed], tests), subject, executor, signal)
}

/** Inputs from the spec that the small tests look like they follow; validators have the last word. */
function guessedInputs(tests: readonly string[]): PoolInput[] {
  const guess = inferSpec(tests.filter((test) => test.length <= largestParent))
  if (guess === undefined) return []
  const families = ['boundary', 'tiny', 'small', 'middle'] as const
  return families.flatMap((family) =>
    specInputs(guess, family)
      .slice(0, guessesOfFamily)
      .map(({ name, input }) => ({ name: `guessed-${name}`, input })),
  )
}

function distinct(inputs: readonly PoolInput[], known: ReadonlySet<string>): PoolInput[] {
  const seen = new Set(known)
  return inputs.filter(({ input }) => seen.size !== seen.add(input).size)
}

/** What every validator accepts, with the arguments of the first test. */
async function accepted(
  inputs: readonly PoolInput[],
  { inputValidators, places }: Subject,
  executor: Executor,
  signal: AbortSignal,
): Promise<PoolInput[]> {
  let left = [...inputs]
  const args = [...(places[0]?.inputFlags ?? [])]
  for (const { program } of inputValidators) {
    const runs = await runProgram(
      program,
      left.map(({ input }) => ({ input, args })),
      executor,
      signal,
    )
    // It was told when the validators were checked.
    if (!runs.compiled) continue
    left = left.filter(
      (_input, index) => runs.results[index]?.outcome === 'exited' && runs.results[index]?.exitCode === 42,
    )
  }
  return left
}

/** Small changes of small tests; the same ones for the same tests. */
function changedInputs(tests: readonly string[]): string[] {
  const small = tests
    .filter((test) => test.length <= largestParent)
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
    .slice(0, parents)
  const choose = createRandom('package inputs')
  const below = (count: number): number => Number(choose(BigInt(Math.max(1, count))))
  const inputs = new Set<string>()
  for (let attempt = 0; attempt < attempts && small.length > 0; attempt += 1) {
    let input = small[below(small.length)] ?? ''
    // One change stays close to what is legal, several lead further away.
    for (let step = 0; step <= attempt % 3; step += 1) input = change(input, small, below)
    inputs.add(input)
  }
  return [...inputs]
}

type Below = (count: number) => number

function change(input: string, others: readonly string[], below: Below): string {
  const lines = input.replace(/\n$/, '').split('\n')
  const at = below(lines.length)
  const words = (lines[at] ?? '').split(' ')
  const place = below(words.length)
  const word = words[place] ?? ''
  const withWord = (text: string): string => joined(lines.with(at, words.with(place, text).join(' ')))
  const isInteger = /^-?\d+$/.test(word)
  switch (below(6)) {
    case 0:
      return isInteger ? withWord(String(BigInt(word) + BigInt(below(5) - 2))) : withWord(shuffled(word, below))
    case 1:
      return isInteger ? withWord(String([0, 1, -1, 2, -2, 10][below(6)] ?? 0)) : withWord(word.slice(0, -1) || word)
    case 2:
      // The same value twice, or a value of somewhere else.
      return withWord(words[below(words.length)] ?? word)
    case 3: {
      const other = (others[below(others.length)] ?? '').replace(/\n$/, '').split('\n')
      return joined(lines.with(at, other[at] ?? lines[at] ?? ''))
    }
    case 4:
      return resized(lines, at, -1)
    default:
      return resized(lines, at, 1)
  }
}

/**
 * One element more or less in the row `at`, or one line more or less, and one less in a number before it that says how
 * many there are.
 */
function resized(lines: readonly string[], at: number, by: 1 | -1): string {
  const words = (lines[at] ?? '').split(' ')
  const isRow = words.length > 1
  const size = isRow ? words.length : lines.length - at
  const changed = by === 1 ? [...words, words.at(-1) ?? ''] : words.slice(0, -1)
  const repeated = by === 1 ? [...lines, lines.at(-1) ?? ''] : lines.slice(0, -1)
  const next = isRow ? lines.with(at, changed.join(' ')) : repeated
  for (let line = 0; line <= Math.min(at, next.length - 1); line += 1) {
    const counts = (next[line] ?? '').split(' ')
    const place = counts.findIndex((count) => count === String(size))
    if (place >= 0 && !(isRow && line === at))
      return joined(next.with(line, counts.with(place, String(size + by)).join(' ')))
  }
  return joined(next)
}

function shuffled(word: string, below: Below): string {
  const chars = Array.from(word)
  const [one, other] = [below(chars.length), below(chars.length)]
  return chars.with(one, chars[other] ?? '').join('')
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
