// What has to hold for every run whatever the model answered. Pure: from what was seen of a run to what is wrong with it.
import { isDeepStrictEqual } from 'node:util'
import { isTerminal, type RunEvent, runEventSchema, type StoredEvent } from '../../src/contract/events.ts'
import type { ProblemDocument, TestCase } from '../../src/contract/problem.ts'
import type { Artefact } from '../../src/contract/verification.ts'
import { defaultLimits } from '../../src/generation/budget.ts'
import type { RunRecord } from '../../src/ports.ts'
import type { Frame } from '../../test/support/reading.ts'
import type { FuzzScenario } from './scenarios.ts'

/** All that was seen of a run. */
export interface Seen {
  readonly scenario: FuzzScenario['scenario']
  readonly status: number
  readonly problemId: string
  readonly frames: readonly Frame[]
  /** The stream without its comments. */
  readonly text: string
  /** Why the stream did not come to its end; undefined when it did. */
  readonly broken: string | undefined
  readonly ms: number
  /** The time within which it has to be over. */
  readonly limitMs: number
  /** What the model was asked, retries included. */
  readonly requests: readonly {
    readonly artefact: string | undefined
    readonly attempt: number | undefined
    readonly mistake: string | undefined
  }[]
  /** The stream as it is replayed afterwards, and the status for somebody who has read all of it. */
  readonly replay: string
  readonly statusAfterEnd: number
  readonly stored:
    | {
        readonly run: Pick<RunRecord, 'status' | 'errorMessage'>
        readonly events: readonly StoredEvent[]
        readonly problem: { readonly document: ProblemDocument; readonly tests: readonly TestCase[] } | undefined
      }
    | undefined
  /** What nobody may see. */
  readonly secrets: readonly string[]
}

/** One try and as many retries as the adapter has for one key. */
const requestsPerCall = 5

/** What a run may fail with because a fault was played; `verification-failed`, `budget-exhausted` and `deadline` it always may. */
const codesOfFault: Readonly<Record<string, string>> = {
  '429': 'model-rate-limited',
  '500': 'model-unavailable',
  '503': 'model-unavailable',
  hang: 'model-unavailable',
  'hang-after': 'model-unavailable',
  cut: 'model-unavailable',
  'error-in-stream': 'model-unavailable',
  blocked: 'model-refused',
  'bad-key': 'model-key-refused',
  // Without token counts the evidence of a problem is not complete, which no repair can mend.
  'no-usage': 'internal',
}

/** The last event of a run; undefined when it cannot be read. */
export function lastEvent(frames: readonly Frame[]): RunEvent | undefined {
  const read = readEvent(frames.at(-1)?.data ?? '')
  return typeof read === 'string' ? undefined : read
}

/** One line for each thing that is wrong. */
export function violationsOf(seen: Seen): string[] {
  if (seen.status !== 200) return [`answered with status ${seen.status}`]
  return [
    ...(seen.broken === undefined ? [] : [`the stream broke off: ${seen.broken}`]),
    ...(seen.ms <= seen.limitMs ? [] : [`took ${seen.ms} ms, more than ${seen.limitMs} ms`]),
    ...wrongInStream(seen),
    ...wrongEnd(seen),
    ...overspent(seen),
    ...wrongInTable(seen),
    ...(seen.secrets.some((secret) => seen.text.includes(secret)) ? ['a secret is in the stream'] : []),
  ]
}

function wrongInStream({ frames, problemId, replay, text, statusAfterEnd }: Seen): string[] {
  const wrong: string[] = []
  const events: RunEvent[] = []
  for (const [index, { id, type, data }] of frames.entries()) {
    const event = readEvent(data)
    if (typeof event === 'string') {
      wrong.push(`event ${index + 1} is not of the contract: ${event}`)
      continue
    }
    events.push(event)
    if (event.seq !== index + 1) wrong.push(`event ${index + 1} has seq ${event.seq}`)
    if (event.problemId !== problemId) wrong.push(`event ${index + 1} is of run ${event.problemId}`)
    if (id !== `${problemId}:${index + 1}` || type !== event.type)
      wrong.push(`event ${index + 1} is framed as ${type} ${id}`)
  }
  const ends = events.flatMap(({ type }, index) => (isTerminal(type) ? [index] : []))
  if (ends.length !== 1) wrong.push(`${ends.length} terminal events`)
  else if (ends[0] !== frames.length - 1) wrong.push('something comes after the terminal event')
  const percents = events.flatMap((event) => (event.type === 'progress' ? [event.percent] : []))
  if (percents.some((percent, index) => percent < (percents[index - 1] ?? 0))) wrong.push('the percentage falls')
  if (replay !== text) wrong.push('the replay differs from what was streamed')
  if (statusAfterEnd !== 204) wrong.push(`who has read everything is answered with ${statusAfterEnd}`)
  return wrong
}

