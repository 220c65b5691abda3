// The gates and the evidence that travels with a problem.
import * as z from 'zod'
import { difficultySchema } from './topics.ts'

/** Every gate of a verified problem, in the order of QUALITY's list. The `basic` level runs a part of them. */
export const gateIds = [
  'G0',
  'G1',
  'G2',
  'G3',
  'G4',
  'G5',
  'G6',
  'G7',
  'G8',
  'G9',
  'G10',
  'G11',
  'G12',
  'G13',
  'G14',
  'G15',
  'G16',
  'G17',
  'G18',
  'G19',
  'G20',
  'G21',
  'G22',
  'G23',
  'G24',
] as const
const gateIdSchema = z.enum(gateIds)
export type GateId = z.infer<typeof gateIdSchema>

/** What each gate proves. */
export const gateTitles: Readonly<Record<GateId, string>> = {
  G0: 'reply parses',
  G1: 'source is sane',
  G2: 'spec comes first',
  G3: 'validator is good',
  G4: 'inputs are valid',
  G5: 'generators are honest',
  G6: 'reference runs',
  G7: 'reference is deterministic',
  G8: 'samples are true',
  G9: 'brute force agrees',
  G10: 'independent vote',
  G11: 'one right answer, or a checker',
  G12: 'checker is good',
  G13: 'mutants die',
  G14: 'wrong ideas die',
  G15: 'slow ideas die',
  G16: 'the space is covered',
  G17: 'statement matches data',
  G18: 'solvable from the statement alone',
  G19: 'difficulty is measured',
  G20: 'new',
  G21: 'outputs are clean',
  G22: 'other languages agree',
  G23: 'the bytes that leave are re-judged',
  G24: 'evidence is complete',
}

/** The same in Korean. */
export const koreanGateTitles: Readonly<Record<GateId, string>> = {
  G0: '답의 형식이 맞음',
  G1: '소스가 정상임',
  G2: '입력 명세가 먼저 있음',
  G3: '검증기가 옳음',
  G4: '모든 입력이 유효함',
  G5: '생성기가 정직함',
  G6: '정답이 실행됨',
  G7: '정답이 결정적임',
  G8: '예제가 참임',
  G9: '완전 탐색과 일치함',
  G10: '독립된 풀이와 일치함',
  G11: '답이 하나이거나 채점기가 있음',
  G12: '채점기가 옳음',
  G13: '변형된 오답을 잡음',
  G14: '잘못된 발상을 잡음',
  G15: '느린 풀이를 잡음',
  G16: '입력 공간을 덮음',
  G17: '지문과 데이터가 맞음',
  G18: '지문만으로 풀림',
  G19: '난이도를 측정함',
  G20: '새로운 문제임',
  G21: '출력이 깨끗함',
  G22: '다른 언어와 일치함',
  G23: '내보낼 바이트를 다시 채점함',
  G24: '증거가 완전함',
}

export const stages = ['blueprint', 'programs', 'proof', 'statement', 'publish'] as const
export const stageSchema = z.enum(stages)
export type Stage = z.infer<typeof stageSchema>

/** What a model writes. */
export const artefacts = [
  'blueprint',
  'reference',
  'brute-force',
  'generator',
  'wrong-solutions',
  'checker',
  'statement',
  'solver',
] as const
export const artefactSchema = z.enum(artefacts)
export type Artefact = z.infer<typeof artefactSchema>

export const gateRecordSchema = z.strictObject({
  gate: gateIdSchema.describe('Which gate; see the table below.'),
  stage: stageSchema.describe('The stage it belongs to.'),
  attempt: z.int().min(1).describe('1 for the first time; one more each time what it reads was written anew.'),
  outcome: z
    .enum(['passed', 'failed', 'skipped'])
    .describe('`failed` is followed by a repair or by the end of the run.'),
  reason: z.string().max(100).optional().describe('Why it failed or was skipped: a short stable word.'),
  evidence: z.string().max(600).describe('One line: what was executed or compared, and what it showed.'),
  durationMs: z.number().min(0).describe('How long the gate took.'),
})
export type GateRecord = z.infer<typeof gateRecordSchema>

export const callRecordSchema = z.strictObject({
  callId: z.string(),
  artefact: artefactSchema,
  attempt: z.int().min(1),
  model: z.string(),
  promptVersion: z.string(),
  outcome: z.string(),
  /** Tokens as the provider counted them; undefined when it did not say. */
  promptTokens: z.int().optional(),
  outputTokens: z.int().optional(),
  thinkingTokens: z.int().optional(),
  costUsd: z.number().optional(),
  durationMs: z.number(),
})
export type CallRecord = z.infer<typeof callRecordSchema>

/** What a program of the problem is for. `wrong` and `slow` ones must not pass. */
export const programRoles = ['reference', 'brute-force', 'solver', 'wrong', 'slow', 'generator', 'checker'] as const
export type ProgramRole = (typeof programRoles)[number]

