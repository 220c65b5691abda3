// What a package is made from: a problem of ours with its tests and programs, as far as a package has a place for it.
import * as z from 'zod'
import { executorLanguageSchema } from '../contract/languages.ts'
import { inputSpecSchema } from '../contract/input-spec.ts'
import { checkerSchema } from '../contract/judging.ts'
import { testCaseSchema } from '../contract/problem.ts'
import { localeSchema } from '../contract/topics.ts'

/** How a test was made; which fields there are depends on `from`. */
const originSchema = z.looseObject({ from: z.string() })

/** A problem with all its tests. What it says beyond this is not needed, so that other versions can be read, too. */
export const packageSourceSchema = z.object({
  problemId: z.uuid(),
  slug: z.string().min(1),
  title: z.string().min(1),
  description: z.string(),
  constraints: z.string(),
  input_format: z.string(),
  output_format: z.string(),
  examples: z.array(testCaseSchema),
  test_cases: z.array(testCaseSchema),
  test_origins: z.array(originSchema).default([]),
  topic: z.string().optional(),
  locale: localeSchema,
  author: z.string().optional(),
  limits: z.object({ timeMs: z.int().positive(), memoryBytes: z.int().positive() }),
  checker: checkerSchema,
  programs: z.array(z.object({ role: z.string(), language: executorLanguageSchema, source: z.string() })),
  input_spec: inputSpecSchema,
})
export type PackageSource = z.infer<typeof packageSourceSchema>
export type SourceProgram = PackageSource['programs'][number]
export type SourceOrigin = PackageSource['test_origins'][number]

/** Versions of the format that are written. */
export const formatVersions = ['legacy', '2023-07'] as const
export type FormatVersion = (typeof formatVersions)[number]

/** A file of a package; `path` has `/` and begins below the package's folder. */
export interface PackageFile {
  readonly path: string
  readonly text: string
}

/** Folders of example submissions that are written, in both versions. */
export type SubmissionFolder = 'accepted' | 'wrong_answer' | 'time_limit_exceeded' | 'run_time_error'

/** A program and the folder that its verdicts have put it into. */
export interface PlacedProgram {
  readonly program: SourceProgram
  readonly folder: SubmissionFolder
}
