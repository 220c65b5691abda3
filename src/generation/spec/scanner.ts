// Reads an input token by token, without cutting it up first, and knows where it stands when something is wrong.
import { asciiOf, alphabetOf } from './alphabet.ts'
import { type Int, toInt } from './int.ts'

const blank = 32
const lineFeed = 10
const minus = 45
const zero = 48

/** An input that is not what the spec says; line and token count from 0. */
export class Refusal extends Error {
  readonly line: number
  readonly token: number
  readonly variable: string

  constructor(line: number, token: number, variable: string, message: string) {
    // Every wrong input of thousands ends in one, and nobody looks at where it was thrown.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = stackTraceLimit
    this.line = line
    this.token = token
    this.variable = variable
  }
}

export class Scanner {
  /** Number of the line that is open, or of the next one. */
  line = 0
  /** Number of the token read last on the open line. */
  token = -1
  readonly #input: string
  #at = 0
  #lineStart = 0
  #tokenStart = 0
  /** How many tokens the open line has to have, once that is known, and which variable is to blame when it has not. */
  #expected: number | undefined
  #variable = 'input'
  /** No token is left on the open line. */
  #isSpent = true

  constructor(input: string) {
    this.#input = input
    if (!input.endsWith('\n')) {
      throw new Refusal(input.split('\n').length - 1, 0, 'input', 'the last line does not end with a line feed')
    }
  }

