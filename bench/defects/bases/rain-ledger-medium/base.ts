// N amounts and Q ranges that are raised.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const rainLedgerMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-tank-by-tank.py',
  output: 'integers',
  spoilers: /prefix sum|difference array|누적 ?합|차이 ?배열/i,
  read(input) {
    const [n = 0, q = 0] = input.named('N', 'Q')
    input.integers('A_i', n)
    for (let i = 0; i < q; i += 1) {
      const [first = '', last = '', value = ''] = input.tokens(3)
      const l = input.integer(first, 'l')
      input.integer(last, 'r', { l })
      input.integer(value, 'v')
    }
    input.end()
    return { N: n, Q: q }
  },
  largest: (bounds) => ({ N: bounds.max('N'), Q: bounds.max('Q') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const q = countFor(shape, random, bounds.min('Q'), bounds.max('Q'))
    const amounts = random.integers(
      n,
      bounds.min('A_i'),
      spreadFor(shape, random, bounds.min('A_i'), bounds.max('A_i')),
    )
    const maxValue = spreadFor(shape, random, bounds.min('v'), bounds.max('v'))
    const ranges = Array.from({ length: q }, () => {
      const ends = shape === 'maximum' ? [random.integer(1, Math.ceil(n / 9)), n] : random.integers(2, 1, n)
      return [Math.min(...ends), Math.max(...ends), random.integer(bounds.min('v'), maxValue)]
    })
    return rowsOf([n, q], amounts, ...ranges)
  },
}
