// Reads an input as a strict checker does: single blanks, line feeds, canonical integers, ranges from the constraints.
import { charactersOf, type Bounds, type Values } from './bounds.ts'

/** What is illegal about an input. */
export class InputFault extends Error {}

export class InputReader {
  readonly #lines: readonly string[]
  readonly #bounds: Bounds
  readonly #values: Record<string, number> = {}
  #at = 0

  constructor(text: string, bounds: Bounds) {
    if (!text.endsWith('\n')) throw new InputFault('the last line has no end')
    this.#lines = text.slice(0, -1).split('\n')
    this.#bounds = bounds
  }

  /** The next line's tokens, `count` of them, separated by single blanks. */
  tokens(count: number): string[] {
    const line = this.#lines[this.#at]
    this.#at += 1
    if (line === undefined) throw new InputFault(`line ${this.#at} is missing`)
    const tokens = line.split(' ')
    if (tokens.length !== count || tokens.some((token) => !/^[!-~]+$/.test(token))) {
      throw this.fault(`${tokens.length} tokens instead of ${count}, or other characters`)
    }
    return tokens
  }

  /** A token as an integer of the range that the constraints give for `name`. */
  integer(token: string, name: string, more?: Values): number {
    if (!/^(?:0|-?[1-9]\d{0,17})$/.test(token)) throw this.fault(`"${token}" is no integer (${name})`)
    const value = Number(token)
    const values = more === undefined ? this.#values : { ...this.#values, ...more }
    if (value < this.#bounds.min(name, values) || value > this.#bounds.max(name, values)) {
      throw this.fault(`${name} = ${value} is out of range`)
    }
    return value
  }

  /** A line of named integers, remembered for the ranges that follow. */
  named(...names: readonly string[]): number[] {
    return this.tokens(names.length).map((token, index) => {
      const name = names[index] ?? ''
      const value = this.integer(token, name)
      this.#values[name] = value
      return value
    })
  }

  /** A line of `count` integers, all of the range of `name`. */
  integers(name: string, count: number): number[] {
    return this.tokens(count).map((token) => this.integer(token, name))
  }

  /** A token as a word of the length and the alphabet that the constraints give. */
  word(token: string, name: string): string {
    const letters = charactersOf(this.#bounds.alphabet(name))
    if (token.length < this.#bounds.min(`|${name}|`) || token.length > this.#bounds.max(`|${name}|`)) {
      throw this.fault(`${name} has ${token.length} characters`)
    }
    if (Array.from(token).some((letter) => !letters.includes(letter))) throw this.fault(`${name} has other characters`)
    return token
  }

  /** A vertex number of `1..count`. */
  vertex(token: string, count: number): number {
    const value = /^[1-9]\d{0,8}$/.test(token) ? Number(token) : 0
    if (value < 1 || value > count) throw this.fault(`"${token}" is no vertex`)
    return value
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#at !== this.#lines.length) throw new InputFault(`lines after line ${this.#at}`)
  }

  fault(what: string): InputFault {
    return new InputFault(`line ${this.#at}: ${what}`)
  }
}
