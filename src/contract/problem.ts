// The problem as it is stored, shown to its author, and shown to a solver.
import * as z from 'zod'
import { executorLanguageSchema, languageSchema } from './languages.ts'
import { inputSpecSchema } from './input-spec.ts'
import { checkerSchema } from './judging.ts'
import { difficultySchema, localeSchema, topicSchema } from './topics.ts'
import { programRoles, verificationSchema } from './verification.ts'

export const testCaseSchema = z.strictObject({ input: z.string(), output: z.string() })
/** An input and the output that executing the reference solution gave. */
export type TestCase = z.infer<typeof testCaseSchema>

/**
 * How a test was made: run `test_generator_code` with the line `<strategy> <seed>`, or make the family of inputs from
 * `input_spec` and take the one of that name.
 */
export const testOriginSchema = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('spec'),
    family: z.enum(['boundary', 'tiny', 'small', 'middle', 'largest']),
    name: z.string(),
  }),
  z.strictObject({ from: z.literal('generator'), strategy: z.string(), seed: z.int() }),
])
export type TestOrigin = z.infer<typeof testOriginSchema>

const statementFields = {
  schemaVersion: z.literal(1),
  problemId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  constraints: z.string(),
  input_format: z.string(),
  output_format: z.string(),
  examples: z.array(testCaseSchema),
  /** The caller's own word (`그래프`); the canonical key is in `topic`. */
  algorithm_type: z.string(),
  difficulty: z.string(),
  topic: topicSchema,
  level: difficultySchema,
  language: languageSchema,
  locale: localeSchema,
  /** Who wrote it: the model's own name for itself, as the provider reported it. */
  author: z.string(),
  limits: z.strictObject({ timeMs: z.int(), memoryBytes: z.int(), provisional: z.boolean() }),
  checker: checkerSchema,
  starter_code: z.record(z.string(), z.string()),
  /** Hidden tests: how many, and their size as JSON. */
  tests: z.strictObject({ count: z.int(), bytes: z.int() }),
  createdAt: z.iso.datetime(),
}

const authorFields = {
  ...statementFields,
  solution_code: z.string(),
  test_generator_code: z.string(),
  /** One per test case, in the same order. */
  test_origins: z.array(testOriginSchema),
  programs: z.array(
    z.strictObject({
      role: z.enum(programRoles),
      language: executorLanguageSchema,
      source: z.string(),
      /** The idea of a wrong or slow one, how a right one works. */
      idea: z.string(),
    }),
  ),
  input_spec: inputSpecSchema,
  verification: verificationSchema,
}

/** Everything but the tests, which are stored beside it in chunks. */
export const problemDocumentSchema = z.strictObject(authorFields)
export type ProblemDocument = z.infer<typeof problemDocumentSchema>

/** What its creator sees. The tests are inline up to 256 KB of JSON, else `tests_url` says where they are. */
export const authorProblemSchema = z.strictObject({
  ...authorFields,
  test_cases: z.array(testCaseSchema).optional(),
  tests_url: z.string().optional(),
})
export type AuthorProblem = z.infer<typeof authorProblemSchema>

/** What everybody else sees of a published problem: what a solver needs. */
export const publicProblemSchema = z.strictObject(statementFields)
export type PublicProblem = z.infer<typeof publicProblemSchema>

/** The public view of a stored problem: nothing that gives the answer away. */
export function publicView(document: ProblemDocument): PublicProblem {
  const fields = Object.keys(statementFields)
  return publicProblemSchema.parse(
    Object.fromEntries(Object.entries(document).filter(([name]) => fields.includes(name))),
  )
}

/** The largest JSON of tests that travels inside an answer. */
const inlineTestsLimitBytes = 256 * 1024

/** The author view of a stored problem; same bytes for every reader. */
export function authorView(document: ProblemDocument, testCases: readonly TestCase[]): AuthorProblem {
  return document.tests.bytes <= inlineTestsLimitBytes
    ? { ...document, test_cases: [...testCases] }
    : { ...document, tests_url: `/generations/${document.problemId}/tests` }
}
