// Problems of ours for tests of packages: made by the real pipeline once, and one that several answers are right for.
import { inputSpecSchema } from '../../src/contract/input-spec.ts'
import { specInputs } from '../../src/generation/spec/families.ts'
import { type PackageSource, packageSourceSchema } from '../../src/packages/source.ts'
import type { Executor } from '../../src/ports.ts'
import { runScenario } from '../support/pipeline.ts'

/** The tiny problem as its JSON file has it, with its wrong solutions and its second solution in C++. */
export async function tinyProblem(executor: Executor): Promise<string> {
  const { end } = await runScenario({ executor })
  if (!end.ok) throw new Error(end.evidence.join('\n'))
  return end.publication.bytes
}

/** The same, judged by a checker of its own, which takes the number with zeros in front of it, too. */
export function withChecker(problem: string): string {
  const source = packageSourceSchema.parse(JSON.parse(problem))
  const text = `import sys
answer = open(sys.argv[2]).read().split()
output = sys.stdin.read().split()
good = len(output) == 1 and output[0].isdecimal() and int(output[0]) == int(answer[0])
sys.exit(42 if good else 43)
`
  const checker: PackageSource['checker'] = {
    kind: 'custom',
    protocol: 'kattis',
    program: { language: 'python', files: [{ name: 'checker.py', text }] },
    args: [],
  }
  const changed: PackageSource = { ...source, slug: `${source.slug}-checked`, locale: 'en', checker }
  return JSON.stringify({ problem: changed })
}

const spec = inputSpecSchema.parse({
  version: 1,
  blocks: [
    { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: '5' }] },
    {
      kind: 'array',
      name: 'A',
      length: 'N',
      min: '-9',
      max: '9',
      layout: 'line',
      order: 'any',
      distinct: false,
    },
  ],
})

function sum(input: string): string {
  const [, row = ''] = input.split('\n')
  return `${row.split(' ').reduce((total, word) => total + Number(word), 0)}\n`
}

/** The sum of N numbers as a problem of ours, made by hand: every test comes from the spec or the generator. */
export function sumProblem(): PackageSource {
  const made = (['boundary', 'largest'] as const).flatMap((family) =>
    specInputs(spec, family).map(({ name, input }) => ({ input, origin: { from: 'spec', family, name } })),
  )
  const generated = [1, 2, 3].map((seed) => ({
    input: `2\n${seed} -9\n`,
    origin: { from: 'generator', strategy: 'pair', seed },
  }))
  const all = [...made, ...generated]
  return {
    problemId: '6f1c2d3e-4a5b-4c6d-8e7f-901a2b3c4d5e',
    slug: 'sum',
    title: 'Sum',
    description: 'Add all numbers.',
    constraints: '- 1 ≤ N ≤ 5',
    input_format: 'N, then N integers.',
    output_format: 'Their sum.',
    examples: ['1\n5\n', '3\n1 2 3\n'].map((input) => ({ input, output: sum(input) })),
    test_cases: all.map(({ input }) => ({ input, output: sum(input) })),
    test_origins: all.map(({ origin }) => origin),
    locale: 'en',
    limits: { timeMs: 400, memoryBytes: 256 * 1024 * 1024 },
    checker: { kind: 'tokens' },
    programs: [
      { role: 'reference', language: 'python', source: 'n = int(input())\nprint(sum(map(int, input().split())))\n' },
      {
        role: 'solver',
        language: 'python',
        source: 'n = int(input())\nt = 0\nfor x in input().split():\n    t += int(x)\nprint(t)\n',
      },
      {
        role: 'slow',
        language: 'python',
        source: 'n = int(input())\nwhile n == 5:\n    pass\nprint(sum(map(int, input().split())))\n',
      },
      {
        role: 'wrong',
        language: 'python',
        source: 'n = int(input())\nprint(sum(abs(int(x)) for x in input().split()))\n',
      },
      { role: 'generator', language: 'python', source: 'name, seed = input().split()\nprint(2)\nprint(seed, -9)\n' },
    ],
    input_spec: spec,
  }
}