function wrongEnd({ frames, scenario }: Seen): string[] {
  const last = lastEvent(frames)
  if (last === undefined || last.type === 'problem') return []
  if (last.type !== 'failed') return [`ended as ${last.type}`]
  const faults = Object.values(scenario).flatMap((entries) => entries.flatMap(({ fault }) => fault ?? []))
  const possible = new Set(['verification-failed', 'budget-exhausted', 'deadline'])
  for (const fault of faults) possible.add(codesOfFault[fault] ?? 'verification-failed')
  const evidence = last.evidence.at(-1)?.slice(0, 200) ?? ''
  return possible.has(last.code) ? [] : [`failed with ${last.code}, which nothing here explains: ${evidence}`]
}

function overspent({ requests, frames }: Seen): string[] {
  const wrong = requests.flatMap(({ mistake }) => (mistake === undefined ? [] : [`the scenario is wrong: ${mistake}`]))
  const calls = Map.groupBy(requests, ({ artefact, attempt }) => `${artefact}-${attempt}`)
  if (calls.size > defaultLimits.calls) wrong.push(`${calls.size} model calls`)
  for (const [call, tries] of calls)
    if (tries.length > requestsPerCall) wrong.push(`${tries.length} requests for ${call}`)
  for (const [artefact, asked] of Map.groupBy(requests, (request) => request.artefact as Artefact)) {
    const attempts = [...new Set(asked.map(({ attempt }) => attempt))]
    if (attempts.some((attempt, index) => attempt !== index + 1))
      wrong.push(`attempts ${attempts.join(', ')} at ${artefact}`)
  }
  const repairs = new Map<string, number>()
  for (const { data } of frames) {
    const event = readEvent(data)
    if (typeof event === 'string' || event.type !== 'progress') continue
    repairs.set(event.stage, Math.max(repairs.get(event.stage) ?? 0, event.attempt - 1))
  }
  for (const [stage, count] of repairs)
    if (count > defaultLimits.repairsPerStep) wrong.push(`${count} repairs of ${stage}`)
  const all = [...repairs.values()].reduce((sum, count) => sum + count, 0)
  if (all > defaultLimits.repairsPerRun) wrong.push(`${all} repairs`)
  return wrong
}

const statusOf = { problem: 'COMPLETED', failed: 'FAILED', cancelled: 'CANCELLED' } as const

function wrongInTable({ stored, frames }: Seen): string[] {
  if (stored === undefined) return ['nothing is stored']
  const last = lastEvent(frames)
  const wrong: string[] = []
  const expected =
    last === undefined || !(last.type in statusOf) ? undefined : statusOf[last.type as keyof typeof statusOf]
  if (stored.run.status !== expected) wrong.push(`stored as ${stored.run.status}`)
  if (stored.run.errorMessage !== (last?.type === 'failed' ? last.message : undefined))
    wrong.push('another message is stored')
  const storedData = stored.events.map(({ type, data }) => (type === 'problem' ? type : data))
  const streamed = frames.map(({ type, data }) => (type === 'problem' ? type : data))
  if (!isDeepStrictEqual(storedData, streamed)) wrong.push('other events are stored')
  if (last?.type !== 'problem') {
    if (stored.problem !== undefined) wrong.push('a problem is stored')
    return wrong
  }
  const { test_cases: cases, tests_url: _url, ...document } = last.problem
  if (!isDeepStrictEqual(stored.problem?.document, document)) wrong.push('another problem is stored')
  if (cases !== undefined && !isDeepStrictEqual(stored.problem?.tests, cases)) wrong.push('other tests are stored')
  if (last.problem.verification.level !== 'verified') wrong.push('published without all gates')
  return wrong
}

function readEvent(data: string): RunEvent | string {
  try {
    const parsed = runEventSchema.safeParse(JSON.parse(data))
    return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? 'wrong')
  } catch {
    return 'not JSON'
  }
}
