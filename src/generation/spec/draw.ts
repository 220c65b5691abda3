// Draws sizes, values and texts as a profile says: every choice is asked for, so that the same code enumerates and goes to extremes.
import { alphabetOf } from './alphabet.ts'
import { add, greatest, type Int, least, subtract } from './int.ts'
import type { Choose } from './random.ts'

/** Which part of each range is used. */
export interface Profile {
  /** Sizes (lengths, counts, vertices): at least `from` and at most `span` above their minimum, as far as the range goes; or their maximum. */
  readonly sizes: { readonly from: number; readonly span: number } | 'maximum'
  /** Values: so many near zero or the minimum, the whole range, its two ends, only one of them, or one value for all. */
  readonly values: { readonly window: number } | 'whole' | 'ends' | 'least' | 'greatest' | 'equal'
  /** Draws until a value that must be new is new. 1 when enumerating: the odometer comes to the others by itself. */
  readonly draws: number
  /** Most choices: a spec whose sizes hide in products must not keep the process busy. */
  readonly choices: number
  /** Where sums are bounded and sizes at their maximum: many cases that share the sum, or few that use it up. */
  readonly cases?: 'many' | 'few'
  /** A variable (as in `variablesIn`) that is at this end of its range where it first occurs. */
  readonly target?: { readonly variable: string; readonly end: 'min' | 'max' }
}

/** The choices led to no legal input, e.g. more distinct values than the range has. */
export class Infeasible extends Error {}

export class Draw {
  /** Counts the choices and ends them where the profile does. */
  readonly choose: Choose
  readonly #profile: Profile
  /** With `values: 'equal'`: the one value of each variable. */
  readonly #equals = new Map<string, Int>()
  #values: Profile['values']
  #target: Profile['target']

  constructor(choose: Choose, profile: Profile) {
    let choices = 0
    this.choose = (count) => {
      choices += 1
      if (choices > profile.choices) throw new Infeasible()
      return choose(count)
    }
    this.#profile = profile
    this.#values = profile.values
    this.#target = profile.target
  }

  /** A size within its range. Throws Infeasible when the range is empty, as all of these do. */
  size(name: string, min: Int, max: Int): Int {
    if (max < min) throw new Infeasible()
    const target = this.targeted(name, min, max)
    if (target !== undefined) return target
    const { sizes } = this.#profile
    if (sizes === 'maximum') return max
    const span = Number(least(subtract(max, min), sizes.span))
    const from = sizes.from > span ? 0 : sizes.from
    return add(min, add(from, this.choose(span - from + 1)))
  }

  /** The end that is asked for of this variable, once. */
  targeted(name: string, min: Int, max: Int): Int | undefined {
    if (this.#target?.variable !== name) return undefined
    const { end } = this.#target
    this.#target = undefined
    return end === 'min' ? min : max
  }

  /** A value within its range. */
  value(name: string, min: Int, max: Int): Int {
    if (max < min) throw new Infeasible()
    const target = this.targeted(name, min, max)
    if (target !== undefined) return target
    switch (this.#values) {
      case 'least':
        return min
      case 'greatest':
        return max
      case 'ends':
        return this.choose(2) === 0 ? min : max
      case 'equal': {
        const known = this.#equals.get(name) ?? add(min, this.choose(add(subtract(max, min), 1)))
        this.#equals.set(name, known)
        return least(greatest(known, min), max)
      }
      default: {
        const { from, size } = this.#window(min, max, 1)
        return add(from, this.choose(size))
      }
    }
  }

  /** The part of a range that values are drawn from, with room for so many different ones where there is. */
  #window(min: Int, max: Int, need: number): { from: Int; size: Int } {
    const values = this.#values
    const size = add(subtract(max, min), 1)
    if (values === 'least') return { from: min, size: least(size, need) }
    if (values === 'greatest') return { from: greatest(min, subtract(max, need - 1)), size: least(size, need) }
    if (typeof values === 'string') return { from: min, size }
    const window = Math.max(values.window, need)
    if (size <= window) return { from: min, size }
    // Near zero where the range allows it (signs matter), else near the minimum.
    if (min >= 0) return { from: min, size: window }
    const last = subtract(max, window - 1)
    return { from: max > 0 ? least(greatest(-Math.floor(window / 2), min), last) : last, size: window }
  }

