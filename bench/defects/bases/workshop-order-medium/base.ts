// N jobs with times and M rules without a cycle.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const workshopOrderMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-until-nothing-moves.py',
  output: 'integers',
  spoilers: /topolog|longest path|critical path|위상 ?정렬/i,
  read(input) {
    const [n = 0, m = 0] = input.named('N', 'M')
    input.integers('T_i', n)
    const seen = new Set<number>()
    const following: number[][] = Array.from({ length: n + 1 }, () => [])
    const waiting = new Uint32Array(n + 1)
    for (let i = 0; i < m; i += 1) {
      const [from = '', to = ''] = input.tokens(2)
      const u = input.vertex(from, n)
      const v = input.vertex(to, n)
      if (u === v || seen.size === seen.add(u * (n + 1) + v).size) throw input.fault('a loop or twice the same')
      following[u]?.push(v)
      waiting[v] = (waiting[v] ?? 0) + 1
    }
    input.end()
    const free = Array.from({ length: n }, (_, index) => index + 1).filter((v) => waiting[v] === 0)
    for (const u of free) {
      for (const v of following[u] ?? []) {
        waiting[v] = (waiting[v] ?? 0) - 1
        if (waiting[v] === 0) free.push(v)
      }
    }
    if (free.length < n) throw input.fault('a cycle')
    return { N: n, M: m }
  },
  largest(bounds) {
    const N = bounds.max('N')
    return { N, M: bounds.max('M', { N }) }
  },
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const most = bounds.max('M', { N: n })
    const label = random.permutation(n)
    const seen = new Set<number>()
    const rules: number[][] = []
    const add = (i: number, j: number): void => {
      if (i < j && j < n && seen.size !== seen.add(i * n + j).size) rules.push([label[i] ?? 1, label[j] ?? 1])
    }
    // Listed backwards, a chain makes programs slow that apply the rules again and again.
    const chain = shape === 'maximum' ? n : random.integer(0, 1) * random.integer(0, n)
    for (let i = chain - 2; i >= 0 && rules.length < most; i -= 1) add(i, i + 1)
    const m = shape === 'maximum' ? most : Math.min(most, rules.length + random.integer(0, n))
    while (rules.length < m) {
      const i = random.integer(0, n - 1)
      add(i, random.integer(i + 1, Math.min(n - 1, i + random.pick([3, 50, n]))))
    }
    const times = random.integers(n, bounds.min('T_i'), spreadFor(shape, random, bounds.min('T_i'), bounds.max('T_i')))
    return rowsOf([n, rules.length], times, ...rules)
  },
}
