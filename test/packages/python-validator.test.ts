// The exported Python validator decides as our own one does, on legal inputs of every kind and on all their near-misses.
import { afterAll, describe, expect, test } from 'vitest'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import type { ExecutionResult } from '../../src/contract/execution.ts'
import { type Block, type InputSpec, inputSpecSchema } from '../../src/contract/input-spec.ts'
import { nearMisses } from '../../src/generation/spec/near-miss.ts'
import { boundaryInputs, enumerateTiny, sampleMiddle, sampleSmall } from '../../src/generation/spec/sampler.ts'
import { validate } from '../../src/generation/spec/validator.ts'
import { replySchemas, toInputSpec } from '../../src/generation/replies.ts'
import { pythonValidator } from '../../src/packages/python-validator.ts'
import { blueprints, createAuthorOf } from '../../mock/gemini/author/index.ts'
import { formats } from '../generation/spec/formats.ts'
import { quietLog } from '../support/quiet-log.ts'

const integer = (name: string, min: string, max: string) => ({ type: 'integer', name, min, max }) as const
const line = (...fields: ReturnType<typeof integer>[]): Block => ({ kind: 'line', fields })

/** Everything the language has, and names and bounds that Python reads otherwise. */
const specs: Readonly<Record<string, readonly Block[]>> = {
  'powers, floors and unary minus': [
    line(integer('N', '-2^3', '10^2'), integer('M', '(N-7)/2', 'max(007, N^2) - -3')),
    line(integer('K', '-N', 'min(N * N, 2^2^3)')),
  ],
  "Python's own words": [
    line(integer('in', '1', '5'), integer('max', 'in', 'max(in, 6)'), integer('lambda', '0', 'max-in')),
    { kind: 'permutation', name: 'reader', length: 'in' },
  ],
  'an increasing column': [
    line(integer('N', '0', '6')),
    {
      kind: 'array',
      name: 'A',
      length: 'N',
      min: '-5',
      max: '2*N',
      layout: 'column',
      order: 'increasing',
      distinct: false,
    },
  ],
  'a falling row of different values': [
    line(integer('N', '1', '6')),
    {
      kind: 'array',
      name: 'A',
      length: 'N',
      min: '-9',
      max: '9',
      layout: 'line',
      order: 'non-increasing',
      distinct: true,
    },
  ],
  'quotes and backslashes': [
    { kind: 'string', name: 'S', minLength: '0', maxLength: '4', alphabet: '"\\\\\'{}$%' },
    { kind: 'string', name: 'T', minLength: '1', maxLength: '4', alphabet: '가-갛 ' },
  ],
  'a grid': [
    line(integer('R', '1', '4'), integer('C', '1', '4')),
    { kind: 'grid', name: 'G', rows: 'R', columns: 'C+1', alphabet: '.#' },
  ],
  'a weighted tree': [
    line(integer('N', '1', '6')),
    { kind: 'tree', name: 'T', vertices: 'N', weight: { min: '1', max: 'N' } },
  ],
  'a connected graph': [
    line(integer('N', '2', '6'), integer('M', 'N-1', 'N*(N-1)/2')),
    {
      kind: 'graph',
      name: 'E',
      vertices: 'N',
      edges: 'M',
      directed: false,
      connected: true,
      simple: true,
      acyclic: false,
    },
  ],
  'a directed graph without cycles': [
    line(integer('N', '1', '6'), integer('M', '0', 'N*(N-1)/2')),
    {
      kind: 'graph',
      name: 'E',
      vertices: 'N',
      edges: 'M',
      directed: true,
      connected: false,
      simple: true,
      acyclic: true,
    },
  ],
  'a forest': [
    line(integer('N', '1', '6'), integer('M', '0', 'N-1')),
    {
      kind: 'graph',
      name: 'E',
      vertices: 'N',
      edges: 'M',
      directed: false,
      connected: false,
      simple: true,
      acyclic: true,
    },
  ],
  'queries that differ': [
    line(integer('N', '1', '9'), integer('Q', '1', '3')),
    {
      kind: 'rows',
      name: 'queries',
      count: 'Q',
      distinct: true,
      fields: [
        integer('l', '1', 'N'),
        integer('r', 'l', 'N'),
        { type: 'word', name: 'w', minLength: '1', maxLength: '3', alphabet: 'ab-' },
      ],
    },
  ],
}

