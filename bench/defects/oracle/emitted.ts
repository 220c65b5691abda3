// The parts of an emitted problem that the oracle reads. Everything else in the document may change freely.
import * as z from 'zod'

const caseSchema = z.object({ input: z.string(), output: z.string() })

const emittedSchema = z.looseObject({
  title: z.string(),
  description: z.string(),
  constraints: z.string(),
  input_format: z.string(),
  output_format: z.string(),
  examples: z.array(caseSchema),
  difficulty: z.string(),
  level: z.enum(['easy', 'medium', 'hard']),
  locale: z.enum(['ko', 'en']),
  language: z.enum(['python', 'cpp', 'java']),
  limits: z.looseObject({
    timeMs: z.number().positive(),
    memoryBytes: z.number().positive(),
    /** Where languages have limits of their own. */
    languages: z.record(z.string(), z.looseObject({ timeMs: z.number().positive() })).optional(),
  }),
  starter_code: z.record(z.string(), z.string()).optional(),
  solution_code: z.string(),
  test_generator_code: z.string(),
  test_origins: z.array(z.unknown()).optional(),
  tests: z.looseObject({ count: z.number() }).optional(),
  test_cases: z.array(caseSchema).optional(),
  programs: z
    .array(z.looseObject({ role: z.string(), language: z.string(), source: z.string(), idea: z.string().optional() }))
    .optional(),
  input_spec: z.unknown(),
  verification: z.unknown(),
})
export type Emitted = z.infer<typeof emittedSchema>
export type TestCase = z.infer<typeof caseSchema>

/** The document, or what keeps it from being read. */
export function parseEmitted(emitted: unknown): { problem: Emitted } | { fault: string } {
  const parsed = emittedSchema.safeParse(emitted)
  return parsed.success ? { problem: parsed.data } : { fault: z.prettifyError(parsed.error) }
}

const generatorOriginSchema = z.looseObject({ from: z.literal('generator'), strategy: z.string(), seed: z.number() })

/** How the generator made a test, if it did. */
export function generatorOrigin(origin: unknown): { strategy: string; seed: number } | undefined {
  const parsed = generatorOriginSchema.safeParse(origin)
  return parsed.success ? parsed.data : undefined
}
