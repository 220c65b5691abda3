// How large the values and lengths of a spec's variables can become, so that a program can choose its types.
import type { Field, InputSpec } from '../../contract/input-spec.ts'
import { Frame, SpecError, valueOf } from './expression.ts'
import { greatest, type Int, least } from './int.ts'
import { everyBlock, fieldsOf } from './variables.ts'

/** The smallest type that holds all values of an integer variable: 32 bits, 64 bits, or more. */
export type IntegerWidth = 'int' | 'long' | 'big'

/** Ranges of the variables of a spec, as far as its bounds tell. */
export class Extremes {
  readonly #low = new Frame()
  readonly #high = new Frame()
  readonly #ranges = new Map<string, { min: Int; max: Int } | undefined>()

  constructor(spec: InputSpec) {
    for (const block of everyBlock(spec)) {
      for (const frame of [this.#low, this.#high]) for (const index of ['i', 'j'] as const) frame.setIndex(index, 1)
      switch (block.kind) {
        case 'cases':
          this.#set(block.name, block.min, block.max)
          break
        case 'array':
        case 'matrix':
          for (const index of ['i', 'j'] as const) this.#high.setIndex(index, mostElements)
          this.#note(block.name, block.min, block.max)
          break
        case 'string':
          this.#set(`|${block.name}|`, block.minLength, block.maxLength)
          break
        case 'tree':
        case 'graph':
          if (block.weight !== undefined) this.#note(`${block.name}.w`, block.weight.min, block.weight.max)
          break
        default:
          for (const field of fieldsOf(block)) this.#field(field)
      }
    }
  }

  /** The width of a variable: of its elements, for an array; of weights, for `T.w`. */
  widthOf(name: string): IntegerWidth {
    const range = this.#ranges.get(name)
    if (range === undefined) return 'long'
    if (range.min >= -(2 ** 31) && range.max < 2 ** 31) return 'int'
    return range.min >= -(2n ** 63n) && range.max < 2n ** 63n ? 'long' : 'big'
  }

  /** Whether JavaScript's numbers hold all values. */
  isSafe(name: string): boolean {
    const range = this.#ranges.get(name)
    return range !== undefined && typeof range.min === 'number' && typeof range.max === 'number'
  }

  /** Whether an expression may be 0 or cannot be judged. */
  mayBeZero(expression: string): boolean {
    return !(this.#at(expression, this.#low) > 0 && this.#at(expression, this.#high) > 0)
  }

  #field(field: Field): void {
    switch (field.type) {
      case 'integer':
        this.#set(field.name, field.min, field.max)
        break
      case 'list':
        this.#note(field.name, field.min, field.max)
        break
      case 'word':
        this.#set(`|${field.name}|`, field.minLength, field.maxLength)
        break
      case 'real':
        break
    }
  }

  #set(name: string, min: string, max: string): void {
    const range = this.#note(name, min, max)
    if (range === undefined) return
    this.#low.set(name, range.min)
    this.#high.set(name, range.max)
  }

  #note(name: string, min: string, max: string): { min: Int; max: Int } | undefined {
    const values = [min, max].flatMap((bound) => [this.#at(bound, this.#low), this.#at(bound, this.#high)])
    const known = values.filter((value) => typeof value !== 'number' || !Number.isNaN(value))
    const [first] = known
    const range =
      first === undefined || known.length < values.length
        ? undefined
        : { min: known.reduce(least, first), max: known.reduce(greatest, first) }
    this.#ranges.set(name, range)
    return range
  }

  /** NaN where the expression makes no sense at that end. */
  #at(expression: string, scope: Frame): Int {
    try {
      return valueOf(expression, scope)
    } catch (thrown) {
      if (thrown instanceof SpecError) return Number.NaN
      throw thrown
    }
  }
}

/** No array of a contest has more elements. */
const mostElements = 5_000_000
