// When two words are close enough as numbers. Only decimal and scientific notation are numbers, and inf and nan.
import type { Checker } from '../contract/judging.ts'
import { sameLetters, sameText, type Span } from './cursors.ts'

/** How far a number may be from the answer's; one of the two has to be kept. */
export type Tolerance = Omit<Extract<Checker, { kind: 'float' }>, 'kind'>

/** Integers of more digits are not exact as doubles. */
const exactDigits = 15
/** Longer integers have no double at all. */
const doubleDigits = 400

/**
 * Whether an output's word may stand for the answer's. Words that are not both numbers have to be the same (with
 * `ignoreCase` but for capitals); nan is
 * never right, inf only for the same inf, and a decimal beyond the doubles only for the same text.
 */
export function isClose(output: Span, answer: Span, tolerance: Tolerance): boolean {
  const expected = kindOf(answer)
  if (sameText(output, answer)) return expected !== 'nan'
  const got = kindOf(output)
  if (expected === 'infinite' && got === 'infinite') return isNegative(output) === isNegative(answer)
  const areNumbers = isDecimal(expected) && isDecimal(got)
  if (!areNumbers) return tolerance.ignoreCase === true && expected === 'word' && sameLetters(output, answer)
  const areLong = Math.max(answer.end - answer.start, output.end - output.start) > exactDigits
  return expected === 'integer' && got === 'integer' && areLong
    ? areCloseIntegers(wordOf(output), wordOf(answer), tolerance)
    : areCloseDoubles(Number(wordOf(output)), Number(wordOf(answer)), tolerance)
}

function areCloseDoubles(output: number, answer: number, { absolute, relative }: Tolerance): boolean {
  if (!Number.isFinite(output) || !Number.isFinite(answer)) return false
  const allowed = Math.max(absolute, relative * Math.abs(answer))
  // Written in decimal 1.1 is exactly 0.1 from 1, as doubles a little more: what rounding adds is not the program's.
  const rounding = allowed === 0 ? 0 : [output, answer, allowed].reduce((sum, part) => sum + roundingOf(part), 0)
  return Math.abs(output - answer) <= allowed + rounding
}

function roundingOf(value: number): number {
  return Math.abs(value) * Number.EPSILON
}

/** As doubles, an integer of 64 bits and its neighbour are the same. */
function areCloseIntegers(output: string, answer: string, { absolute, relative }: Tolerance): boolean {
  if (Math.max(output.length, answer.length) > doubleDigits) return false
  const difference = BigInt(output) - BigInt(answer)
  return Math.abs(Number(difference)) <= Math.max(absolute, relative * Math.abs(Number(answer)))
}

type Kind = 'word' | 'integer' | 'decimal' | 'infinite' | 'nan'

function isDecimal(kind: Kind): boolean {
  return kind === 'integer' || kind === 'decimal'
}

/** Scans once, without a regular expression: a word may have millions of digits. */
function kindOf({ text, start, end }: Span): Kind {
  const first = afterSign(text, start)
  const pointAt = afterDigits(text, first, end)
  const hasPoint = pointAt < end && text[pointAt] === '.'
  const mantissaEnd = hasPoint ? afterDigits(text, pointAt + 1, end) : pointAt
  const digits = mantissaEnd - first - (hasPoint ? 1 : 0)
  if (digits === 0) return specialKind(text, first, end)
  if (mantissaEnd === end) return hasPoint ? 'decimal' : 'integer'
  if (text[mantissaEnd] !== 'e' && text[mantissaEnd] !== 'E') return 'word'
  const exponent = afterSign(text, mantissaEnd + 1)
  return exponent < end && afterDigits(text, exponent, end) === end ? 'decimal' : 'word'
}

function specialKind(text: string, start: number, end: number): Kind {
  if (end - start > 'infinity'.length) return 'word'
  const word = text.slice(start, end).toLowerCase()
  if (word === 'nan') return 'nan'
  return word === 'inf' || word === 'infinity' ? 'infinite' : 'word'
}

function afterSign(text: string, at: number): number {
  return text[at] === '+' || text[at] === '-' ? at + 1 : at
}

function afterDigits(text: string, from: number, end: number): number {
  let at = from
  while (at < end && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1
  return at
}

function isNegative({ text, start }: Span): boolean {
  return text[start] === '-'
}

function wordOf({ text, start, end }: Span): string {
  return text.slice(start, end)
}
