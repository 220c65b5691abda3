// Which values the variables of a spec take in inputs, and whether their bounds are really reached.
import type { InputSpec } from '../../contract/input-spec.ts'
import { SpecError } from './expression.ts'
import type { Int } from './int.ts'
import { readInput } from './reader.ts'
import { decimalOf, Refusal } from './scanner.ts'
import { variablesIn } from './variables.ts'

/** What was seen of one variable, in reading order of the spec: `N`, `A` (its elements), `|S|` (length), `T.w` (weight), `sum(N)`. */
export interface VariableCoverage {
  readonly variable: string
  /** Decimal notation; undefined when no input has the variable (an array of length 0). */
  readonly least: string | undefined
  readonly greatest: string | undefined
  /** Whether a value was equal to the lower bound, as evaluated where it stood. A sum has none: true. */
  readonly minReached: boolean
  readonly maxReached: boolean
}

class Seen {
  least: Int | undefined
  greatest: Int | undefined
  minReached = false
  maxReached = false
  decimals = 0

  add(value: Int, min: Int, max: Int): void {
    if (this.least === undefined || value < this.least) this.least = value
    if (this.greatest === undefined || value > this.greatest) this.greatest = value
    if (value === min) this.minReached = true
    if (value === max) this.maxReached = true
  }
}

/** Reads inputs into variables. What an input has before the place where the spec refuses it counts too. */
export function coverage(spec: InputSpec, inputs: readonly string[]): VariableCoverage[] {
  const variables = variablesIn(spec)
  const seen = new Map(variables.map(({ name }) => [name, new Seen()] as const))
  for (const { name, isSum } of variables) if (isSum) seenOf(seen, name).minReached = true
  // Elements of one array follow each other: the last one's entry is mostly the next one's.
  let lastName = ''
  let last: Seen | undefined
  const observer = {
    number: (variable: string, value: Int, min: Int, max: Int, decimals: number): void => {
      if (variable !== lastName) {
        lastName = variable
        last = seen.get(variable)
        if (last !== undefined) last.decimals = decimals
      }
      last?.add(value, min, max)
    },
    text: (variable: string, length: Int, min: Int, max: Int): void => {
      seen.get(`|${variable}|`)?.add(length, min, max)
    },
    total: (of: string, total: Int, max: Int): void => {
      seen.get(`sum(${of})`)?.add(total, -1, max)
    },
  }
  for (const input of inputs) {
    try {
      readInput(spec, input, observer)
    } catch (thrown) {
      if (!(thrown instanceof Refusal || thrown instanceof SpecError)) throw thrown
    }
  }
  return variables.map(({ name: variable }) => {
    const { least, greatest, minReached, maxReached, decimals } = seenOf(seen, variable)
    const written = (value: Int | undefined): string | undefined =>
      value === undefined ? undefined : decimalOf(value, decimals)
    return { variable, least: written(least), greatest: written(greatest), minReached, maxReached }
  })
}

function seenOf(seen: ReadonlyMap<string, Seen>, name: string): Seen {
  const known = seen.get(name)
  if (known === undefined) throw new TypeError(`no variable ${name}`)
  return known
}
