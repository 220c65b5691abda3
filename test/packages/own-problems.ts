// Problems of ours for tests of packages: made by the real pipeline once, and one that several answers are right for.
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
