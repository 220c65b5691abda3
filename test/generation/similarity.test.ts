// Signatures of statements and keys of behaviour: what has to meet meets, and what must not stays apart.
import { describe, expect, it } from 'vitest'
import { blueprints, createAuthorOf } from '../../mock/gemini/author/index.ts'
import type { Block, Field, InputSpec } from '../../src/contract/input-spec.ts'
import type { Locale } from '../../src/contract/topics.ts'
import {
  bands,
  behaviourInputs,
  behaviourKey,
  nearCopyThreshold,
  resemblance,
  statementSignature,
} from '../../src/generation/similarity.ts'

const lighthouses = {
  ko: `등대 가운데 정확히 K곳을 골라 특별한 신호등을 단다. 고른 등대들 가운데 가장 가까운 두 등대 사이의 거리를 되도록 크게 하려고 한다. 등대는 최대 100,000곳이다. 그 거리의 최댓값을 구하시오.`,
  en: `Exactly K of the lighthouses are to be chosen for a special lamp. The distance between the closest two of the chosen lighthouses should be as large as possible. There are at most 100,000 lighthouses. Find the greatest value of that distance.`,
}
/** The same task with other names and numbers, its sentences in another order. */
const poles = {
  ko: `기둥은 최대 2 × 10^5곳이다. 기둥 가운데 정확히 M곳을 골라 특별한 신호등을 단다. 고른 기둥들 가운데 가장 가까운 두 기둥 사이의 거리를 되도록 크게 하려고 한다. 그 거리의 최댓값을 구하시오.`,
  en: `There are at most 2 * 10^5 poles. Exactly M of the poles are to be chosen for a special lamp. The distance between the closest two of the chosen poles should be as large as possible. Find the greatest value of that distance.`,
}
const locales = ['ko', 'en'] as const

function alike(one: string, other: string): number {
  return resemblance(statementSignature(one), statementSignature(other))
}

function shareBand(one: string, other: string): boolean {
  const found = new Set(bands(statementSignature(one)))
  return bands(statementSignature(other)).some((band) => found.has(band))
}

describe('statements', () => {
  it.each(locales)('with other names, numbers and order of sentences are near copies: %s', (locale) => {
    expect(alike(lighthouses[locale], poles[locale])).toBeGreaterThanOrEqual(nearCopyThreshold)
    expect(shareBand(lighthouses[locale], poles[locale])).toBe(true)
  })

  it.each<[string, Locale, (text: string) => string]>([
    ['capitals', 'en', (text) => text.toUpperCase().replaceAll('LIGHTHOUSES', 'Lighthouses')],
    ['blanks and line ends', 'ko', (text) => text.replaceAll(' ', '\r\n ')],
    ['punctuation and marks', 'ko', (text) => text.replaceAll('.', ' — !').replaceAll('K', '$K$')],
    ['invisible characters', 'ko', (text) => text.replaceAll('.', '\u200B.')],
    ['full-width letters', 'en', (text) => text.replaceAll('e', 'ｅ').replaceAll('K', 'Ｋ')],
    ['letters that are composed', 'ko', (text) => text.normalize('NFD')],
    ['ways to write a number', 'en', (text) => text.replaceAll('100,000', '10⁵')],
    ['ways to write a number', 'ko', (text) => text.replaceAll('100,000', '1e5')],
    ['variables', 'ko', (text) => text.replaceAll('K', 'X_{1}')],
  ])('are the same text with other %s: %s', (_, locale, change) => {
    const changed = change(lighthouses[locale])
    expect(changed).not.toBe(lighthouses[locale])
    expect(alike(lighthouses[locale], changed)).toBe(1)
  })

  it('differ by the words between the names', () => {
    const other = lighthouses.ko.replace('가장 가까운', '가장 먼').replaceAll('최댓값', '최솟값')
    expect(alike(lighthouses.ko, other)).toBeLessThan(1)
    expect(alike(lighthouses.ko, lighthouses.en)).toBeLessThan(0.1)
  })

  it('without a letter are found by nothing and resemble nothing', () => {
    for (const empty of ['', ' \n', '—…!']) {
      expect(bands(statementSignature(empty))).toEqual([])
      expect(alike(empty, empty)).toBe(0)
    }
    expect(alike('섬', '섬')).toBe(1)
    expect(shareBand('섬', '섬')).toBe(true)
  })

  it('of one long word take no longer than others', () => {
    expect(alike('가'.repeat(100_000), '나'.repeat(100_000))).toBe(0)
  })

  it('have signatures that stay as they are, or the number of the scheme is raised', () => {
    const signature = statementSignature(lighthouses.ko)
    expect(signature).toHaveLength(512)
    expect(bands(signature)).toHaveLength(21)
    expect(new Set(bands(signature)).size).toBe(21)
    expect([bands(signature)[0], bands(statementSignature(lighthouses.en))[20]]).toEqual([
      '1#00#FLaTAv-xrgB4UrgD3d6_BgLIgQP0c7IB',
      '1#20#qnqWAJuXxgH6L7wAs1W6AH7NuwNxJqAA',
    ])
  })
})

