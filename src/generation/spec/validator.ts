// The validator: accepts exactly the inputs that the spec describes, and says where and why it refuses one.
import type { Block, Field, InputSpec } from '../../contract/input-spec.ts'
import { alphabetOf } from './alphabet.ts'
import { evaluate, type Scope, SpecError } from './expression.ts'
import { brokenProperty, type Edge } from './graph.ts'

/** Where a token stands and what was allowed there; what near-misses are made from. Lines and columns count from 0. */
export interface TokenPlace {
  readonly variable: string
  readonly line: number
  /** Number of the token in its line. */
  readonly token: number
  readonly allowed:
    | { readonly type: 'integer'; readonly min: bigint; readonly max: bigint }
    | {
        readonly type: 'text'
        readonly minLength: bigint
        readonly maxLength: bigint
        readonly alphabet: ReadonlySet<string>
      }
}

/** Lines and columns count from 1. */
export type Validity =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly line: number
      readonly column: number
      readonly variable: string
      readonly message: string
    }

class Refusal extends Error {
  readonly line: number
  readonly token: number
  readonly variable: string

  constructor(line: number, token: number, variable: string, message: string) {
    super(message)
    this.line = line
    this.token = token
    this.variable = variable
  }
}

/**
 * Checks an input against the spec, byte by byte: single blanks, `\n` at each line's end, nothing after the last line.
 * @param onToken is told every token's place and bounds, in reading order.
 */
export function validate(spec: InputSpec, input: string, onToken?: (place: TokenPlace) => void): Validity {
  const reader = new Reader(input, onToken)
  try {
    if (!input.endsWith('\n')) reader.refuseAtEnd('the last line does not end with a line feed')
    for (const block of spec.blocks) readBlock(block, reader)
    reader.expectEnd()
    return { ok: true }
  } catch (thrown) {
    if (thrown instanceof SpecError) return { ok: false, line: 1, column: 1, variable: 'spec', message: thrown.message }
    if (!(thrown instanceof Refusal)) throw thrown
    return {
      ok: false,
      line: thrown.line + 1,
      column: reader.columnOf(thrown.line, thrown.token),
      variable: thrown.variable,
      message: thrown.message,
    }
  }
}

/** Walks the lines and keeps the scalars that later bounds refer to. */
class Reader {
  readonly scope = new Map<string, bigint>()
  readonly #lines: string[]
  readonly #onToken: ((place: TokenPlace) => void) | undefined
  #line = 0

  constructor(input: string, onToken: ((place: TokenPlace) => void) | undefined) {
    this.#lines = input.split('\n')
    // The piece after the final line feed is not a line.
    this.#lines.pop()
    this.#onToken = onToken
  }

  get line(): number {
    return this.#line
  }

