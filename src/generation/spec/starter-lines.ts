// Starter code in Python and JavaScript, which read line by line.
import type { Block, Field, InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import { type ExpressionWriter, writeExpression } from './expression.ts'
import { Extremes } from './extremes.ts'
import { Lines, Names, solveHere } from './starter-names.ts'

/** How a language reads lines of tokens. */
interface LineDialect {
  readonly reserved: string
  readonly step: string
  readonly comment: string
  readonly expression: (names: Names) => ExpressionWriter
  /** The next line, without its line feed. */
  readonly line: string
  /** A list of the tokens of a line; `count`: how many, where there may be none. */
  readonly tokens: (line: string, count?: string) => string
  readonly convert: (text: string, type: ValueType) => string
  readonly convertAll: (tokens: string, type: ValueType) => string
  /** `count` times the same expression. */
  readonly repeated: (expression: string, count: string, index: string) => string
  readonly assign: (name: string, value: string) => string
  readonly assignAll: (names: readonly string[], tokens: string, type: ValueType) => string
  /** Something that gives one token after the other. */
  readonly iterate: (name: string, tokens: string) => string
  readonly next: (name: string) => string
  readonly loop: (index: string, count: string) => string
  readonly branch: (isFirst: boolean, condition: string) => string
  readonly isEqual: (left: string, text: string) => string
  readonly end: string | undefined
  readonly append: (list: string, values: readonly string[]) => string
  readonly empty: string
}

type ValueType = 'int' | 'big' | 'real' | 'text'

const python: LineDialect = {
  reserved:
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case input int float map list range iter next tuple len min max sys main str',
  step: '    ',
  comment: '#',
  expression: (names) => ({
    literal: String,
    variable: (name) => (name.startsWith('|') ? `len(${names.of(name.slice(1, -1))})` : names.of(name)),
    operation: (operator, left, right) =>
      operator === 'min' || operator === 'max'
        ? `${operator}(${left}, ${right})`
        : `(${left} ${operator === '^' ? '**' : operator === '/' ? '//' : operator} ${right})`,
  }),
  line: "input().rstrip('\\n')",
  tokens: () => 'input().split()',
  convert: (text, type) =>
    // Python's own conversions do not mind the line feed.
    type === 'text' ? text : `${type === 'real' ? 'float' : 'int'}(${text === python.line ? 'input()' : text})`,
  convertAll: (tokens, type) =>
    type === 'text' ? tokens : `list(map(${type === 'real' ? 'float' : 'int'}, ${tokens}))`,
  repeated: (expression, count) => `[${expression} for _ in range(${count})]`,
  assign: (name, value) => `${name} = ${value}`,
  assignAll: (names, tokens, type) =>
    `${names.join(', ')} = ${type === 'text' ? tokens : `map(${type === 'real' ? 'float' : 'int'}, ${tokens})`}`,
  iterate: (name, tokens) => `${name} = iter(${tokens})`,
  next: (name) => `next(${name})`,
  loop: (_, count) => `for _ in range(${count}):`,
  branch: (isFirst, condition) => `${isFirst ? 'if' : 'elif'} ${condition}:`,
  isEqual: (left, text) => `${left} == ${JSON.stringify(text)}`,
  end: undefined,
  append: (list, values) => `${list}.append(${values.length === 1 ? values[0] : `(${values.join(', ')})`})`,
  empty: '[]',
}

const javascript: LineDialect = {
  reserved:
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await eval arguments undefined NaN Infinity Number BigInt Math Array String lines at require module exports process',
  step: '  ',
  comment: '//',
  expression: (names) => ({
    literal: String,
    variable: (name) => (name.startsWith('|') ? `${names.of(name.slice(1, -1))}.length` : names.of(name)),
    operation: (operator, left, right) => {
      if (operator === 'min' || operator === 'max') return `Math.${operator}(${left}, ${right})`
      return operator === '/'
        ? `Math.floor(${left} / ${right})`
        : `(${left} ${operator === '^' ? '**' : operator} ${right})`
    },
  }),
  line: 'lines[at++]',
  tokens: (line, count) => (count === undefined ? `${line}.split(' ')` : `${line}.split(' ', ${count})`),
  convert: (text, type) => (type === 'text' ? text : `${type === 'big' ? 'BigInt' : 'Number'}(${text})`),
  convertAll: (tokens, type) => (type === 'text' ? tokens : `${tokens}.map(${type === 'big' ? 'BigInt' : 'Number'})`),
  repeated: (expression, count) => `Array.from({ length: ${count} }, () => ${expression})`,
  assign: (name, value) => `const ${name} = ${value}`,
  assignAll: (names, tokens, type) => `const [${names.join(', ')}] = ${javascript.convertAll(tokens, type)}`,
  iterate: (name, tokens) => `const ${name} = ${tokens}.values()`,
  next: (name) => `${name}.next().value`,
  loop: (index, count) => `for (let ${index} = 0; ${index} < ${count}; ${index}++) {`,
  branch: (isFirst, condition) => `${isFirst ? '' : '} else '}if (${condition}) {`,
  isEqual: (left, text) => `${left} === '${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`,
  end: '}',
  append: (list, values) => `${list}.push(${values.length === 1 ? values[0] : `[${values.join(', ')}]`})`,
  empty: '[]',
}

export function pythonStarter(spec: InputSpec): string {
  const lines = new Lines(python.step)
  lines.add('import sys', '', 'input = sys.stdin.readline', '', '', 'def main():')
  lines.indented(() => new LineWriter(spec, python, lines).write())
  lines.add('', '', 'main()', '')
  return lines.toString()
}

export function javascriptStarter(spec: InputSpec): string {
  const lines = new Lines(javascript.step)
  lines.add("'use strict'", '', "const lines = require('fs').readFileSync(0, 'utf8').split('\\n')", 'let at = 0', '')
  new LineWriter(spec, javascript, lines).write()
  lines.add('')
  return lines.toString()
}

class LineWriter {
  readonly #spec: InputSpec
  readonly #dialect: LineDialect
  readonly #lines: Lines
  readonly #names: Names
  readonly #extremes: Extremes
  readonly #index: string
  readonly #caseIndex: string
  readonly #tokens: string
  readonly #tag: string

  constructor(spec: InputSpec, dialect: LineDialect, lines: Lines) {
    this.#spec = spec
    this.#dialect = dialect
    this.#lines = lines
    this.#names = new Names(spec, dialect.reserved)
    this.#extremes = new Extremes(spec)
    this.#index = this.#names.fresh('i', 'row', 'index')
    this.#caseIndex = this.#names.fresh('t', 'testCase', 'caseIndex')
    this.#tokens = this.#names.fresh('tokens', 'words', 'parts')
    this.#tag = this.#names.fresh('tag', 'query', 'command')
  }

  write(): void {
    for (const block of this.#spec.blocks) this.#block(block)
    if (!this.#spec.blocks.some(({ kind }) => kind === 'cases')) this.#solve()
  }

  #block(block: Block): void {
    if (block.kind !== 'cases') {
      this.#leaf(block)
      return
    }
    const { assign, convert, line } = this.#dialect
    const name = this.#names.of(block.name)
    this.#lines.add(assign(name, convert(line, 'int')))
    this.#loop(this.#caseIndex, name, () => {
      for (const leaf of block.blocks) this.#leaf(leaf)
      this.#solve()
    })
  }

  #leaf(block: LeafBlock): void {
    const dialect = this.#dialect
    switch (block.kind) {
      case 'line':
        this.#fields(block.fields)
        return
      case 'array':
        this.#sequence(block, block.decimals === undefined ? this.#integerType(block.name) : 'real')
        return
      case 'words':
        this.#sequence(block, 'text')
        return
      case 'permutation':
        this.#sequence({ ...block, layout: 'line' }, 'int')
        return
      case 'string':
        this.#assign(block.name, dialect.line)
        return
      case 'grid':
        this.#assign(block.name, dialect.repeated(dialect.line, this.#expression(block.rows), this.#index))
        return
      case 'matrix':
        this.#lists(block.name, block.rows, this.#integerType(block.name))
        return
      case 'tree':
        this.#lists(block.name, `${block.vertices}-1`, this.#weightType(block))
        return
      case 'graph':
        this.#lists(block.name, block.edges, this.#weightType(block))
        return
      case 'rows': {
        this.#assign(block.name, dialect.empty)
        this.#loop(this.#index, this.#expression(block.count), () => {
          this.#fields(block.fields)
          const values = block.fields.map(({ name }) => this.#names.of(name))
          this.#lines.add(dialect.append(this.#names.of(block.name), values))
        })
        return
      }
      case 'queries':
        this.#loop(this.#index, this.#expression(block.count), () => this.#query(block))
    }
  }

  #query(block: Extract<Block, { kind: 'queries' }>): void {
    const dialect = this.#dialect
    this.#lines.add(dialect.iterate(this.#tokens, dialect.tokens(dialect.line)))
    this.#lines.add(dialect.assign(this.#tag, dialect.next(this.#tokens)))
    block.forms.forEach(({ tag, fields }, index) => {
      this.#lines.add(dialect.branch(index === 0, dialect.isEqual(this.#tag, tag)))
      this.#lines.indented(() => {
        this.#fieldsFromIterator(fields)
        this.#solve()
      })
    })
    if (dialect.end !== undefined) this.#lines.add(dialect.end)
  }

  /** The fields of one line. */
  #fields(fields: readonly Field[]): void {
    const dialect = this.#dialect
    const [first] = fields
    const types = new Set(fields.map((field) => this.#typeOf(field)))
    const [type] = types
    if (type === undefined || first === undefined) return
    if (fields.length === 1 && first.type !== 'list') {
      this.#assign(first.name, dialect.convert(dialect.line, type))
    } else if (types.size === 1 && fields.every((field) => field.type !== 'list')) {
      const names = fields.map(({ name }) => this.#names.of(name))
      this.#lines.add(dialect.assignAll(names, dialect.tokens(dialect.line), type))
    } else {
      this.#lines.add(dialect.iterate(this.#tokens, dialect.tokens(dialect.line)))
      this.#fieldsFromIterator(fields)
    }
  }

  #fieldsFromIterator(fields: readonly Field[]): void {
    const dialect = this.#dialect
    for (const field of fields) {
      const value = dialect.convert(dialect.next(this.#tokens), this.#typeOf(field))
      const isList = field.type === 'list'
      this.#assign(field.name, isList ? dialect.repeated(value, this.#expression(field.length), this.#index) : value)
    }
  }

  #sequence(block: { name: string; length: string; layout: 'line' | 'column' }, type: ValueType): void {
    const dialect = this.#dialect
    const length = this.#expression(block.length)
    if (block.layout === 'column') {
      this.#assign(block.name, dialect.repeated(dialect.convert(dialect.line, type), length, this.#index))
      return
    }
    const count = this.#extremes.mayBeZero(block.length) ? length : undefined
    this.#assign(block.name, dialect.convertAll(dialect.tokens(dialect.line, count), type))
  }

  /** Lines of integers, each a list. */
  #lists(name: string, count: string, type: ValueType): void {
    const dialect = this.#dialect
    const line = dialect.convertAll(dialect.tokens(dialect.line), type)
    this.#assign(name, dialect.repeated(line, this.#expression(count), this.#index))
  }

  #loop(index: string, count: string, body: () => void): void {
    this.#lines.add(this.#dialect.loop(index, count))
    this.#lines.indented(body)
    if (this.#dialect.end !== undefined) this.#lines.add(this.#dialect.end)
  }

  #assign(name: string, value: string): void {
    this.#lines.add(this.#dialect.assign(this.#names.of(name), value))
  }

  #solve(): void {
    // A block of Python needs a statement.
    this.#lines.add(`${this.#dialect.comment} ${solveHere}`, ...(this.#dialect.end === undefined ? ['pass'] : []))
  }

  #expression(source: string): string {
    return writeExpression(source, this.#dialect.expression(this.#names)).replace(
      /^\((.*)\)$/,
      (whole, inner: string) => (isBalanced(inner) ? inner : whole),
    )
  }

  #typeOf(field: Field): ValueType {
    if (field.type === 'word') return 'text'
    return field.type === 'real' ? 'real' : this.#integerType(field.name)
  }

  #integerType(name: string): ValueType {
    return this.#extremes.isSafe(name) ? 'int' : 'big'
  }

  #weightType(block: { name: string; weight?: unknown }): ValueType {
    return block.weight === undefined ? 'int' : this.#integerType(`${block.name}.w`)
  }
}

/** Whether every parenthesis that closes was opened here. */
export function isBalanced(text: string): boolean {
  let depth = 0
  for (const char of text) {
    if (char === '(') depth += 1
    if (char === ')') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}
