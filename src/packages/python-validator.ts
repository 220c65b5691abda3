// The input spec as a stand-alone Python program that people can read: accepts exactly what our own validator accepts.
import type { Block, Field, InputSpec } from '../contract/input-spec.ts'
import { alphabetOf } from '../generation/spec/alphabet.ts'
import { type Feature, runtimeFor } from './python-validator-runtime.ts'

/** A Python 3 input validator: reads standard input, ends with 42 for a legal input and with 43 for any other. */
export function pythonValidator(spec: InputSpec): string {
  const writer = new Writer()
  for (const block of spec.blocks) writer.block(block)
  const body = writer.lines.map((line) => `    ${line}`).join('\n')
  return `${head}\n${runtimeFor(writer.features)}\n\ndef check(reader):\n${body}\n    reader.end()\n\n\n${tail}`
}

const head = `#!/usr/bin/env python3
"""Input validator, made from the problem's input specification.

Reads an input on standard input. Exit code 42: legal; 43: not, and standard error says where.
Single blanks between words, a line feed at the end of every line, nothing after the last line.
"""
import re
import sys
`

const tail = `main()
`

/** Names that a variable of a spec must not have in Python: keywords, built-ins in use, and what the program itself defines. */
const taken = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield ' +
    'min max range set len int str list dict sorted chr reader check main row rows edges seen values text line ' +
    'Reader Refused re sys enumerate index size ALPHABETS broken_graph bound limits divide power last previous'
  ).split(' '),
)

function variable(name: string): string {
  return taken.has(name) ? `${name}_` : name
}

/**
 * An expression of the spec in Python. The grammars differ in the power sign, in division, and in literals, which must
 * not begin with a zero there.
 */
function expression(source: string): string {
  const tokens = source.match(/[A-Za-z][A-Za-z0-9_]*|\d+|\S/g) ?? []
  return tokens
    .map((token, index) => {
      if (token === '^') return '**'
      if (token === '/') return '//'
      if (/^\d+$/.test(token)) return token.replace(/^0+(?=\d)/, '')
      if (!/^[A-Za-z]/.test(token)) return token
      const isCall = (token === 'min' || token === 'max') && tokens[index + 1] === '('
      return isCall ? token : variable(token)
    })
    .join(' ')
    .replaceAll(/(min|max) \( /g, '$1(')
    .replaceAll(/ ([),])/g, '$1')
    .replaceAll('( ', '(')
}

/** A Python literal; JSON's escapes are among Python's for what has no lone surrogates. */
function literal(text: string): string {
  return JSON.stringify(text)
}

function characters(notation: string): string {
  return `set(${literal([...alphabetOf(notation)].join(''))})`
}

class Writer {
  readonly lines: string[] = []
  readonly features = new Set<Feature>()

  block(block: Block): void {
    this.#add(`# ${describe(block)}`)
    switch (block.kind) {
      case 'line':
        this.#fields(block.fields[0]?.name ?? 'line', block.fields, '')
        return
      case 'array':
        this.#array(block)
        return
      case 'permutation':
        this.#add(`values = []`)
        this.#size(block.length)
        this.#words(block.name, 'size')
        this.#add('for index in range(size):')
        this.#add(`    values.append(reader.integer(index, ${literal(block.name)}, 1, size))`)
        this.#add(`reader.distinct(values, ${literal(block.name)})`)
        this.features.add('integer').add('distinct').add('words')
        return
      case 'string':
        this.#add(`reader.whole_line(${literal(block.name)})`)
        this.#text(block.name, 0, block)
        return
      case 'grid':
        this.#size(block.columns, 'columns')
        this.#size(block.rows)
        this.#add('for index in range(size):')
        this.#add(`    reader.whole_line(${literal(block.name)})`)
        this.#add(`    reader.text(0, ${literal(block.name)}, columns, columns, ${characters(block.alphabet)})`)
        this.features.add('text')
        return
      case 'tree':
      case 'graph':
        this.#graph(block)
        return
      case 'rows':
        this.#add('seen = set()')
        this.#size(block.count)
        this.#add('for row in range(size):')
        this.#fields(block.name, block.fields, '    ')
        if (block.distinct) {
          this.#add(`    if ' '.join(reader.tokens) in seen:`)
          this.#add(`        reader.refuse(0, ${literal(block.name)}, 'this line has been given before')`)
          this.#add(`    seen.add(' '.join(reader.tokens))`)
        }
    }
  }

