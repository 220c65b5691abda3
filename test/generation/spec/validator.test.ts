// The validator as one table: spec, input, and where it is refused.
import { describe, expect, it } from 'vitest'
import { type Block, type InputSpec, inputSpecSchema } from '../../../src/contract/input-spec.ts'
import { nearMisses } from '../../../src/generation/spec/near-miss.ts'
import { boundaryInputs, enumerateTiny, sampleSmall } from '../../../src/generation/spec/sampler.ts'
import { constraintsText, inputFormatText } from '../../../src/generation/spec/text.ts'
import { validate } from '../../../src/generation/spec/validator.ts'

const n: Block = { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: '10^5' }] }
const nm = (edges: string): Block => ({
  kind: 'line',
  fields: [
    { type: 'integer', name: 'N', min: '1', max: '10' },
    { type: 'integer', name: 'M', min: '0', max: edges },
  ],
})
const array = (change: Partial<Extract<Block, { kind: 'array' }>> = {}): Block => ({
  kind: 'array',
  name: 'A',
  length: 'N',
  min: '-5',
  max: '2*N',
  layout: 'line',
  order: 'any',
  distinct: false,
  ...change,
})
const graph = (change: Partial<Extract<Block, { kind: 'graph' }>> = {}): Block => ({
  kind: 'graph',
  name: 'E',
  vertices: 'N',
  edges: 'M',
  directed: false,
  connected: false,
  simple: true,
  acyclic: false,
  ...change,
})

const specs: Record<string, readonly Block[]> = {
  scalars: [
    {
      kind: 'line',
      fields: [
        { type: 'integer', name: 'A', min: '0', max: '10' },
        { type: 'word', name: 'W', minLength: '1', maxLength: '3', alphabet: 'a-c-' },
      ],
    },
  ],
  array: [n, array()],
  column: [n, array({ layout: 'column', order: 'increasing' })],
  distinct: [n, array({ distinct: true })],
  falling: [n, array({ order: 'non-increasing' })],
  permutation: [n, { kind: 'permutation', name: 'P', length: 'N' }],
  string: [{ kind: 'string', name: 'S', minLength: '2', maxLength: '4', alphabet: 'A-Z' }],
  grid: [nm('4'), { kind: 'grid', name: 'G', rows: 'N', columns: 'M+1', alphabet: '.#' }],
  tree: [n, { kind: 'tree', name: 'T', vertices: 'N' }],
  weightedTree: [n, { kind: 'tree', name: 'T', vertices: 'N', weight: { min: '1', max: 'N' } }],
  graph: [nm('min(N*(N-1)/2, 12)'), graph()],
  multigraph: [nm('(N-1)*3'), graph({ simple: false })],
  connected: [
    {
      kind: 'line',
      fields: [
        { type: 'integer', name: 'N', min: '2', max: '6' },
        { type: 'integer', name: 'M', min: 'N-1', max: 'N*(N-1)/2' },
      ],
    },
    graph({ connected: true, weight: { min: '-9', max: '9' } }),
  ],
  dag: [nm('N*(N-1)/2'), graph({ directed: true, acyclic: true })],
  rows: [
    {
      kind: 'line',
      fields: [
        { type: 'integer', name: 'N', min: '1', max: '9' },
        { type: 'integer', name: 'Q', min: '1', max: '3' },
      ],
    },
    {
      kind: 'rows',
      name: 'queries',
      count: 'Q',
      distinct: false,
      fields: [
        { type: 'integer', name: 'l', min: '1', max: 'N' },
        { type: 'integer', name: 'r', min: 'l', max: 'N' },
      ],
    },
  ],
  words: [
    n,
    {
      kind: 'rows',
      name: 'words',
      count: 'N',
      distinct: true,
      fields: [{ type: 'word', name: 'w', minLength: '1', maxLength: '5', alphabet: 'ab' }],
    },
  ],
}

function spec(name: string): InputSpec {
  return inputSpecSchema.parse({ version: 1, blocks: specs[name] })
}