  /** Starts the next line. `expected`: the number of its tokens, when it is known. */
  openLine(variable: string, expected?: number): void {
    if (this.#at >= this.#input.length) throw new Refusal(this.line, 0, variable, 'a line is missing')
    this.#lineStart = this.#at
    this.#expected = expected
    this.#variable = variable
    this.token = -1
    this.#isSpent = this.#input.charCodeAt(this.#at) === lineFeed
  }

  /** The number of tokens of the open line has become known. */
  expect(count: number): void {
    this.#expected = count
  }

  /** Ends the line: all of its tokens have to be read. */
  closeLine(): void {
    if (!this.#isSpent) {
      this.#expected ??= this.token + 1
      this.#refuseCount()
    }
    this.#at += 1
    this.line += 1
  }

  /** An integer in plain notation within the bounds. */
  integer(variable: string, min: Int, max: Int): Int {
    const start = this.#startToken()
    let at = start
    let code = this.#input.charCodeAt(at)
    const isNegative = code === minus
    if (isNegative) code = this.#input.charCodeAt((at += 1))
    const digitsFrom = at
    let value = 0
    while (code >= zero && code <= 57) {
      value = value * 10 + code - zero
      code = this.#input.charCodeAt((at += 1))
    }
    const digits = at - digitsFrom
    const isPlain = digits === 1 ? !isNegative || value !== 0 : this.#input.charCodeAt(digitsFrom) !== zero
    if ((code !== blank && code !== lineFeed) || digits === 0 || digits > 40 || !isPlain) {
      this.refuse(variable, `${quote(this.#tokenFrom(start))} is not an integer`)
    }
    const exact: Int = digits > 15 ? toInt(BigInt(this.#input.slice(start, at))) : isNegative ? -value : value
    this.#endToken(at)
    if (exact < min || exact > max) this.refuse(variable, `${exact} is outside ${min}..${max}`)
    return exact
  }

  /** A real number in plain decimal notation, times 10^decimals, within the bounds (which are scaled alike). */
  real(variable: string, min: Int, max: Int, decimals: number): Int {
    const start = this.#startToken()
    const text = this.#tokenFrom(start)
    const dot = text.indexOf('.')
    const fraction = dot === -1 ? '' : text.slice(dot + 1)
    if (!/^-?(?:0|[1-9]\d{0,39})(?:\.\d{1,40})?$/.test(text) || /^-[0.]*$/.test(text)) {
      this.refuse(variable, `${quote(text)} is not a real number in decimal notation`)
    }
    if (fraction.length > decimals) {
      this.refuse(variable, `${quote(text)} has more than ${decimals} digits after the point`)
    }
    const scaled = (dot === -1 ? text : text.slice(0, dot)) + fraction.padEnd(decimals, '0')
    this.#endToken(start + text.length)
    const exact: Int = scaled.length <= 15 ? Number(scaled) : toInt(BigInt(scaled))
    if (exact < min || exact > max) {
      this.refuse(variable, `${text} is outside ${decimalOf(min, decimals)}..${decimalOf(max, decimals)}`)
    }
    return exact
  }

  /** A token of characters of the alphabet; returns its length. */
  word(variable: string, min: Int, max: Int, notation: string): number {
    const start = this.#startToken()
    const end = this.#tokenEnd(start)
    this.#endToken(end)
    return this.#text(variable, start, end, min, max, notation)
  }

  /** Opens a line that is characters of the alphabet, blanks included where it has them; returns its length. */
  wholeLine(variable: string, min: Int, max: Int, notation: string): number {
    this.openLine(variable)
    this.token = 0
    const end = this.#input.indexOf('\n', this.#at)
    const length = this.#text(variable, this.#at, end, min, max, notation)
    this.#at = end
    this.#isSpent = true
    return length
  }

  /** Any token. */
  any(): string {
    const start = this.#startToken()
    const text = this.#tokenFrom(start)
    this.#endToken(start + text.length)
    return text
  }

  /** The text of the token read last. */
  get lastToken(): string {
    return this.#input.slice(this.#tokenStart, this.#isSpent ? this.#at : this.#at - 1)
  }

  /** Where the next line starts. */
  get offset(): number {
    return this.#at
  }

  /** How often a character occurs between an offset and here. */
  countFrom(offset: number, character: string): number {
    return this.#input.slice(offset, this.#at).split(character).length - 1
  }

  /** The text of the line that was closed last. */
  get closedLine(): string {
    return this.#input.slice(this.#lineStart, this.#at - 1)
  }

  /** Refuses the token read last, unless its line has the wrong number of tokens anyway. */
  refuse(variable: string, message: string): never {
    if (this.#expected !== undefined && this.#tokensOnLine() !== this.#expected) this.#refuseCount()
    throw new Refusal(this.line, Math.max(0, this.token), variable, message)
  }

  /** Refuses something about lines that are already closed. */
  refuseLine(line: number, variable: string, message: string): never {
    throw new Refusal(line, 0, variable, message)
  }

  expectEnd(): void {
    if (this.#at < this.#input.length) throw new Refusal(this.line, 0, 'input', 'nothing may follow the last line')
  }

  #text(variable: string, start: number, end: number, min: Int, max: Int, notation: string): number {
    const ascii = asciiOf(notation)
    let length = end - start
    for (let at = start; at < end; at += 1) {
      const code = this.#input.charCodeAt(at)
      if (code < 128 && ascii[code] === 1) continue
      const char = String.fromCodePoint(this.#input.codePointAt(at) ?? 0)
      if (!alphabetOf(notation).has(char)) this.refuse(variable, `${quote(char)} is not in ${notation}`)
      at += char.length - 1
      length -= char.length - 1
    }
    if (length < min || length > max) this.refuse(variable, `length ${length} is outside ${min}..${max}`)
    return length
  }

  #startToken(): number {
    this.token += 1
    if (this.#isSpent) {
      this.#expected ??= this.token + 1
      this.#refuseCount()
    }
    this.#tokenStart = this.#at
    return this.#at
  }

  #tokenEnd(start: number): number {
    let at = start
    for (let code = this.#input.charCodeAt(at); code !== blank && code !== lineFeed;) {
      code = this.#input.charCodeAt((at += 1))
    }
    return at
  }

  #tokenFrom(start: number): string {
    return this.#input.slice(start, this.#tokenEnd(start))
  }

  #endToken(end: number): void {
    this.#isSpent = this.#input.charCodeAt(end) === lineFeed
    this.#at = this.#isSpent ? end : end + 1
  }

  #tokensOnLine(): number {
    const line = this.#input.slice(this.#lineStart, this.#input.indexOf('\n', this.#lineStart))
    return line === '' ? 0 : line.split(' ').length
  }

  #refuseCount(): never {
    const found = this.#tokensOnLine()
    const expected = this.#expected ?? found
    throw new Refusal(
      this.line,
      Math.min(found, expected),
      this.#variable,
      `${expected} tokens expected, ${found} found`,
    )
  }
}

/** A scaled real as it is written: without point when it is whole, else with all decimals. */
export function decimalOf(scaled: Int, decimals: number): string {
  if (decimals === 0) return String(scaled)
  const sign = scaled < 0 ? '-' : ''
  const digits = String(scaled)
    .replace('-', '')
    .padStart(decimals + 1, '0')
  const fraction = digits.slice(-decimals)
  const whole = digits.slice(0, -decimals)
  return /^0*$/.test(fraction) ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}

function quote(text: string): string {
  return JSON.stringify(text.length > 30 ? `${text.slice(0, 30)}…` : text)
}