interface Task {
  readonly id: string
  readonly level: string
  readonly title: unknown
  readonly signature: Uint8Array
}

function tasks(locale: Locale): Task[] {
  return blueprints.flatMap(({ id, levels }) =>
    levels.flatMap((level) =>
      [1, 2, 3].map((seed) => {
        const job = { artefact: 'blueprint', attempt: 1, locale } as const
        const reply = createAuthorOf(id, seed)({ job, request: { level } })
        return { id, level, title: reply['title'], signature: statementSignature(String(reply['task'])) }
      }),
    ),
  )
}

function pairs(all: readonly Task[]): [Task, Task][] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other): [Task, Task] => [one, other]))
}

describe('the statements of the scripted author', () => {
  it.each(locales)('of different blueprints are far below the threshold and meet nowhere: %s', (locale) => {
    const different = pairs(tasks(locale)).filter(([one, other]) => one.id !== other.id)
    expect(different.length).toBeGreaterThan(1_000)
    expect(Math.max(...different.map(([one, other]) => resemblance(one.signature, other.signature)))).toBeLessThan(0.4)
  })

  it.each(locales)('are found again when the same task is set in another scene: %s', (locale) => {
    const copies = pairs(tasks(locale)).filter(
      ([one, other]) => one.id === other.id && one.level === other.level && one.title !== other.title,
    )
    const found = copies.filter(([one, other]) => resemblance(one.signature, other.signature) >= nearCopyThreshold)
    expect(copies.length).toBeGreaterThan(40)
    expect(found.length / copies.length).toBeGreaterThan(0.9)
  })
})

/** Two texts that share `share` of all their shingles, made of syllables that hardly repeat. */
function pairOf(share: number, seed: number): [string, string] {
  let state = seed
  const syllables = (count: number): string =>
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return String.fromCodePoint(0xac00 + ((state >>> 8) % 11_000))
    }).join('')
  const own = Math.round((400 * (1 - share)) / 2)
  const common = syllables(400 - 2 * own)
  return [common + syllables(own), common + syllables(own)]
}

describe('a signature', () => {
  const seeds = Array.from({ length: 150 }, (_, index) => 7_919 * (index + 1))
  const foundShare = (share: number): number =>
    seeds.filter((seed) => shareBand(...pairOf(share, seed))).length / seeds.length

  it.each([0, 0.25, 0.5, 0.75, 0.9])('estimates a share of common shingles of %d without a lean', (share) => {
    const errors = seeds.map((seed) => alike(...pairOf(share, seed)) - share)
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.18)
  })

  it('meets what is alike and leaves the rest alone', () => {
    expect(foundShare(0.2)).toBeLessThan(0.03)
    expect(foundShare(0.7)).toBeGreaterThan(0.85)
    expect(foundShare(0.85)).toBeGreaterThan(0.98)
  })
})

// ---- behaviour

function specOf(...blocks: Block[]): InputSpec {
  return { version: 1, blocks }
}

function integer(name: string, min: string, max: string): Field {
  return { type: 'integer', name, min, max }
}

/** N and M, then a string. */
function stringSpec(alphabet: string, edges: string): InputSpec {
  return specOf(
    { kind: 'line', fields: [integer('N', '2', '500'), integer('M', 'N-1', edges)] },
    { kind: 'string', name: 'S', minLength: '1', maxLength: '100', alphabet },
  )
}

