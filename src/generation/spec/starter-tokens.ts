// The statements of starter code in languages that read token by token; lines count only where a text may be empty or have blanks.
import type { Block, Field, InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import { alphabetOf } from './alphabet.ts'
import { writeExpression } from './expression.ts'
import { Extremes } from './extremes.ts'
import { isBalanced } from './starter-lines.ts'
import { Lines, Names, solveHere } from './starter-names.ts'
import type { TokenDialect, ValueKind } from './starter-dialects.ts'
import { everyBlock } from './variables.ts'

/** Whether a string or grid may have an empty line or blanks in it, so that tokens do not tell where it ends. */
export function hasLines(spec: InputSpec): boolean {
  const extremes = new Extremes(spec)
  return everyBlock(spec).some(
    (block) => isText(block) && (alphabetOf(block.alphabet).has(' ') || extremes.mayBeZero(lengthOf(block))),
  )
}

type TextBlock = Extract<Block, { kind: 'string' | 'grid' }>

function isText(block: Block): block is TextBlock {
  return block.kind === 'string' || block.kind === 'grid'
}

function lengthOf(block: TextBlock): string {
  return block.kind === 'string' ? block.minLength : block.columns
}

/** Writes the statements that read an input. */
export class TokenWriter {
  readonly #spec: InputSpec
  readonly #dialect: TokenDialect
  readonly #lines: Lines
  readonly #names: Names
  readonly #extremes: Extremes
  readonly #usesLines: boolean
  readonly #index: string
  readonly #inner: string
  readonly #caseIndex: string
  readonly #tag: string
  /** Fields that are arrays by row where they are read. */
  #rowFields: ReadonlySet<string> = new Set()

  constructor(spec: InputSpec, dialect: TokenDialect, lines: Lines) {
    this.#spec = spec
    this.#dialect = dialect
    this.#lines = lines
    this.#names = new Names(spec, dialect.reserved)
    this.#extremes = new Extremes(spec)
    this.#usesLines = hasLines(spec)
    this.#index = this.#names.fresh('i', 'row', 'index')
    this.#inner = this.#names.fresh('j', 'column', 'position')
    this.#caseIndex = this.#names.fresh('t', 'testCase', 'caseIndex')
    this.#tag = this.#names.fresh('tag', 'query', 'command')
  }

  write(): void {
    for (const block of this.#spec.blocks) {
      if (block.kind === 'cases') this.#cases(block)
      else this.#leaf(block)
    }
    if (!this.#spec.blocks.some(({ kind }) => kind === 'cases')) this.#solve()
  }

  #cases(block: Extract<Block, { kind: 'cases' }>): void {
    const name = this.#names.of(block.name)
    this.#lines.add(...this.#dialect.readScalars([{ kind: 'int', name }]))
    this.#endLine()
    this.#loop(this.#caseIndex, name, () => {
      for (const leaf of block.blocks) this.#leaf(leaf)
      this.#solve()
    })
  }

  #leaf(block: LeafBlock): void {
    switch (block.kind) {
      case 'line':
        this.#scalars(block.fields)
        this.#endLine()
        return
      case 'array':
        this.#array(block, block.decimals === undefined ? this.#kindOf(block.name) : 'real')
        return
      case 'words':
        this.#array(block, 'text')
        return
      case 'permutation':
        this.#array({ ...block, layout: 'line' }, 'int')
        return
      case 'string': {
        const name = this.#names.of(block.name)
        this.#lines.add(
          ...(this.#usesLines ? this.#dialect.readLine(name) : this.#dialect.readScalars([{ kind: 'text', name }])),
        )
        return
      }
      case 'grid': {
        const name = this.#names.of(block.name)
        const rows = this.#size(block.rows)
        this.#lines.add(this.#dialect.array('text', name, rows))
        this.#loop(this.#index, rows, () => {
          const row = `${name}[${this.#index}]`
          this.#lines.add(this.#usesLines ? this.#dialect.readLineInto(row) : this.#dialect.readInto('text', row))
        })
        return
      }
      case 'matrix':
        this.#matrix(block)
        return
      case 'tree':
        this.#edges(block, `${block.vertices}-1`, this.#extremes.mayBeZero(block.vertices))
        return
      case 'graph':
        this.#edges(block, block.edges, false)
        return
      case 'rows':
        this.#rows(block)
        return
      case 'queries':
        this.#queries(block)
    }
  }

  #scalars(fields: readonly Field[]): void {
    // What stands in front of a list has to be read before it: its length may be among that.
    let waiting: { kind: ValueKind; name: string }[] = []
    const flush = (): void => {
      if (waiting.length > 0) this.#lines.add(...this.#dialect.readScalars(waiting))
      waiting = []
    }
    for (const field of fields) {
      const name = this.#names.of(field.name)
      if (field.type === 'list') {
        flush()
        const length = this.#size(field.length)
        const kind = this.#kindOf(field.name)
        this.#lines.add(this.#dialect.array(kind, name, length))
        this.#loop(this.#inner, length, () => this.#lines.add(this.#dialect.readInto(kind, `${name}[${this.#inner}]`)))
      } else {
        waiting.push({ kind: this.#fieldKind(field), name })
      }
    }
    flush()
  }

  #array(block: { name: string; length: string; layout: 'line' | 'column' }, kind: ValueKind): void {
    const name = this.#names.of(block.name)
    const length = this.#size(block.length)
    this.#lines.add(this.#dialect.array(kind, name, length))
    this.#loop(this.#index, length, () => {
      this.#lines.add(this.#dialect.readInto(kind, `${name}[${this.#index}]`))
      if (block.layout === 'column') this.#endLine()
    })
    if (block.layout === 'line') this.#endLine()
  }

  #matrix(block: Extract<Block, { kind: 'matrix' }>): void {
    const name = this.#names.of(block.name)
    const [rows, columns] = [this.#size(block.rows), this.#size(block.columns)]
    const kind = this.#kindOf(block.name)
    this.#lines.add(this.#dialect.matrix(kind, name, rows, columns))
    this.#loop(this.#index, rows, () => {
      this.#loop(this.#inner, columns, () =>
        this.#lines.add(this.#dialect.readInto(kind, `${name}[${this.#index}][${this.#inner}]`)),
      )
      this.#endLine()
    })
  }

  #edges(block: { name: string; weight?: unknown }, edges: string, mayBeNegative: boolean): void {
    const count = this.#size(edges)
    // A tree of no vertices has no -1 edges.
    const length = mayBeNegative ? this.#size(`max(${edges}, 0)`) : count
    const parts: { kind: ValueKind; name: string }[] = [
      { kind: 'int', name: `${block.name}_u` },
      { kind: 'int', name: `${block.name}_v` },
    ]
    if (block.weight !== undefined) parts.push({ kind: this.#kindOf(`${block.name}.w`), name: `${block.name}_w` })
    for (const { kind, name } of parts) this.#lines.add(this.#dialect.array(kind, name, length))
    this.#loop(this.#index, count, () => {
      for (const { kind, name } of parts) this.#lines.add(this.#dialect.readInto(kind, `${name}[${this.#index}]`))
      this.#endLine()
    })
  }

  #rows(block: Extract<Block, { kind: 'rows' }>): void {
    const count = this.#size(block.count)
    for (const field of block.fields) {
      const name = this.#names.of(field.name)
      const kind = this.#fieldKind(field)
      this.#lines.add(
        field.type === 'list' ? this.#dialect.lists(kind, name, count) : this.#dialect.array(kind, name, count),
      )
    }
    this.#rowFields = new Set(block.fields.map(({ name }) => name))
    this.#loop(this.#index, count, () => {
      for (const field of block.fields) {
        const element = `${this.#names.of(field.name)}[${this.#index}]`
        const kind = this.#fieldKind(field)
        if (field.type !== 'list') {
          this.#lines.add(this.#dialect.readInto(kind, element))
          continue
        }
        const length = this.#size(field.length)
        this.#lines.add(this.#dialect.allocate(kind, element, length))
        this.#loop(this.#inner, length, () =>
          this.#lines.add(this.#dialect.readInto(kind, `${element}[${this.#inner}]`)),
        )
      }
      this.#endLine()
    })
    this.#rowFields = new Set()
  }

  #queries(block: Extract<Block, { kind: 'queries' }>): void {
    this.#loop(this.#index, this.#size(block.count), () => {
      this.#lines.add(...this.#dialect.readScalars([{ kind: 'text', name: this.#tag }]))
      block.forms.forEach(({ tag, fields }, index) => {
        this.#lines.add(`${index === 0 ? '' : '} else '}if (${this.#dialect.isEqual(this.#tag, tag)}) {`)
        this.#lines.indented(() => {
          this.#scalars(fields)
          this.#solve()
        })
      })
      this.#lines.add('}')
      this.#endLine()
    })
  }

  #loop(index: string, count: string, body: () => void): void {
    this.#lines.add(`for (int ${index} = 0; ${index} < ${count}; ${index}++) {`)
    this.#lines.indented(body)
    this.#lines.add('}')
  }

  #endLine(): void {
    if (this.#usesLines) this.#lines.add(this.#dialect.skipLine)
  }

  #solve(): void {
    this.#lines.add(`// ${solveHere}`)
  }

  /** A count as an integer of the language. */
  #size(source: string): string {
    const { length, wide } = this.#dialect
    const text = writeExpression(source, {
      literal: String,
      variable: (name) => {
        const isLength = name.startsWith('|')
        const plain = isLength ? name.slice(1, -1) : name
        const value = this.#names.of(plain) + (this.#rowFields.has(plain) ? `[${this.#index}]` : '')
        return isLength ? length(value) : value
      },
      operation: (operator, left, right) => {
        if (operator === 'min') return `(${left} < ${right} ? ${left} : ${right})`
        if (operator === 'max') return `(${left} > ${right} ? ${left} : ${right})`
        if (operator === '*') return `(${wide(left)} * ${right})`
        return operator === '^' ? powerOf(left, right, wide) : `(${left} ${operator} ${right})`
      },
    })
    const inner = /^\((.*)\)$/.exec(text)?.[1]
    const plain = inner !== undefined && isBalanced(inner) ? inner : text
    return /[*]/.test(plain) || this.#isWide(source) ? this.#dialect.narrow(plain) : plain
  }

  /** Whether a size reads a variable that does not fit into 32 bits. */
  #isWide(source: string): boolean {
    return /[A-Za-z]/.test(source) && source.split(/\W+/).some((name) => this.#rangeIsWide(name))
  }

  #rangeIsWide(name: string): boolean {
    return /^[A-Za-z]/.test(name) && name !== 'min' && name !== 'max' && this.#kindOf(name) !== 'int'
  }

  #fieldKind(field: Field): ValueKind {
    if (field.type === 'word') return 'text'
    return field.type === 'real' ? 'real' : this.#kindOf(field.name)
  }

  #kindOf(name: string): ValueKind {
    return this.#extremes.widthOf(name)
  }
}

/** Powers with a small exponent, written out. */
function powerOf(base: string, exponent: string, wide: (text: string) => string): string {
  const times = /^\d$/.test(exponent) ? Number(exponent) : 2
  return `(${Array.from({ length: Math.max(1, times) }, (_, index) => (index === 0 ? wide(base) : base)).join(' * ')})`
}
