// The problem as it leaves: document, tests and verification report, built from what was executed.
import type { GenerationRequest } from '../contract/generation.ts'
import { type ProblemDocument, problemDocumentSchema, type TestCase } from '../contract/problem.ts'
import { difficultyName, topicName } from '../contract/topics.ts'
import {
  type CallRecord,
  type GateId,
  type GateRecord,
  gateIds,
  gateTitles,
  type Verification,
} from '../contract/verification.ts'
import { priceSource } from './prices.ts'
import { constraintsText, inputFormatText } from './spec/text.ts'
import { hashSeeds, problemLimits, type Workbench } from './workbench.ts'

/** What a run has to show for itself. */
export interface Evidence {
  readonly gates: readonly GateRecord[]
  readonly repairs: Verification['repairs']
  readonly calls: readonly CallRecord[]
  readonly executorBatches: number
  readonly executions: number
  readonly elapsedMs: number
}

/** A problem ready to be stored. `bytes` is the author view's JSON, tests included, whatever their size. */
export interface Publication {
  readonly document: ProblemDocument
  readonly tests: readonly TestCase[]
  readonly bytes: string
}

/** Turns a publication into the JSON that leaves. A parameter of the pipeline, so that its faults can be planted. */
export type Serialise = (document: ProblemDocument, tests: readonly TestCase[]) => string

export const serialiseProblem: Serialise = (document, tests) => JSON.stringify({ ...document, test_cases: tests })

/** Builds the publication. Everything executed comes from the workbench's memory: nothing is run again. */
export async function buildPublication(
  run: { problemId: string; createdAt: string; request: GenerationRequest; gateIds: ReadonlySet<GateId> },
  bench: Workbench,
  evidence: Evidence,
  serialise: Serialise,
): Promise<Publication> {
  const { draft } = bench
  const { request } = run
  const blueprint = draft.get('blueprint')
  const statement = draft.get('statement')
  const { cases, origins } = await bench.tests()
  const programs = (['reference', 'brute-force', 'generator'] as const).map((role) => {
    const { code, language } = draft.get(role)
    return { role, language, source: code }
  })
  const draftDocument: ProblemDocument = {
    schemaVersion: 1,
    problemId: run.problemId,
    slug: blueprint.slug,
    title: statement.title,
    description: statement.description,
    constraints: constraintsText(draft.spec, request.locale),
    input_format: inputFormatText(draft.spec, request.locale),
    output_format: statement.output_format,
    examples: await bench.samples(),
    algorithm_type: request.algorithmType ?? topicName(blueprint.algorithm_type, request.locale),
    difficulty: request.difficulty ?? difficultyName(blueprint.difficulty, request.locale),
    topic: blueprint.algorithm_type,
    level: blueprint.difficulty,
    language: request.language,
    locale: request.locale,
    author: evidence.calls.at(0)?.model ?? 'unknown',
    limits: { ...problemLimits, provisional: true },
    checker: { kind: 'tokens' },
    starter_code: { python: starterCode },
    tests: { count: cases.length, bytes: Buffer.byteLength(JSON.stringify(cases)) },
    createdAt: run.createdAt,
    solution_code: draft.get('reference').code,
    test_generator_code: draft.get('generator').code,
    test_origins: origins,
    programs,
    input_spec: draft.spec,
    verification: await report(run.gateIds, bench, evidence),
  }
  // Through the schema, as every reader gets it from the table: same keys in the same order, so the same bytes for all.
  const document = problemDocumentSchema.parse(draftDocument)
  return { document, tests: cases, bytes: serialise(document, cases) }
}

/** The verification report. `basic`: some of the gates do not exist yet, and it says which. */
async function report(existing: ReadonlySet<GateId>, bench: Workbench, evidence: Evidence): Promise<Verification> {
  const results = await bench.referenceResults(hashSeeds.ordinary)
  const sum = (pick: (call: CallRecord) => number | undefined): number =>
    evidence.calls.reduce((total, call) => total + (pick(call) ?? 0), 0)
  return {
    level: gateIds.every((gate) => existing.has(gate)) ? 'verified' : 'basic',
    gatesRun: [...evidence.gates],
    gatesNotRun: gateIds.filter((gate) => !existing.has(gate)).map((gate) => ({ gate, title: gateTitles[gate] })),
    repairs: [...evidence.repairs],
    calls: [...evidence.calls],
    totals: {
      calls: evidence.calls.length,
      promptTokens: sum((call) => call.promptTokens),
      outputTokens: sum((call) => call.outputTokens),
      thinkingTokens: sum((call) => call.thinkingTokens),
      costUsd: sum((call) => call.costUsd),
      executorBatches: evidence.executorBatches,
      executions: evidence.executions,
      elapsedMs: Math.round(evidence.elapsedMs),
    },
    limits: {
      provisional: true,
      slowestReferenceCpuMs: Math.max(0, ...results.map((result) => Math.round(result.cpuMs))),
      largestReferenceMemoryBytes: Math.max(0, ...results.map((result) => result.peakMemoryBytes)),
      rule: `fixed at ${problemLimits.timeMs} ms and ${problemLimits.memoryBytes / 1024 / 1024} MiB; the reference stays below half of both`,
    },
    prices: { ...priceSource, known: evidence.calls.every((call) => call.costUsd !== undefined) },
    versions: Object.fromEntries(evidence.calls.map((call) => [`prompt ${call.artefact}`, call.promptVersion])),
    seeds: { sampler: bench.draft.samplerSeed, hashSeeds: Object.values(hashSeeds) },
  }
}

const starterCode = `import sys


def main():
    data = sys.stdin.read().split()


main()
`