describe('the validator', () => {
  it.each<[string, string]>([
    ['scalars', '0 a\n'],
    ['scalars', '10 c-a\n'],
    ['array', '3\n-5 0 6\n'],
    ['column', '2\n-1\n4\n'],
    ['distinct', '3\n1 0 -1\n'],
    ['falling', '3\n4 4 -5\n'],
    ['permutation', '4\n2 4 1 3\n'],
    ['string', 'ABCZ\n'],
    ['grid', '2 2\n.#.\n###\n'],
    ['tree', '1\n'],
    ['tree', '4\n2 1\n3 2\n2 4\n'],
    ['weightedTree', '2\n1 2 2\n'],
    ['graph', '3 0\n'],
    ['graph', '3 2\n3 1\n1 2\n'],
    ['multigraph', '2 3\n1 2\n2 1\n1 2\n'],
    ['connected', '3 2\n1 2 -9\n3 2 9\n'],
    ['dag', '3 2\n3 1\n1 2\n'],
    ['rows', '5 2\n2 2\n1 5\n'],
    ['words', '2\na\nab\n'],
  ])('%s accepts %j', (name, input) => {
    expect(validate(spec(name), input)).toEqual({ ok: true })
  })

  it.each<[string, string, string]>([
    ['scalars', '11 a\n', '1:1 A 11 is outside 0..10'],
    ['scalars', '01 a\n', '1:1 A "01" is not an integer'],
    ['scalars', '1 d\n', '1:3 W "d" is not in a-c-'],
    ['scalars', '1 abca\n', '1:3 W length 4 is outside 1..3'],
    ['scalars', '1  a\n', '1:4 A 2 tokens expected, 3 found'],
    ['scalars', '1 a', '1:1 input the last line does not end with a line feed'],
    ['array', '3\n1 2\n', '2:5 A 3 tokens expected, 2 found'],
    ['array', '3\n1 2 7\n', '2:5 A 7 is outside -5..6'],
    ['array', '3\n1 2 3\n\n', '3:1 input nothing may follow the last line'],
    ['array', '3\n', '2:1 A a line is missing'],
    ['array', '1\n-0\n', '2:1 A "-0" is not an integer'],
    ['array', '1\n1.0\n', '2:1 A "1.0" is not an integer'],
    ['array', '1\n1\r\n', '2:1 A "1\\r" is not an integer'],
    ['column', '2\n4\n4\n', '3:1 A 4 after 4 is not increasing'],
    ['distinct', '3\n1 0 1\n', '2:5 A 1 appears twice'],
    ['falling', '2\n1 2\n', '2:3 A 2 after 1 is not non-increasing'],
    ['permutation', '3\n1 2 2\n', '2:5 P 2 appears twice'],
    ['permutation', '3\n0 1 2\n', '2:1 P 0 is outside 1..3'],
    ['string', 'A\n', '1:1 S length 1 is outside 2..4'],
    ['string', 'AB C\n', '1:1 S " " is not in A-Z'],
    ['grid', '1 2\n.#\n', '2:1 G length 2 is outside 3..3'],
    ['tree', '3\n1 2\n2 1\n', '3:1 T edge 2 1 is given twice'],
    ['tree', '4\n1 2\n3 4\n4 3\n', '4:1 T edge 4 3 is given twice'],
    ['tree', '5\n1 2\n3 4\n4 5\n5 3\n', '5:1 T edge 5 3 closes a cycle'],
    ['weightedTree', '2\n1 2 3\n', '2:5 T 3 is outside 1..2'],
    ['graph', '3 1\n2 2\n', '2:1 E edge 2 2 is a loop'],
    ['graph', '3 2\n1 2\n2 1\n', '3:1 E edge 2 1 is given twice'],
    ['graph', '3 4\n1 2\n2 3\n3 1\n1 2\n', '1:3 M 4 is outside 0..3'],
    ['connected', '4 3\n1 2 0\n2 3 0\n3 1 0\n', '4:1 E the graph has 2 components'],
    ['dag', '3 3\n1 2\n2 3\n3 1\n', '4:1 E the graph has a directed cycle'],
    ['rows', '5 1\n3 2\n', '2:3 r 2 is outside 3..5'],
    ['words', '2\nab\nab\n', '3:1 words row "ab" appears twice'],
  ])('%s refuses %j at %s', (name, input, expected) => {
    const validity = validate(spec(name), input)
    expect(
      validity.ok ? 'accepted' : `${validity.line}:${validity.column} ${validity.variable} ${validity.message}`,
    ).toBe(expected)
  })
})

