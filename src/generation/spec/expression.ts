// Integer expressions of the input spec: `min(N*(N-1)/2, 200000)`. Parsed once, evaluated exactly with big integers.

/** The values of the integer variables read so far. */
export type Scope = ReadonlyMap<string, bigint>

/** A spec that cannot be right: an unknown variable, a malformed expression, a bound out of reason. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
}

type Node =
  | { kind: 'literal'; value: bigint }
  | { kind: 'variable'; name: string }
  | { kind: 'operation'; operator: '+' | '-' | '*' | '/' | '^' | 'min' | 'max'; left: Node; right: Node }

/** No bound of a contest needs more; stops `9^9^9` from eating the machine. */
const largestMagnitude = 10n ** 30n

const parsed = new Map<string, Node>()

/** The value of an expression. Throws SpecError for an unknown variable or a malformed expression. */
export function evaluate(expression: string, scope: Scope): bigint {
  return compute(parse(expression), scope, expression)
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

function compute(node: Node, scope: Scope, expression: string): bigint {
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

function apply(operator: string, left: bigint, right: bigint, expression: string): bigint {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/': {
      if (right === 0n) throw new SpecError(`"${expression}" divides by zero`)
      const quotient = left / right
      return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient
    }
    case '^':
      if (right < 0n || right > 100n) throw new SpecError(`"${expression}" has an exponent outside 0..100`)
      return left ** right
    case 'min':
      return left < right ? left : right
    default:
      return left > right ? left : right
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
    this.#tokens = source.match(/[A-Za-z][A-Za-z0-9_]*|\d+|\S/g) ?? []
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
      return { kind: 'operation', operator: '-', left: { kind: 'literal', value: 0n }, right: this.#power() }
    }
    const base = this.#atom()
    if (this.#peek() !== '^') return base
    this.#next += 1
    return { kind: 'operation', operator: '^', left: base, right: this.#power() }
  }

  #atom(): Node {
    const token = this.#take()
    if (/^\d+$/.test(token)) return { kind: 'literal', value: BigInt(token) }
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
    if (/^[A-Za-z]/.test(token)) return { kind: 'variable', name: token }
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
