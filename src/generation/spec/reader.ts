// Reads an input as the spec says, block by block: the one place that knows what each block looks like in an input.
import type { Block, Field, InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import { indexedBounds, inOrder, sizeOf, Sums, tokensOf } from './bounds.ts'
import { Frame, scaledValueOf, type Scope, valueOf } from './expression.ts'
import { brokenProperty, type GraphPromise } from './graph.ts'
import { add, type Int } from './int.ts'
import { Scanner } from './scanner.ts'

/** Is told every token that was read and found right; the scanner says where it stands. */
export interface Observer {
  /** A block starts at the scanner's line. */
  readonly block: (block: LeafBlock, at: Scanner) => void
  /** An integer (0 decimals), or a real times 10^decimals. Edge weights are `T.w`, ends of edges `T`. */
  readonly number: (variable: string, value: Int, min: Int, max: Int, decimals: number, at: Scanner) => void
  /** A word, a string or a line of a grid. */
  readonly text: (variable: string, length: Int, min: Int, max: Int, alphabet: string, at: Scanner) => void
  /** The word that says which form a query has. */
  readonly tag: (variable: string, tag: string, at: Scanner) => void
  /** Something that was added up, at the end of what it is added up over. */
  readonly total: (of: string, total: Int, max: Int) => void
}

/** Reads the whole input. Throws Refusal where it is not what the spec says, SpecError when the spec makes no sense. */
export function readInput(spec: InputSpec, input: string, observer?: Partial<Observer>): void {
  const reader = new Reader(new Scanner(input), observer)
  const scope = new Frame()
  for (const block of spec.blocks) reader.block(block, scope)
  reader.end()
}

class Reader {
  readonly #scanner: Scanner
  readonly #observer: Partial<Observer> | undefined

  constructor(scanner: Scanner, observer: Partial<Observer> | undefined) {
    this.#scanner = scanner
    this.#observer = observer
  }

  end(): void {
    this.#scanner.expectEnd()
  }

  block(block: Block, scope: Frame): void {
    if (block.kind === 'cases') this.#cases(block, scope)
    else this.#leaf(block, scope)
  }

  #cases(block: Extract<Block, { kind: 'cases' }>, scope: Frame): void {
    this.#scanner.openLine(block.name, 1)
    const count = this.#integer(block.name, valueOf(block.min, scope), valueOf(block.max, scope))
    this.#scanner.closeLine()
    scope.set(block.name, count)
    const sums = new Sums(block.sums, scope, 'cases')
    for (let index = 0; index < count; index += 1) {
      const inner = new Frame(scope)
      inner.setIndex('i', index + 1)
      for (const leaf of block.blocks) this.#leaf(leaf, inner)
      sums.add(inner, this.#scanner)
    }
    sums.report(this.#observer?.total)
  }

  #leaf(block: LeafBlock, scope: Frame): void {
    this.#observer?.block?.(block, this.#scanner)
    switch (block.kind) {
      case 'line':
        this.#scanner.openLine(block.fields[0]?.name ?? 'line', tokensOf(block.fields, scope))
        this.#fields(block.fields, scope)
        this.#scanner.closeLine()
        return
      case 'array':
        this.#array(block, scope)
        return
      case 'words':
        this.#words(block, scope)
        return
      case 'permutation':
        this.#permutation(block, scope)
        return
      case 'string': {
        const min = valueOf(block.minLength, scope)
        scope.set(`|${block.name}|`, this.#line(block.name, min, valueOf(block.maxLength, scope), block.alphabet))
        return
      }
      case 'grid':
        this.#grid(block, scope)
        return
      case 'matrix':
        this.#matrix(block, scope)
        return
      case 'tree': {
        const vertices = sizeOf(block.vertices, scope)
        const promise = { directed: false, connected: true, simple: true, acyclic: true }
        this.#edges(block, vertices, Math.max(0, vertices - 1), promise, scope)
        return
      }
      case 'graph':
        this.#edges(block, sizeOf(block.vertices, scope), sizeOf(block.edges, scope), block, scope)
        return
      case 'rows':
        this.#rows(block, scope)
        return
      case 'queries':
        this.#queries(block, scope)
    }
  }

  #array(block: Extract<Block, { kind: 'array' }>, scope: Frame): void {
    const length = sizeOf(block.length, scope)
    const { name, order, distinct, decimals = 0 } = block
    const frame = new Frame(scope)
    const bounds = indexedBounds(block, decimals, frame)
    const seen = new Set<Int>()
    let previous: Int | undefined
    let total: Int = 0
    if (block.layout === 'line') this.#scanner.openLine(name, length)
    for (let index = 0; index < length; index += 1) {
      frame.setIndex('i', index + 1)
      if (block.layout === 'column') this.#scanner.openLine(name, 1)
      const { min, max } = bounds()
      const value = decimals === 0 ? this.#integer(name, min, max) : this.#real(name, min, max, decimals)
      if (previous !== undefined && !inOrder(order, previous, value)) {
        this.#scanner.refuse(name, `${value} after ${previous} is not ${order}`)
      }
      if (distinct && seen.size === seen.add(value).size) this.#scanner.refuse(name, `${value} appears twice`)
      previous = value
      if (block.sumMax !== undefined) total = add(total, value)
      if (block.layout === 'column') this.#scanner.closeLine()
    }
    if (block.layout === 'line') this.#scanner.closeLine()
    if (block.sumMax === undefined) return
    const most = scaledValueOf(block.sumMax, decimals, scope)
    this.#observer?.total?.(name, total, most)
    if (total > most) {
      this.#scanner.refuseLine(this.#scanner.line - 1, name, `the sum of ${name} is ${total}, at most ${most}`)
    }
  }

  #words(block: Extract<Block, { kind: 'words' }>, scope: Frame): void {
    const length = sizeOf(block.length, scope)
    const frame = new Frame(scope)
    const seen = new Set<string>()
    if (block.layout === 'line') this.#scanner.openLine(block.name, length)
    for (let index = 0; index < length; index += 1) {
      frame.setIndex('i', index + 1)
      if (block.layout === 'column') this.#scanner.openLine(block.name, 1)
      this.#word(block, frame)
      const text = this.#scanner.lastToken
      if (block.distinct && seen.size === seen.add(text).size) {
        this.#scanner.refuse(block.name, `${JSON.stringify(text)} appears twice`)
      }
      if (block.layout === 'column') this.#scanner.closeLine()
    }
    if (block.layout === 'line') this.#scanner.closeLine()
  }

  #permutation(block: Extract<Block, { kind: 'permutation' }>, scope: Frame): void {
    const length = sizeOf(block.length, scope)
    const first = block.first ?? 1
    const seen = new Uint8Array(length)
    this.#scanner.openLine(block.name, length)
    for (let index = 0; index < length; index += 1) {
      const value = Number(this.#integer(block.name, first, length - 1 + first))
      if (seen[value - first] === 1) this.#scanner.refuse(block.name, `${value} appears twice`)
      seen[value - first] = 1
    }
    this.#scanner.closeLine()
  }

  #grid(block: Extract<Block, { kind: 'grid' }>, scope: Frame): void {
    const columns = sizeOf(block.columns, scope)
    const rows = sizeOf(block.rows, scope)
    const offset = this.#scanner.offset
    for (let row = 0; row < rows; row += 1) this.#line(block.name, columns, columns, block.alphabet)
    for (const { character, count } of block.exactly ?? []) {
      const expected = sizeOf(count, scope)
      const found = this.#scanner.countFrom(offset, character)
      if (found !== expected) {
        const message = `${JSON.stringify(character)} appears ${found} times, exactly ${expected} expected`
        this.#scanner.refuseLine(Math.max(0, this.#scanner.line - 1), block.name, message)
      }
    }
  }

  #matrix(block: Extract<Block, { kind: 'matrix' }>, scope: Frame): void {
    const rows = sizeOf(block.rows, scope)
    const columns = sizeOf(block.columns, scope)
    const frame = new Frame(scope)
    const bounds = indexedBounds(block, 0, frame)
    for (let row = 1; row <= rows; row += 1) {
      frame.setIndex('i', row)
      this.#scanner.openLine(block.name, columns)
      for (let column = 1; column <= columns; column += 1) {
        frame.setIndex('j', column)
        const { min, max } = bounds()
        this.#integer(block.name, min, max)
      }
      this.#scanner.closeLine()
    }
  }

  #edges(
    block: Extract<Block, { kind: 'tree' | 'graph' }>,
    vertices: number,
    count: number,
    promise: GraphPromise,
    scope: Frame,
  ): void {
    const first = block.first ?? 1
    const last = vertices - 1 + first
    const weight = block.weight && { min: valueOf(block.weight.min, scope), max: valueOf(block.weight.max, scope) }
    const from = new Int32Array(count)
    const to = new Int32Array(count)
    const firstLine = this.#scanner.line
    for (let index = 0; index < count; index += 1) {
      this.#scanner.openLine(block.name, weight === undefined ? 2 : 3)
      from[index] = Number(this.#integer(block.name, first, last))
      to[index] = Number(this.#integer(block.name, first, last))
      if (weight !== undefined) this.#weight(block.name, weight.min, weight.max)
      this.#scanner.closeLine()
    }
    const broken = brokenProperty({ vertices, first, from, to }, promise)
    if (broken !== undefined) this.#scanner.refuseLine(firstLine + broken.edge, block.name, broken.message)
  }

  #weight(name: string, min: Int, max: Int): void {
    // Refusals name the block, which the statement knows; observers tell weights from ends.
    const value = this.#scanner.integer(name, min, max)
    this.#observer?.number?.(`${name}.w`, value, min, max, 0, this.#scanner)
  }

  #rows(block: Extract<Block, { kind: 'rows' }>, scope: Frame): void {
    const count = sizeOf(block.count, scope)
    const sums = new Sums(block.sums ?? [], scope, 'lines')
    const seen = new Set<string>()
    const frame = new Frame(scope)
    const firstLine = this.#scanner.line
    for (let row = 0; row < count; row += 1) {
      frame.clear()
      frame.setIndex('i', row + 1)
      this.#scanner.openLine(block.name, tokensOf(block.fields, frame))
      this.#fields(block.fields, frame)
      this.#scanner.closeLine()
      const line = block.distinct ? this.#scanner.closedLine : ''
      if (block.distinct && seen.size === seen.add(line).size) {
        this.#scanner.refuseLine(firstLine + row, block.name, `row ${JSON.stringify(line)} appears twice`)
      }
      sums.add(frame, this.#scanner)
    }
    sums.report(this.#observer?.total)
  }

  #queries(block: Extract<Block, { kind: 'queries' }>, scope: Frame): void {
    const forms = new Map(block.forms.map(({ tag, fields }) => [tag, fields] as const))
    const frame = new Frame(scope)
    const count = sizeOf(block.count, scope)
    for (let row = 0; row < count; row += 1) {
      frame.clear()
      frame.setIndex('i', row + 1)
      this.#scanner.openLine(block.name)
      const tag = this.#scanner.any()
      this.#observer?.tag?.(block.name, tag, this.#scanner)
      const fields = forms.get(tag)
      if (fields === undefined) {
        this.#scanner.refuse(block.name, `${JSON.stringify(tag)} is none of ${[...forms.keys()].join(', ')}`)
      }
      const tokens = tokensOf(fields, frame)
      if (tokens !== undefined) this.#scanner.expect(tokens + 1)
      this.#fields(fields, frame)
      this.#scanner.closeLine()
    }
  }

  /** The fields of the open line. */
  #fields(fields: readonly Field[], scope: Frame): void {
    for (const [index, field] of fields.entries()) {
      switch (field.type) {
        case 'integer': {
          const value = this.#integer(field.name, valueOf(field.min, scope), valueOf(field.max, scope))
          if (field.not !== undefined && value === valueOf(field.not, scope)) {
            this.#scanner.refuse(field.name, `${value} is ${field.not}, from which it has to differ`)
          }
          scope.set(field.name, value)
          break
        }
        case 'real': {
          const min = scaledValueOf(field.min, field.decimals, scope)
          this.#real(field.name, min, scaledValueOf(field.max, field.decimals, scope), field.decimals)
          break
        }
        case 'word':
          scope.set(`|${field.name}|`, this.#word(field, scope))
          break
        case 'list': {
          const length = sizeOf(field.length, scope)
          const rest = tokensOf(fields.slice(index + 1), scope)
          if (rest !== undefined) this.#scanner.expect(this.#scanner.token + 1 + length + rest)
          const min = valueOf(field.min, scope)
          const max = valueOf(field.max, scope)
          for (let element = 0; element < length; element += 1) this.#integer(field.name, min, max)
          break
        }
      }
    }
    this.#scanner.expect(this.#scanner.token + 1)
  }

  #integer(variable: string, min: Int, max: Int): Int {
    const value = this.#scanner.integer(variable, min, max)
    this.#observer?.number?.(variable, value, min, max, 0, this.#scanner)
    return value
  }

  #real(variable: string, min: Int, max: Int, decimals: number): Int {
    const value = this.#scanner.real(variable, min, max, decimals)
    this.#observer?.number?.(variable, value, min, max, decimals, this.#scanner)
    return value
  }

  #word(word: { name: string; minLength: string; maxLength: string; alphabet: string }, scope: Scope): number {
    const min = valueOf(word.minLength, scope)
    const max = valueOf(word.maxLength, scope)
    const length = this.#scanner.word(word.name, min, max, word.alphabet)
    this.#observer?.text?.(word.name, length, min, max, word.alphabet, this.#scanner)
    return length
  }

  #line(name: string, min: Int, max: Int, alphabet: string): number {
    const length = this.#scanner.wholeLine(name, min, max, alphabet)
    this.#observer?.text?.(name, length, min, max, alphabet, this.#scanner)
    this.#scanner.closeLine()
    return length
  }
}
