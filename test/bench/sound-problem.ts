// A right emitted problem, put together by hand from the scripted author's parts: what the oracle is tried on.
import * as z from 'zod'
import type { BaseId } from '../../bench/defects/bases/index.ts'
import { parseEmitted } from '../../bench/defects/oracle/emitted.ts'
import { runProgram, stored } from '../../bench/defects/oracle/runner.ts'
import type { Sound } from '../../bench/defects/oracle/trial.ts'
import { createAuthorOf } from '../../mock/gemini/author/index.ts'
import { parseDifficulty } from '../../src/contract/topics.ts'
import { gateIds, gateTitles, type Artefact } from '../../src/contract/verification.ts'
import { replySchemas, toInputSpec, type Replies } from '../../src/generation/replies.ts'
import { constraintsText, inputFormatText } from '../../src/generation/spec/text.ts'

const seedsPerKind = { random: 4, edge: 3, maximum: 2, adversarial: 2 } as const
const limits = { timeMs: 1_000, memoryBytes: 256 * 1024 * 1024 }
const smallest: Partial<Record<BaseId, string>> = {
  'armour-match-easy': '1 1\n1\n1\n',
  'hill-view-medium': '1\n1\n',
}

/** The problem of seed 1: Korean where the level is easy, else English. */
export async function soundProblem(id: BaseId): Promise<Sound> {
  const blueprintId = id.replace(/-[a-z]+$/, '')
  const level = parseDifficulty(id.slice(blueprintId.length + 1))
  const locale = level === 'easy' ? 'ko' : 'en'
  const author = createAuthorOf(blueprintId, 1)
  const request = level === undefined ? {} : { level }
  const { slug } = z
    .object({ slug: z.string() })
    .parse(author({ job: { artefact: 'blueprint', attempt: 1, locale }, request }))
  const ask = <A extends Artefact>(artefact: A): Replies[A] =>
    replySchemas[artefact]().parse(author({ job: { artefact, attempt: 1, locale }, request, slug })) as Replies[A]

  const blueprint = ask('blueprint')
  const statement = ask('statement')
  const generator = ask('generator')
  const reference = ask('reference').code
  const spec = toInputSpec(blueprint.input)
  const made = generator.strategies.flatMap(({ name, kind }) =>
    Array.from({ length: seedsPerKind[kind] }, (_, index) => ({ strategy: name, seed: index + 1 })),
  )
  const boundary = smallest[id]
  if (boundary === undefined) throw new Error(`no smallest input of ${id}`)
  const inputs = [
    boundary,
    ...(await outputsOf(
      generator.code,
      made.map(({ strategy, seed }) => `${strategy} ${seed}\n`),
    )),
  ]
  const outputs = await outputsOf(reference, inputs)
  const document = {
    schemaVersion: 1,
    slug,
    title: statement.title,
    description: statement.description,
    constraints: constraintsText(spec, locale),
    input_format: inputFormatText(spec, locale),
    output_format: statement.output_format,
    examples: blueprint.samples,
    difficulty: level,
    level,
    language: 'python',
    locale,
    limits,
    checker: { kind: 'tokens' },
    starter_code: { python: 'import sys\n' },
    tests: { count: inputs.length },
    solution_code: reference,
    test_generator_code: generator.code,
    test_cases: inputs.map((input, index) => ({ input, output: outputs[index] })),
    test_origins: [
      { from: 'boundary', name: 'smallest-whole' },
      ...made.map(({ strategy, seed }) => ({ from: 'generator', strategy, seed })),
    ],
    programs: [
      { role: 'reference', language: 'python', source: reference },
      { role: 'brute-force', language: 'python', source: ask('brute-force').code },
      { role: 'generator', language: 'python', source: generator.code },
    ],
    input_spec: spec,
    verification: report,
  }
  const parsed = parseEmitted(document)
  if ('fault' in parsed) throw new Error(parsed.fault)
  return document as unknown as Sound
}

/** As much of a verification report as a problem of the `basic` level has. */
const report = {
  level: 'basic',
  gatesRun: gateIds.slice(0, 10).map((gate) => ({ gate, outcome: 'passed', evidence: 'executed' })),
  gatesNotRun: gateIds.slice(10).map((gate) => ({ gate, title: gateTitles[gate] })),
  calls: [{ artefact: 'blueprint', model: 'scripted stand-in' }],
  totals: { calls: 5, executions: 1_000 },
  limits: { rule: 'fixed' },
  versions: { 'prompt blueprint': 'blueprint/1' },
  seeds: { sampler: 'some', hashSeeds: [0, 1] },
}

async function outputsOf(source: string, inputs: readonly string[]): Promise<string[]> {
  const runs = await runProgram(
    { name: 'author', language: 'python', source },
    await Promise.all(inputs.map((input) => stored(input))),
    { limits: { ...limits, timeMs: 20_000 }, keep: true },
  )
  return runs.map(({ output }) => output)
}
