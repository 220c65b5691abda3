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

const callRecordSchema = z.strictObject({
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
})

/** The stored verification report. */
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
    elapsedMs: z.number(),
  }),
  /** Where the limits come from. */
  limits: z.strictObject({
    provisional: z.boolean(),
    slowestReferenceCpuMs: z.number(),
    largestReferenceMemoryBytes: z.int(),
    /** CPU of the quickest right-but-too-slow program on the test that stops it; undefined when none has to be stopped. */
    quickestSlowCpuMs: z.number().optional(),
    /** `factor` × the slowest run on `inputs` inputs, rounded up to `stepMs`, at least `leastMs`. */
    rule: z.strictObject({ factor: z.number(), inputs: z.int(), stepMs: z.int(), leastMs: z.int() }),
  }),
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
