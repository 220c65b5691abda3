// A small stored problem and its tests, as reports are made of: five tests, of which the brute force masters three.
import type { AuthorProblem, TestCase } from '../../src/contract/problem.ts'
import type { MatrixRow, Verification } from '../../src/contract/verification.ts'

const MiB = 1024 * 1024

export const tests: readonly TestCase[] = ['1\n', '22\n', '333\n', '4444\n', '55555\n'].map((input) => ({
  input,
  output: `${input.length}\n`,
}))

/** A row of the matrix: one sample, then five tests. */
export function row(role: MatrixRow['role'], program: number, verdicts: string, timesMs: number[]): MatrixRow {
  return { role, program, verdicts, timesMs, memoryMiB: timesMs.map((ms) => (ms < 0 ? -1 : 9)) }
}

export const matrix: readonly MatrixRow[] = [
  row('reference', 0, 'AAAAAA', [2, 2, 2, 2, 40, 57]),
  row('brute-force', 1, 'AAAA.T', [2, 2, 2, 2, -1, 1513]),
  row('solver', 2, 'AAAAAA', [1, 1, 1, 1, 20, 28]),
  row('wrong', 3, 'WAWA..', [2, 2, 2, 2, -1, -1]),
  row('wrong', 4, 'AAAW..', [2, 2, 2, 2, -1, -1]),
  row('slow', 5, 'AAAA.T', [2, 2, 2, 2, -1, 1514]),
]

const totals = {
  calls: 1,
  promptTokens: 100,
  outputTokens: 40,
  thinkingTokens: 20,
  costUsd: 0.0123,
  executorBatches: 6,
  executions: 90,
  cpuMs: 1_200,
  compileMs: 700,
  elapsedMs: 9_000,
}

function passedGate(id: 'G9' | 'G10' | 'G13' | 'G23', durationMs: number): Verification['gatesRun'][number] {
  return { gate: id, stage: 'proof', attempt: 1, outcome: 'passed', evidence: `evidence of ${id}`, durationMs }
}

/** A verified record; parts are replaced whole. */
export function verification(parts: Partial<Verification> = {}): Verification {
  return {
    level: 'verified',
    gatesRun: [passedGate('G9', 12), passedGate('G13', 1), passedGate('G10', 20), passedGate('G23', 0)],
    gatesNotRun: [],
    repairs: [],
    calls: [call('gemini-2.5-pro')],
    totals,
    limits: {
      provisional: false,
      slowestReferenceCpuMs: 52,
      largestReferenceMemoryBytes: 35 * MiB,
      rule: {
        factor: 3,
        inputs: 22,
        stepMs: 500,
        leastMs: 1_000,
        memory: { factor: 2, stepBytes: 64 * MiB, leastBytes: 256 * MiB },
        margin: 1.5,
      },
    },
    inputSets: {
      proving: 22,
      generatorRuns: 11,
      small: 487,
      middle: 36,
      bruteForce: { finished: 511, largest: { bytes: 3, values: { N: '100', M: '120' } } },
    },
    matrix: [...matrix],
    mutation: {
      mutants: 10,
      killed: 7,
      equivalent: 2,
      inputsTried: 533,
      hunted: 1,
      most: { tests: 60, bytes: 4 * MiB },
      survivors: [
        {
          line: 2,
          operator: 'drop',
          before: 'n = half(n)',
          after: 'pass',
          witness: { made: 'spec largest largest-greatest', bytes: 1_019_012, differs: 'time', leftOut: 'bytes' },
        },
      ],
      unkilled: [
        { line: 1, operator: 'constant', before: 'a = 1', after: 'a = 2' },
        { line: 3, operator: 'range', before: 'print(n)', after: 'print(+n)' },
      ],
    },
    coverage: [{ variable: 'N', least: '1', greatest: '99', minReached: true, maxReached: false }],
    difficulty: { claimed: 'medium', measured: 'medium', reasons: ['the naive solution fails'] },
    prices: { date: '2026-03', source: 'price list', known: true },
    versions: { 'prompt reference': 'reference/1' },
    seeds: { sampler: 'feed', hashSeeds: [0, 1] },
    ...parts,
  }
}

/** A call that some model answered. */
export function call(model: string): Verification['calls'][number] {
  return {
    callId: 'reference-1',
    artefact: 'reference',
    attempt: 1,
    model,
    promptVersion: 'reference/1',
    outcome: 'complete',
    promptTokens: 100,
    outputTokens: 40,
    thinkingTokens: 20,
    costUsd: 0.0123,
    durationMs: 800,
  }
}

type Program = AuthorProblem['programs'][number]

function program(role: Program['role'], idea: string): Program {
  return { role, language: role === 'solver' ? 'cpp' : 'python', source: '', idea }
}

/** A verified problem with that record. */
export function problem(
  record: Verification = verification(),
  parts: Partial<Omit<AuthorProblem, 'verification'>> = {},
): AuthorProblem {
  return {
    schemaVersion: 1,
    problemId: '01a1feb7-a38c-785b-a55f-1baa686f2165',
    slug: 'digits',
    title: 'Digits',
    description: 'Count them.',
    constraints: '1 ≤ N ≤ 100',
    input_format: 'N',
    output_format: 'the count',
    examples: [{ input: '7\n', output: '1\n' }],
    algorithm_type: 'math',
    difficulty: 'medium',
    topic: 'math',
    level: 'medium',
    language: 'python',
    locale: 'en',
    author: 'gemini-2.5-pro',
    limits: { timeMs: 1_000, memoryBytes: 256 * MiB, provisional: false },
    checker: { kind: 'tokens' },
    starter_code: {},
    tests: { count: tests.length, bytes: 60 },
    createdAt: '2026-11-20T03:00:00.000Z',
    solution_code: 'a = 1\nn = half(n)\nprint(n)\n',
    test_generator_code: 'print(input())\n',
    test_origins: [
      { from: 'spec', family: 'boundary', name: 'smallest' },
      { from: 'spec', family: 'tiny', name: 'tiny-2' },
      { from: 'spec', family: 'small', name: 'small-9' },
      { from: 'generator', strategy: 'edge-star', seed: 2 },
      { from: 'generator', strategy: 'maximum', seed: 1 },
    ],
    programs: [
      program('reference', 'formula'),
      program('brute-force', 'count'),
      program('solver', 'text'),
      program('wrong', 'forgets zero'),
      program('wrong', 'overflows'),
      program('slow', 'counts one by one'),
    ],
    input_spec: { version: 1, blocks: [{ kind: 'permutation', name: 'p', length: '5' }] },
    verification: record,
    ...parts,
  }
}
