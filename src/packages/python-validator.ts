// The input spec as a stand-alone Python program that people can read: accepts exactly what our own validator accepts.
import type { Field, InputSpec, LeafBlock } from '../contract/input-spec.ts'
import { alphabetOf } from '../generation/spec/alphabet.ts'
import { variablesOf } from '../generation/spec/expression.ts'
import { pythonExpression, pythonName, scaledExpression } from './python-expression.ts'
import { type Feature, runtimeFor } from './python-validator-runtime.ts'

/** A Python 3 input validator: reads standard input, ends with 42 for a legal input and with 43 for any other. */
export function pythonValidator(spec: InputSpec): string {
  const writer = new Writer()
  for (const block of spec.blocks) {
    if (block.kind === 'cases') writer.cases(block)
    else writer.block(block)
  }
  const constants = [...writer.alphabets.values()].map(({ name, text }) => `${name} = frozenset(${literal(text)})\n`)
  const body = writer.lines.map((line) => `    ${line}`).join('\n')
  return [
    head,
    runtimeFor(writer.features),
    ...(constants.length === 0 ? [] : ['\n', ...constants]),
    `\n\ndef check(reader):\n${body}\n    reader.end()\n\n\nmain()\n`,
  ].join('')
}

const head = `#!/usr/bin/env python3
"""Input validator, made from the problem's input specification.

Reads an input on standard input. Exit code 42: legal; 43: not, and standard error says where.
Single blanks between words, a line feed at the end of every line, nothing after the last line.
"""
import re
import sys
`

/** A Python literal; JSON's escapes are among Python's for what has no lone surrogates. */
function literal(text: string): string {
  return JSON.stringify(text)
}

type Sum = { readonly of: string; readonly max: string }

class Writer {
  readonly lines: string[] = []
  readonly features = new Set<Feature>()
  /** By their notation. */
  readonly alphabets = new Map<string, { readonly name: string; readonly text: string }>()
  #indent = ''
  /** Variables that expressions may read here. */
  #known = new Set<string>()

