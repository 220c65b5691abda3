// A number K of replacements and a string.
import { charactersOf } from '../../oracle/bounds.ts'
import { countFor, rowsOf, type Base } from '../../oracle/base.ts'

export const signalNoiseMedium: Base = {
  truth: 'truth.cpp',
  naive: 'slow-grow-from-everywhere.py',
  output: 'integers',
  spoilers: /sliding window|two pointers|투 ?포인터|슬라이딩/i,
  read(input) {
    input.named('K')
    const [word = ''] = input.tokens(1)
    const s = input.word(word, 'S')
    input.end()
    return { '|S|': s.length }
  },
  largest: (bounds) => ({ '|S|': bounds.max('|S|') }),
  make(bounds, shape, random) {
    const length = countFor(shape, random, bounds.min('|S|'), bounds.max('|S|'))
    const letters = charactersOf(bounds.alphabet('S')).slice(0, random.pick([1, 2, 3, 26]))
    let s = ''
    // Runs of one letter as well as noise.
    while (s.length < length)
      s += random.integer(0, 2) === 0 ? random.word(1, letters).repeat(random.integer(1, 6)) : random.word(2, letters)
    const most = bounds.max('K')
    const k =
      shape === 'maximum'
        ? Math.floor(length / 2)
        : Math.min(most, random.pick([0, 1, random.integer(0, 5), random.integer(0, length), length]))
    return rowsOf([Math.max(bounds.min('K'), k)], [s.slice(0, length)])
  },
}
