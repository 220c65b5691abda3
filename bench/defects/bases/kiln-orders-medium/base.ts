// N orders with a deadline and a price.
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const kilnOrdersMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-looks-for-a-free-day.py',
  output: 'integers',
  spoilers: /greedy|priority queue|\bheap\b|탐욕|그리디|우선순위 큐|힙/i,
  read(input) {
    const [n = 0] = input.named('N')
    for (let i = 0; i < n; i += 1) {
      const [deadline = '', price = ''] = input.tokens(2)
      input.integer(deadline, 'd')
      input.integer(price, 'p')
    }
    input.end()
    return { N: n }
  },
  largest: (bounds) => ({ N: bounds.max('N') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const lastDay = Math.min(bounds.max('d'), random.pick([n, Math.ceil(n / 2), 2 * n, bounds.max('d')]))
    const firstDay = shape === 'maximum' ? Math.floor((lastDay * 9) / 10) : 1
    const maxPrice = spreadFor(shape, random, bounds.min('p'), bounds.max('p'))
    const orders = Array.from({ length: n }, () => [
      random.integer(Math.max(firstDay, bounds.min('d')), lastDay),
      random.integer(bounds.min('p'), maxPrice),
    ])
    return rowsOf([n], ...orders)
  },
}
