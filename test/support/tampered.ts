// A serialiser with a fault of its own.
import type { Serialise } from '../../src/generation/publication.ts'

interface WrittenTest {
  readonly input: string
  readonly output: string
}

/** Writes what `change` makes of a document and its tests. */
export function tampered(
  change: (document: Record<string, unknown>, tests: readonly WrittenTest[]) => unknown,
): Serialise {
  return (document, tests) => JSON.stringify(change({ ...document }, tests))
}
