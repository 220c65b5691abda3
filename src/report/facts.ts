// What the report says, worked out from the stored record alone: who agrees where, what decided the limits, what is missed.
import type { AuthorProblem, TestCase } from '../contract/problem.ts'
import type { GateId, MatrixRow, ProgramRole, Verification } from '../contract/verification.ts'

/** Those whose agreement makes an answer believed, in the order they are named. */
const voters: readonly ProgramRole[] = ['reference', 'brute-force', 'solver']

/** The programs that gave the stored answer, and the tests (by their place in the matrix) where just these did. */
interface AgreeingGroup {
  readonly roles: readonly ProgramRole[]
  readonly tests: readonly number[]
}

/** Tests on which a voter did something else: another answer, out of time, not run. */
export interface Absence {
  readonly role: ProgramRole
  readonly sign: string
  readonly tests: readonly number[]
}

export interface Agreement {
  /** The largest company first. */
  readonly groups: readonly AgreeingGroup[]
  readonly absences: readonly Absence[]
}

/** Who confirms which sample or test, by the matrix. */
export function agreement(matrix: readonly MatrixRow[]): Agreement {
  const rows = voters.flatMap((role) => matrix.find((row) => row.role === role) ?? [])
  const groups = new Map<string, { roles: ProgramRole[]; tests: number[] }>()
  const absences = new Map<string, { role: ProgramRole; sign: string; tests: number[] }>()
  const total = Math.max(0, ...rows.map(({ verdicts }) => verdicts.length))
  for (let test = 0; test < total; test += 1) {
    const roles: ProgramRole[] = []
    for (const { role, verdicts } of rows) {
      const sign = verdicts[test] ?? '.'
      if (sign === 'A') roles.push(role)
      else known(absences, `${role} ${sign}`, { role, sign, tests: [] }).tests.push(test)
    }
    known(groups, roles.join(' '), { roles, tests: [] }).tests.push(test)
  }
  return {
    groups: [...groups.values()].toSorted((a, b) => b.roles.length - a.roles.length),
    absences: [...absences.values()],
  }
}

function known<T>(map: Map<string, T>, key: string, fresh: T): T {
  const value = map.get(key) ?? fresh
  map.set(key, value)
  return value
}

/** The largest input that reference, brute force and blind solution all finished. */
export interface LargestByAll {
  readonly bytes: number
  /** Where it is a sample or test; else it is one of the inputs to compare on. */
  readonly test?: number
  /** The greatest value of each variable, where the record has it. */
  readonly values?: Readonly<Record<string, string>>
}

/** Undefined where nothing was finished by all three. */
export function largestByAll(problem: AuthorProblem, tests: readonly TestCase[]): LargestByAll | undefined {
  const { matrix, inputSets } = problem.verification
  const inputs = [...problem.examples, ...tests].map(({ input }) => input)
  const all = agreement(matrix).groups.find(({ roles }) => roles.length === voters.length)?.tests ?? []
  const fromTests = all.map((test) => ({ bytes: byteLength(inputs[test] ?? ''), test }))
  const compared = hasPassed(problem.verification, 'G10') ? inputSets?.bruteForce.largest : undefined
  return [...(compared === undefined ? [] : [compared]), ...fromTests].toSorted((a, b) => b.bytes - a.bytes)[0]
}

/** What the rule makes of what was measured. */
export interface LimitOrigin {
  /** Before the least was looked at. */
  readonly formula: number
  /** `unclear`: the stored figures do not lead to the stored limit (reports of earlier versions rounded them). */
  readonly decidedBy: 'formula' | 'least' | 'both' | 'unclear'
}

/** Whether the formula or our least value decided a limit. */
export function limitOrigin(limit: number, product: number, step: number, least: number): LimitOrigin {
  const formula = Math.ceil(product / step) * step
  if (Math.max(formula, least) !== limit) return { formula, decidedBy: 'unclear' }
  if (formula === least) return { formula, decidedBy: 'both' }
  return { formula, decidedBy: formula < least ? 'least' : 'formula' }
}

/** The slowest run of a program on samples and tests. */
export interface SlowestRun {
  readonly test: number
  readonly ms: number
  /** The verdict, as in the matrix. */
  readonly sign: string
  /** It had not ended: it needs more than this, nobody knows how much more. */
  readonly isStopped: boolean
}

/** Undefined for a program that was not run. */
export function slowestRun({ verdicts, timesMs }: MatrixRow, stopMs: number): SlowestRun | undefined {
  const [slowest] = timesMs
    .map((ms, test) => ({ ms, test, sign: verdicts[test] ?? '.' }))
    .filter(({ sign }) => sign !== '.')
    .map((run) => ({ ...run, isStopped: run.sign === 'T' && run.ms >= stopMs }))
    .toSorted((a, b) => b.ms - a.ms)
  return slowest
}

/** The place of the first verdict at or after `from` and before `to` that is a failure. */
export function failsAt(verdicts: string, from = 0, to = verdicts.length): number | undefined {
  const at = verdicts.slice(from, to).search(/[^A.]/)
  return at === -1 ? undefined : from + at
}

/** Survivors by what shows them; those of earlier reports do not say it. */
export function survivorKinds({ survivors }: Verification['mutation']): {
  answer: number
  time: number
  unknown: number
} {
  const count = (kind: 'answer' | 'time' | undefined): number =>
    survivors.filter(({ witness }) => witness?.differs === kind).length
  return { answer: count('answer'), time: count('time'), unknown: count(undefined) }
}

/** Ends of variables' ranges that no test reaches. */
export function missedBounds(coverage: Verification['coverage']): number {
  return coverage.reduce((sum, { minReached, maxReached }) => sum + Number(!minReached) + Number(!maxReached), 0)
}

/** Whether the last word on a gate is that it passed. */
export function hasPassed({ gatesRun }: Verification, gate: GateId): boolean {
  return gatesRun.findLast((record) => record.gate === gate)?.outcome === 'passed'
}

/** Whether no real model had a part in it. */
export function isScripted(record: Verification): boolean {
  return record.calls.length > 0 && standInCalls(record) === record.calls.length
}

/** How many of the calls went to the scripted stand-in instead of a model. */
export function standInCalls({ calls }: Verification): number {
  return calls.filter(({ model }) => model.startsWith('scripted stand-in')).length
}

/** UTF-8 bytes. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Numbers as people write them: `1–3, 7`. */
export function ranges(numbers: readonly number[]): string {
  const spans: [number, number][] = []
  for (const number of numbers) {
    const last = spans.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else spans.push([number, number])
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}
