// Words and lines of a text by index, one after the other: nothing is copied, whatever the text's size.

/** A part of a text. */
export interface Span {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Walks through the parts of a text; its span is the current part. */
export interface Cursor extends Span {
  /** Goes to the next part; false when there is none. */
  next(): boolean
  /** Where the current part is, for a reader who counts from 1. */
  place(): string
}

/** Words between blanks. Blanks are the six of ASCII and nothing else: a no-break space belongs to its word. */
export class Words implements Cursor {
  readonly text: string
  start = 0
  end = 0

  constructor(text: string) {
    this.text = text
  }

  next(): boolean {
    const { text } = this
    let at = this.end
    while (at < text.length && isBlank(text.charCodeAt(at))) at += 1
    this.start = at
    while (at < text.length && !isBlank(text.charCodeAt(at))) at += 1
    this.end = at
    return this.start < at
  }

  place(): string {
    const line = new Words(this.text)
    line.end = lineStart(this.text, this.start)
    let token = 0
    while (line.next() && line.start <= this.start) token += 1
    return `line ${lineNumber(this.text, this.start)}, token ${token}`
  }
}

/** Lines without the blanks at their ends (a carriage return is one), and without the empty lines at the text's end. */
export class Lines implements Cursor {
  readonly text: string
  readonly #last: number
  #following = 0
  start = 0
  end = 0

  constructor(text: string) {
    this.text = text
    this.#last = trimmedEnd(text, 0, text.length)
  }

  next(): boolean {
    if (this.#following >= this.#last) return false
    const lineFeed = this.text.indexOf('\n', this.#following)
    const lineEnd = lineFeed < 0 ? this.#last : lineFeed
    this.start = this.#following
    this.end = trimmedEnd(this.text, this.start, lineEnd)
    this.#following = lineEnd + 1
    return true
  }

  place(): string {
    return `line ${lineNumber(this.text, this.start)}`
  }
}

/** How many characters from their starts on two spans have in common. */
export function commonLength(left: Span, right: Span): number {
  const length = Math.min(left.end - left.start, right.end - right.start)
  let offset = 0
  while (offset < length && left.text.charCodeAt(left.start + offset) === right.text.charCodeAt(right.start + offset)) {
    offset += 1
  }
  return offset
}

/** Whether two spans have the same characters. */
export function sameText(left: Span, right: Span): boolean {
  const length = left.end - left.start
  return length === right.end - right.start && commonLength(left, right) === length
}

/** Whether two spans have the same characters but for capitals. */
export function sameLetters(left: Span, right: Span): boolean {
  const [one, other] = [left, right].map(({ text, start, end }) => text.slice(start, end))
  return one === other || one?.toLowerCase() === other?.toLowerCase()
}

/** The number of the line that `at` is on, from 1. */
export function lineNumber(text: string, at: number): number {
  let line = 1
  for (let index = 0; index < at; index += 1) if (text.charCodeAt(index) === 10) line += 1
  return line
}

/** Where the line begins that `at` is on. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && isBlank(text.charCodeAt(at - 1))) at -= 1
  return at
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}