const matrixRowSchema = z.strictObject({
  role: z.enum(programRoles),
  /** Its place in `programs`. */
  program: z.int(),
  /**
   * One sign a test: `A` accepted, `W` wrong answer, `T` time limit, `M` memory limit, `O` output limit, `R` runtime
   * error, `.` not run.
   */
  verdicts: z.string(),
  /** CPU milliseconds and peak MiB a test; -1 where it was not run. */
  timesMs: z.array(z.int()),
  memoryMiB: z.array(z.int()),
})
/** How one program fared on the samples and the hidden tests, in that order. */
export type MatrixRow = z.infer<typeof matrixRowSchema>

const mutantRecordSchema = z.strictObject({
  line: z.int(),
  operator: z.string(),
  before: z.string(),
  after: z.string(),
  /** Of a survivor: the input that tells it from the reference, how, and what kept that input out of the tests. */
  witness: z
    .strictObject({
      /** `sample 2`, or how the input is made, as `remake` says it. */
      made: z.string(),
      bytes: z.int(),
      /** `time`: it only takes longer there. */
      differs: z.enum(['answer', 'time']),
      leftOut: z.enum(['bytes', 'count']),
    })
    .optional(),
})
export type MutantRecord = z.infer<typeof mutantRecordSchema>

/** The sets of inputs that the gates worked on, and how far the brute force got. */
const inputSetsSchema = z.strictObject({
  /** Samples, boundary and largest inputs of the spec, and every run of the generator. */
  proving: z.int(),
  generatorRuns: z.int(),
  /** Made from the spec, to compare programs on: all tiny ones and small random ones; and middle-sized ones. */
  small: z.int(),
  middle: z.int(),
  /** Of the small and middle-sized ones: how many the brute force finished, and the largest of these. */
  bruteForce: z.strictObject({
    finished: z.int(),
    largest: z.strictObject({ bytes: z.int(), values: z.record(z.string(), z.string()) }).optional(),
  }),
})
export type InputSets = z.infer<typeof inputSetsSchema>

/** The stored verification report. Optional: what reports of earlier versions do not have. */
export const verificationSchema = z.strictObject({
  level: z.enum(['basic', 'verified']),
  gatesRun: z.array(gateRecordSchema),
  gatesNotRun: z.array(z.strictObject({ gate: gateIdSchema, title: z.string() })),
  repairs: z.array(
    z.strictObject({ stage: stageSchema, artefact: artefactSchema, gate: gateIdSchema, evidence: z.string() }),
  ),
  calls: z.array(callRecordSchema),
  totals: z.strictObject({
    calls: z.int(),
    promptTokens: z.int(),
    outputTokens: z.int(),
    thinkingTokens: z.int(),
    costUsd: z.number(),
    executorBatches: z.int(),
    executions: z.int(),
    /** CPU time of everything that was executed. */
    cpuMs: z.int(),
    /** Wall time of compiling, or of checking a source that is not compiled. */
    compileMs: z.int().optional(),
    elapsedMs: z.number(),
  }),
  /** Where the limits come from. */
  limits: z.strictObject({
    provisional: z.boolean(),
    slowestReferenceCpuMs: z.number(),
    largestReferenceMemoryBytes: z.int(),
    /** `factor` × the slowest run on `inputs` inputs, rounded up to `stepMs`, at least `leastMs`. */
    rule: z.strictObject({
      factor: z.number(),
      inputs: z.int(),
      stepMs: z.int(),
      leastMs: z.int(),
      /** `factor` × the largest use, rounded up to `stepBytes`, at least `leastBytes`. */
      memory: z.strictObject({ factor: z.number(), stepBytes: z.int(), leastBytes: z.int() }).optional(),
      /** Programs are stopped at this much of the limit, so that what is out of time is so for certain. */
      margin: z.number().optional(),
    }),
  }),
  inputSets: inputSetsSchema.optional(),
  matrix: z.array(matrixRowSchema),
  mutation: z.strictObject({
    mutants: z.int(),
    /** Killed by the final tests. */
    killed: z.int(),
    /** Killed by nothing, with so many inputs tried on each. */
    equivalent: z.int(),
    inputsTried: z.int(),
    /** Told from the reference by some input, but by no final test. */
    survivors: z.array(mutantRecordSchema),
    /** Those that no input told from the reference. */
    unkilled: z.array(mutantRecordSchema),
    /** Tests that are there only because they kill mutants. */
    hunted: z.int(),
    /** Most tests, and most bytes of their inputs together. */
    most: z.strictObject({ tests: z.int(), bytes: z.int() }).optional(),
  }),
  coverage: z.array(
    z.strictObject({
      variable: z.string(),
      /** Absent when no test has the variable. */
      least: z.string().optional(),
      greatest: z.string().optional(),
      minReached: z.boolean(),
      maxReached: z.boolean(),
    }),
  ),
  difficulty: z.strictObject({
    asked: difficultySchema.optional(),
    claimed: difficultySchema,
    measured: difficultySchema,
    reasons: z.array(z.string()),
  }),
  prices: z.strictObject({ date: z.string(), source: z.string(), known: z.boolean() }),
  versions: z.record(z.string(), z.string()),
  seeds: z.strictObject({ sampler: z.string(), hashSeeds: z.array(z.int()) }),
})
export type Verification = z.infer<typeof verificationSchema>