  nextLine(variable: string): string {
    const line = this.#lines[this.#line]
    if (line === undefined) throw new Refusal(this.#line, 0, variable, 'a line is missing')
    this.#line += 1
    return line
  }

  /** The tokens of the next line: exactly `count`, separated by single blanks. */
  nextTokens(variable: string, count: number): string[] {
    const line = this.nextLine(variable)
    const tokens = line === '' ? [] : line.split(' ')
    if (tokens.length !== count) {
      throw new Refusal(
        this.#line - 1,
        Math.min(tokens.length, count),
        variable,
        `${count} tokens expected, ${tokens.length} found`,
      )
    }
    return tokens
  }

  integer(text: string, token: number, variable: string, min: bigint, max: bigint): bigint {
    const line = this.#line - 1
    this.#onToken?.({ variable, line, token, allowed: { type: 'integer', min, max } })
    if (!/^(?:0|-?[1-9][0-9]{0,39})$/.test(text))
      throw new Refusal(line, token, variable, `${quote(text)} is not an integer`)
    const value = BigInt(text)
    if (value < min || value > max) throw new Refusal(line, token, variable, `${value} is outside ${min}..${max}`)
    return value
  }

  text(text: string, token: number, variable: string, minLength: bigint, maxLength: bigint, notation: string): void {
    const line = this.#line - 1
    const alphabet = alphabetOf(notation)
    this.#onToken?.({ variable, line, token, allowed: { type: 'text', minLength, maxLength, alphabet } })
    let length = 0n
    for (const char of text) {
      if (!alphabet.has(char)) throw new Refusal(line, token, variable, `${quote(char)} is not in ${notation}`)
      length += 1n
    }
    if (length < minLength || length > maxLength) {
      throw new Refusal(line, token, variable, `length ${length} is outside ${minLength}..${maxLength}`)
    }
  }

  refuse(token: number, variable: string, message: string, line = this.#line - 1): never {
    throw new Refusal(line, token, variable, message)
  }

  refuseAtEnd(message: string): never {
    throw new Refusal(Math.max(0, this.#lines.length - 1), 0, 'input', message)
  }

  expectEnd(): void {
    if (this.#line < this.#lines.length) throw new Refusal(this.#line, 0, 'input', 'nothing may follow the last line')
  }

  columnOf(line: number, token: number): number {
    const tokens = (this.#lines[line] ?? '').split(' ').slice(0, token)
    return tokens.reduce((column, text) => column + text.length + 1, 1)
  }
}

function readBlock(block: Block, reader: Reader): void {
  const { scope } = reader
  switch (block.kind) {
    case 'line': {
      const tokens = reader.nextTokens(block.fields[0]?.name ?? 'line', block.fields.length)
      block.fields.forEach((field, index) => readField(field, tokens[index] ?? '', index, reader, scope))
      return
    }
    case 'array': {
      readArray(block, reader)
      return
    }
    case 'permutation': {
      const length = sizeOf(block.length, scope)
      const seen = new Set<bigint>()
      reader.nextTokens(block.name, length).forEach((text, index) => {
        const value = reader.integer(text, index, block.name, 1n, BigInt(length))
        if (seen.has(value)) reader.refuse(index, block.name, `${value} appears twice`)
        seen.add(value)
      })
      return
    }
    case 'string': {
      const min = evaluate(block.minLength, scope)
      reader.text(reader.nextLine(block.name), 0, block.name, min, evaluate(block.maxLength, scope), block.alphabet)
      return
    }
    case 'grid': {
      const columns = BigInt(sizeOf(block.columns, scope))
      for (let row = sizeOf(block.rows, scope); row > 0; row -= 1) {
        reader.text(reader.nextLine(block.name), 0, block.name, columns, columns, block.alphabet)
      }
      return
    }
    case 'tree': {
      const vertices = sizeOf(block.vertices, scope)
      const promise = { directed: false, connected: true, simple: true, acyclic: true }
      readEdges(block, vertices, Math.max(0, vertices - 1), promise, reader)
      return
    }
    case 'graph': {
      readEdges(block, sizeOf(block.vertices, scope), sizeOf(block.edges, scope), block, reader)
      return
    }
    case 'rows': {
      const seen = new Set<string>()
      for (let row = sizeOf(block.count, scope); row > 0; row -= 1) {
        const tokens = reader.nextTokens(block.name, block.fields.length)
        const rowScope = new Map(scope)
        block.fields.forEach((field, index) => readField(field, tokens[index] ?? '', index, reader, rowScope))
        if (block.distinct && seen.size === seen.add(tokens.join(' ')).size) {
          reader.refuse(0, block.name, `row ${quote(tokens.join(' '))} appears twice`)
        }
      }
    }
  }
}

function readField(field: Field, text: string, token: number, reader: Reader, scope: Map<string, bigint>): void {
  if (field.type === 'integer') {
    scope.set(
      field.name,
      reader.integer(text, token, field.name, evaluate(field.min, scope), evaluate(field.max, scope)),
    )
  } else {
    reader.text(
      text,
      token,
      field.name,
      evaluate(field.minLength, scope),
      evaluate(field.maxLength, scope),
      field.alphabet,
    )
  }
}

function readArray(block: Extract<Block, { kind: 'array' }>, reader: Reader): void {
  const length = sizeOf(block.length, reader.scope)
  const min = evaluate(block.min, reader.scope)
  const max = evaluate(block.max, reader.scope)
  const row = block.layout === 'line' ? reader.nextTokens(block.name, length) : undefined
  const seen = new Set<bigint>()
  let previous: bigint | undefined
  for (let index = 0; index < length; index += 1) {
    const token = row === undefined ? 0 : index
    const text = row === undefined ? (reader.nextTokens(block.name, 1)[0] ?? '') : (row[index] ?? '')
    const value = reader.integer(text, token, block.name, min, max)
    if (previous !== undefined && !inOrder(block.order, previous, value)) {
      reader.refuse(token, block.name, `${value} after ${previous} is not ${block.order}`)
    }
    if (block.distinct && seen.has(value)) reader.refuse(token, block.name, `${value} appears twice`)
    if (block.distinct) seen.add(value)
    previous = value
  }
}

/** Whether `next` may follow `previous` in an array of this order. */
export function inOrder(order: Extract<Block, { kind: 'array' }>['order'], previous: bigint, next: bigint): boolean {
  switch (order) {
    case 'any':
      return true
    case 'increasing':
      return previous < next
    case 'non-decreasing':
      return previous <= next
    case 'decreasing':
      return previous > next
    case 'non-increasing':
      return previous >= next
  }
}

function readEdges(
  block: Extract<Block, { kind: 'tree' | 'graph' }>,
  vertices: number,
  count: number,
  promise: { directed: boolean; connected: boolean; simple: boolean; acyclic: boolean },
  reader: Reader,
): void {
  const last = BigInt(vertices)
  const weight = block.weight && {
    min: evaluate(block.weight.min, reader.scope),
    max: evaluate(block.weight.max, reader.scope),
  }
  const edges: Edge[] = []
  const firstLine = reader.line
  for (let index = 0; index < count; index += 1) {
    const tokens = reader.nextTokens(block.name, weight === undefined ? 2 : 3)
    const u = reader.integer(tokens[0] ?? '', 0, block.name, 1n, last)
    const v = reader.integer(tokens[1] ?? '', 1, block.name, 1n, last)
    if (weight !== undefined) reader.integer(tokens[2] ?? '', 2, block.name, weight.min, weight.max)
    edges.push([Number(u), Number(v)])
  }
  const broken = brokenProperty(vertices, edges, promise)
  if (broken !== undefined) reader.refuse(0, block.name, broken.message, firstLine + broken.edge)
}

/** Most lines, tokens or vertices of one block. */
const largestSize = 5_000_000

/** A size as a number. Throws SpecError when it is negative or beyond reason. */
export function sizeOf(expression: string, scope: Scope): number {
  const size = evaluate(expression, scope)
  if (size < 0n || size > BigInt(largestSize)) throw new SpecError(`"${expression}" = ${size} is no size of an input`)
  return Number(size)
}

function quote(text: string): string {
  return JSON.stringify(text.length > 30 ? `${text.slice(0, 30)}…` : text)
}
