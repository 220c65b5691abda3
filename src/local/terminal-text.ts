// Text for a terminal: harmless, and as wide as it is told, counting Korean letters as two columns.
import type { styleText } from 'node:util'
import stringWidth from 'string-width'

/** Colours a text, or leaves it as it is. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string

/** Paint that leaves everything as it is. */
export const unpainted: Paint = (_format, text) => text

const segmenter = new Intl.Segmenter()

/**
 * A text without anything that a terminal acts on: control characters, and marks that turn the reading direction. What
 * a model writes must not move the cursor or rename the window. Line breaks stay, tabs become blanks.
 */
export function clean(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(/[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
}

/** One line of text, cut with `…` to at most `columns`. */
export function fit(text: string, columns: number): string {
  const line = clean(text).replaceAll(/\s*\n\s*/g, ' ')
  if (stringWidth(line) <= columns) return line
  return `${start(line, columns - 1)}…`
}

/** One line of text, cut or filled with blanks to exactly `columns`. */
export function cell(text: string, columns: number): string {
  const fitted = fit(text, columns)
  return fitted + ' '.repeat(Math.max(0, columns - stringWidth(fitted)))
}

/** Like {@link cell}, cut at the front: of a path, or of numbered names, the end tells more. */
export function cellOfEnd(text: string, columns: number): string {
  const line = fit(text, Infinity)
  if (stringWidth(line) <= columns) return cell(line, columns)
  const letters = [...segmenter.segment(line)].map(({ segment }) => segment)
  let kept = ''
  for (let letter = letters.pop(); letter !== undefined; letter = letters.pop()) {
    if (stringWidth(letter + kept) > columns - 1) break
    kept = letter + kept
  }
  return cell(`…${kept}`, columns)
}

/** Like {@link cell}, with the blanks on the left. */
export function cellRight(text: string, columns: number): string {
  const fitted = fit(text, columns)
  return ' '.repeat(Math.max(0, columns - stringWidth(fitted))) + fitted
}

/** The lines of a text, broken between words where one is wider than `columns`. */
export function wrap(text: string, columns: number): string[] {
  return clean(text)
    .split('\n')
    .flatMap((line) => wrapLine(line.trimEnd(), Math.max(2, columns)))
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\s)(?=\S)/)) {
    if (current !== '' && stringWidth(current + word.trimEnd()) > columns) {
      lines.push(current.trimEnd())
      current = ''
    }
    current += word
    while (stringWidth(current.trimEnd()) > columns) {
      const head = start(current, columns)
      lines.push(head)
      current = current.slice(head.length)
    }
  }
  return [...lines, current.trimEnd()]
}

/** As much of a line's beginning as `columns` hold; at least one letter. */
function start(line: string, columns: number): string {
  let width = 0
  let length = 0
  for (const { segment } of segmenter.segment(line)) {
    width += stringWidth(segment)
    if (width > columns && length > 0) break
    length += segment.length
  }
  return line.slice(0, length)
}
