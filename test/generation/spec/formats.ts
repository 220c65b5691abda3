// Input formats as contests have them, each with inputs that follow it and inputs that do not.
import type { InputSpec } from '../../../src/contract/input-spec.ts'

type Block = InputSpec['blocks'][number]
type Field = Extract<Block, { kind: 'line' }>['fields'][number]

/** One format: `illegal` maps an input to where it is refused, `line:column variable`. */
export interface Format {
  readonly name: string
  readonly spec: InputSpec
  readonly legal: readonly string[]
  readonly illegal: Readonly<Record<string, string>>
}

const integer = (name: string, min: string, max: string, not?: string): Field => ({
  type: 'integer',
  name,
  min,
  max,
  ...(not === undefined ? {} : { not }),
})
const real = (name: string, min: string, max: string, decimals: number): Field => ({
  type: 'real',
  name,
  min,
  max,
  decimals,
})
const word = (name: string, minLength: string, maxLength: string, alphabet: string): Field => ({
  type: 'word',
  name,
  minLength,
  maxLength,
  alphabet,
})
const line = (...fields: Field[]): Block => ({ kind: 'line', fields })
const array = (
  name: string,
  length: string,
  min: string,
  max: string,
  more: Partial<Extract<Block, { kind: 'array' }>> = {},
): Extract<Block, { kind: 'array' }> => ({
  kind: 'array',
  name,
  length,
  min,
  max,
  layout: 'line',
  order: 'any',
  distinct: false,
  ...more,
})
const rows = (
  name: string,
  count: string,
  fields: Field[],
  more: Partial<Extract<Block, { kind: 'rows' }>> = {},
): Extract<Block, { kind: 'rows' }> => ({ kind: 'rows', name, count, fields, distinct: false, ...more })
const graph = (more: Partial<Extract<Block, { kind: 'graph' }>> = {}): Extract<Block, { kind: 'graph' }> => ({
  kind: 'graph',
  name: 'E',
  vertices: 'N',
  edges: 'M',
  directed: false,
  connected: false,
  simple: true,
  acyclic: false,
  ...more,
})
const n = (max = '200000', min = '1'): Block => line(integer('N', min, max))

function format(name: string, blocks: Block[], legal: string[], illegal: Record<string, string>): Format {
  return { name, spec: { version: 1, blocks }, legal, illegal }
}

