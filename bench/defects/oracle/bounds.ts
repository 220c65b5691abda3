// What the emitted constraints say, as numbers: ranges of named values and alphabets of words.

/** A range whose ends may depend on values read before. */
interface Range {
  readonly min: string
  readonly max: string
}

/** Values read so far, by name. */
export type Values = Readonly<Record<string, number>>

/** Constraints that cannot be read, or that say too little. */
export class BoundsError extends Error {}

/** The ranges and alphabets of one problem. */
export class Bounds {
  /** By name as the constraints write it: `N`, `A_i`, `|S|`, `w`. */
  readonly ranges: ReadonlyMap<string, Range>
  readonly alphabets: ReadonlyMap<string, string>
  readonly #constants = new Map<string, number>()

  constructor(ranges: ReadonlyMap<string, Range>, alphabets: ReadonlyMap<string, string>) {
    this.ranges = ranges
    this.alphabets = alphabets
  }

  min(name: string, values: Values = {}): number {
    return this.#value(this.#range(name).min, values)
  }

  max(name: string, values: Values = {}): number {
    return this.#value(this.#range(name).max, values)
  }

  /** The characters that a word may have. */
  alphabet(name: string): string {
    const found = this.alphabets.get(name)
    if (found === undefined) throw new BoundsError(`the constraints do not say which characters ${name} has`)
    return found
  }

  /** Most ends are plain numbers and are asked for with every token of an input. */
  #value(expression: string, values: Values): number {
    const known = this.#constants.get(expression)
    if (known !== undefined) return known
    const value = evaluate(expression, values)
    if (/^[\d,^ ]+$/.test(expression)) this.#constants.set(expression, value)
    return value
  }

  #range(name: string): Range {
    const found = this.ranges.get(name)
    if (found === undefined) throw new BoundsError(`the constraints give no range for ${name}`)
    return found
  }
}

/** Reads lines such as `- 1 ≤ N ≤ 200,000`, `M = N - 1` and those about the characters of a word, in Korean or English. */
export function parseConstraints(text: string): Bounds {
  const ranges = new Map<string, Range>()
  const alphabets = new Map<string, string>()
  for (const line of text.split('\n')) {
    const plain = line.replace(/^\s*[-*•]\s*/, '').trim()
    const [low, middle, high] = plain.split(/≤|<=/).map((part) => part.trim())
    if (low !== undefined && middle !== undefined && high !== undefined) {
      for (const name of middle.split(',')) ranges.set(name.trim(), { min: low, max: high.replace(/\.$/, '') })
      continue
    }
    const fixed = /^(\|?\w+\|?) = (.+?)\.?$/.exec(plain)
    if (fixed?.[1] !== undefined && fixed[2] !== undefined) ranges.set(fixed[1], { min: fixed[2], max: fixed[2] })
    const letters = /(?:of (\w+) is one of|(\w+)의 각 문자는) `([^`]+)`/.exec(plain)
    const word = letters?.[1] ?? letters?.[2]
    if (word !== undefined) alphabets.set(word, letters?.[3] ?? '')
  }
  return new Bounds(ranges, alphabets)
}

/** The characters of an alphabet written with ranges: `a-e` is `abcde`. */
export function charactersOf(alphabet: string): string {
  return alphabet.replaceAll(/(\w)-(\w)/g, (_, first: string, last: string) =>
    Array.from({ length: last.charCodeAt(0) - first.charCodeAt(0) + 1 }, (_, index) =>
      String.fromCharCode(first.charCodeAt(0) + index),
    ).join(''),
  )
}

/** The value of an expression such as `min(N × (N - 1) / 2, 58,000)` or `10^9`; `/` rounds down. */
export function evaluate(expression: string, values: Values): number {
  const plain = expression
    .replaceAll(/(\d),(?=\d{3}(?:\D|$))/g, '$1')
    .replaceAll('×', '*')
    .replaceAll('−', '-')
  const tokens = plain.match(/\d+|\|?\w+\|?|\S/g) ?? []
  let at = 0

  function take(expected: string): boolean {
    if (tokens[at] !== expected) return false
    at += 1
    return true
  }

  function sum(): number {
    let value = product()
    for (;;) {
      if (take('+')) value += product()
      else if (take('-')) value -= product()
      else return value
    }
  }

  function product(): number {
    let value = power()
    for (;;) {
      if (take('*')) value *= power()
      else if (take('/')) value = Math.floor(value / power())
      else return value
    }
  }

  function power(): number {
    const value = atom()
    return take('^') ? value ** power() : value
  }

  function atom(): number {
    if (take('-')) return -atom()
    if (take('(')) {
      const value = sum()
      take(')')
      return value
    }
    const token = tokens[at] ?? ''
    at += 1
    if (/^\d+$/.test(token)) return Number(token)
    if (token === 'min' || token === 'max') {
      take('(')
      const parts = [sum()]
      while (take(',')) parts.push(sum())
      take(')')
      return Math[token](...parts)
    }
    const value = values[token]
    if (value === undefined) throw new BoundsError(`"${expression}" is no number: ${token || 'it ends too early'}`)
    return value
  }

  const value = sum()
  if (at < tokens.length) throw new BoundsError(`"${expression}" is no expression`)
  return value
}
