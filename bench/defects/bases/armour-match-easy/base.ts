// Sizes that N people need and sizes of M things in order.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const armourMatchEasy: Base = {
  truth: 'truth.cpp',
  naive: 'naive.py',
  output: 'integers',
  spoilers: /two pointers|greedy|투 ?포인터|두 포인터|탐욕|그리디/i,
  read(input) {
    const [n = 0, m = 0] = input.named('N', 'M')
    input.integers('A_i', n)
    const things = input.integers('B_i', m)
    if (things.some((size, index) => size < (things[index - 1] ?? 0))) throw input.fault('B is not in order')
    input.end()
    return { N: n, M: m }
  },
  largest: (bounds) => ({ N: bounds.max('N'), M: bounds.max('M') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const m = countFor(shape, random, bounds.min('M'), bounds.max('M'))
    const top = spreadFor(shape, random, bounds.min('A_i'), bounds.max('A_i'))
    const things = random.integers(m, bounds.min('B_i'), top).sort((a, b) => a - b)
    return rowsOf([n, m], random.integers(n, bounds.min('A_i'), top), things)
  },
}
