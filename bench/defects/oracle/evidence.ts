// Whether the report that travels with a problem holds what it has to: every gate, every call, seeds, versions, limits.
import * as z from 'zod'
import type { Emitted } from './emitted.ts'
import type { FindingList } from './findings.ts'

const gateCount = 25
/** Wrong ideas that the tests have to refuse, for anybody to believe that they refuse any. */
const leastRefuted = 2

const reportSchema = z.looseObject({
  level: z.enum(['basic', 'verified']),
  gatesRun: z
    .array(
      z.looseObject({
        gate: z.string(),
        outcome: z.enum(['passed', 'failed', 'skipped']),
        evidence: z.string().regex(/\S/),
        reason: z.string().optional(),
      }),
    )
    .min(1),
  gatesNotRun: z.array(z.looseObject({ gate: z.string() })),
  calls: z.array(z.looseObject({ artefact: z.string(), model: z.string() })).min(1),
  totals: z.looseObject({ calls: z.number().min(1), executions: z.number().min(1) }),
  limits: z.looseObject({ rule: z.union([z.string().min(1), z.looseObject({ factor: z.number() })]) }),
  /** Verdicts of each program, and what mutants showed; a problem that is not verified may lack them. */
  matrix: z.array(z.looseObject({ role: z.string(), verdicts: z.string() })).optional(),
  mutation: z.looseObject({ mutants: z.number().min(1), killed: z.number() }).optional(),
  versions: z.record(z.string(), z.string()).refine((versions) => Object.keys(versions).length > 0, 'no version'),
  seeds: z.looseObject({ sampler: z.string().min(1) }),
})

export function checkEvidence(problem: Emitted, testCount: number, findings: FindingList): void {
  const lacks = (what: string): void => findings.add('evidence-missing', what)
  const parsed = reportSchema.safeParse(problem.verification)
  if (parsed.success) checkGates(parsed.data, lacks)
  else lacks(z.prettifyError(parsed.error))
  if (problem.tests?.count !== testCount) lacks(`${problem.tests?.count} tests are announced, ${testCount} are there`)
  if (problem.test_origins?.length !== testCount) lacks('the origins of the tests are not one for each')
  const sourceOf = (role: string): string | undefined =>
    problem.programs?.find((program) => program.role === role)?.source
  if (sourceOf('reference') !== problem.solution_code) lacks('the reference is not the solution')
  if (sourceOf('generator') !== problem.test_generator_code) lacks('the generator is not the one of the tests')
  if (sourceOf('brute-force') === undefined) lacks('the brute force is missing')
}

function checkGates(report: z.infer<typeof reportSchema>, lacks: (what: string) => void): void {
  const last = new Map(report.gatesRun.map((record) => [record.gate, record]))
  const notRun = new Set(report.gatesNotRun.map(({ gate }) => gate))
  const refuted = report.matrix?.filter(({ role, verdicts }) => role === 'wrong' && /[WRO]/.test(verdicts))
  if (refuted !== undefined && refuted.length < leastRefuted) lacks(`${refuted.length} wrong ideas are seen to fail`)
  if (report.level === 'verified' && (report.matrix ?? []).length === 0) lacks('"verified" without verdicts')
  if (report.level === 'verified' && report.mutation === undefined) lacks('"verified" without mutants')
  for (let number = 0; number < gateCount; number += 1) {
    const gate = `G${number}`
    const record = last.get(gate)
    if (record === undefined) {
      if (!notRun.has(gate)) lacks(`nothing is said about ${gate}`)
      else if (report.level === 'verified') lacks(`"verified" without ${gate}`)
    } else if (record.outcome === 'failed') lacks(`${gate} failed and never passed`)
    else if (record.outcome === 'skipped' && record.reason === undefined) lacks(`${gate} was skipped without a reason`)
  }
}
