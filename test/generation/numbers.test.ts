import { describe, expect, it } from 'vitest'
import { type InputSpec, inputSpecSchema } from '../../src/contract/input-spec.ts'
import { contradiction, numbersIn } from '../../src/generation/gates/numbers.ts'

const spec: InputSpec = inputSpecSchema.parse({
  version: 1,
  blocks: [
    {
      kind: 'line',
      fields: [
        { type: 'integer', name: 'N', min: '1', max: '100000' },
        { type: 'integer', name: 'M', min: '0', max: 'N*(N-1)/2' },
      ],
    },
    { kind: 'array', name: 'A', length: 'N', min: '-10^9', max: '10^9', layout: 'line', order: 'any', distinct: false },
  ],
})

describe('numbers in prose', () => {
  it.each<[string, bigint[]]>([
    ['10^5', [100_000n]],
    ['100,000 and 1e5 and 10⁵', [100_000n, 100_000n, 100_000n]],
    ['2*10^5, 2×10^5, 3 × 10^{6}', [200_000n, 200_000n, 3_000_000n]],
    ['최대 10만 개, 1.5만 명, 2억', [100_000n, 15_000n, 200_000_000n]],
    ['1,000,000,007', [1_000_000_007n]],
    ['N1 and x2', [1n, 2n]],
    ['-5', [-5n]],
    ['no number', []],
  ])('%s', (text, values) => {
    expect(numbersIn(text).map(({ value }) => value)).toEqual(values)
  })

  it.each([
    '1 ≤ N ≤ 100,000',
    '1 <= N <= 10^5',
    'N은 1 이상 100000 이하의 정수이다',
    'N (1 ≤ N ≤ 10만)',
    '-10^9 ≤ A_i ≤ 10^9',
    '`N` ≤ 1e5',
    '모든 1 ≤ i < j ≤ N에 대하여',
    'the answer modulo 1,000,000,007',
    '2 ≤ k',
    'N is at most 100000',
  ])('%j agrees with the spec', (text) => {
    expect(contradiction(text, spec)).toBeUndefined()
  })

  it.each([
    '1 ≤ N ≤ 200,000',
    '1 <= N <= 10^6',
    'N은 1 이상 10000 이하',
    '0 ≤ N',
    'N ≥ 2',
    'A_i ≤ 10^8',
    'M ≤ 5000',
    'N is at most 1000',
    'X ≤ 3000',
  ])('%j contradicts the spec', (text) => {
    expect(contradiction(text, spec)).toBeDefined()
  })
})