  /** A value that is not the target's: where in an array that stands is chosen afterwards. */
  plainValue(name: string, min: Int, max: Int): Int {
    const target = this.#target
    this.#target = undefined
    const value = this.value(name, min, max)
    this.#target = target
    return value
  }

  /** Values of the range, no two of them the same. */
  different(length: number, min: Int, max: Int): Int[] {
    const { from, size } = this.#window(min, max, length)
    if (size < length) throw new Infeasible()
    if (size > length * 4 + 16) {
      const seen = new Set<Int>()
      return Array.from({ length }, () => this.fresh(seen, true, () => add(from, this.choose(size))))
    }
    // The first of a shuffle: never a draw in vain.
    const offsets = Array.from({ length: Number(size) }, (_, index) => index)
    for (let index = 0; index < length; index += 1) {
      const other = index + this.below(offsets.length - index)
      const held = offsets[index] ?? 0
      offsets[index] = offsets[other] ?? 0
      offsets[other] = held
    }
    return offsets.slice(0, length).map((offset) => add(from, offset))
  }

  /** Values of the range that do not add up to more than `most`. */
  withSum(name: string, length: number, min: Int, max: Int, most: Int): Int[] {
    let slack = subtract(most, BigInt(min) * BigInt(length))
    if (slack < 0) throw new Infeasible()
    const values: Int[] = []
    for (let index = 0; index < length; index += 1) {
      // Twice the fair share keeps something for the rest; at the ends of the range one element may take it all.
      const isGreedy = this.#values === 'ends' || length < 8
      const share = isGreedy ? slack : add((BigInt(slack) * 2n) / BigInt(length - index), 0)
      const value = this.plainValue(name, min, least(max, add(min, least(slack, share))))
      values.push(value)
      slack = subtract(slack, subtract(value, min))
    }
    return values
  }

  /** So many of the characters. */
  text(length: number, characters: readonly string[]): string {
    if (characters.length === 1) return (characters[0] ?? '').repeat(length)
    if (characters.length === 0 && length > 0) throw new Infeasible()
    let text = ''
    for (let index = 0; index < length; index += 1) text += characters[this.below(characters.length)] ?? ''
    return text
  }

  /** The characters that are used of an alphabet. Few different ones make repeats, which is where string programs go wrong. */
  characters(notation: string, but: readonly string[] = []): string[] {
    const all = [...alphabetOf(notation)].filter((char) => !but.includes(char))
    switch (this.#values) {
      case 'least':
        return all.slice(0, 1)
      case 'greatest':
        return all.slice(-1)
      case 'equal':
        return all.length === 0 ? [] : [all[this.below(all.length)] ?? '']
      case 'whole':
      case 'ends':
        return all
      default:
        return all.slice(0, this.#values.window)
    }
  }

  /** One of so many, from 0. */
  below(count: number): number {
    return Number(this.choose(count))
  }

  /** Draws until there is a value, and a new one where it has to be. */
  fresh<T>(seen: Set<T>, distinct: boolean, draw: () => T | undefined): T {
    const values = this.#values
    try {
      for (let attempt = 0; attempt < this.#profile.draws; attempt += 1) {
        const value = draw()
        if (value !== undefined && (!distinct || seen.size !== seen.add(value).size)) return value
        // Where all values are to be the same and yet have to differ, any will do.
        if (values === 'least' || values === 'greatest' || values === 'equal') this.#values = 'whole'
      }
    } finally {
      this.#values = values
    }
    throw new Infeasible()
  }
}
