// Runs many scenarios against the service and judges each: what `npm run bench -- fuzz` and its test share.
import { randomUUID } from 'node:crypto'
import type { StoredEvent } from '../../src/contract/events.ts'
import { ownerReserveMs } from '../../src/generation/run.ts'
import { open, read } from '../../test/support/reading.ts'
import type { HandlerMemory } from '../../test/support/handler-process.ts'
import { lastEvent, type Seen, violationsOf } from './judging.ts'
import { type FuzzScenario, fuzzScenario } from './scenarios.ts'
import { type FuzzService, functionTimeoutMs, secrets, startFuzzService } from './service.ts'

/** For the end of a run whose time is over: stopping what is under way, and storing that. */
const endingMs = 5_000

export interface CampaignOptions {
  readonly seed: number
  readonly numbers: readonly number[]
  /** Runs in flight at once. */
  readonly workers: number
  /** Memory is measured at most that often, evenly spread, with nothing in flight. */
  readonly samples: number
  readonly onResult?: (result: FuzzResult) => void
}

/** What became of one scenario. */
export interface FuzzResult extends Pick<FuzzScenario, 'number' | 'kinds' | 'what'> {
  /** `problem`, or the code of the failure. */
  readonly end: string
  readonly calls: number
  readonly ms: number
  readonly violations: readonly string[]
}

export interface Campaign {
  readonly results: readonly FuzzResult[]
  readonly memory: readonly HandlerMemory[]
  /** What is wrong and belongs to no run: log lines, processes left behind, prototypes that were changed. */
  readonly violations: readonly string[]
}

/** A viewer waits that much longer than the function lives. */
const patienceMs = functionTimeoutMs + 10_000

/** Every run comes with a key of its own, by which the stand-in knows it. */
const keyPrefix = 'caller-key-of-the-fuzzer-'

/** Runs the scenarios of these numbers. */
export async function runCampaign({ seed, numbers, workers, samples, onResult }: CampaignOptions): Promise<Campaign> {
  const running = new Map<string, FuzzScenario>()
  const service = await startFuzzService((key) => running.get(key)?.scenario ?? {})
  const results: FuzzResult[] = []
  const memory: HandlerMemory[] = []
  const violations: string[] = []
  const takeLines = (): void => void violations.push(...service.takeLines().flatMap(wrongInLine))
  try {
    // With fewer between two looks the runs would go one by one.
    const perSample = Math.max(2 * workers, Math.ceil(numbers.length / samples))
    for (let from = 0; from < numbers.length; from += perSample) {
      const left = numbers.slice(from, from + perSample)
      const work = async (): Promise<void> => {
        for (let number = left.shift(); number !== undefined; number = left.shift()) {
          const scenario = fuzzScenario(seed, number)
          const key = `${keyPrefix}${randomUUID()}`
          running.set(key, scenario)
          const result = await runOne(scenario, key, service)
          running.delete(key)
          service.gemini.forget(key)
          results.push(result)
          onResult?.(result)
        }
      }
      await Promise.all(Array.from({ length: workers }, work))
      takeLines()
      // Without the function nothing that follows would say anything.
      if (!service.isAlive) break
      memory.push(await service.memory())
    }
  } finally {
    violations.push(...(await service.close()))
    takeLines()
  }
  if (memory.some(({ isPolluted }) => isPolluted)) violations.push('a reply changed what all objects inherit')
  return { results, memory, violations }
}

async function runOne(scenario: FuzzScenario, key: string, service: FuzzService): Promise<FuzzResult> {
  const { number, kinds, what } = scenario
  const startedAt = performance.now()
  let seen: Seen
  try {
    seen = await watch(scenario, key, service)
  } catch (error) {
    const ms = Math.round(performance.now() - startedAt)
    return { number, kinds, what, end: 'nothing', calls: 0, ms, violations: [`cannot be followed: ${String(error)}`] }
  }
  const last = lastEvent(seen.frames)
  return {
    number,
    kinds,
    what,
    end: last?.type === 'failed' ? last.code : (last?.type ?? 'nothing'),
    calls: new Set(seen.requests.map(({ artefact, attempt }) => `${artefact}-${attempt}`)).size,
    ms: Math.round(performance.now() - startedAt),
    violations: violationsOf(seen),
  }
}

/** One run as its caller sees it, and afterwards from every other side. */
async function watch(scenario: FuzzScenario, key: string, service: FuzzService): Promise<Seen> {
  const startedAt = performance.now()
  const reading = await open(`${service.url}/generate`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', 'x-goog-api-key': key },
    body: JSON.stringify(scenario.request),
  })
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => late.resolve('it does not end'), patienceMs)
  const whole = reading.whole().then(
    () => undefined,
    (error: unknown) => String(error),
  )
  const broken = await Promise.race([whole, late.promise])
  clearTimeout(timer)
  const ms = Math.round(performance.now() - startedAt)
  const { problemId, frames, status } = reading
  const replay = await read(`${service.url}/generations/${problemId}/events`)
  const after = await read(`${service.url}/generations/${problemId}/events`, {
    headers: { 'last-event-id': `${problemId}:${frames.length}` },
  })
  reading.leave()
  return {
    scenario: scenario.scenario,
    status,
    problemId,
    frames,
    text: reading.eventText,
    broken,
    ms,
    limitMs: functionTimeoutMs - ownerReserveMs + endingMs,
    requests: service.gemini.requests.filter((request) => request.key === key),
    replay: replay.eventText,
    statusAfterEnd: after.status,
    stored: await storedOf(problemId, service),
    secrets: [key, ...secrets],
  }
}

async function storedOf(problemId: string, { table }: FuzzService): Promise<Seen['stored']> {
  const run = await table.runs.read(problemId)
  if (run === undefined) return undefined
  const events: StoredEvent[] = []
  for (;;) {
    const page = await table.runs.events(problemId, events.at(-1)?.seq ?? 0)
    if (page.length === 0) break
    events.push(...page)
  }
  return { run, events, problem: await table.problems.read(problemId) }
}

/** What the function logs as its own fault, and secrets. */
function wrongInLine(line: string): string[] {
  const isSecret = line.includes(keyPrefix) || secrets.some((secret) => line.includes(secret))
  if (isSecret) return ['a secret is in the log']
  return /"level":"(ERROR|CRITICAL)"|Exception|Invoke Error|Warning:|unhandled/i.test(line)
    ? [`the function logged: ${line.slice(0, 600)}`]
    : []
}
