// G24 and G23: the evidence is complete, and the very bytes that leave are parsed and judged again.
import * as z from 'zod'
import { problemDocumentSchema, testCaseSchema } from '../../contract/problem.ts'
import { validate } from '../spec/validator.ts'
import { canonicalOutput } from '../canonical.ts'
import { executionLimits, isClean } from '../programs.ts'
import { originText, remakeInputs } from '../suite/remake.ts'
import type { Workbench } from '../workbench.ts'
import { failed, type Gate, type GateVerdict, passed } from './gate.ts'
import { lazily } from '../../lazily.ts'

/** What a reader of the JSON can rely on; parsed from the bytes, not from our objects. */
const emittedSchema = lazily(() => problemDocumentSchema.extend({ test_cases: z.array(testCaseSchema).min(1) }))

/** G24. No repair helps against missing evidence: it is ours or the provider's. */
export const evidenceIsComplete: Gate = {
  id: 'G24',
  step: 'publish',
  needs: ['reply'],
  check: async ({ publication }) => {
    const { verification } = (await publication()).document
    const silent = verification.gatesRun.find((record) => record.evidence.trim() === '')
    if (silent !== undefined) return failed('evidence-missing', `${silent.gate} left no evidence`, [])
    const uncounted = verification.calls.find((call) => call.outcome === 'complete' && call.promptTokens === undefined)
    if (uncounted !== undefined)
      return failed(
        'evidence-missing',
        `the provider counted no tokens for ${uncounted.callId}: its cost is unknown`,
        [],
      )
    const anonymous = verification.calls.find((call) => call.model === '')
    if (anonymous !== undefined)
      return failed('evidence-missing', `nobody knows which model answered ${anonymous.callId}`, [])
    return passed(
      `${verification.gatesRun.length} gate records, ${verification.calls.length} calls with tokens, ${verification.totals.executions} executions on the books`,
    )
  },
}

/** G23. A failure here is our own bug and ends the run loudly. */
export const bytesAreRejudged: Gate = {
  id: 'G23',
  step: 'publish',
  needs: ['reply'],
  check: async ({ publication, bench }) => {
    const { bytes, document: intended } = await publication()
    // Through UTF-8 and back, as on the wire: a lone surrogate does not survive it.
    const parsed = emittedSchema().safeParse(parseJson(new TextDecoder().decode(new TextEncoder().encode(bytes))))
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      return wrongBytes(`the emitted JSON does not parse: ${issue?.path.join('.')}: ${issue?.message}`)
    }
    const emitted = parsed.data
    if (
      emitted.tests.count !== emitted.test_cases.length ||
      emitted.test_origins.length !== emitted.test_cases.length
    ) {
      return wrongBytes(`${emitted.test_cases.length} tests for a count of ${emitted.tests.count}`)
    }
    for (const field of ['title', 'description', 'constraints', 'input_format', 'output_format'] as const) {
      if (emitted[field] !== intended[field] || !emitted[field].isWellFormed())
        return wrongBytes(`${field} is not what was proved`)
    }
    const cases = [...emitted.examples, ...emitted.test_cases]
    for (const [index, { input }] of cases.entries()) {
      const validity = validate(emitted.input_spec, input)
      if (!validity.ok) return wrongBytes(`emitted input ${index + 1} is invalid: ${validity.message}`)
    }
    const inputs = cases.map(({ input }) => input)
    const { timeMs, memoryBytes } = emitted.limits
    const reference = { language: emitted.language, code: emitted.solution_code }
    const outputs = await bench.rerun(reference, inputs, executionLimits(timeMs, memoryBytes))
    const claims = cases.map(({ input, output }, index) => ({
      input,
      answer: output,
      output: isClean(outputs[index]) ? canonicalOutput(outputs[index].stdout) : '',
    }))
    const wrong = (await bench.agree(claims, emitted.checker)).indexOf(false)
    if (wrong !== -1) return wrongBytes(`emitted output ${wrong + 1} is not what the emitted solution prints`)
    const unmade = await notRemade(emitted, bench)
    if (unmade !== undefined) return wrongBytes(unmade)
    return passed(rejudged(emitted.examples.length, emitted.test_cases.length))
  },
}

/** Makes every test again from what is said about its origin; words about the first that comes out otherwise. */
async function notRemade(
  emitted: z.infer<ReturnType<typeof emittedSchema>>,
  bench: Workbench,
): Promise<string | undefined> {
  const { test_origins: origins, test_cases: tests, input_spec: spec } = emitted
  const generator = { language: 'python' as const, code: emitted.test_generator_code }
  const made = await remakeInputs({ spec, generator, origins }, bench.executor, bench.signal)
  const wrong = made.findIndex((input, index) => input !== tests[index]?.input)
  const origin = origins[wrong]
  return origin === undefined ? undefined : `test ${wrong + 1} is not what ${originText(origin)} makes`
}

function wrongBytes(evidence: string): GateVerdict {
  return failed('emitted-bytes-wrong', evidence, [])
}

/** The evidence line of G23; the report inside the judged bytes already carries it. */
export function rejudged(examples: number, tests: number): string {
  return `${examples} samples and ${tests} tests read back from the emitted JSON, validated, re-made and re-executed`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
