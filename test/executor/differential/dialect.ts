// What a language has to say for itself so that a generated program can be written in it.
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import type { Expression, GeneratedProgram, Step } from './program.ts'

export interface Dialect {
  readonly language: ExecutorLanguage
  readonly fileName: string
  /** Programs of one source file; the first number of the input chooses. */
  readonly programsPerFile: number
  /** The lines of a step. Names: `x` the variables, `k` the counter (0 outside of loops), `rest` the input's rest. */
  step(step: Step): string[]
  /** The whole source file. */
  source(programs: readonly GeneratedProgram[]): string
}

/** How a language writes an expression's parts; each gives a text that may stand as an operand. */
export interface ExpressionWriter {
  variable(index: number): string
  counter: string
  constant(value: number): string
  narrow(of: string): string
  binary(operator: Extract<Expression, { kind: 'binary' }>['operator'], left: string, right: string): string
  byConstant(operator: Extract<Expression, { kind: 'by-constant' }>['operator'], left: string, by: number): string
}

export function write(expression: Expression, writer: ExpressionWriter): string {
  switch (expression.kind) {
    case 'variable':
      return writer.variable(expression.index)
    case 'counter':
      return writer.counter
    case 'constant':
      return writer.constant(expression.value)
    case 'narrow':
      return writer.narrow(write(expression.of, writer))
    case 'binary': {
      const { operator, left, right } = expression
      return writer.binary(operator, write(left, writer), write(right, writer))
    }
    case 'by-constant':
      return writer.byConstant(expression.operator, write(expression.left, writer), expression.by)
  }
}

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
