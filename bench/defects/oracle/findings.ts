// What the oracle can find fault with. The names are stable: tables and tests refer to them.

export const findingKinds = [
  'unreadable',
  'reference-wrong',
  'reference-slow',
  'nondeterministic',
  'test-invalid',
  'test-output-wrong',
  'sample-invalid',
  'sample-output-wrong',
  'samples-too-few',
  'duplicate-tests',
  'no-maximum-test',
  'bounds-disagree',
  'statement-language',
  'statement-placeholder',
  'solution-leaked',
  'generator-not-replayable',
  'limit-wrong',
  'output-unclean',
  'difficulty-label',
  'evidence-missing',
] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  /** Where and what, for a person. */
  readonly detail: string
}

export interface Findings {
  readonly findings: readonly Finding[]
  /** Wrong or slow programs that the emitted tests let pass under the emitted limits. */
  readonly survivors: readonly string[]
  /** Right programs that the emitted tests refuse; those that only the limits refuse are `limit-wrong`. */
  readonly victims: readonly string[]
  /** How many programs were tried on the tests. */
  readonly tried: { readonly wrong: number; readonly right: number }
  readonly elapsedMs: number
}

/** Collects findings; a kind is kept once, with the number of its further occurrences. */
export class FindingList {
  readonly #byKind = new Map<FindingKind, { detail: string; more: number }>()

  add(kind: FindingKind, detail: string): void {
    const known = this.#byKind.get(kind)
    if (known === undefined) this.#byKind.set(kind, { detail: detail.slice(0, 300), more: 0 })
    else known.more += 1
  }

  has(kind: FindingKind): boolean {
    return this.#byKind.has(kind)
  }

  all(): Finding[] {
    return [...this.#byKind].map(([kind, { detail, more }]) => ({
      kind,
      detail: more === 0 ? detail : `${detail} (and ${more} more)`,
    }))
  }
}