export const formats: readonly Format[] = [
  format(
    'A plus B',
    [line(integer('A', '-10^9', '10^9'), integer('B', '-10^9', '10^9'))],
    ['1 2\n', '-1000000000 0\n'],
    {
      '1000000001 2\n': '1:1 A',
      '1 2 3\n': '1:5 A',
      '1\n2\n': '1:3 A',
    },
  ),
  format(
    'one number beyond 64 bits',
    [line(integer('X', '0', '10^30'))],
    ['0\n', '1000000000000000000000000000000\n'],
    {
      '1000000000000000000000000000001\n': '1:1 X',
      '007\n': '1:1 X',
    },
  ),
  format('array', [n(), array('A', 'N', '1', '10^9')], ['1\n5\n', '3\n1 1000000000 7\n'], {
    '2\n1\n': '2:3 A',
    '2\n0 1\n': '2:1 A',
  }),
  format(
    'two arrays one a line',
    [n('1000'), array('A', 'N', '0', '10^6', { layout: 'column' }), array('B', 'N', '0', '10^6', { layout: 'column' })],
    ['1\n0\n9\n', '2\n1\n2\n3\n4\n'],
    { '2\n1\n2\n3\n': '5:1 B', '1\n0\n1000001\n': '3:1 B' },
  ),
  format(
    'sorted distinct positions',
    [line(integer('N', '2', '10^5'), integer('K', '2', 'N')), array('X', 'N', '0', '10^9', { order: 'increasing' })],
    ['2 2\n0 1\n', '3 2\n1 5 1000000000\n'],
    { '2 3\n0 1\n': '1:3 K', '3 2\n1 5 5\n': '2:5 X' },
  ),
  format(
    'array with a bounded total',
    [n('1000'), array('A', 'N', '1', '1000', { sumMax: '2000' })],
    ['1\n1000\n', '3\n1000 999 1\n'],
    {
      '3\n1000 999 2\n': '2:1 A',
    },
  ),
  format('array of reals', [n('1000'), array('P', 'N', '0', '1', { decimals: 4 })], ['1\n0.5\n', '3\n0 1 0.1250\n'], {
    '1\n0.12345\n': '2:1 P',
    '1\n1.0001\n': '2:1 P',
    '1\n.5\n': '2:1 P',
    '1\n1e-3\n': '2:1 P',
  }),
  format(
    'points with real coordinates',
    [n('1000', '2'), rows('points', 'N', [real('x', '-1000.5', '1000.5', 3), real('y', '-10^6', '10^6', 3)])],
    ['2\n0 0\n-1000.5 3.125\n'],
    { '2\n0 0\n1000.501 0\n': '3:1 x', '2\n0 0\n0 -0.0\n': '3:3 y', '2\n0 0\n0 5.\n': '3:3 y' },
  ),
  format('permutation', [n('10^5'), { kind: 'permutation', name: 'P', length: 'N' }], ['1\n1\n', '4\n2 4 1 3\n'], {
    '3\n0 1 2\n': '2:1 P',
    '3\n1 2 1\n': '2:5 P',
  }),
  format(
    'permutation from 0',
    [n('10^5'), { kind: 'permutation', name: 'P', length: 'N', first: 0 }],
    ['1\n0\n', '3\n2 0 1\n'],
    {
      '3\n1 2 3\n': '2:5 P',
    },
  ),
  format(
    'string',
    [{ kind: 'string', name: 'S', minLength: '1', maxLength: '10^5', alphabet: 'a-z' }],
    ['a\n', 'hello\n'],
    {
      'Hello\n': '1:1 S',
      '\n': '1:1 S',
      'a b\n': '1:1 S',
    },
  ),
  format(
    'text and pattern',
    [
      { kind: 'string', name: 'S', minLength: '1', maxLength: '10^5', alphabet: 'A-Z' },
      { kind: 'string', name: 'P', minLength: '1', maxLength: '|S|', alphabet: 'A-Z' },
    ],
    ['ABAB\nAB\n', 'A\nA\n'],
    { 'AB\nABC\n': '2:1 P' },
  ),
  format(
    'string with queries on its positions',
    [
      { kind: 'string', name: 'S', minLength: '1', maxLength: '10^4', alphabet: '01' },
      line(integer('Q', '1', '10^4')),
      rows('queries', 'Q', [integer('l', '1', '|S|'), integer('r', 'l', '|S|')]),
    ],
    ['0110\n2\n1 4\n3 3\n'],
    { '01\n1\n1 3\n': '3:3 r', '01\n1\n2 1\n': '3:3 r' },
  ),
  format(
    'words, one a line, all different',
    [
      n('1000'),
      {
        kind: 'words',
        name: 'W',
        length: 'N',
        minLength: '1',
        maxLength: '20',
        alphabet: 'a-z',
        layout: 'column',
        distinct: true,
      },
    ],
    ['1\nword\n', '2\na\nb\n'],
    { '2\na\na\n': '3:1 W', '1\na b\n': '2:3 W', '1\nabcdefghijklmnopqrstu\n': '2:1 W' },
  ),
  format(
    'words on one line',
    [
      n('100'),
      {
        kind: 'words',
        name: 'W',
        length: 'N',
        minLength: '1',
        maxLength: 'N+3',
        alphabet: 'A-Za-z',
        layout: 'line',
        distinct: false,
      },
    ],
    ['2\nto be\n', '1\nbeee\n'],
    { '2\nto\n': '2:4 W', '1\nbeeee\n': '2:1 W' },
  ),
  format(
    'names with scores',
    [n('1000'), rows('people', 'N', [word('name', '1', '10', 'a-z'), integer('score', '0', '100')])],
    ['2\nann 7\nbob 100\n'],
    { '1\nann 101\n': '2:5 score', '1\nAnn 7\n': '2:1 name', '1\nann\n': '2:5 people' },
  ),
  format(
    'maze with one start and one end',
    [
      line(integer('H', '2', '500'), integer('W', '2', '500')),
      {
        kind: 'grid',
        name: 'G',
        rows: 'H',
        columns: 'W',
        alphabet: '.#SE',
        exactly: [
          { character: 'S', count: '1' },
          { character: 'E', count: '1' },
        ],
      },
    ],
    ['2 2\nS.\n#E\n', '2 3\n.ES\n...\n'],
    { '2 2\nS.\nS.\n': '3:1 G', '2 2\n..\nSS\n': '3:1 G', '2 2\nSE\n.\n': '3:1 G', '2 2\nSE\n.?\n': '3:1 G' },
  ),
  format(
    'grid of digits without blanks',
    [
      line(integer('N', '1', '100'), integer('M', '1', '100')),
      { kind: 'grid', name: 'board', rows: 'N', columns: 'M', alphabet: '0-9' },
    ],
    ['1 3\n012\n'],
    { '1 3\n0 1 2\n': '2:1 board' },
  ),
  format(
    'matrix',
    [
      line(integer('N', '1', '300'), integer('M', '1', '300')),
      { kind: 'matrix', name: 'A', rows: 'N', columns: 'M', min: '-1000', max: '1000' },
    ],
    ['2 2\n1 -2\n3 1000\n'],
    { '2 2\n1 2\n3\n': '3:3 A', '1 1\n1001\n': '2:1 A' },
  ),
  format(
    'fixed board',
    [{ kind: 'matrix', name: 'board', rows: '3', columns: '3', min: '0', max: '8' }],
    ['1 2 3\n4 5 6\n7 8 0\n'],
    {
      '1 2 3\n4 5 6\n7 8 9\n': '3:5 board',
      '1 2 3\n4 5 6\n': '3:1 board',
    },
  ),
  format(
    'triangle of numbers by index',
    [n('100'), { kind: 'matrix', name: 'D', rows: 'N', columns: 'N', min: '0', max: '(N-1)*max(i-j,j-i)' }],
    ['1\n0\n', '2\n0 1\n0 0\n'],
    { '2\n1 1\n0 0\n': '2:1 D', '2\n0 2\n0 0\n': '2:3 D' },
  ),
  format('tree', [n('200000', '2'), { kind: 'tree', name: 'T', vertices: 'N' }], ['2\n2 1\n', '4\n1 2\n1 3\n4 3\n'], {
    '3\n1 2\n1 2\n': '3:1 T',
    '3\n0 1\n1 2\n': '2:1 T',
  }),
  format(
    'weighted tree from 0 with vertex values',
    [
      n('10^4'),
      array('V', 'N', '0', '1000'),
      { kind: 'tree', name: 'T', vertices: 'N', first: 0, weight: { min: '1', max: '10^9' } },
    ],
    ['1\n5\n', '3\n1 2 3\n0 1 1000000000\n2 0 1\n'],
    { '2\n1 1\n1 2 5\n': '3:3 T', '2\n1 1\n0 1 0\n': '3:5 T' },
  ),
  format('tree by parents', [n('200000', '2'), array('p', 'N-1', '1', 'i')], ['2\n1\n', '4\n1 2 1\n'], {
    '4\n1 3 1\n': '2:3 p',
    '2\n0\n': '2:1 p',
  }),
  format(
    'simple graph',
    [line(integer('N', '1', '10^5'), integer('M', '0', 'min(N*(N-1)/2, 20000)')), graph()],
    ['1 0\n', '3 2\n3 1\n1 2\n'],
    { '3 4\n': '1:3 M', '2 1\n1 1\n': '2:1 E', '3 2\n1 2\n2 1\n': '3:1 E' },
  ),
  format(
    'connected weighted graph from 0',
    [
      line(integer('N', '2', '1000'), integer('M', 'N-1', 'min(N*(N-1)/2, 10^5)')),
      graph({ connected: true, first: 0, weight: { min: '0', max: '10^6' } }),
    ],
    ['2 1\n0 1 5\n', '3 3\n0 1 1\n1 2 0\n0 2 1000000\n'],
    { '4 3\n0 1 1\n1 2 1\n2 0 1\n': '4:1 E', '2 1\n1 2 5\n': '2:3 E' },
  ),
  format(
    'directed multigraph with source and sink',
    [
      line(integer('N', '2', '1000'), integer('M', '1', '10^4'), integer('S', '1', 'N'), integer('T', '1', 'N', 'S')),
      graph({ directed: true, simple: false, weight: { min: '1', max: '10^9' } }),
    ],
    ['2 2 1 2\n1 2 3\n1 2 4\n'],
    { '2 1 1 1\n1 2 3\n': '1:7 T', '2 1 1 2\n1 2 0\n': '2:5 E' },
  ),
  format(
    'directed graph without cycles',
    [
      line(integer('N', '1', '2000'), integer('M', '0', 'min(N*(N-1)/2, 10^4)')),
      graph({ directed: true, acyclic: true }),
    ],
    ['3 2\n3 1\n1 2\n'],
    { '2 1\n2 2\n': '2:1 E', '3 3\n1 2\n2 3\n3 1\n': '4:1 E' },
  ),
  format(
    'forest',
    [line(integer('N', '1', '10^4'), integer('M', '0', 'N-1')), graph({ acyclic: true })],
    ['4 2\n1 2\n4 3\n'],
    { '4 3\n1 2\n2 3\n1 3\n': '4:1 E' },
  ),
  format(
    'range queries',
    [
      line(integer('N', '1', '10^5'), integer('Q', '1', '1000')),
      array('A', 'N', '-10^9', '10^9'),
      rows('queries', 'Q', [integer('l', '1', 'N'), integer('r', 'l', 'N')]),
    ],
    ['3 2\n1 2 3\n1 3\n2 2\n'],
    { '3 1\n1 2 3\n3 2\n': '3:3 r', '3 1\n1 2 3\n1 4\n': '3:3 r' },
  ),
  format(
    'update and sum queries',
    [
      line(integer('N', '1', '10^4'), integer('Q', '1', '10^4')),
      array('A', 'N', '-10^9', '10^9'),
      {
        kind: 'queries',
        name: 'queries',
        count: 'Q',
        forms: [
          { tag: '1', fields: [integer('k', '1', 'N'), integer('x', '-10^9', '10^9')] },
          { tag: '2', fields: [integer('l', '1', 'N'), integer('r', 'l', 'N')] },
        ],
      },
    ],
    ['2 3\n5 6\n1 2 -7\n2 1 2\n2 2 2\n'],
    { '1 1\n5\n3 1 1\n': '3:1 queries', '2 1\n5 6\n2 2 1\n': '3:5 r', '2 1\n5 6\n1 1\n': '3:5 queries' },
  ),
  format(
    'stack commands',
    [
      line(integer('Q', '1', '10^4')),
      {
        kind: 'queries',
        name: 'commands',
        count: 'Q',
        forms: [
          { tag: 'push', fields: [integer('x', '1', '10^4')] },
          { tag: 'pop', fields: [] },
          { tag: 'top', fields: [] },
        ],
      },
    ],
    ['3\npush 5\ntop\npop\n'],
    { '1\npop 5\n': '2:5 commands', '1\npush\n': '2:6 commands', '1\nPOP\n': '2:1 commands' },
  ),
  format(
    'dictionary commands with words',
    [
      line(integer('Q', '1', '1000')),
      {
        kind: 'queries',
        name: 'commands',
        count: 'Q',
        forms: [
          { tag: '+', fields: [word('added', '1', '20', 'a-z'), real('price', '0', '100', 2)] },
          { tag: '?', fields: [word('asked', '1', '20', 'a-z')] },
        ],
      },
    ],
    ['3\n+ tea 2.50\n? tea\n? milk\n'],
    { '1\n+ tea 2.505\n': '2:7 price', '1\n? Tea\n': '2:3 asked' },
  ),
  format(
    'intervals, all different',
    [n('10^4'), rows('intervals', 'N', [integer('s', '0', '10^9'), integer('e', 's+1', '10^9+1')], { distinct: true })],
    ['2\n0 1\n0 2\n'],
    { '1\n5 5\n': '2:3 e', '2\n0 1\n0 1\n': '3:1 intervals' },
  ),
  format(
    'lists of different lengths',
    [
      line(integer('N', '1', '1000'), integer('M', '1', '1000')),
      rows('sets', 'N', [integer('k', '0', 'M'), { type: 'list', name: 'a', length: 'k', min: '1', max: 'M' }], {
        sums: [{ of: 'k', max: '5000' }],
      }),
    ],
    ['2 5\n0\n3 1 5 2\n'],
    { '1 5\n2 1\n': '2:5 sets', '1 5\n1 6\n': '2:3 a', '1 5\n1 2 3\n': '2:5 sets' },
  ),
  format(
    'dominoes on one line',
    [
      line(
        integer('N', '1', '50'),
        { type: 'list', name: 'A', length: 'N', min: '0', max: '6' },
        integer('K', '1', 'N'),
      ),
    ],
    ['1 0 1\n', '3 6 6 0 3\n'],
    { '2 1 1\n': '1:7 N', '2 1 7 1\n': '1:5 A', '2 1 1 3\n': '1:7 K' },
  ),
  format(
    'several test cases with a sum bound',
    [
      {
        kind: 'cases',
        name: 'T',
        min: '1',
        max: '10^4',
        sums: [{ of: 'N', max: '20000' }],
        blocks: [{ kind: 'line', fields: [integer('N', '1', '20000')] }, array('A', 'N', '-10^9', '10^9')],
      },
    ],
    ['1\n1\n0\n', '2\n1\n5\n3\n1 2 3\n'],
    { '0\n': '1:1 T', '2\n1\n5\n': '4:1 N', '1\n1\n5\n1\n5\n': '4:1 input', '2\n1\n1\n2\n3\n': '5:3 A' },
  ),
  format(
    'test cases of strings with a total length',
    [
      {
        kind: 'cases',
        name: 'T',
        min: '1',
        max: '100',
        sums: [{ of: '|S|', max: '1000' }],
        blocks: [{ kind: 'string', name: 'S', minLength: '1', maxLength: '1000', alphabet: 'ab' }],
      },
    ],
    ['2\na\nbbb\n'],
    { '1\n\n': '2:1 S', [`2\n${'a'.repeat(600)}\n${'b'.repeat(401)}\n`]: '3:1 |S|' },
  ),
  format(
    'test cases of graphs with two sums',
    [
      {
        kind: 'cases',
        name: 'T',
        min: '1',
        max: '1000',
        sums: [
          { of: 'N', max: '2000' },
          { of: 'M', max: '3000' },
        ],
        blocks: [
          { kind: 'line', fields: [integer('N', '1', '1000'), integer('M', '0', 'min(N*(N-1)/2, 2000)')] },
          graph(),
        ],
      },
    ],
    ['2\n1 0\n3 2\n1 2\n2 3\n'],
    { '1\n2 1\n1 3\n': '3:3 E' },
  ),
  format(
    'test cases of grids with a total area',
    [
      {
        kind: 'cases',
        name: 'T',
        min: '1',
        max: '100',
        sums: [{ of: 'H*W', max: '10^4' }],
        blocks: [
          { kind: 'line', fields: [integer('H', '1', '100'), integer('W', '1', '100')] },
          { kind: 'grid', name: 'G', rows: 'H', columns: 'W', alphabet: '*.' },
        ],
      },
    ],
    ['2\n1 1\n*\n2 2\n**\n..\n'],
    { '1\n1 2\n*\n': '3:1 G' },
  ),
  format(
    'knapsack',
    [
      line(integer('N', '1', '100'), integer('W', '1', '10^5')),
      rows('items', 'N', [integer('w', '1', 'W'), integer('v', '0', '1000')]),
    ],
    ['1 5\n5 1000\n'],
    { '1 5\n6 1\n': '2:1 w' },
  ),
  format(
    'functional graph',
    [line(integer('N', '1', '10^5'), integer('K', '0', '10^18')), array('f', 'N', '1', 'N')],
    ['3 1000000000000000000\n2 3 3\n'],
    { '3 1000000000000000001\n1 1 1\n': '1:3 K', '2 0\n1 3\n': '2:3 f' },
  ),
  format(
    'strings that may be empty',
    [
      line(integer('N', '0', '1000')),
      array('A', 'N', '1', '9'),
      { kind: 'string', name: 'S', minLength: '0', maxLength: '5', alphabet: 'ab' },
      { kind: 'string', name: 'R', minLength: '0', maxLength: '|S|', alphabet: 'ab' },
      { kind: 'grid', name: 'G', rows: 'N', columns: '2', alphabet: 'xy' },
    ],
    ['0\n\n\n\n', '1\n7\nab\n\nxy\n'],
    { '0\n\na\nb\nab\n': '5:1 input', '0\n\na\nab\n': '4:1 R' },
  ),
  format(
    'names that are words of programming languages',
    [
      line(integer('int', '1', '9'), integer('class', '1', '10^12'), word('in', '1', '3', 'a-z')),
      array('tokens', 'int', '-5', '5'),
      rows('lines', 'int', [integer('i', '1', '5'), word('tag', '|in|', '|in|+2', 'xyz'), real('t', '-1', '0.5', 2)]),
    ],
    ['1 1000000000000 ab\n-5\n5 xyz -0.25\n'],
    { '1 1 ab\n0\n1 x 0\n': '3:3 tag', '1 1 ab\n0\n1 xx 0.51\n': '3:6 t' },
  ),
]
