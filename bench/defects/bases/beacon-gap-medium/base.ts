// N increasing positions, one a line, of which K are chosen.
import { countFor, rowsOf, type Base } from '../../oracle/base.ts'

export const beaconGapMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-one-distance-after-another.py',
  output: 'integers',
  spoilers: /binary search|bisect|이분 ?탐색|이진 ?탐색/i,
  read(input) {
    const [n = 0] = input.named('N', 'K')
    let before = -1
    for (let i = 0; i < n; i += 1) {
      const [position = ''] = input.tokens(1)
      const x = input.integer(position, 'X_i')
      if (x <= before) throw input.fault('not increasing')
      before = x
    }
    input.end()
    return { N: n }
  },
  largest: (bounds) => ({ N: bounds.max('N') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const lowest = bounds.min('X_i')
    const highest = bounds.max('X_i')
    const step = Math.max(1, Math.floor((highest - lowest) / n))
    const gap = shape === 'maximum' ? step : random.pick([1, 2, 9, step, step])
    const even = random.integer(0, 4) === 0
    let position = shape === 'maximum' ? lowest : lowest + random.integer(0, Math.min(20, highest - lowest - n * gap))
    const positions = Array.from({ length: n }, () => {
      const here = position
      position += even ? gap : random.integer(1, gap)
      return here
    })
    const mostChosen = bounds.max('K', { N: n })
    const k =
      shape === 'maximum'
        ? bounds.min('K')
        : random.pick([
            random.integer(bounds.min('K'), mostChosen),
            Math.min(mostChosen, random.integer(2, 5)),
            mostChosen,
          ])
    return rowsOf([n, k], ...positions.map((one) => [one]))
  },
}