  cases(block: Extract<InputSpec['blocks'][number], { kind: 'cases' }>): void {
    this.#add(`# cases ${block.name}`)
    this.#open(block.name)
    this.#add(`${pythonName(block.name)} = ${this.#integer(block.name, block.min, block.max)}`)
    this.#close()
    this.#known.add(block.name)
    this.#startSums(block.sums)
    const outer = new Set(this.#known)
    this.#loop('_case', pythonName(block.name), () => {
      this.#index('i', '_case', outer)
      for (const leaf of block.blocks) this.block(leaf)
      this.#addSums(block.sums)
    })
    this.#known = outer
  }

  block(block: LeafBlock): void {
    this.#add(
      `# ${block.kind === 'line' ? block.fields.map(({ name }) => name).join(' ') : `${block.kind} ${block.name}`}`,
    )
    switch (block.kind) {
      case 'line':
        this.#open(block.fields[0]?.name ?? 'line')
        this.#fields(block.fields)
        this.#close()
        return
      case 'array':
        this.#array(block)
        return
      case 'words':
        this.#words(block)
        return
      case 'permutation':
        this.#permutation(block)
        return
      case 'string':
        this.#add(
          `${lengthName(block.name)} = ${this.#wholeLine(block.name, block.minLength, block.maxLength, block.alphabet)}`,
        )
        this.#known.add(`|${block.name}|`)
        return
      case 'grid':
        this.#grid(block)
        return
      case 'matrix':
        this.#matrix(block)
        return
      case 'tree':
      case 'graph':
        this.#graph(block)
        return
      case 'rows':
        this.#rows(block)
        return
      case 'queries':
        this.#queries(block)
    }
  }

  #fields(fields: readonly Field[]): void {
    for (const field of fields) {
      const { name } = field
      switch (field.type) {
        case 'integer':
          this.#add(`${pythonName(name)} = ${this.#integer(name, field.min, field.max)}`)
          if (field.not !== undefined) {
            this.#add(`reader.differ(${pythonName(name)}, ${pythonExpression(field.not)}, ${literal(name)})`)
            this.features.add('differ')
          }
          this.#known.add(name)
          break
        case 'real':
          this.#add(this.#real(name, field.min, field.max, field.decimals))
          break
        case 'word':
          this.#add(`${lengthName(name)} = ${this.#word(name, field.minLength, field.maxLength, field.alphabet)}`)
          this.#known.add(`|${name}|`)
          break
        case 'list':
          this.#loop('_element', this.#size(field.length), () => this.#add(this.#integer(name, field.min, field.max)))
      }
    }
  }

  #array(block: Extract<LeafBlock, { kind: 'array' }>): void {
    const { name, layout, order, distinct, decimals = 0, sumMax } = block
    const isKept = order !== 'any' || distinct || sumMax !== undefined
    if (isKept) this.#add('_values = []')
    this.#add(`_size = ${this.#size(block.length)}`)
    if (layout === 'line') this.#open(name)
    this.#loop('_index', '_size', () => {
      this.#index('i', '_index', this.#known, block.min, block.max)
      if (layout === 'column') this.#open(name)
      const value =
        decimals === 0 ? this.#integer(name, block.min, block.max) : this.#real(name, block.min, block.max, decimals)
      this.#add(isKept ? `_values.append(${value})` : value)
      if (layout === 'column') this.#close()
    })
    if (layout === 'line') this.#close()
    if (order !== 'any') this.#use('order', `reader.in_order(_values, ${literal(name)}, ${literal(signs[order])})`)
    if (distinct) this.#use('distinct', `reader.distinct(_values, ${literal(name)})`)
    if (sumMax !== undefined) {
      this.#use('total', `reader.total(sum(_values), ${scaledExpression(sumMax, decimals)}, ${literal(name)})`)
    }
  }

  #words(block: Extract<LeafBlock, { kind: 'words' }>): void {
    const { name, layout, distinct, minLength, maxLength, alphabet } = block
    if (distinct) this.#add('_values = []')
    this.#add(`_size = ${this.#size(block.length)}`)
    if (layout === 'line') this.#open(name)
    this.#loop('_index', '_size', () => {
      this.#index('i', '_index', this.#known, minLength, maxLength)
      if (layout === 'column') this.#open(name)
      this.#add(this.#word(name, minLength, maxLength, alphabet))
      if (distinct) this.#add('_values.append(reader.word)')
      if (layout === 'column') this.#close()
    })
    if (layout === 'line') this.#close()
    if (distinct) this.#use('distinct', `reader.distinct(_values, ${literal(name)})`)
  }

  #permutation({ name, length, first = 1 }: Extract<LeafBlock, { kind: 'permutation' }>): void {
    this.#add('_values = []')
    this.#add(`_size = ${this.#size(length)}`)
    this.#open(name)
    const last = first === 1 ? '_size' : '_size - 1'
    this.#loop('_index', '_size', () =>
      this.#add(`_values.append(reader.integer(${literal(name)}, ${first}, ${last}))`),
    )
    this.#close()
    this.features.add('integer')
    this.#use('distinct', `reader.distinct(_values, ${literal(name)})`)
  }

  #grid(block: Extract<LeafBlock, { kind: 'grid' }>): void {
    const { name, exactly = [] } = block
    this.#add(`_columns = ${this.#size(block.columns)}`)
    this.#add(`_size = ${this.#size(block.rows)}`)
    if (exactly.length > 0) this.#add(`_rows = ''`)
    this.#loop('_index', '_size', () => {
      this.#add(`reader.whole_line(${literal(name)}, _columns, _columns, ${this.#alphabet(block.alphabet)})`)
      if (exactly.length > 0) this.#add('_rows += reader.line')
    })
    this.features.add('text')
    for (const { character, count } of exactly) {
      this.#use('exactly', `reader.exactly(_rows, ${literal(character)}, ${this.#size(count)}, ${literal(name)})`)
    }
  }

  #matrix({ name, rows, columns, min, max }: Extract<LeafBlock, { kind: 'matrix' }>): void {
    this.#add(`_size = ${this.#size(rows)}`)
    this.#add(`_columns = ${this.#size(columns)}`)
    this.#loop('_index', '_size', () => {
      this.#index('i', '_index', this.#known, min, max)
      this.#open(name)
      this.#loop('_column', '_columns', () => {
        this.#index('j', '_column', this.#known, min, max)
        this.#add(this.#integer(name, min, max))
      })
      this.#close()
    })
  }

  #graph(block: Extract<LeafBlock, { kind: 'tree' | 'graph' }>): void {
    const { name, weight, first = 1 } = block
    const promise = block.kind === 'tree' ? { directed: false, connected: true, simple: true, acyclic: true } : block
    this.#add('_edges = []')
    this.#add(`_vertices = ${this.#size(block.vertices)}`)
    this.#add(`_size = ${block.kind === 'tree' ? 'max(0, _vertices - 1)' : this.#size(block.edges)}`)
    this.#loop('_index', '_size', () => {
      this.#open(name)
      const end = `reader.integer(${literal(name)}, ${first}, ${first === 1 ? '_vertices' : '_vertices - 1'})`
      this.#add(`_edges.append((${end}, ${end}))`)
      if (weight !== undefined) this.#add(this.#integer(name, weight.min, weight.max))
      this.#close()
    })
    const flags = (['directed', 'connected', 'simple', 'acyclic'] as const).map(
      (flag) => `${flag}=${promise[flag] ? 'True' : 'False'}`,
    )
    this.features.add('integer')
    this.#use('graph', `reader.graph(_vertices, ${first}, _edges, ${literal(name)}, ${flags.join(', ')})`)
  }

  #rows(block: Extract<LeafBlock, { kind: 'rows' }>): void {
    const { name, fields, distinct, sums = [] } = block
    if (distinct) this.#add('_values = []')
    this.#startSums(sums)
    const outer = new Set(this.#known)
    this.#loop('_index', this.#size(block.count), () => {
      this.#index('i', '_index', outer)
      this.#open(name)
      this.#fields(fields)
      this.#close()
      if (distinct) this.#add('_values.append(reader.line)')
      this.#addSums(sums)
    })
    this.#known = outer
    if (distinct) this.#use('distinct', `reader.distinct(_values, ${literal(name)})`)
  }

  #queries({ name, count, forms }: Extract<LeafBlock, { kind: 'queries' }>): void {
    const outer = new Set(this.#known)
    this.#loop('_index', this.#size(count), () => {
      this.#index('i', '_index', outer)
      this.#open(name)
      this.#add(`_tag = reader.next(${literal(name)})`)
      for (const [at, { tag, fields }] of forms.entries()) {
        this.#known = new Set([...outer, 'i'])
        this.#add(`${at === 0 ? 'if' : 'elif'} _tag == ${literal(tag)}:`)
        this.#inside(() => {
          if (fields.length === 0) this.#add('pass')
          this.#fields(fields)
        })
      }
      this.#add('else:')
      this.#inside(() => this.#add(`reader.refuse(${literal(name)}, f'{_tag[:30]!r} is no query')`))
      this.#close()
    })
    this.#known = outer
  }

  #startSums(sums: readonly Sum[]): void {
    sums.forEach(({ max }, at) => this.#add(`_most${at}, _sum${at} = ${pythonExpression(max)}, 0`))
  }

  #addSums(sums: readonly Sum[]): void {
    sums.forEach(({ of }, at) => {
      this.#add(`_sum${at} += ${pythonExpression(of)}`)
      this.#use('total', `reader.total(_sum${at}, _most${at}, ${literal(`sum of ${of}`)})`)
    })
  }

  /** The number of the element, from 1, where something reads it and no variable has that name. */
  #index(name: 'i' | 'j', counter: string, outer: ReadonlySet<string>, ...readers: readonly string[]): void {
    if (outer.has(name)) return
    const isRead = readers.length === 0 || readers.some((source) => isReading(source, name))
    if (isRead) this.#add(`${name} = ${counter} + 1`)
    if (readers.length === 0) this.#known = new Set([...this.#known, name])
  }

  #integer(name: string, min: string, max: string): string {
    this.features.add('integer')
    return `reader.integer(${literal(name)}, ${pythonExpression(min)}, ${pythonExpression(max)})`
  }

  #real(name: string, min: string, max: string, decimals: number): string {
    this.features.add('real')
    const bounds = `${scaledExpression(min, decimals)}, ${scaledExpression(max, decimals)}`
    return `reader.real(${literal(name)}, ${bounds}, ${decimals})`
  }

  #word(name: string, min: string, max: string, alphabet: string): string {
    this.features.add('text')
    const lengths = `${pythonExpression(min)}, ${pythonExpression(max)}`
    return `reader.text(${literal(name)}, ${lengths}, ${this.#alphabet(alphabet)})`
  }

  #wholeLine(name: string, min: string, max: string, alphabet: string): string {
    this.features.add('text')
    const lengths = `${pythonExpression(min)}, ${pythonExpression(max)}`
    return `reader.whole_line(${literal(name)}, ${lengths}, ${this.#alphabet(alphabet)})`
  }

  #alphabet(notation: string): string {
    const known = this.alphabets.get(notation)
    if (known !== undefined) return known.name
    const name = `LETTERS_${this.alphabets.size + 1}`
    this.alphabets.set(notation, { name, text: [...alphabetOf(notation)].join('') })
    return name
  }

  #size(source: string): string {
    return `reader.size(${pythonExpression(source)})`
  }

  #open(name: string): void {
    this.#add(`reader.open(${literal(name)})`)
  }

  #close(): void {
    this.#add('reader.close()')
  }

  #use(feature: Feature, line: string): void {
    this.features.add(feature)
    this.#add(line)
  }

  #loop(counter: string, count: string, body: () => void): void {
    this.#add(`for ${counter} in range(${count}):`)
    this.#inside(body)
  }

  #inside(body: () => void): void {
    const before = this.#indent
    this.#indent += '    '
    body()
    this.#indent = before
  }

  #add(line: string): void {
    this.lines.push(this.#indent + line)
  }
}

/** Decimal literals are bounds, too, and read nothing. */
function isReading(source: string, name: string): boolean {
  return !/^\s*-?\d+\.\d+\s*$/.test(source) && variablesOf(source).includes(name)
}

function lengthName(name: string): string {
  return pythonName(`|${name}|`)
}

const signs = { increasing: '<', 'non-decreasing': '<=', decreasing: '>', 'non-increasing': '>=' } as const
