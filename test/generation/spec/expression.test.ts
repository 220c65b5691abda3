import { describe, expect, it } from 'vitest'
import { evaluate, SpecError, variablesOf } from '../../../src/generation/spec/expression.ts'

const scope = new Map([
  ['N', 7n],
  ['M', 3n],
  ['|S|', 5n],
])

describe('bounds of the input spec', () => {
  it.each<[string, bigint]>([
    ['200000', 200_000n],
    ['10^9', 1_000_000_000n],
    ['-10^9', -1_000_000_000n],
    ['2*10^5', 200_000n],
    ['N-1', 6n],
    ['N*(N-1)/2', 21n],
    ['min(N*(N-1)/2, 12)', 12n],
    ['max(N-10,0)', 0n],
    ['-7/2', -4n],
    ['2^3^2', 512n],
    ['N - M - 1', 3n],
    ['-(N+M)', -10n],
    ['10^18', 10n ** 18n],
    ['|S|-1', 4n],
    ['(2^49-1)*(2^49+1)', 2n ** 98n - 1n],
    ['0*(0-5)', 0n],
  ])('%s is %d', (expression, value) => {
    expect(evaluate(expression, scope)).toBe(value)
  })

  it.each(['', 'N+', '(N', 'N)', '2N', 'K', '1/0', '9^9^9', '2^101', '1.5', 'min(N)', 'N,M', '$', '10^30*10'])(
    '%j is refused',
    (expression) => {
      expect(() => evaluate(expression, scope)).toThrow(SpecError)
    },
  )

  it('names the variables it reads', () => {
    expect(variablesOf('min(N*(M-1), N)')).toEqual(['N', 'M'])
  })
})
