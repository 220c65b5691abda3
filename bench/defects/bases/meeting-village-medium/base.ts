// A tree of N places with people and lengths.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const meetingVillageMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-from-everywhere.py',
  output: 'integers',
  spoilers: /subtree|reroot|depth-first|부분 ?트리|서브트리/i,
  read(input) {
    const [n = 0] = input.named('N')
    input.integers('A_i', n)
    const up = Array.from({ length: n + 1 }, (_, index) => index)
    const top = (v: number): number => {
      let at = v
      while (up[at] !== at) {
        up[at] = up[up[at] ?? at] ?? at
        at = up[at] ?? at
      }
      return at
    }
    for (let i = 1; i < n; i += 1) {
      const [from = '', to = '', weight = ''] = input.tokens(3)
      const u = top(input.vertex(from, n))
      const v = top(input.vertex(to, n))
      input.integer(weight, 'w')
      if (u === v) throw input.fault('a cycle')
      up[u] = v
    }
    input.end()
    return { N: n }
  },
  largest: (bounds) => ({ N: bounds.max('N') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const people = random.integers(n, bounds.min('A_i'), spreadFor(shape, random, bounds.min('A_i'), bounds.max('A_i')))
    const maxLength = spreadFor(shape, random, bounds.min('w'), bounds.max('w'))
    const reach = shape === 'maximum' ? 1 : random.pick([1, 3, n])
    if (shape === 'maximum' && random.integer(0, 1) === 1) people.fill(bounds.max('A_i'))
    const label = random.permutation(n)
    const edges = label.slice(1).map((child, index) => {
      const parent = label[random.integer(Math.max(0, index + 1 - reach), index)] ?? 1
      const ends = random.integer(0, 1) === 0 ? [parent, child] : [child, parent]
      return [...ends, shape === 'maximum' ? maxLength : random.integer(bounds.min('w'), maxLength)]
    })
    return rowsOf([n], people, ...edges)
  },
}
