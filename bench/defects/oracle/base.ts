// What the oracle knows about a base problem besides its programs: its grammar, its sizes and inputs of its own.
import type { Bounds } from './bounds.ts'
import type { InputReader } from './input-reader.ts'
import type { Random } from './random.ts'

/** `tiny` has a handful of values, `small` tens, `middle` hundreds, `large` a third of the most, `maximum` the most. */
export type Shape = 'tiny' | 'small' | 'middle' | 'large' | 'maximum'

/** Sizes of an input by name, those that the running time depends on. */
export type Sizes = Readonly<Record<string, number>>

export interface Base {
  /** Names of the program that decides, and of the naive one. */
  readonly truth: string
  readonly naive: string
  /** What the tokens of an output are. */
  readonly output: 'integers' | 'words'
  /** Techniques that the statement must not name. */
  readonly spoilers: RegExp
  /** Reads a whole input; throws on what is illegal. */
  read(input: InputReader): Sizes
  /** The largest sizes that the constraints allow together. */
  largest(bounds: Bounds): Sizes
  /** A legal input. */
  make(bounds: Bounds, shape: Shape, random: Random): string
}

/** How many values an input of that shape has, when at least `min` and at most `max` are allowed. */
export function countFor(shape: Shape, random: Random, min: number, max: number): number {
  const { low, high } = {
    tiny: { low: min, high: 5 },
    small: { low: min, high: 30 },
    middle: { low: 60, high: 300 },
    large: { low: Math.floor(max / 4), high: Math.floor(max / 3) },
    maximum: { low: max, high: max },
  }[shape]
  return Math.max(min, Math.min(max, random.integer(low, high)))
}

/** The largest value to draw: few different values make ties, all of them make large sums. */
export function spreadFor(shape: Shape, random: Random, min: number, max: number): number {
  if (shape === 'tiny') return Math.min(max, min + random.integer(0, 6))
  if (shape === 'maximum') return max
  return random.pick([Math.min(max, min + 2), Math.min(max, min + 20), max, max])
}

/** Input text of rows of tokens. */
export function rowsOf(...rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.join(' ')}\n`).join('')
}
