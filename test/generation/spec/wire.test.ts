// The flat blocks that a model replies with become the rich ones.
import { expect, it } from 'vitest'
import { replySchemas, toInputSpec } from '../../../src/generation/replies.ts'

const blocks = (...input: unknown[]) => toInputSpec(replySchemas.blueprint().shape.input.parse(input)).blocks

it('repeats all blocks after cases, with the sum over them', () => {
  expect(
    blocks(
      { kind: 'line', fields: [{ type: 'integer', name: 'K', min: '1', max: '9' }] },
      { kind: 'cases', name: 'T', min: '1', max: '100', sum_of: 'N', sum_max: '1000' },
      { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: '1000', not: 'K' }] },
      { kind: 'array', name: 'A', length: 'N', min: '0', max: '1', decimals: 3, sum_max: '5' },
    ),
  ).toEqual([
    { kind: 'line', fields: [{ type: 'integer', name: 'K', min: '1', max: '9' }] },
    {
      kind: 'cases',
      name: 'T',
      min: '1',
      max: '100',
      sums: [{ of: 'N', max: '1000' }],
      blocks: [
        { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: '1000', not: 'K' }] },
        {
          kind: 'array',
          name: 'A',
          length: 'N',
          min: '0',
          max: '1',
          layout: 'line',
          order: 'any',
          distinct: false,
          decimals: 3,
          sumMax: '5',
        },
      ],
    },
  ])
})

it('sorts the fields of queries by their forms, and keeps forms without fields', () => {
  const fields = [
    { type: 'integer', form: 'push', name: 'x', min: '1', max: '9' },
    { type: 'list', form: 'all', name: 'a', length: '2', min: '1', max: '9' },
    { type: 'real', form: 'push', name: 'y', min: '0', max: '0.5', decimals: 2 },
  ]
  expect(blocks({ kind: 'queries', name: 'q', count: '5', tags: ['pop', 'push'], fields })).toEqual([
    {
      kind: 'queries',
      name: 'q',
      count: '5',
      forms: [
        { tag: 'pop', fields: [] },
        {
          tag: 'push',
          fields: [
            { type: 'integer', name: 'x', min: '1', max: '9' },
            { type: 'real', name: 'y', min: '0', max: '0.5', decimals: 2 },
          ],
        },
        { tag: 'all', fields: [{ type: 'list', name: 'a', length: '2', min: '1', max: '9' }] },
      ],
    },
  ])
})

it.each([
  ['a case without blocks', [{ kind: 'cases', name: 'T', min: '1', max: '5' }]],
  [
    'cases inside cases',
    [
      { kind: 'cases', name: 'T', min: '1', max: '5' },
      { kind: 'cases', name: 'U', min: '1', max: '5' },
      { kind: 'string', name: 'S', min_length: '1', max_length: '5', alphabet: 'a-z' },
    ],
  ],
  [
    'a query without its tag',
    [{ kind: 'queries', name: 'q', count: '5', fields: [{ type: 'integer', name: 'x', min: '1', max: '9' }] }],
  ],
  ['vertices from 2', [{ kind: 'tree', name: 'T', vertices: '5', first: 2 }]],
  ['a real without decimals', [{ kind: 'line', fields: [{ type: 'real', name: 'x', min: '1', max: '9' }] }]],
])('refuses %s', (_, input) => {
  expect(() => blocks(...input)).toThrow('blocks')
})