const executor = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
afterAll(() => executor.close())

const MiB = 1024 * 1024

/** In place of the last line: many inputs in one process, as a JSON list, and a letter for each. */
const driver = `
import json
for text in json.load(sys.stdin):
    try:
        check(Reader(text))
        print('+', end='')
    except (Refused, ZeroDivisionError):
        print('-', end='')
`

async function run(text: string, inputs: readonly string[]): Promise<readonly ExecutionResult[]> {
  const { compile, results } = await executor.run(
    {
      version: 1,
      program: { language: 'python', files: [{ name: 'validator.py', text }] },
      tests: inputs.map((input) => ({ input })),
      limits: { cpuMs: 10_000, wallMs: 40_000, memoryBytes: 256 * MiB, outputBytes: MiB },
      hashSeed: 0,
    },
    AbortSignal.timeout(50_000),
  )
  expect(compile).toMatchObject({ ok: true })
  return results
}

async function disagreements(
  spec: InputSpec,
  given: readonly string[] = [],
): Promise<{ tried: number; legal: number; different: unknown[] }> {
  const validator = pythonValidator(spec)
  const legal = [
    ...enumerateTiny(spec, 100),
    ...sampleSmall(spec, 100, 'python'),
    ...sampleMiddle(spec, 3, 'python', { least: 20n, most: 60n }),
    ...boundaryInputs(spec).map(({ input }) => input),
  ]
  const misses = [...legal.slice(0, 10), ...legal.slice(-10)].flatMap((input) => nearMisses(spec, input))
  const inputs = [...new Set([...legal, ...given, ...misses.map(({ input }) => input)])]
  const [together] = await run(validator.replace(/\nmain\(\)\n$/, driver), [JSON.stringify(inputs)])
  const decisions = together?.stdout ?? ''
  expect(decisions, together?.stderr).toHaveLength(inputs.length)
  const different: unknown[] = inputs.flatMap((input, index) => {
    const ours = validate(spec, input).ok
    return (decisions[index] === '+') === ours ? [] : [{ input, ours }]
  })
  // And a few as everybody else runs it.
  const few = [legal[0] ?? '', legal.at(-1) ?? '', ...misses.slice(0, 4).map(({ input }) => input)]
  for (const [index, { exitCode, stderr }] of (await run(validator, few)).entries()) {
    const input = few[index] ?? ''
    if (exitCode !== (validate(spec, input).ok ? 42 : 43)) different.push({ input, exitCode, stderr })
  }
  return { tried: inputs.length, legal: legal.length, different }
}

describe('the exported validator decides as ours', () => {
  test.each(Object.entries(specs))('on %s', async (_name, blocks) => {
    const { tried, legal, different } = await disagreements(inputSpecSchema.parse({ version: 1, blocks }))
    expect(different).toEqual([])
    expect(legal).toBeGreaterThan(5)
    expect(tried).toBeGreaterThan(legal)
  })

  test.each(
    formats.map(({ name, spec, legal, illegal }) => ({ name, spec, inputs: [...legal, ...Object.keys(illegal)] })),
  )('on the format $name', async ({ spec, inputs }) => {
    const { tried, different } = await disagreements(spec, inputs)
    expect(different).toEqual([])
    expect(tried).toBeGreaterThan(inputs.length)
  })

  test.each(blueprints.map(({ id }) => id))('on the problem %s', async (id) => {
    const reply = createAuthorOf(id, 3)({ job: { artefact: 'blueprint', attempt: 1, locale: 'ko' }, request: {} })
    const { tried, legal, different } = await disagreements(toInputSpec(replySchemas.blueprint().parse(reply).input))
    expect(different).toEqual([])
    expect(tried).toBeGreaterThan(legal)
  })
})
