// Names of the statement as they are in a program, and names that a program needs besides.
import type { InputSpec } from '../../contract/input-spec.ts'
import { namesOf } from './variables.ts'

/** Gives names of the spec and new ones that do not clash with the language or each other. */
export class Names {
  readonly #reserved: ReadonlySet<string>
  readonly #taken: Set<string>

  constructor(spec: InputSpec, reserved: string) {
    this.#reserved = new Set(reserved.split(' '))
    this.#taken = new Set([...this.#reserved, ...namesOf(spec)])
  }

  /** A variable of the spec. */
  of(name: string): string {
    return this.#reserved.has(name) ? `${name}_` : name
  }

  /** A name of the program's own, such as a loop's index: the first that is free. */
  fresh(...candidates: string[]): string {
    const name =
      candidates.find((candidate) => !this.#taken.has(candidate)) ?? `${candidates[0] ?? 'x'}${this.#taken.size}`
    this.#taken.add(name)
    return name
  }
}

/** Lines of a program with their indentation. */
export class Lines {
  readonly #lines: string[] = []
  readonly #step: string
  #depth = 0

  constructor(step: string) {
    this.#step = step
  }

  add(...lines: string[]): void {
    for (const line of lines) this.#lines.push(line === '' ? '' : this.#step.repeat(this.#depth) + line)
  }

  /** Lines that stand deeper than those around them. */
  indented(write: () => void): void {
    this.#depth += 1
    write()
    this.#depth -= 1
  }

  toString(): string {
    return this.#lines.join('\n')
  }
}

export const solveHere = 'solve here'
