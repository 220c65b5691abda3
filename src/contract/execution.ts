// What the caller of the executor sends and gets: one batch, one program, many runs. Shared by every executor adapter.
import * as z from 'zod'

/** Programming languages the executor knows. */
export const languageSchema = z.enum(['python'])

/** Limits of each run of a batch. `cpuMs` decides; `wallMs` only stops what sleeps. */
const executionLimitsSchema = z.strictObject({
  cpuMs: z.int().min(1).max(60_000),
  wallMs: z.int().min(1).max(120_000),
  memoryBytes: z
    .int()
    .min(16 * 1024 * 1024)
    .max(2048 * 1024 * 1024),
  outputBytes: z
    .int()
    .min(1)
    .max(64 * 1024 * 1024),
})
export type ExecutionLimits = z.infer<typeof executionLimitsSchema>

export const executionBatchSchema = z.strictObject({
  version: z.literal(1),
  language: languageSchema,
  source: z.string().max(256 * 1024),
  /** One run each: what the program reads on standard input. */
  inputs: z.array(z.string()).max(2_000),
  limits: executionLimitsSchema,
  /** Seed of the language's hash functions (Python's PYTHONHASHSEED); other seeds show programs that depend on hash order. */
  hashSeed: z.int().min(0).max(4_294_967_295),
})
export type ExecutionBatch = z.infer<typeof executionBatchSchema>

const executionResultSchema = z.strictObject({
  /** How the run ended. `exited` says nothing about the exit code. */
  outcome: z.enum(['exited', 'signalled', 'cpu-limit', 'wall-limit', 'memory-limit', 'output-limit']),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  stdout: z.string(),
  /** The last 4 KB of standard error. */
  stderr: z.string(),
  cpuMs: z.number(),
  wallMs: z.number(),
  peakMemoryBytes: z.int(),
})
/** One run's result. */
export type ExecutionResult = z.infer<typeof executionResultSchema>

export const batchResultSchema = z.strictObject({
  version: z.literal(1),
  /** Whether the source compiled; with a log of at most 16 KB when it did not. */
  compile: z.strictObject({ ok: z.boolean(), log: z.string() }),
  /** In the order of the inputs; empty when the source did not compile. */
  results: z.array(executionResultSchema),
})
export type BatchResult = z.infer<typeof batchResultSchema>