  #fields(name: string, fields: readonly Field[], indent: string): void {
    this.#words(name, String(fields.length), indent)
    fields.forEach((field, index) => {
      if (field.type === 'integer') {
        const call = `reader.integer(${index}, ${literal(field.name)}, ${expression(field.min)}, ${expression(field.max)})`
        this.#add(`${indent}${variable(field.name)} = ${call}`)
        this.features.add('integer')
      } else if (field.type === 'word') this.#text(field.name, index, field, indent)
      else throw new TypeError(`the stand-alone validator cannot read a ${field.type} yet`)
    })
  }

  #array(block: Extract<Block, { kind: 'array' }>): void {
    const { name, layout, order, distinct } = block
    this.#add('values = []')
    this.#size(block.length)
    this.#add(`limits = (${expression(block.min)}, ${expression(block.max)})`)
    if (layout === 'line') this.#words(name, 'size')
    this.#add('for index in range(size):')
    if (layout === 'column') this.#words(name, '1', '    ')
    this.#add(`    values.append(reader.integer(${layout === 'line' ? 'index' : 0}, ${literal(name)}, *limits))`)
    this.features.add('integer')
    if (order !== 'any') {
      this.#add(`reader.in_order(values, ${literal(name)}, ${literal(signs[order])})`)
      this.features.add('order')
    }
    if (distinct) {
      this.#add(`reader.distinct(values, ${literal(name)})`)
      this.features.add('distinct')
    }
  }

  #graph(block: Extract<Block, { kind: 'tree' | 'graph' }>): void {
    const { name, weight } = block
    const promise = block.kind === 'tree' ? { directed: false, connected: true, simple: true, acyclic: true } : block
    this.#add('edges = []')
    this.#size(block.vertices, 'last')
    if (block.kind === 'tree') this.#add('size = max(0, last - 1)')
    else this.#size(block.edges)
    if (weight !== undefined) this.#add(`limits = (${expression(weight.min)}, ${expression(weight.max)})`)
    this.#add('for index in range(size):')
    this.#words(name, weight === undefined ? '2' : '3', '    ')
    const end = (at: number): string => `reader.integer(${at}, ${literal(name)}, 1, last)`
    this.#add(`    edges.append((${end(0)}, ${end(1)}))`)
    if (weight !== undefined) this.#add(`    reader.integer(2, ${literal(name)}, *limits)`)
    const flags = (['directed', 'connected', 'simple', 'acyclic'] as const).map(
      (flag) => `${flag}=${promise[flag] ? 'True' : 'False'}`,
    )
    this.#add(`reader.graph(last, edges, ${literal(name)}, ${flags.join(', ')})`)
    this.features.add('integer').add('graph')
  }

  #text(
    name: string,
    at: number,
    { minLength, maxLength, alphabet }: { minLength: string; maxLength: string; alphabet: string },
    indent = '',
  ): void {
    const lengths = `${expression(minLength)}, ${expression(maxLength)}`
    this.#add(`${indent}reader.text(${at}, ${literal(name)}, ${lengths}, ${characters(alphabet)})`)
    this.features.add('text')
  }

  #words(name: string, count: string, indent = ''): void {
    this.#add(`${indent}reader.words(${literal(name)}, ${count})`)
    this.features.add('words')
  }

  #size(source: string, name = 'size'): void {
    this.#add(`${name} = reader.size(${expression(source)})`)
  }

  #add(line: string): void {
    this.lines.push(line)
  }
}

const signs = { increasing: '<', 'non-decreasing': '<=', decreasing: '>', 'non-increasing': '>=' } as const

function describe(block: Block): string {
  if (block.kind === 'line') return block.fields.map(({ name }) => name).join(' ')
  return `${block.kind} ${block.name}`
}
