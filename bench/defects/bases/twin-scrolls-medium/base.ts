// Two words and the prices of removing, inserting and replacing.
import { charactersOf } from '../../oracle/bounds.ts'
import { countFor, rowsOf, spreadFor, type Base } from '../../oracle/base.ts'

export const twinScrollsMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-scans-back.py',
  output: 'integers',
  spoilers: /edit distance|levenshtein|dynamic programming|편집 ?거리|동적/i,
  read(input) {
    const [first = '', second = ''] = input.tokens(2)
    const a = input.word(first, 'A')
    const b = input.word(second, 'B')
    input.named('D', 'R')
    input.end()
    return { '|A|': a.length, '|B|': b.length }
  },
  largest: (bounds) => ({ '|A|': bounds.max('|A|'), '|B|': bounds.max('|B|') }),
  make(bounds, shape, random) {
    const letters = charactersOf(bounds.alphabet('A')).slice(0, random.pick([2, 3, 26]))
    const a = random.word(countFor(shape, random, bounds.min('|A|'), bounds.max('|A|')), letters)
    const length = countFor(shape, random, bounds.min('|B|'), bounds.max('|B|'))
    const cut = random.integer(0, a.length - 1)
    const related = (a.slice(cut) + random.word(random.integer(0, 3), letters) + a.slice(0, cut)).slice(0, length)
    const b =
      random.integer(0, 2) === 0
        ? random.word(length, letters)
        : related + random.word(length - related.length, letters)
    const prices = ['D', 'R'].map((name) =>
      random.integer(bounds.min(name), spreadFor(shape, random, bounds.min(name), bounds.max(name))),
    )
    return rowsOf([a, b], prices)
  },
}
