// A row of N heights.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const hillViewMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-walk.py',
  output: 'integers',
  spoilers: /monoton|스택|stack/i,
  read(input) {
    const [n = 0] = input.named('N')
    input.integers('H_i', n)
    input.end()
    return { N: n }
  },
  largest: (bounds) => ({ N: bounds.max('N') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const heights = random.integers(
      n,
      bounds.min('H_i'),
      spreadFor(shape, random, bounds.min('H_i'), bounds.max('H_i')),
    )
    const order = shape === 'maximum' ? 'falling' : random.pick(['any', 'any', 'falling', 'rising'])
    if (order === 'falling') heights.sort((a, b) => b - a)
    if (order === 'rising') heights.sort((a, b) => a - b)
    // The greatest one at the end of a falling row: the farthest of all distances.
    if (order === 'falling' && random.integer(0, 1) === 1) heights[n - 1] = bounds.max('H_i')
    return rowsOf([n], heights)
  },
}
