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
    'N ≥ 3이면 세 번째 값을 출력한다',
    'if N ≥ 3 print the third value',
    'N은 1부터 100000까지의 정수이다',
    'N은 십만 이하이다',
    '$1 \\le N \\le 10^5$',
    '1 ≤ **N** ≤ 10**5',
    '0 < N < 100001',
    'the answer is 1 for 1 ≤ N',
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
    'N은 백오십 이하',
    'N은 이십만 이하',
    'N은 1부터 50까지',
    'N은 1~200000',
    'A_i는 90을 넘지 않는다',
    'A_i의 값은 50 이하',
    '1 ≤ **N** ≤ 77',
    '1 &le; N &le; 77',
    '<var>N</var> ≤ 77',
    '$1 \\leq N \\leq 77$',
    'N ≤ ７７',
    'N is between 1 and 200000',
    'N ranges from 2 to 100000',
    'N does not exceed 500',
    '200000 이하의 정수 N이 주어진다',
    '1 ≤ N < 100000',
  ])('%j contradicts the spec', (text) => {
    expect(contradiction(text, spec)).toBeDefined()
  })

  it('takes no time for texts made to keep it busy', () => {
    const evil = [
      `${'a'.repeat(3_000)}${'1'.repeat(3_000)} 이상 ${'1'.repeat(3_000)}`,
      `${'9'.repeat(5_800)}^999`,
      '1 ≤ '.repeat(2_000),
      'N은 '.repeat(2_000),
      `${'1,'.repeat(3_000)}x`,
      '십'.repeat(6_000),
    ]
    const startedAt = performance.now()
    for (const text of evil) {
      contradiction(text, spec)
      numbersIn(text)
    }
    // They took minutes; any bound far from that will do.
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })
})
