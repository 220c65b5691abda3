// Integer expressions of the input spec: `min(N*(N-1)/2, 200000)`. Parsed once, evaluated exactly.
import { add, divideDown, greatest, type Int, least, multiply, subtract, toInt } from './int.ts'

/** The values of the integer variables read so far; the length of a text S is `|S|`. */
export interface Scope {
  get(name: string): Int | undefined
}

/** Variables of one row or case, in front of those around it. */
export class Frame implements Scope {
  readonly #outer: Scope | undefined
  readonly #own = new Map<string, Int>()

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  get(name: string): Int | undefined {
    return this.#own.get(name) ?? this.#outer?.get(name)
  }

  set(name: string, value: Int): void {
    this.#own.set(name, value)
  }

  /** The number of the current element or row; a variable of that name from around it is left alone. */
  setIndex(name: 'i' | 'j', value: number): void {
    if (this.#outer?.get(name) === undefined) this.#own.set(name, value)
  }

  clear(): void {
    this.#own.clear()
  }
}

/** A spec that cannot be right: an unknown variable, a malformed expression, a bound out of reason. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
}

type Node =
  | { kind: 'literal'; value: Int }
  | { kind: 'variable'; name: string }
  | { kind: 'operation'; operator: '+' | '-' | '*' | '/' | '^' | 'min' | 'max'; left: Node; right: Node }

/** No bound of a contest needs more; stops `9^9^9` from eating the machine. */
const largestMagnitude = 10n ** 30n

const parsed = new Map<string, Node>()

/** The value of an expression. Throws SpecError for an unknown variable or a malformed expression. */
export function evaluate(expression: string, scope: Scope): bigint {
  return BigInt(valueOf(expression, scope))
}

/** The same as {@link evaluate}, without big integers where numbers do. */
export function valueOf(expression: string, scope: Scope): Int {
  return compute(parse(expression), scope, expression)
}

/** Bound of a real number, times 10^decimals: an expression or a decimal literal such as `-0.5`. */
export function scaledValueOf(bound: string, decimals: number, scope: Scope): Int {
  const literal = /^\s*(-?)(\d{1,20})\.(\d{1,20})\s*$/.exec(bound)
  if (literal === null) return multiply(valueOf(bound, scope), toInt(10n ** BigInt(decimals)))
  const [, sign = '', whole = '', fraction = ''] = literal
  if (fraction.length > decimals) throw new SpecError(`"${bound}" has more than ${decimals} decimals`)
  return toInt(BigInt(`${sign}${whole}${fraction.padEnd(decimals, '0')}`))
}

/** What becomes of the parts of an expression when it is written in another language. */
export interface ExpressionWriter {
  readonly literal: (value: Int) => string
  readonly variable: (name: string) => string
  readonly operation: (operator: '+' | '-' | '*' | '/' | '^' | 'min' | 'max', left: string, right: string) => string
}

/** An expression in another language; parts without variables are computed. */
export function writeExpression(expression: string, writer: ExpressionWriter): string {
  const write = (node: Node): string => {
    if (node.kind === 'variable') return writer.variable(node.name)
    if (node.kind === 'literal') return writer.literal(node.value)
    if (isConstant(node)) return writer.literal(compute(node, new Map(), expression))
    return writer.operation(node.operator, write(node.left), write(node.right))
  }
  return write(parse(expression))
}

function isConstant(node: Node): boolean {
  if (node.kind === 'operation') return isConstant(node.left) && isConstant(node.right)
  return node.kind === 'literal'
}

/** The variables an expression reads, in order of appearance. */
export function variablesOf(expression: string): string[] {
  const names = new Set<string>()
  const walk = (node: Node): void => {
    if (node.kind === 'variable') names.add(node.name)
    if (node.kind === 'operation') [node.left, node.right].forEach(walk)
  }
  walk(parse(expression))
  return [...names]
}

function compute(node: Node, scope: Scope, expression: string): Int {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'variable': {
      const value = scope.get(node.name)
      if (value === undefined) throw new SpecError(`"${expression}" reads ${node.name} before it is given`)
      return value
    }
    case 'operation': {
      const left = compute(node.left, scope, expression)
      const right = compute(node.right, scope, expression)
      const value = apply(node.operator, left, right, expression)
      if (value > largestMagnitude || value < -largestMagnitude) throw new SpecError(`"${expression}" is out of reason`)
      return value
    }
  }
}

