// A strict JSON reader that remembers on which line each value stands; the platform's parser tells neither line nor column reliably.

/** Malformed JSON, with its place (both from 1). */
export class JsonSyntaxError extends Error {
  readonly line: number
  readonly column: number

  constructor(message: string, line: number, column: number) {
    super(message)
    this.name = 'JsonSyntaxError'
    this.line = line
    this.column = column
  }
}

/** A value and, for each place in it, the line (from 1) where it begins. Places are JSON pointers; the whole is `''`. */
export interface LocatedJson {
  readonly value: unknown
  readonly lines: ReadonlyMap<string, number>
}

const space = /[ \t\r\n]*/y
const scalar = /"(?:[^"\\]|\\[^])*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Parses JSON (RFC 8259). Throws {@link JsonSyntaxError}; a name that stands twice in an object is an error too, since one of the two would be lost. */
export function parseLocatedJson(text: string): LocatedJson {
  const reader = new Reader(text)
  const value = reader.value('')
  reader.end()
  return { value, lines: reader.lines }
}

class Reader {
  readonly lines = new Map<string, number>()
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(pointer: string): unknown {
    this.#take(space)
    this.lines.set(pointer, this.#place(this.#at).line)
    if (this.#skip('{')) return this.#object(pointer)
    if (this.#skip('[')) return this.#array(pointer)
    return this.#scalar('a value is expected')
  }

  end(): void {
    this.#take(space)
    if (this.#at < this.#text.length) this.#fail('nothing more is expected')
  }

  #object(pointer: string): Record<string, unknown> {
    const object: Record<string, unknown> = {}
    if (this.#skip('}')) return object
    do {
      this.#take(space)
      const start = this.#at
      if (this.#text[start] !== '"') this.#fail('a name in double quotes is expected')
      const name = String(this.#scalar('the string does not end'))
      if (Object.hasOwn(object, name)) this.#fail(`the name "${name}" stands twice`, start)
      if (!this.#skip(':')) this.#fail('":" is expected')
      const value = this.value(`${pointer}/${pointerStep(name)}`)
      // Not an assignment: `__proto__` has to become an ordinary property.
      Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
    } while (this.#skip(','))
    if (!this.#skip('}')) this.#fail('"," or "}" is expected')
    return object
  }

  #array(pointer: string): unknown[] {
    const array: unknown[] = []
    if (this.#skip(']')) return array
    do array.push(this.value(`${pointer}/${array.length}`))
    while (this.#skip(','))
    if (!this.#skip(']')) this.#fail('"," or "]" is expected')
    return array
  }

  #scalar(expectation: string): unknown {
    const start = this.#at
    const token = this.#take(scalar) ?? this.#fail(expectation)
    try {
      return JSON.parse(token)
    } catch {
      return this.#fail('the string holds a character or an escape that JSON does not allow', start)
    }
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#at
    const match = token.exec(this.#text)?.[0]
    this.#at += match?.length ?? 0
    return match
  }

  #skip(mark: string): boolean {
    this.#take(space)
    const found = this.#text[this.#at] === mark
    if (found) this.#at += 1
    return found
  }

  #place(index: number): { line: number; column: number } {
    const before = this.#text.slice(0, index).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }

  #fail(message: string, at = this.#at): never {
    const { line, column } = this.#place(at)
    throw new JsonSyntaxError(message, line, column)
  }
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
