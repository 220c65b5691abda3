// The choice of tests: every feature is kept, small inputs are preferred, nothing superfluous stays, the order is the candidates'.
import { describe, expect, test } from 'vitest'
import { type Candidate, chooseTests } from '../../../src/generation/suite/set-cover.ts'

const candidate = (id: string, size: number, ...features: string[]): Candidate => ({
  id,
  size,
  features: new Set(features),
})

describe('the choice of tests', () => {
  test('keeps every feature when there is room', () => {
    const candidates = [candidate('a', 1, 'x'), candidate('b', 1, 'y'), candidate('c', 1, 'x', 'y', 'z')]
    expect(chooseTests(candidates, 60)).toEqual(['c'])
  })

  test('prefers the smaller of two that do the same', () => {
    expect(chooseTests([candidate('large', 900, 'x'), candidate('small', 3, 'x')], 60)).toEqual(['small'])
  })

  test('prefers the first of two that are equal', () => {
    expect(chooseTests([candidate('first', 3, 'x'), candidate('second', 3, 'x')], 60)).toEqual(['first'])
  })

  test('takes a large one that does the work of three small ones', () => {
    const small = ['x', 'y', 'z'].map((feature) => candidate(feature, 1, feature))
    expect(chooseTests([...small, candidate('large', 1_000, 'x', 'y', 'z')], 60)).toEqual(['large'])
  })

  test('drops what later choices made superfluous', () => {
    // Greedy takes the middle one first; the two that are needed for p and q then cover all of it.
    const candidates = [
      candidate('middle', 1, 'a', 'b', 'c', 'd'),
      candidate('left', 1, 'a', 'b', 'p'),
      candidate('right', 1, 'c', 'd', 'q'),
    ]
    expect(chooseTests(candidates, 60)).toEqual(['left', 'right'])
  })

  test('keeps what is required, though it adds nothing', () => {
    const candidates = [candidate('sample', 5), candidate('a', 1, 'x'), candidate('b', 2, 'x')]
    expect(chooseTests(candidates, 60, new Set(['sample', 'b']))).toEqual(['sample', 'b'])
  })

  test('has the greatest features first when there is room for two only', () => {
    const candidates = [candidate('one', 1, 'a'), candidate('two', 1, 'b', 'c'), candidate('three', 1, 'd', 'e', 'f')]
    expect(chooseTests(candidates, 2)).toEqual(['two', 'three'])
  })

  test('is the same whatever the number of calls, and covers all of 3,000 random candidates', () => {
    let state = 7
    const below = (count: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % count
    }
    const candidates = Array.from({ length: 3_000 }, (_, index) =>
      candidate(`t${index}`, below(10_000), ...Array.from({ length: below(8) }, () => `f${below(120)}`)),
    )
    const all = new Set(candidates.flatMap(({ features }) => [...features]))
    const chosen = new Set(chooseTests(candidates, 60))
    expect([...chosen]).toEqual(chooseTests(candidates, 60))
    const kept = new Set(candidates.filter(({ id }) => chosen.has(id)).flatMap(({ features }) => [...features]))
    expect(kept.size).toBe(all.size)
    expect(chosen.size).toBeLessThanOrEqual(60)
  })
})
