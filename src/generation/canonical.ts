// Inputs and outputs as they are stored: what may differ without meaning anything is made the same.
import type { InputSpec } from '../contract/input-spec.ts'
import { compare } from '../judge/checkers.ts'
import { validate } from './spec/validator.ts'

/**
 * What may differ without meaning anything is made the same: line feeds, no blanks at line ends, one line feed at the
 * end. Empty last lines are dropped unless the spec wants them (an array of no numbers).
 */
export function canonicalInput(text: string, spec: InputSpec): string {
  // Not by regular expressions: four megabytes of blanks would keep one busy for hours.
  const lines = text.split('\n').map((line) => line.trimEnd())
  if (lines.at(-1) === '') lines.pop()
  const kept = `${lines.join('\n')}\n`
  if (lines.at(-1) !== '' || validate(spec, kept).ok) return kept
  return `${kept.trimEnd()}\n`
}

/** An output as it is stored: no blanks at line ends, no empty lines at the end; nothing stays nothing. */
export function canonicalOutput(text: string): string {
  const lines = text.trimEnd().split('\n')
  return text.trim() === '' ? '' : `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

/** Whether two outputs are the same under the `tokens` checker: blanks and line ends do not count. */
export function sameTokens(left: string, right: string): boolean {
  return compare({ kind: 'tokens' }, left, right).accepted
}
