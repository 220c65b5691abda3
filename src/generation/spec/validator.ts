// The validator: accepts exactly the inputs that the spec describes, and says where and why it refuses one.
import type { InputSpec } from '../../contract/input-spec.ts'
import { SpecError } from './expression.ts'
import { placeObserver, type TokenPlace } from './places.ts'
import { readInput } from './reader.ts'
import { Refusal } from './scanner.ts'

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

/**
 * Checks an input against the spec, byte by byte: single blanks, `\n` at each line's end, nothing after the last line.
 * @param onToken is told every token's place and bounds, in reading order.
 */
export function validate(spec: InputSpec, input: string, onToken?: (place: TokenPlace) => void): Validity {
  try {
    readInput(spec, input, onToken && placeObserver(onToken))
    return { ok: true }
  } catch (thrown) {
    if (thrown instanceof SpecError) return { ok: false, line: 1, column: 1, variable: 'spec', message: thrown.message }
    if (!(thrown instanceof Refusal)) throw thrown
    return {
      ok: false,
      line: thrown.line + 1,
      column: columnOf(input, thrown.line, thrown.token),
      variable: thrown.variable,
      message: thrown.message,
    }
  }
}

function columnOf(input: string, line: number, token: number): number {
  const tokens = (input.split('\n')[line] ?? '').split(' ').slice(0, token)
  return tokens.reduce((column, text) => column + text.length + 1, 1)
}