function apply(operator: string, left: Int, right: Int, expression: string): Int {
  switch (operator) {
    case '+':
      return add(left, right)
    case '-':
      return subtract(left, right)
    case '*':
      return multiply(left, right)
    case '/':
      if (right === 0) throw new SpecError(`"${expression}" divides by zero`)
      return divideDown(left, right)
    case '^':
      if (right < 0 || right > 100) throw new SpecError(`"${expression}" has an exponent outside 0..100`)
      return toInt(BigInt(left) ** BigInt(right))
    case 'min':
      return least(left, right)
    default:
      return greatest(left, right)
  }
}

function parse(expression: string): Node {
  const known = parsed.get(expression)
  if (known !== undefined) return known
  const node = new Parser(expression).parse()
  // Specs come from models: bounded, so that a long-lived process does not collect every expression it ever saw.
  if (parsed.size > 10_000) parsed.clear()
  parsed.set(expression, node)
  return node
}

/** Recursive descent: sum → product → power → atom. */
class Parser {
  readonly #tokens: string[]
  readonly #source: string
  #next = 0

  constructor(source: string) {
    this.#source = source
    this.#tokens = source.match(/[A-Za-z][A-Za-z0-9_]*|\|[A-Za-z][A-Za-z0-9_]*\||\d+|\S/g) ?? []
  }

  parse(): Node {
    const node = this.#sum()
    if (this.#peek() !== undefined) this.#fail()
    return node
  }

  #sum(): Node {
    let node = this.#product()
    for (let operator = this.#peek(); operator === '+' || operator === '-'; operator = this.#peek()) {
      this.#next += 1
      node = { kind: 'operation', operator, left: node, right: this.#product() }
    }
    return node
  }

  #product(): Node {
    let node = this.#power()
    for (let operator = this.#peek(); operator === '*' || operator === '/'; operator = this.#peek()) {
      this.#next += 1
      node = { kind: 'operation', operator, left: node, right: this.#power() }
    }
    return node
  }

  #power(): Node {
    if (this.#peek() === '-') {
      this.#next += 1
      return { kind: 'operation', operator: '-', left: { kind: 'literal', value: 0 }, right: this.#power() }
    }
    const base = this.#atom()
    if (this.#peek() !== '^') return base
    this.#next += 1
    return { kind: 'operation', operator: '^', left: base, right: this.#power() }
  }

  #atom(): Node {
    const token = this.#take()
    if (/^\d+$/.test(token)) return { kind: 'literal', value: toInt(BigInt(token)) }
    if (token === '(') {
      const node = this.#sum()
      this.#expect(')')
      return node
    }
    if ((token === 'min' || token === 'max') && this.#peek() === '(') {
      this.#expect('(')
      const left = this.#sum()
      this.#expect(',')
      const right = this.#sum()
      this.#expect(')')
      return { kind: 'operation', operator: token, left, right }
    }
    if (/^[A-Za-z]|^\|./.test(token)) return { kind: 'variable', name: token }
    return this.#fail()
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]
  }

  #take(): string {
    const token = this.#tokens[this.#next]
    this.#next += 1
    return token ?? this.#fail()
  }

  #expect(token: string): void {
    if (this.#take() !== token) this.#fail()
  }

  #fail(): never {
    throw new SpecError(`"${this.#source}" is not an expression over integers and variables`)
  }
}
