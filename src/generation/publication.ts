// The problem as it leaves: document, tests and verification report, built from what was executed.
import { executorLanguageSchema } from '../contract/languages.ts'
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
import type { Likeness } from '../ports.ts'
import { inputSets } from './gates/agreement.ts'
import { behaviourOf } from './gates/novelty.ts'
import { bands, statementSignature } from './similarity.ts'
import { priceSource } from './prices.ts'
import { constraintsText, inputFormatText } from './spec/text.ts'
import { measuredDifficulty } from './gates/difficulty.ts'
import { hashSeeds, sourceOf } from './programs.ts'
import { coverage } from './spec/coverage.ts'
import { starterCode } from './spec/starter-code.ts'
import { samples, suite } from './suite/suite.ts'
import { measuredLimits } from './suite/limits.ts'
import { allTests, matrix } from './suite/trials.ts'
import type { Workbench } from './workbench.ts'

/** What a run has to show for itself. */
export interface Evidence {
  readonly gates: readonly GateRecord[]
  readonly repairs: Verification['repairs']
  readonly calls: readonly CallRecord[]
  readonly executorBatches: number
  readonly executions: number
  /** CPU time of all executions. */
  readonly cpuMs: number
  /** Wall time of all compilations. */
  readonly compileMs: number
  readonly elapsedMs: number
  /** Each language with what its programs ran on. */
  readonly ranOn: readonly (readonly [language: string, what: string])[]
}

/** A problem ready to be stored. `bytes` is the author view's JSON, tests included, whatever their size. */
export interface Publication {
  readonly document: ProblemDocument
  readonly tests: readonly TestCase[]
  readonly bytes: string
  /** What later problems are compared with. */
  readonly likeness: Likeness
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
  const { tests: hidden } = await suite(bench)
  const cases = hidden.map(({ input, output }) => ({ input, output }))
  const { timeMs, memoryBytes } = await measuredLimits(bench)
  const verification = await report(run, bench, evidence)
  const level = verification.difficulty.measured
  const draftDocument: ProblemDocument = {
    schemaVersion: 1,
    problemId: run.problemId,
    slug: blueprint.slug,
    title: statement.title,
    description: statement.description,
    constraints: constraintsText(draft.spec, request.locale),
    input_format: inputFormatText(draft.spec, request.locale),
    output_format: statement.output_format,
    examples: await samples(bench),
    algorithm_type: request.algorithmType ?? topicName(blueprint.algorithm_type, request.locale),
    // The caller's own word, unless what was measured is another difficulty.
    difficulty:
      level === request.level && request.difficulty !== undefined
        ? request.difficulty
        : difficultyName(level, request.locale),
    topic: blueprint.algorithm_type,
    level,
    language: request.language,
    locale: request.locale,
    author: evidence.calls.at(0)?.model ?? 'unknown',
    limits: { timeMs, memoryBytes, provisional: false },
    checker: bench.checker,
    starter_code: Object.fromEntries(
      executorLanguageSchema.options.map((language) => [language, starterCode(draft.spec, language)]),
    ),
    tests: { count: cases.length, bytes: Buffer.byteLength(JSON.stringify(cases)) },
    createdAt: run.createdAt,
    solution_code: draft.get('reference').code,
    test_generator_code: draft.get('generator').code,
    test_origins: hidden.map(({ origin }) => origin),
    programs: programsOf(bench),
    input_spec: draft.spec,
    verification,
  }
  // Through the schema, as every reader gets it from the table: same keys in the same order, so the same bytes for all.
  const document = problemDocumentSchema.parse(draftDocument)
  const signature = statementSignature(blueprint.task)
  const behaviour = await behaviourOf(bench)
  const likeness = { bands: bands(signature), signature, behaviour }
  return { document, tests: cases, bytes: serialise(document, cases), likeness }
}

/** All programs; those that are tried on the tests first, in the order of the report's matrix. */
function programsOf(bench: Workbench): ProblemDocument['programs'] {
  const { draft } = bench
  const right = (['reference', 'brute-force', 'solver'] as const).map((role) => {
    const { approach } = draft.get(role)
    const { language, code } = sourceOf(draft, role)
    return { role, language, source: code, idea: approach }
  })
  const { solutions } = draft.get('wrong-solutions')
  const decoys = (['wrong', 'slow'] as const).flatMap((role) =>
    solutions
      .filter(({ kind }) => kind === role)
      .map(({ language, code, idea }) => ({ role, language, source: code, idea })),
  )
  const { language, code, strategies } = draft.get('generator')
  const idea = strategies.map(({ name, description }) => `${name}: ${description}`).join('\n')
  const generator = { role: 'generator' as const, language, source: code, idea }
  const checker = draft.needsChecker
    ? [
        {
          role: 'checker' as const,
          language: draft.get('checker').language,
          source: draft.get('checker').code,
          idea: draft.get('checker').approach,
        },
      ]
    : []
  return [...right, ...decoys, generator, ...checker]
}

/** The verification report. `basic`: gates were left out, and it says which. */
async function report(
  { gateIds: existing, request }: { request: GenerationRequest; gateIds: ReadonlySet<GateId> },
  bench: Workbench,
  evidence: Evidence,
): Promise<Verification> {
  const { draft } = bench
  const limits = await measuredLimits(bench)
  const inputs = (await allTests(bench)).map(({ input }) => input)
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
      cpuMs: evidence.cpuMs,
      compileMs: evidence.compileMs,
      elapsedMs: Math.round(evidence.elapsedMs),
    },
    limits: {
      provisional: false,
      slowestReferenceCpuMs: limits.slowestReferenceCpuMs,
      largestReferenceMemoryBytes: limits.largestReferenceMemoryBytes,
      rule: limits.rule,
    },
    // Without G9 nothing was compared.
    ...(existing.has('G9') ? { inputSets: await inputSets(bench) } : {}),
    matrix: await matrix(bench),
    mutation: (await suite(bench)).mutation,
    coverage: coverage(draft.spec, inputs).map(({ least, greatest, ...rest }) => ({
      ...rest,
      ...(least === undefined ? {} : { least }),
      ...(greatest === undefined ? {} : { greatest }),
    })),
    difficulty: await measuredDifficulty(bench, request.level),
    prices: { ...priceSource, known: evidence.calls.every((call) => call.costUsd !== undefined) },
    versions: Object.fromEntries<string>([
      ...evidence.ranOn,
      ...evidence.calls.map((call) => [`prompt ${call.artefact}`, call.promptVersion] as const),
    ]),
    seeds: { sampler: draft.samplerSeed, hashSeeds: Object.values(hashSeeds).flat() },
  }
}
