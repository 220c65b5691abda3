// N values and a divisor K.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const gearPairsMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-every-pair.py',
  output: 'integers',
  spoilers: /hash map|modular|나머지별|해시/i,
  read(input) {
    const [n = 0] = input.named('N')
    input.integers('A_i', n)
    input.named('K')
    input.end()
    return { N: n }
  },
  largest: (bounds) => ({ N: bounds.max('N') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const values = random.integers(n, bounds.min('A_i'), spreadFor(shape, random, bounds.min('A_i'), bounds.max('A_i')))
    const some = values[random.integer(0, n - 1)] ?? 1
    const k = random.pick([1, 2, random.integer(2, 12), 2 * some, random.integer(1, bounds.max('K'))])
    return rowsOf([n], values, [Math.max(bounds.min('K'), Math.min(bounds.max('K'), k))])
  },
}
