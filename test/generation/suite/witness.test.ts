// What shows that a surviving mutant is not the reference.
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../../src/generation/suite/pool.ts'
import { witnessOf } from '../../../src/generation/suite/witness.ts'

const pool: readonly Candidate[] = [
  { input: '가나다\n', origin: { from: 'spec', family: 'largest', name: 'largest-greatest' } },
  { input: '1 2 3 4 5\n', origin: { from: 'generator', strategy: 'maximum', seed: 2 } },
  { input: '1\n', origin: { from: 'generator', strategy: 'edge', seed: 1 } },
]

describe('the witness against a surviving mutant', () => {
  it('is an input with another answer rather than one on which it is only slow', () => {
    const kills = [
      { at: 2, isLate: true },
      { at: 1, isLate: false },
    ]
    expect(witnessOf(kills, pool, [1, 2])).toEqual({
      made: 'generator maximum 2',
      bytes: 10,
      differs: 'answer',
      leftOut: 'bytes',
    })
  })

  it('is the shortest of its kind, told by bytes', () => {
    const kills = [
      { at: 1, isLate: true },
      { at: 0, isLate: true },
    ]
    expect(witnessOf(kills, pool, [])).toEqual({
      made: 'spec largest largest-greatest',
      bytes: 10,
      differs: 'time',
      leftOut: 'count',
    })
  })

  it('is none where no input of the pool shows anything', () => {
    expect(witnessOf([{ at: -1, isLate: false }], pool, [])).toBe(undefined)
  })
})