/** Cases of N, a real number, and a list of N values. */
function measured(name: string, min: string, max: string, decimals: number, sum: string): InputSpec {
  return specOf({
    kind: 'cases',
    name: `${name}s`,
    min: '1',
    max: sum,
    sums: [{ of: name, max: sum }],
    blocks: [
      { kind: 'line', fields: [integer(name, '1', sum), { type: 'real', name: `${name}r`, min, max, decimals }] },
      { kind: 'line', fields: [{ type: 'list', name: `${name}l`, length: name, min: '0', max: sum }] },
    ],
  })
}

/** N and K, then N values. */
function valuesSpec(
  names: readonly [string, string, string],
  top: string,
  values: { min: string; max: string },
): InputSpec {
  const [n, k, name] = names
  return specOf(
    { kind: 'line', fields: [integer(n, '1', top), integer(k, '1', n)] },
    { kind: 'array', name, length: n, ...values, layout: 'line', order: 'any', distinct: false },
  )
}

const positive = { min: '1', max: '10^9' }
const plain = valuesSpec(['N', 'K', 'A'], '200000', positive)

type Values = { n: number; k: number; values: number[] }

function answers(spec: InputSpec, program: (given: Values) => string | number | undefined): (string | undefined)[] {
  return behaviourInputs(spec).map((input) => {
    const [n = 0, k = 0, ...values] = input.trim().split(/\s+/).map(Number)
    const answer = program({ n, k, values })
    return answer === undefined ? undefined : `${answer}\n`
  })
}

const sum = ({ values }: Values): number => values.reduce((total, value) => total + value, 0)
const kth = ({ values, k }: Values): number => values.toSorted((a, b) => a - b)[k - 1] ?? 0
const kthSlowly = ({ values, k }: Values): string => ` ${values.toSorted((a, b) => b - a).at(-k)} \n\n`
const isEven = (given: Values): boolean => sum(given) % 2 === 0
const mean =
  (digits: number) =>
  (given: Values): string =>
    (sum(given) / given.n).toFixed(digits)
const letters =
  (shift: number) =>
  ({ values }: Values): string =>
    values.map((value) => 'abcdefghijklmnop'[value + shift]).join('')
const keyOf = (program: (given: Values) => string | number | undefined, spec = plain): string | undefined =>
  behaviourKey(spec, answers(spec, program))

describe('inputs for behaviour', () => {
  it('are the same for other names and bounds', () => {
    expect(behaviourInputs(plain)).toHaveLength(24)
    const others = [
      valuesSpec(['M', 'limit', 'X'], '1000', { min: '0', max: '500000' }),
      valuesSpec(['N', 'K', 'A'], '10^5', { min: '3', max: '2*10^8+7' }),
    ]
    for (const other of others) expect(behaviourInputs(other)).toEqual(behaviourInputs(plain))
  })

  it('have other signs, kinds of value or grammar where the problem has', () => {
    const others = [
      valuesSpec(['N', 'K', 'A'], '200000', { min: '-10^9', max: '10^9' }),
      valuesSpec(['N', 'K', 'A'], '200000', { min: '0', max: '1' }),
      specOf(...plain.blocks, { kind: 'permutation', name: 'P', length: 'N' }),
    ]
    const all = [plain, ...others].map((spec) => behaviourInputs(spec).join())
    expect(new Set(all).size).toBe(4)
    expect(all[1]).toContain('-')
  })

  it('are the same for larger and smaller ends of an alphabet, and of an expression', () => {
    const one = behaviourInputs(stringSpec('a-z', 'min(N*(N-1)/2, 200000)'))
    expect(one).toHaveLength(24)
    expect(behaviourInputs(stringSpec('a-f', 'min(N*(N-1)/2, 10^5)'))).toEqual(one)
    expect(behaviourInputs(stringSpec('ACGT', 'min(N*(N-1)/2, 10^5)'))).not.toEqual(one)
  })

  it('are the same for other bounds of real numbers, of sums, and of the number of cases', () => {
    const one = behaviourInputs(measured('N', '0.5', '1000.25', 3, '200000'))
    expect(one).toHaveLength(24)
    expect(behaviourInputs(measured('M', '0', '99.9', 6, '10^5'))).toEqual(one)

    expect(behaviourInputs(measured('M', '-0.5', '99.9', 6, '10^5'))).not.toEqual(one)
  })

  it('are none where a bound becomes longer than a spec takes', () => {
    const long = `${'101+'.repeat(24)}N`
    const spec = specOf({ kind: 'line', fields: [integer('N', '1', '9'), integer('K', '1', long)] })
    expect(behaviourInputs(spec)).toEqual([])
  })

  it('are none for a spec that cannot be right or leaves too little to choose', () => {
    for (const [min, max] of [
      ['1', 'M'],
      ['1', '9/0'],
      ['1', '2'],
    ] as const) {
      const spec = specOf({ kind: 'line', fields: [integer('N', min, max)] })
      expect(behaviourInputs(spec)).toEqual([])
      expect(behaviourKey(spec, [])).toBeUndefined()
    }
  })

  it('stay as they are, or stored keys are found no more', () => {
    expect(behaviourInputs(plain).slice(0, 3)).toEqual(['3 2\n9 6 3\n', '3 3\n6 2 7\n', '3 3\n2 4 8\n'])
    expect(keyOf(sum)).toBe('1#u13pwWGUXTGXoggjQo-FlD')
  })
})

