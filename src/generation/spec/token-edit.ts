// Changes single tokens of an input's text.
import type { TokenPlace } from './places.ts'

/** The text of a token. */
export function tokenAt(input: string, place: TokenPlace): string {
  const line = input.split('\n')[place.line] ?? ''
  return isWholeLine(place, line) ? line : (line.split(' ')[place.token] ?? '')
}

/** The input with another text in the place of a token. */
export function withToken(input: string, place: TokenPlace, text: string): string {
  const lines = input.split('\n')
  const line = lines[place.line] ?? ''
  if (isWholeLine(place, line)) return lines.with(place.line, text).join('\n')
  return lines.with(place.line, line.split(' ').with(place.token, text).join(' ')).join('\n')
}

/** A string whose alphabet has the blank is the whole line, not its first token. */
function isWholeLine(place: TokenPlace, line: string): boolean {
  return place.allowed.type === 'text' && place.allowed.alphabet.has(' ') && line.includes(' ')
}
