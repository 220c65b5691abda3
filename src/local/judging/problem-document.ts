// A problem of ours as JSON, as `npm start` writes it to out/ and `show --json` prints it: samples, then hidden tests.
import * as z from 'zod'
import { checkerSchema } from '../../contract/judging.ts'
import { testCaseSchema } from '../../contract/problem.ts'
import { LocalError } from '../local-error.ts'
import { texts } from '../texts.ts'
import type { LoadedProblem } from './loaded-problem.ts'
import { readText, type Reading, testsLimitBytes } from './text-file.ts'

/** What judging needs of a problem; the rest may be of another version. */
const documentSchema = z.object({
  problemId: z.string().optional(),
  title: z.string().optional(),
  examples: z.array(testCaseSchema).optional(),
  test_cases: z.array(testCaseSchema).optional(),
  tests: z.object({ count: z.int() }).optional(),
  limits: z.object({ timeMs: z.int(), memoryBytes: z.int() }).optional(),
  checker: checkerSchema.optional(),
})
const wrappedSchema = z.object({ problem: z.record(z.string(), z.unknown()) })

/** The document of a problem, as far as it is needed here. */
export type ProblemParts = z.infer<typeof documentSchema>

/** Reads such a file. Throws LocalError. */
export async function readProblemDocument(file: string, reading: Reading): Promise<LoadedProblem> {
  const { badFile, noDocumentTests } = texts[reading.locale]
  const content = await readText(file, testsLimitBytes, reading)
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch (cause) {
    throw new LocalError('bad-problem', badFile(file, texts[reading.locale].notProblemJson('judge')), { cause })
  }
  const parsed = documentSchema.safeParse(wrappedSchema.safeParse(json).data?.problem ?? json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const why = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
    throw new LocalError('bad-problem', badFile(file, why), { cause: parsed.error })
  }
  // A solver's view, or one whose tests were too large to travel with it: its samples alone prove nothing.
  const { test_cases: hidden, tests } = parsed.data
  if (hidden === undefined || (hidden.length === 0 && (tests?.count ?? 0) > 0)) {
    throw new LocalError('no-tests', noDocumentTests(file, parsed.data.problemId))
  }
  return fromDocument(parsed.data, file)
}

/** A problem in memory, ready to be judged by. */
export function fromDocument(problem: ProblemParts, label: string): LoadedProblem {
  const named = (group: string, cases: ProblemParts['examples'] = []): LoadedProblem['tests'] =>
    cases.map(({ input, output }, index) => ({ name: `${group}/${index + 1}`, input, answer: output }))
  const { limits, checker } = problem
  return {
    title: problem.title ?? label,
    tests: [...named('sample', problem.examples), ...named('test', problem.test_cases)],
    inputFiles: [],
    limits: limits ?? {},
    checker,
    checkerArgs: [],
    notes: [],
  }
}
