// A ledger of N entries, of which the first K of the ranking are named.
import { charactersOf } from '../../oracle/bounds.ts'
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const scoreLedgerEasy: Base = {
  truth: 'truth.cpp',
  naive: 'naive.py',
  output: 'words',
  spoilers: /stable sort|안정 ?정렬/i,
  read(input) {
    const [n = 0] = input.named('N', 'K')
    for (let i = 0; i < n; i += 1) {
      const [name = '', score = '', time = ''] = input.tokens(3)
      input.word(name, 'name')
      input.integer(score, 'score')
      input.integer(time, 'time')
    }
    input.end()
    return { N: n }
  },
  largest: (bounds) => ({ N: bounds.max('N') }),
  make(bounds, shape, random) {
    const n = countFor(shape, random, bounds.min('N'), bounds.max('N'))
    const k =
      shape === 'maximum' ? bounds.max('K', { N: n }) : random.integer(bounds.min('K'), bounds.max('K', { N: n }))
    const letters = charactersOf(bounds.alphabet('name'))
    const names = Array.from({ length: Math.ceil(n / 2) }, () =>
      random.word(random.integer(bounds.min('|name|'), bounds.max('|name|')), letters),
    )
    const maxScore = spreadFor(shape, random, bounds.min('score'), bounds.max('score'))
    const maxTime = spreadFor(shape, random, bounds.min('time'), bounds.max('time'))
    const rows = Array.from({ length: n }, () => [
      names[random.integer(0, names.length - 1)] ?? 'a',
      random.integer(bounds.min('score'), maxScore),
      random.integer(bounds.min('time'), maxTime),
    ])
    return rowsOf([n, k], ...rows)
  },
}
