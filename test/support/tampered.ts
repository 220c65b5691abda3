// Faults of our own making: serialisers that change what leaves, and a gate without evidence.
import type { Gate } from '../../src/generation/gates/gate.ts'
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

export const changesAnOutput = tampered((document, tests) => ({
  ...document,
  test_cases: tests.map((test, index) => (index === 2 ? { ...test, output: `${test.output}9\n` } : test)),
}))

export const losesATest = tampered((document, tests) => ({ ...document, test_cases: tests.slice(1) }))

/** The gate, which does what it did and does not say so. */
export function silent(gate: Gate): Gate {
  return { ...gate, check: async (context) => ({ ...(await gate.check(context)), evidence: ' ' }) }
}