describe('inputs made from a spec', () => {
  it.each(Object.keys(specs))('%s: tiny, small and boundary inputs are legal and all different', (name) => {
    const tiny = enumerateTiny(spec(name), 200)
    const small = sampleSmall(spec(name), 100, 'seed')
    const boundaries = boundaryInputs(spec(name)).map(({ input }) => input)
    expect(tiny.length).toBeGreaterThan(3)
    expect(small.length).toBeGreaterThan(8)
    expect(boundaries.length).toBeGreaterThan(0)
    for (const made of [tiny, small, boundaries]) {
      expect(new Set(made).size).toBe(made.length)
      for (const input of made) expect(validate(spec(name), input), input).toEqual({ ok: true })
    }
  })

  it.each(Object.keys(specs))('%s: no near-miss of a legal input is legal', (name) => {
    let misses = 0
    for (const input of sampleSmall(spec(name), 20, 'near')) {
      for (const miss of nearMisses(spec(name), input)) {
        expect(validate(spec(name), miss.input).ok, `${miss.name}: ${JSON.stringify(miss.input)}`).toBe(false)
        misses += 1
      }
    }
    expect(misses).toBeGreaterThan(100)
  })

  it('are the same for the same seed and others for another', () => {
    expect(sampleSmall(spec('graph'), 50, 'a')).toEqual(sampleSmall(spec('graph'), 50, 'a'))
    expect(sampleSmall(spec('graph'), 50, 'a')).not.toEqual(sampleSmall(spec('graph'), 50, 'b'))
  })

  it('enumerate every tiny permutation, tree and word list', () => {
    expect(tinyOf('permutation', '4')).toHaveLength(24)
    // Labelled trees on three vertices: three shapes, each edge written either way round, in either order.
    expect(new Set(tinyOf('tree', '3').map(undirected)).size).toBe(3)
  })
})

function tinyOf(name: string, size: string): string[] {
  return enumerateTiny(spec(name), 2_000).filter((input) => input.startsWith(`${size}\n`))
}

function undirected(input: string): string {
  const edges = input.trim().split('\n').slice(1)
  return edges
    .map((edge) => edge.split(' ').sort().join('-'))
    .sort()
    .join(' ')
}

describe('the spec in words', () => {
  it('says every bound, order and structure in Korean and in English', () => {
    expect(constraintsText(spec('connected'), 'ko')).toBe(
      '- 2 ≤ N ≤ 6\n- N - 1 ≤ M ≤ N × (N - 1) / 2\n- 간선에는 방향이 없다.\n- 자기 자신으로 가는 간선과 중복 간선은 없다.\n- 그래프는 연결되어 있다.\n- -9 ≤ w ≤ 9',
    )
    expect(constraintsText(spec('column'), 'en')).toBe(
      '- 1 ≤ N ≤ 10^5\n- -5 ≤ A_i ≤ 2 × N\n- The values of A are given in strictly increasing order.',
    )
    expect(inputFormatText(spec('rows'), 'ko')).toBe(
      '첫째 줄에 정수 N, 정수 Q가 공백으로 구분되어 주어진다.\n다음 Q개의 줄에 정수 l, 정수 r이 공백으로 구분되어 주어진다.',
    )
    expect(inputFormatText(spec('weightedTree'), 'en')).toBe(
      'The first line contains an integer N.\nEach of the next N - 1 lines contains an edge of T: its end vertices u and v and its weight w.',
    )
  })
})
