// A log of N lines: A adds a weight, H and L send the heaviest and lightest off.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const parcelChuteMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-scan.py',
  output: 'integers',
  spoilers: /priority queue|\bheaps?\b|우선순위 큐|힙/i,
  read(input) {
    const [n = 0] = input.named('N')
    for (let i = 0; i < n; i += 1) {
      const [op = '', x = ''] = input.tokens(2)
      input.word(op, 'op')
      input.integer(x, 'x')
    }
    input.end()
    return { N: n }
  },
  largest: (bounds) => ({ N: bounds.max('N') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const top = spreadFor(shape, random, bounds.min('x'), bounds.max('x'))
    const arrivals = random.pick([30, 50, 70, 95])
    const most = random.pick([1, 2, 5, bounds.max('x')])
    const rows = Array.from({ length: n }, (_, index) => {
      const arrives = shape === 'maximum' ? index < n / 2 : random.integer(1, 100) <= arrivals
      if (arrives) return ['A', random.integer(bounds.min('x'), top)]
      return [random.pick(['H', 'L']), shape === 'maximum' ? 1 : random.integer(1, most)]
    })
    return rowsOf([n], ...rows)
  },
}
