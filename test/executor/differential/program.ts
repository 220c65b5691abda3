// Generates small programs without a language: steps on eight 64-bit numbers, every one of them defined everywhere.
import { createRandom, type Random } from '../../../mock/gemini/author/story.ts'

/** Unsigned 64-bit arithmetic that wraps. `narrow` keeps the low 32 bits and extends their sign. */
export type Expression =
  | { readonly kind: 'variable'; readonly index: number }
  /** The innermost loop's counter. */
  | { readonly kind: 'counter' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'narrow'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  /** The right side is a constant: no zero, and shifts below 64. */
  | {
      readonly kind: 'by-constant'
      readonly operator: ConstantOperator
      readonly left: Expression
      readonly by: number
    }

const operators = ['+', '-', '*', '&', '|', '^', 'min', 'max'] as const
type Operator = (typeof operators)[number]
const constantOperators = ['/', '%', '<<', '>>'] as const
type ConstantOperator = (typeof constantOperators)[number]

export interface Comparison {
  readonly operator: '<' | '<=' | '==' | '!='
  readonly left: Expression
  readonly right: Expression
}

export type Step =
  | { readonly kind: 'assign'; readonly target: number; readonly value: Expression }
  /** Ends early when `until` holds after a round. */
  | { readonly kind: 'loop'; readonly rounds: number; readonly body: readonly Step[]; readonly until: Comparison }
  | { readonly kind: 'branch'; readonly condition: Comparison; readonly yes: Step; readonly no: Step }
  /** Numbers, sorted by remainder and then value; the first are printed, all are folded into `target`. */
  | {
      readonly kind: 'sort'
      readonly size: number
      readonly value: Expression
      readonly modulus: number
      readonly descending: boolean
      readonly target: number
    }
  /** How often each remainder occurs, printed in order of the remainders. */
  | { readonly kind: 'count'; readonly size: number; readonly value: Expression; readonly modulus: number }
  /** A text of small letters, changed and printed with its length. */
  | {
      readonly kind: 'text'
      readonly size: number
      readonly value: Expression
      readonly change: 'reverse' | 'upper' | 'middle' | 'replace'
    }
  /** f(n) = n < 2 ? n + a : (b f(n-1) + f(n-2)) mod m, called with `depth`; printed and stored. */
  | {
      readonly kind: 'recursion'
      readonly depth: number
      readonly a: number
      readonly b: number
      readonly modulus: number
      readonly target: number
    }
  /** g(0) = start, g(n) = 3 g(n-1) + n. */
  | { readonly kind: 'descent'; readonly depth: number; readonly start: Expression; readonly target: number }
  | { readonly kind: 'print'; readonly value: Expression; readonly format: IntegerFormat }
  | {
      readonly kind: 'float'
      readonly value: Expression
      readonly divisor: number
      readonly of: 'itself' | 'root' | 'sine'
      readonly format: 'fixed' | 'exponent' | 'full'
      readonly digits: number
    }
  /** Folds what is left of the input. */
  | { readonly kind: 'input'; readonly factor: number; readonly target: number }

const integerFormats = ['unsigned', 'signed', 'wide', 'zeros', 'hexadecimal'] as const
type IntegerFormat = (typeof integerFormats)[number]

/** How a program ends after its last step. */
type End = { readonly kind: 'return' } | { readonly kind: 'exit'; readonly code: number } | { kind: 'crash' }

export interface GeneratedProgram {
  readonly steps: readonly Step[]
  readonly end: End
}

const variableCount = 8
/** Variables that the input sets; the others start with 0. */
const inputCount = 4

const remainders = [2, 3, 5, 7, 10, 13]

function expressionOf(random: Random, depth: number): Expression {
  const kind = depth === 0 ? random.integer(0, 4) : random.integer(0, 14)
  if (kind <= 2) return { kind: 'variable', index: random.integer(0, variableCount - 1) }
  if (kind === 3) return { kind: 'counter' }
  if (kind === 4) return { kind: 'constant', value: random.integer(0, random.pick([9, 255, 2 ** 31, 2 ** 53 - 1])) }
  const left = expressionOf(random, depth - 1)
  if (kind === 5) return { kind: 'narrow', of: left }
  if (kind <= 8) {
    const operator = random.pick(constantOperators)
    const by = operator === '<<' || operator === '>>' ? random.integer(0, 63) : random.integer(1, 2 ** 31)
    return { kind: 'by-constant', operator, left, by }
  }
  return { kind: 'binary', operator: random.pick(operators), left, right: expressionOf(random, depth - 1) }
}

function comparisonOf(random: Random): Comparison {
  const operator = random.pick(['<', '<=', '==', '!='] as const)
  return { operator, left: expressionOf(random, 1), right: expressionOf(random, 1) }
}

function stepOf(random: Random, nesting: number): Step {
  const target = random.integer(0, variableCount - 1)
  const value = expressionOf(random, random.integer(1, 4))
  const size = random.integer(1, 60)
  const modulus = random.pick(remainders)
  const assign: Step = { kind: 'assign', target, value }
  const kinds = ['assign', 'print', 'branch', 'loop', 'sort', 'count', 'text', 'recursion', 'descent', 'float', 'input']
  // In a loop only what is short.
  switch (random.pick(kinds.slice(0, nesting === 0 ? kinds.length : nesting === 1 ? 3 : 1))) {
    case 'print':
      return { kind: 'print', value, format: random.pick(integerFormats) }
    case 'branch':
      return {
        kind: 'branch',
        condition: comparisonOf(random),
        yes: stepOf(random, nesting + 1),
        no: stepOf(random, nesting + 1),
      }
    case 'loop': {
      const body = Array.from({ length: random.integer(1, 3) }, () => stepOf(random, nesting + 1))
      return { kind: 'loop', rounds: random.integer(1, 40), body, until: comparisonOf(random) }
    }
    case 'sort':
      return { kind: 'sort', size, value, modulus, descending: random.integer(0, 1) === 1, target }
    case 'count':
      return { kind: 'count', size, value, modulus }
    case 'text':
      return { kind: 'text', size, value, change: random.pick(['reverse', 'upper', 'middle', 'replace']) }
    case 'recursion': {
      const [a = 0, b = 0] = random.integers(2, 0, 99)
      return { kind: 'recursion', depth: random.integer(0, 14), a, b, modulus: random.integer(2, 2 ** 31), target }
    }
    case 'descent':
      return { kind: 'descent', depth: random.integer(0, 500), start: value, target }
    case 'float':
      return {
        kind: 'float',
        value,
        divisor: random.pick([1, 3, 7, 16, 1000]),
        of: random.pick(['itself', 'root', 'sine']),
        format: random.pick(['fixed', 'exponent', 'full']),
        digits: random.integer(0, 9),
      }
    case 'input':
      return { kind: 'input', factor: random.integer(2, 1_000_003), target }
    default:
      return assign
  }
}

/** The `index`-th program. It prints all its variables before it ends. */
export function generateProgram(index: number): GeneratedProgram {
  const random = createRandom(`program ${index}`)
  const steps = Array.from({ length: random.integer(4, 10) }, () => stepOf(random, 0))
  const variables = Array.from({ length: variableCount }, (_, index): Step => ({
    kind: 'print',
    value: { kind: 'variable', index },
    format: 'unsigned',
  }))
  const chance = random.integer(0, 99)
  const end: End =
    chance < 60 ? { kind: 'return' } : chance < 85 ? { kind: 'exit', code: random.integer(0, 255) } : { kind: 'crash' }
  return { steps: [...steps, ...variables], end }
}

/** An input: the program's number in its source file, the first variables, and a few numbers more, on two lines. */
export function generateInput(program: number, position: number, round: number): string {
  const random = createRandom(`input ${program} ${round}`)
  const number = (): string => {
    const sign = random.pick(['', '', '-'])
    return sign + random.pick([random.integer(0, 9), random.integer(0, 2 ** 31), random.integer(0, 2 ** 53 - 1)])
  }
  const first = Array.from({ length: inputCount }, number)
  const rest = Array.from({ length: random.integer(0, 12) }, number)
  return `${position} ${first.join(' ')}\n${rest.join(' ')}\n`
}