describe('the key of behaviour', () => {
  it('is the same for two programs of one task, with other names, bounds and ways to print', () => {
    const other = valuesSpec(['M', 'limit', 'X'], '1000', { min: '0', max: '500000' })
    expect(keyOf(kth)).toBeDefined()
    expect(keyOf(kthSlowly, other)).toBe(keyOf(kth))
  })

  it('is another one for another task or another grammar', () => {
    const keys = [keyOf(kth), keyOf(sum), keyOf((given) => sum(given) + 1), keyOf(({ values }) => Math.max(...values))]
    const binary = valuesSpec(['N', 'K', 'A'], '200000', { min: '-9', max: '10^9' })
    keys.push(keyOf(sum, binary))
    expect(keys).not.toContain(undefined)
    expect(new Set(keys).size).toBe(5)
  })

  it('is another one for a single other answer', () => {
    const outputs = answers(plain, kth)
    expect(behaviourKey(plain, outputs.with(7, '77\n'))).not.toBe(behaviourKey(plain, outputs))
    expect(behaviourKey(plain, outputs.with(7, undefined))).not.toBe(behaviourKey(plain, outputs))
  })

  it.each<[string, (given: Values) => string | number | undefined]>([
    ['always the same', () => 'NO'],
    ['nothing', () => ''],
    ['nearly always the same', ({ values }) => (values[0] === 9 ? 1 : 0)],
    ['the size of the input', ({ n }) => n],
    ['a function of its size', ({ n }) => (n * (n - 1)) / 2],
    ['a number of the input', ({ k }) => k],
    ['the last value', ({ values }) => values.at(-1)],
    ['mostly a failure', (given) => (given.k > 1 ? undefined : sum(given))],
  ])('is none for answers that unrelated problems share: %s', (_, program) => {
    expect(keyOf(program)).toBeUndefined()
  })

  it('reads names of outcomes and real numbers as a reader would', () => {
    const yes = keyOf((given) => (isEven(given) ? 'YES' : 'NO'))
    expect(yes).toBeDefined()
    expect(keyOf((given) => (isEven(given) ? '가능' : '불가능'))).toBe(yes)
    expect(keyOf((given) => (kth(given) > 4 ? 'YES' : 'NO'))).not.toBe(yes)
    expect(keyOf(mean(9))).toBe(keyOf(mean(12)))
    expect(keyOf(mean(9))).toBeDefined()
  })

  it('tells words that are answers apart', () => {
    expect(keyOf(letters(0))).toBeDefined()
    expect(keyOf(letters(1))).not.toBe(keyOf(letters(0)))
  })

  it('is none for another number of outputs than inputs', () => {
    expect(behaviourKey(plain, answers(plain, kth).slice(1))).toBeUndefined()
  })
})
