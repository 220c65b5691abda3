// Seeded chance for property tests: a failure is found again by its seed.

export interface Chance {
  /** An integer from 0 to `limit` - 1. */
  readonly below: (limit: number) => number
  readonly pick: <T>(values: readonly [T, ...T[]]) => T
  readonly shuffled: <T>(values: readonly T[]) => T[]
}

/** mulberry32. */
export function chance(seed: number): Chance {
  let state = seed
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }
  return {
    below,
    pick: (values) => values[below(values.length)] ?? values[0],
    shuffled: (values) =>
      values
        .map((value) => ({ value, order: below(1_000_000) }))
        .sort((a, b) => a.order - b.order)
        .map(({ value }) => value),
  }
}
