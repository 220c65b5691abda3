// The checkers that need no program: whether an output is as good as the answer, in linear time whatever was printed.
import type { Checker } from '../contract/judging.ts'
import {
  commonLength,
  type Cursor,
  lineNumber,
  Lines,
  lineStart,
  sameLetters,
  sameText,
  type Span,
  Words,
} from './cursors.ts'
import { quoted } from './excerpt.ts'
import { isClose } from './numbers.ts'

export type BuiltInChecker = Exclude<Checker, { kind: 'custom' }>

/** `note` is one line: where the first difference is, what was expected there and what was found. */
export type Comparison = { readonly accepted: true } | { readonly accepted: false; readonly note: string }

const accepted: Comparison = { accepted: true }
const nothingMore = 'the end of the output'

/** Compares an output with the answer. Places in notes are the output's, or the answer's where the output has ended. */
export function compare(checker: BuiltInChecker, output: string, answer: string): Comparison {
  // Most outputs end here. Not so for numbers: nan is never right.
  if (checker.kind !== 'float' && output === answer) return accepted
  switch (checker.kind) {
    case 'exact':
      return compareExactly(output, answer)
    case 'tokens':
      return compareInOrder(new Words(output), new Words(answer), checker.ignoreCase === true ? sameLetters : sameText)
    case 'lines':
      return compareInOrder(new Lines(output), new Lines(answer), sameText)
    case 'unordered':
      return compareUnordered(output, answer)
    case 'float':
      return compareInOrder(new Words(output), new Words(answer), (got, expected) => isClose(got, expected, checker))
  }
}

function compareExactly(output: string, answer: string): Comparison {
  const at = commonLength(
    { text: output, start: 0, end: output.length },
    { text: answer, start: 0, end: answer.length },
  )
  const place = `line ${lineNumber(output, at)}, column ${at - lineStart(output, at) + 1}`
  return refused(
    place,
    at < answer.length ? rest(answer, at) : nothingMore,
    at < output.length ? rest(output, at) : nothingMore,
  )
}

function compareInOrder(output: Cursor, answer: Cursor, isSame: (got: Span, expected: Span) => boolean): Comparison {
  for (;;) {
    const isGot = output.next()
    const isExpected = answer.next()
    if (!isGot && !isExpected) return accepted
    if (isGot && isExpected && isSame(output, answer)) continue
    const common = isGot && isExpected ? commonLength(output, answer) : 0
    return refused(
      isGot ? output.place() : `${answer.place()} of the answer`,
      isExpected ? part(answer, common) : nothingMore,
      isGot ? part(output, common) : nothingMore,
    )
  }
}

/**
 * Counts the answer's lines and takes the output's off: what is remembered is never more than the answer. Empty lines
 * do not count, since in no order none of them is at the end.
 */
function compareUnordered(output: string, answer: string): Comparison {
  const pieces = new Map<string, number>()
  const wanted = new Map<string, number>()
  for (const line of filledLines(answer)) {
    const key = keyOf(line, pieces)
    wanted.set(key, (wanted.get(key) ?? 0) + 1)
  }
  for (const line of filledLines(output)) {
    const key = keyOf(line, pieces)
    const count = wanted.get(key) ?? -1
    if (count <= 0) {
      const reason = count === 0 ? 'is there too often' : 'is not in the answer'
      return { accepted: false, note: `${line.place()}: ${part(line, 0)} ${reason}` }
    }
    wanted.set(key, count - 1)
  }
  for (const line of filledLines(answer)) {
    if (wanted.get(keyOf(line, pieces)) !== 0) {
      return { accepted: false, note: `${line.place()} of the answer: ${part(line, 0)} is missing` }
    }
  }
  return accepted
}

function* filledLines(text: string): Generator<Lines, void> {
  const lines = new Lines(text)
  while (lines.next()) if (lines.start < lines.end) yield lines
}

/** Longest string that a map is asked for: V8 hashes longer ones (from 16 K) by nothing but their length. */
const pieceLength = 8_192

/** What a line is found by in a map: itself, or for a long line the number of all that precedes its last piece, and that. */
function keyOf({ text, start, end }: Span, pieces: Map<string, number>): string {
  let key = text.slice(start, Math.min(end, start + pieceLength))
  for (let at = start + pieceLength; at < end; at += pieceLength) {
    const number = pieces.get(key) ?? pieces.size
    pieces.set(key, number)
    // No line has a line feed in it.
    key = `${number}\n${text.slice(at, Math.min(end, at + pieceLength))}`
  }
  return key
}

function refused(place: string, expected: string, got: string): Comparison {
  return { accepted: false, note: `${place}: expected ${expected}, got ${got}` }
}

/** A word or line, cut to the surroundings of its first difference. */
function part({ text, start, end }: Span, common: number): string {
  return quoted(text, start, end, start + common)
}

/** What follows from `at` on, line ends included. */
function rest(text: string, at: number): string {
  return quoted(text, at, text.length, at)
}
