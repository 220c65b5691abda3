// What the caller of the executor sends and gets: one batch, one program, many runs. Shared by every executor adapter.
import * as z from 'zod'
import { executorLanguageSchema } from './languages.ts'

const MiB = 1024 * 1024

/** Most bytes of a program's files together. */
export const sourceLimitBytes = 256 * 1024
/** Most runs of one request to an executor; callers split longer batches. */
export const requestTestsLimit = 200

/** Most bytes of a run's arguments together. */
const argumentLimitBytes = 4 * 1024

const bytesOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0)
const areDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length

/** A file's name: one path component, nothing hidden, nothing an option could be mistaken for. */
const fileNameSchema = z
  .string()
  .max(100)
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/,
    'A file name has letters, digits, "_", ".", "+" and "-", and begins with none of the signs: no folder, no blank.',
  )
  .refine((name) => !name.includes('..'), 'A file name has no ".." in it.')

/** A program: `files[0]` is its main file, whose name the language may replace by its own (`Main.java`). */
export const programSchema = z.strictObject({
  language: executorLanguageSchema,
  files: z
    .array(z.strictObject({ name: fileNameSchema, text: z.string() }))
    .min(1)
    .max(32)
    .refine(
      (files) => bytesOf(files.map(({ text }) => text)) <= sourceLimitBytes,
      `A program has at most ${sourceLimitBytes / 1024} KB.`,
    )
    .refine((files) => areDistinct(files.map(({ name }) => name)), 'Two files have one name.'),
})
export type Program = z.infer<typeof programSchema>

/** Limits of each run of a batch. `cpuMs` decides; `wallMs` bounds only the time in which a run waits for nothing we cause. */
const executionLimitsSchema = z.strictObject({
  cpuMs: z.int().min(1).max(60_000),
  wallMs: z.int().min(1).max(120_000),
  memoryBytes: z
    .int()
    .min(16 * MiB)
    .max(2048 * MiB),
  outputBytes: z
    .int()
    .min(1)
    .max(64 * MiB),
})
export type ExecutionLimits = z.infer<typeof executionLimitsSchema>

/** One run: what the program reads on standard input, its arguments, and the files of its folder if it has one. */
const executionTestSchema = z.strictObject({
  input: z.string(),
  args: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^[^\0]*$/, 'An argument has no NUL in it.'),
    )
    .max(16)
    .refine((args) => bytesOf(args) <= argumentLimitBytes, `Arguments have at most ${argumentLimitBytes / 1024} KB.`)
    .optional(),
  /** Needs `access: 'folder'`. */
  files: z
    .array(z.strictObject({ name: fileNameSchema, text: z.string() }))
    .max(8)
    .refine((files) => areDistinct(files.map(({ name }) => name)), 'Two files have one name.')
    .optional(),
})
export type ExecutionTest = z.infer<typeof executionTestSchema>

export const executionBatchSchema = z.strictObject({
  version: z.literal(1),
  program: programSchema,
  tests: z.array(executionTestSchema).max(2_000),
  limits: executionLimitsSchema,
  /** Seed of the language's hash functions (Python's PYTHONHASHSEED); other seeds show programs that depend on hash order. */
  hashSeed: z.int().min(0).max(4_294_967_295),
  /** No further runs after one that did not exit with 0. The executor knows no expected outputs. Default false. */
  stopOnFirstFailure: z.boolean().optional(),
  /** `hash`: outputs stay with the executor, only their SHA-256 and length come back. Default `text`. */
  outputs: z.enum(['text', 'hash']).optional(),
  /**
   * `none`, the default: the program cannot open anything. `folder`: for checkers, which open files; the run gets a
   * folder of its own with its `files`, and what it writes there under `collect`'s names comes back.
   */
  access: z.enum(['none', 'folder']).optional(),
  collect: z.array(fileNameSchema).max(4).refine(areDistinct, 'A name comes twice.').optional(),
})
export type ExecutionBatch = z.infer<typeof executionBatchSchema>

const executionResultSchema = z.strictObject({
  /**
   * How the run ended, and which limit acted. `exited` says nothing about the exit code. `sandbox-violation`: it left
   * something behind or harmed the environment; `violation` says what.
   */
  outcome: z.enum([
    'exited',
    'signalled',
    'cpu-limit',
    'wall-limit',
    'memory-limit',
    'output-limit',
    'sandbox-violation',
  ]),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** What it wrote, read as UTF-8, cut at the limit; empty with `outputs: 'hash'`. */
  stdout: z.string(),
  /** Of the bytes it wrote, cut at the limit: their number and SHA-256 in hexadecimal digits. */
  stdoutBytes: z.int(),
  stdoutSha256: z.string().length(64),
  /** The last 4 KB of standard error. */
  stderr: z.string(),
  /** User and system time. A runtime's start, before the program's first line, is not counted. */
  cpuMs: z.number(),
  wallMs: z.number(),
  /** The kernel's peak of resident memory. */
  peakMemoryBytes: z.int(),
  violation: z.string().optional(),
  /** Text of the collected files, at most 64 KB each; empty where the program wrote none. */
  collected: z.record(z.string(), z.string()).optional(),
})
/** One run's result. */
export type ExecutionResult = z.infer<typeof executionResultSchema>

export const batchResultSchema = z.strictObject({
  version: z.literal(1),
  /** Whether the source compiled, with the compiler's words (at most 16 KB); warnings are not asked for. */
  compile: z.strictObject({ ok: z.boolean(), log: z.string(), wallMs: z.number() }),
  /** In the order of the tests; empty when the source did not compile, cut after a failure when that was asked for. */
  results: z.array(executionResultSchema),
  /** What it ran on, in words for a report: the language's own version line, and the machine. */
  ranOn: z.strictObject({ runtime: z.string().max(200), machine: z.string().max(200) }).optional(),
})
export type BatchResult = z.infer<typeof batchResultSchema>
