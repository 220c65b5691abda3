// The emitted generator: makes the tests again that it is said to have made, and legal inputs, the same each time.
import type { Base } from './base.ts'
import type { Bounds } from './bounds.ts'
import { generatorOrigin, type Emitted, type TestCase } from './emitted.ts'
import type { FindingList } from './findings.ts'
import { InputFault, InputReader } from './input-reader.ts'
import { runProgram, stored, type Program, type Run, type Text } from './runner.ts'

const limits = { timeMs: 10_000, memoryBytes: 1024 ** 3 } as const
const hashSeeds = { first: 4_711, second: 99 } as const

export async function checkGenerator(
  problem: Emitted,
  tests: readonly TestCase[],
  base: Base,
  bounds: Bounds,
  findings: FindingList,
): Promise<void> {
  const program: Program = { name: 'generator', language: 'python', source: problem.test_generator_code }
  const run = async (lines: readonly string[], hashSeed: number): Promise<readonly Run[]> =>
    runProgram(program, await texts(lines), { limits, keep: true, hashSeed })
  const fails = (line: string, what: string): void => findings.add('generator-not-replayable', `${line}: ${what}`)

  const asked = new Map<string, { line: string; input: string }>()
  tests.forEach(({ input }, index) => {
    const origin = generatorOrigin(problem.test_origins?.[index])
    if (origin !== undefined) asked.set(origin.strategy, { line: `${origin.strategy} ${origin.seed}`, input })
  })
  const told = [...asked.values()]
  const expected = await Promise.all(told.map(({ input }) => stored(input)))
  const made = await runProgram(program, await texts(told.map(({ line }) => line)), {
    limits,
    expected,
    byLine: true,
    hashSeed: hashSeeds.first,
  })
  told.forEach(({ line }, index) => {
    const outcome = made[index]?.outcome ?? 'no run'
    if (outcome !== 'ok') fails(line, outcome === 'wrong' ? 'other lines than the test' : outcome)
  })

  // Strategies of which no test is left have to work as well; they are named in what the generator says of itself.
  const others = strategiesOf(problem).filter((strategy) => !asked.has(strategy))
  const lines = others.flatMap((strategy) => [`${strategy} 1`, `${strategy} 2`])
  const [first, second] = await Promise.all([run(lines, hashSeeds.first), run(lines, hashSeeds.second)])
  lines.forEach((line, index) => {
    const one = first[index]
    if (one?.outcome !== 'ok') fails(line, one?.outcome ?? 'no run')
    else if (one.output !== second[index]?.output) fails(line, 'other bytes each time')
    else {
      const fault = faultOf(one.output, base, bounds)
      if (fault !== undefined) fails(line, `an illegal input: ${fault}`)
    }
  })
}

function texts(lines: readonly string[]): Promise<Text[]> {
  return Promise.all(lines.map((line) => stored(`${line}\n`)))
}

function strategiesOf({ programs = [] }: Emitted): string[] {
  const idea = programs.find(({ role }) => role === 'generator')?.['idea']
  if (typeof idea !== 'string') return []
  return idea.split('\n').flatMap((line) => /^([\w-]+): /.exec(line)?.[1] ?? [])
}

function faultOf(input: string, base: Base, bounds: Bounds): string | undefined {
  try {
    base.read(new InputReader(input, bounds))
    return undefined
  } catch (error) {
    if (error instanceof InputFault) return error.message
    throw error
  }
}
