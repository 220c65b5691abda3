// What values tell when a spec is guessed: bounds, alphabets, limits, permutations.
import type { Field } from '../../contract/input-spec.ts'
import type { EdgeList } from './graph.ts'

/** The tokens of a line. */
export type Line = readonly string[]

/** A number that was read, by input. */
export interface Scalar {
  readonly name: string
  readonly values: readonly number[]
}

/** Tokens that are integers, and real numbers. */
export const integerPattern = /^(?:0|-?[1-9]\d{0,17})$/
export const realPattern = /^-?(?:0|[1-9]\d{0,11})(?:\.\d{1,9})?$/

/** The next power of ten, as people write it. */
export function roundUp(value: number | bigint): string {
  const digits = String(BigInt(value) - 1n).length
  if (value <= 10) return '10'
  return digits < 4 ? String(10 ** digits) : `10^${digits}`
}

/** What was seen, widened to powers of ten; small ranges stay as they are, for they may be codes. */
export function bounds(tokens: readonly string[]): { min: string; max: string } {
  const values = tokens.map((token) => BigInt(token))
  const min = values.reduce((left, right) => (left < right ? left : right), values[0] ?? 0n)
  const max = values.reduce((left, right) => (left > right ? left : right), values[0] ?? 0n)
  if (min >= 0n && max <= 9n) return { min: String(min), max: String(max) }
  const low = min >= 1n ? '1' : min === 0n ? '0' : `-${roundUp(-min)}`
  return { min: low, max: max > 0n ? roundUp(max) : '0' }
}

/** A number on a line of its own fields: from 0 or 1; up to an earlier one that it sometimes is and never exceeds. */
export function scalarField(name: string, tokens: readonly string[], earlier: readonly Scalar[]): Field {
  const values = tokens.map(Number)
  const { min, max } = bounds(tokens)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const limit = earlier.findLast((scalar) =>
    isLimit(
      scalar,
      tokens.map((token) => [Number(token)]),
    ),
  )
  const low = least >= 1 ? '1' : least === 0 ? '0' : min
  return {
    type: 'integer',
    name,
    min: low,
    max: limit?.name ?? (most > 0 ? roundUp(BigInt(tokens[values.indexOf(most)] ?? '0')) : max),
  }
}

/** Whether values never exceed a number, and reach it in some inputs that differ. */
function isLimit({ values }: Scalar, lists: readonly (readonly number[])[]): boolean {
  const keeps = lists.every((list, index) => list.every((value) => value >= 0 && value <= (values[index] ?? 0)))
  const reached = lists.filter((list, index) => (values[index] ?? 0) > 1 && list.includes(values[index] ?? 0))
  return keeps && reached.length > 0 && new Set(values).size > 1
}

export function elementBounds(
  lists: readonly (readonly number[])[],
  tokens: readonly string[],
  scalars: readonly Scalar[],
): { min: string; max: string } {
  const range = bounds(tokens)
  const limit = scalars.find((scalar) => isLimit(scalar, lists))
  return limit === undefined ? range : { min: lists.flat().includes(0) ? '0' : '1', max: limit.name }
}

export function realBounds(tokens: readonly string[]): { min: string; max: string; decimals: number } {
  const decimals = Math.max(1, ...tokens.map((token) => token.split('.')[1]?.length ?? 0))
  const values = tokens.map(Number)
  const [min, max] = [Math.min(...values), Math.max(...values)]
  const isShare = min >= 0 && max <= 1
  return {
    min: min >= 0 ? '0' : `-${roundUp(Math.ceil(-min))}`,
    max: isShare ? '1' : max > 0 ? roundUp(Math.ceil(max)) : '0',
    decimals,
  }
}

/** A real number or a word. */
export function plainField(name: string, tokens: readonly string[]): Field | undefined {
  if (tokens.length === 0) return undefined
  if (tokens.every((token) => realPattern.test(token))) return { type: 'real', name, ...realBounds(tokens) }
  const longest = Math.max(...tokens.map(({ length }) => length))
  const shortest = Math.min(...tokens.map(({ length }) => length))
  const isFixed = shortest === longest && tokens.length > 3
  return {
    type: 'word',
    name,
    minLength: isFixed ? String(shortest) : '1',
    maxLength: isFixed ? String(longest) : roundUp(longest),
    alphabet: alphabetFor(tokens),
  }
}

/** Letters and digits as whole ranges where several were seen, anything else as it is. */
export function alphabetFor(tokens: readonly string[]): string {
  const seen = new Set(tokens.flatMap((token) => Array.from(token)))
  const wide = (range: string, pattern: RegExp, least: number): string[] => {
    const mine = [...seen].filter((char) => pattern.test(char))
    for (const char of mine) seen.delete(char)
    return mine.length >= least ? [range] : mine.sort()
  }
  const parts = [...wide('a-z', /[a-z]/, 5), ...wide('A-Z', /[A-Z]/, 5), ...wide('0-9', /\d/, 4)]
  const hyphen = seen.delete('-') ? ['-'] : []
  return [...parts, ...[...seen].sort(), ...hyphen].join('')
}

/** How many values a range of integers has. */
export function spread(tokens: readonly string[]): number {
  const values = tokens.map(Number)
  return Math.max(...values) - Math.min(...values) + 1
}

/** Whether values never repeat although, drawn from so many, they would have. */
export function looksDistinct(lists: readonly Line[], possible: number): boolean {
  const pairs = lists.reduce((sum, list) => sum + (list.length * (list.length - 1)) / 2, 0)
  return lists.every((list) => new Set(list).size === list.length) && pairs > 5 * possible
}

export function isPermutationFrom(list: readonly number[], first: 0 | 1): boolean {
  return new Set(list).size === list.length && list.every((value) => value >= first && value < list.length + first)
}

export function edgeList(vertices: number, first: 0 | 1, edges: readonly [number, number][]): EdgeList | undefined {
  const isInside = edges.every((edge) => edge.every((end) => end >= first && end < vertices + first))
  if (!isInside || vertices > 5_000_000) return undefined
  return { vertices, first, from: Int32Array.from(edges, ([u]) => u), to: Int32Array.from(edges, ([, v]) => v) }
}
