// N places, M rides in one direction, and a trip from S through X to T.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const ferryTicketsMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-until-nothing-drops.py',
  output: 'integers',
  spoilers: /dijkstra|bellman|shortest path|다익스트라|최단 ?경로/i,
  read(input) {
    const [n = 0, m = 0] = input.named('N', 'M')
    for (let i = 0; i < m; i += 1) {
      const [from = '', to = '', price = ''] = input.tokens(3)
      if (input.vertex(from, n) === input.vertex(to, n)) throw input.fault('a loop')
      input.integer(price, 'w')
    }
    input.named('S', 'X', 'T')
    input.end()
    return { N: n, M: m }
  },
  largest: (bounds) => ({ N: bounds.max('N'), M: bounds.max('M') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const m =
      shape === 'maximum'
        ? bounds.max('M')
        : Math.max(bounds.min('M'), Math.min(bounds.max('M'), random.integer(n, 3 * n)))
    const maxPrice = spreadFor(shape, random, bounds.min('w'), bounds.max('w'))
    const way = random.permutation(n)
    const rides: number[][] = []
    // Backwards along a long cheap way: programs that relax everything again and again take one step a round.
    const chain = shape === 'maximum' ? n : random.integer(0, n)
    for (let i = chain - 2; i >= 0 && rides.length < m; i -= 1)
      rides.push([way[i] ?? 1, way[i + 1] ?? 2, random.integer(1, maxPrice)])
    while (rides.length < m) {
      const i = random.integer(0, n - 1)
      const j = shape === 'maximum' ? Math.max(0, i - random.integer(1, 50)) : random.integer(0, n - 1)
      if (i !== j) rides.push([way[i] ?? 1, way[j] ?? 2, random.integer(1, maxPrice)])
    }
    const trip =
      shape === 'maximum' ? [way[0] ?? 1, way[Math.floor(n / 2)] ?? 1, way[n - 1] ?? 1] : random.integers(3, 1, n)
    return rowsOf([n, m], ...rides, trip)
  },
}
