import { describe, expect, it } from 'vitest'
import { type InputSpec, inputSpecSchema } from '../../../src/contract/input-spec.ts'
import { coverage } from '../../../src/generation/spec/coverage.ts'
import { inputFamilies, largestInputs, specInputs } from '../../../src/generation/spec/families.ts'
import { validate } from '../../../src/generation/spec/validator.ts'
import { formats } from './formats.ts'

function specOf(name: string): InputSpec {
  const format = formats.find((one) => one.name === name)
  if (format === undefined) throw new Error(`no format ${name}`)
  return format.spec
}

const sizes = (spec: InputSpec, bound: string): InputSpec => ({
  version: 1,
  blocks: [
    { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: bound }] },
    ...spec.blocks.filter(({ kind }) => kind !== 'line'),
  ],
})

describe('the largest inputs', () => {
  it('have their sizes at the maximum, and their values at the least, the greatest, anywhere and all equal', () => {
    const inputs = largestInputs(specOf('array'), 'seed')
    const values = inputs.map(({ name, input }) => {
      const list = input.split('\n')[1]?.split(' ') ?? []
      return [name, input.split('\n')[0], list.length, Math.min(new Set(list).size, 3)]
    })
    expect(values).toEqual([
      ['largest-least', '200000', 200_000, 1],
      ['largest-greatest', '200000', 200_000, 1],
      ['largest-random', '200000', 200_000, 3],
      ['largest-equal', '200000', 200_000, 1],
    ])
  })

  it('are the same for the same seed and others for another', () => {
    const spec = specOf('matrix')
    expect(largestInputs(spec, 'a')).toEqual(largestInputs(spec, 'a'))
    expect(largestInputs(spec, 'a')).not.toEqual(largestInputs(spec, 'b'))
  })

  it('use up a sum by few large cases and by many small ones', () => {
    const counts = largestInputs(specOf('several test cases with a sum bound'), 'seed').map(({ name, input }) => [
      name,
      input.slice(0, input.indexOf('\n')),
    ])
    expect(Object.fromEntries(counts)).toMatchObject({ 'largest-least': '10000', 'largest-greatest': '1' })
    for (const { input } of largestInputs(specOf('several test cases with a sum bound'), 'seed')) {
      const sum = coverage(specOf('several test cases with a sum bound'), [input]).find(
        ({ variable }) => variable === 'sum(N)',
      )
      expect(sum).toMatchObject({ greatest: '20000', maxReached: true })
    }
  })

  it('are paths and stars where trees are extreme', () => {
    const degrees = largestInputs(specOf('tree'), 'seed').map(({ input }) => {
      const degree = new Map<string, number>()
      for (const end of input
        .trim()
        .split('\n')
        .slice(1)
        .flatMap((edge) => edge.split(' '))) {
        degree.set(end, (degree.get(end) ?? 0) + 1)
      }
      return [...degree.values()].reduce((most, each) => Math.max(most, each))
    })
    expect(degrees.slice(0, 2)).toEqual([2, 199_999])
  })

  it('are none where there is none, or where they are too large to use', () => {
    const crowded: InputSpec = {
      version: 1,
      blocks: [
        { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: '100' }] },
        { kind: 'array', name: 'A', length: 'N', min: '1', max: '10', layout: 'line', order: 'any', distinct: true },
      ],
    }
    expect(largestInputs(crowded, 'seed')).toEqual([])
    expect(largestInputs(sizes(specOf('array'), '10^9'), 'seed')).toEqual([])
    expect(largestInputs(sizes(specOf('array'), 'K'), 'seed')).toEqual([])
  })
})

function seen(name: string, input: string): string[] {
  return coverage(specOf(name), [input]).map(
    ({ variable, least, greatest }) => `${variable} ${least ?? 'never'}..${greatest ?? 'never'}`,
  )
}

describe('a length that may be negative', () => {
  it('is no input, and no fault of ours', () => {
    const spec = inputSpecSchema.parse({
      version: 1,
      blocks: [
        { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: '200' }] },
        { kind: 'string', name: 'S', minLength: 'N-100', maxLength: '20', alphabet: 'a-z' },
      ],
    })
    const made = inputFamilies.flatMap((family) => specInputs(spec, family))
    expect(made.filter(({ input }) => !validate(spec, input).ok)).toEqual([])
  })
})

describe('coverage', () => {
  it('says what was seen of every variable and whether its bounds were reached where it stood', () => {
    expect(coverage(specOf('range queries'), ['3 2\n7 -1000000000 9\n1 3\n2 2\n', '1 1\n5\n1 1\n'])).toEqual([
      { variable: 'N', least: '1', greatest: '3', minReached: true, maxReached: false },
      { variable: 'Q', least: '1', greatest: '2', minReached: true, maxReached: false },
      { variable: 'A', least: '-1000000000', greatest: '9', minReached: true, maxReached: false },
      { variable: 'l', least: '1', greatest: '2', minReached: true, maxReached: true },
      { variable: 'r', least: '1', greatest: '3', minReached: true, maxReached: true },
    ])
  })

  it('knows lengths, weights, sums, reals and what never occurs', () => {
    expect(seen('test cases of strings with a total length', '2\na\nbbb\n')).toEqual([
      'T 2..2',
      'sum(|S|) 4..4',
      '|S| 1..3',
    ])
    expect(seen('weighted tree from 0 with vertex values', '2\n1 2\n0 1 77\n')).toEqual([
      'N 2..2',
      'V 1..2',
      'T.w 77..77',
    ])
    expect(seen('stack commands', '1\npop\n')).toEqual(['Q 1..1', 'x never..never'])
    expect(seen('array of reals', '2\n0.5 0.0625\n')).toEqual(['N 2..2', 'P 0.0625..0.5000'])
  })
})
