// Seeded chance of the oracle's own inputs: xorshift128 of Marsaglia, seeded through a 32-bit string hash.

export interface Random {
  /** An integer of `min..max`, both included. */
  integer(min: number, max: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** `count` integers of `min..max`. */
  integers(count: number, min: number, max: number): number[]
  /** `1..count` in some order. */
  permutation(count: number): number[]
  /** A word of some letters. */
  word(length: number, letters: string): string
}

export function seeded(seed: string): Random {
  const state = new Uint32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef])
  for (let index = 0; index < seed.length; index += 1) {
    state[index % 4] = Math.imul((state[index % 4] ?? 0) ^ seed.charCodeAt(index), 0x85ebca6b) + index
  }

  function next(): number {
    let mixed = state[3] ?? 0
    const first = state[0] ?? 0
    state.copyWithin(1, 0, 3)
    mixed ^= mixed << 11
    mixed ^= mixed >>> 8
    state[0] = mixed ^ first ^ (first >>> 19)
    return (state[0] ?? 0) / 2 ** 32
  }

  function integer(min: number, max: number): number {
    return max <= min ? min : min + Math.floor(next() * (max - min + 1))
  }

  for (let warm = 0; warm < 32; warm += 1) next()
  return {
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    integers: (count, min, max) => Array.from({ length: count }, () => integer(min, max)),
    permutation(count) {
      const order = Array.from({ length: count }, (_, index) => index + 1)
      for (let last = count - 1; last > 0; last -= 1) {
        const other = integer(0, last)
        const held = order[last] ?? 0
        order[last] = order[other] ?? 0
        order[other] = held
      }
      return order
    },
    word: (length, letters) => Array.from({ length }, () => letters.charAt(integer(0, letters.length - 1))).join(''),
  }
}
