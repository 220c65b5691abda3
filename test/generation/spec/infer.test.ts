import { describe, expect, it } from 'vitest'
import { specInputs } from '../../../src/generation/spec/families.ts'
import { inferSpec } from '../../../src/generation/spec/infer.ts'
import { validate } from '../../../src/generation/spec/validator.ts'
import { formats } from './formats.ts'

/** What the guess consists of, without bounds. */
function kinds(inputs: readonly string[]): string {
  const spec = inferSpec(inputs)
  return (spec?.blocks ?? [])
    .flatMap((block) => (block.kind === 'cases' ? ['cases', ...block.blocks.map(({ kind }) => kind)] : [block.kind]))
    .join(' ')
}

describe('a spec from inputs', () => {
  it.each<[string, string[]]>([
    ['line', ['1 2\n', '70 -3\n']],
    ['line array', ['3\n5 5 2\n', '1\n9\n', '4\n1 7 2 5\n']],
    ['line array', ['3\n5\n5\n2\n', '2\n9\n1\n']],
    ['line permutation', ['3\n2 1 3\n', '4\n4 2 3 1\n']],
    ['line grid', ['2 3\n.#.\n###\n', '1 2\n..\n']],
    ['line matrix', ['2 3\n1 2 3\n4 5 6\n', '3 1\n1\n2\n3\n']],
    ['line tree', ['3\n1 2\n3 2\n', '4\n1 4\n4 3\n2 1\n']],
    ['line graph', ['3 3\n1 2\n3 2\n1 3\n', '5 4\n1 4\n4 3\n2 1\n5 1\n', '5 1\n2 3\n']],
    ['line array rows', ['3 2\n5 6 7\n1 3\n2 2\n', '4 3\n1 1 9 20\n1 4\n2 4\n1 1\n']],
    ['line words', ['2\nalpha\nbe\n', '3\nx\nyyy\nzebra\n']],
    ['line line', ['abc\nab\n', 'zzzz\nz\n']],
    ['line array', ['2\n0.5 1\n', '3\n0.25 0.125 1\n']],
    ['cases line array', ['2\n1\n5\n3\n1 7 2\n', '1\n4\n9 9 1 2\n']],
    ['matrix', ['1 2 3\n4 5 6\n7 8 0\n', '8 7 6\n5 4 3\n2 1 0\n']],
  ])('is %s for %j', (expected, inputs) => {
    expect(kinds(inputs)).toBe(expected)
  })

  it('bounds what was seen by powers of ten, and by the numbers that limit it', () => {
    expect(inferSpec(['3 2\n5 600 7\n1 3\n2 2\n', '4 3\n1 1 9 20\n1 4\n2 4\n1 1\n'])).toEqual({
      version: 1,
      blocks: [
        {
          kind: 'line',
          fields: [
            { type: 'integer', name: 'N', min: '1', max: '10' },
            { type: 'integer', name: 'M', min: '1', max: '10' },
          ],
        },
        { kind: 'array', name: 'A', length: 'N', min: '1', max: '1000', layout: 'line', order: 'any', distinct: false },
        {
          kind: 'rows',
          name: 'rows',
          count: 'M',
          fields: [
            { type: 'integer', name: 'a', min: '1', max: '2' },
            { type: 'integer', name: 'b', min: '1', max: 'N' },
          ],
          distinct: false,
        },
      ],
    })
  })

  it.each([
    [[]],
    [['']],
    [['1 2']],
    [['1  2\n']],
    [['3\n1 2\n', '2\n1 2 3 4 5 6 7 8 9 10 11 12 13\n']],
    [['1\n', 'a b\n']],
  ])('is not there for %j', (inputs) => {
    expect(inferSpec(inputs)).toBeUndefined()
  })

  it('accepts all that it was made from, and most formats have one', () => {
    const explained = formats.filter(({ spec }) => {
      const inputs = [...specInputs(spec, 'middle'), ...specInputs(spec, 'small').slice(0, 20)].map(
        ({ input }) => input,
      )
      const guess = inferSpec(inputs)
      if (guess !== undefined) for (const input of inputs) expect(validate(guess, input)).toEqual({ ok: true })
      return guess !== undefined
    })
    expect(explained.length).toBeGreaterThan(25)
  })
})
