// N places and M links with limits; pairs that a vehicle of load K can join.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const islandBridgesMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-walk-from-everywhere.py',
  output: 'integers',
  spoilers: /union.?find|disjoint|유니온|서로소/i,
  read(input) {
    const [n = 0, m = 0] = input.named('N', 'M', 'K')
    const seen = new Set<number>()
    for (let i = 0; i < m; i += 1) {
      const [from = '', to = '', weight = ''] = input.tokens(3)
      const u = input.vertex(from, n)
      const v = input.vertex(to, n)
      input.integer(weight, 'w')
      if (u === v) throw input.fault('a loop')
      if (seen.size === seen.add(Math.min(u, v) * (n + 1) + Math.max(u, v)).size) throw input.fault('twice the same')
    }
    input.end()
    return { N: n, M: m }
  },
  largest(bounds) {
    const N = bounds.max('N')
    return { N, M: bounds.max('M', { N }) }
  },
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const most = bounds.max('M', { N: n })
    const maxLoad = spreadFor(shape === 'maximum' ? 'large' : shape, random, 1, bounds.max('w'))
    const k = shape === 'maximum' ? 1 : Math.min(bounds.max('K'), random.integer(1, maxLoad + 1))
    const label = random.permutation(n)
    const seen = new Set<number>()
    const edges: number[][] = []
    const join = (a: number, b: number): void => {
      const key = Math.min(a, b) * n + Math.max(a, b)
      if (a === b || seen.size === seen.add(key).size) return
      edges.push([label[a] ?? 1, label[b] ?? 1, random.integer(1, maxLoad)])
    }
    const chain = shape === 'maximum' ? n : random.integer(0, n)
    for (let i = 1; i < chain && edges.length < most; i += 1)
      join(i, random.integer(0, 1) ? i - 1 : random.integer(0, i - 1))
    const m = shape === 'maximum' ? most : Math.min(most, edges.length + random.integer(0, n))
    while (edges.length < m) join(random.integer(0, n - 1), random.integer(0, n - 1))
    return rowsOf([n, edges.length, k], ...edges)
  },
}
