// `npm run bench -- soak`: hundreds of runs of as many people while processes are killed, connections cut, runs cancelled or left
// alone, and table and model fail now and then. Afterwards the books have to balance.
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { TableFault } from '../mock/dynamodb/server.ts'
import { parseScenario } from '../mock/gemini/scenario.ts'
import { makeIssuerKey, signToken, standInClientId, standInIssuer, userIdOf } from '../mock/issuer/key.ts'
import { startIssuer } from '../mock/issuer/server.ts'
import { createDynamoDbClient } from '../src/adapters/dynamodb-table.ts'
import { isTerminal, parseEventId, type StoredEvent } from '../src/contract/events.ts'
import { parseEntry } from '../src/generation/journal.ts'
import { type Chance, chance } from '../test/judge/random.ts'
import { type Fleet, type FunctionProcess, startFleet } from '../test/support/fleet.ts'
import { open, type Reading } from '../test/support/reading.ts'
import { testTableName } from '../test/support/table.ts'
import { tinyAuthor } from '../test/support/tiny-author.ts'
import { median } from './measure.ts'

const sweeperProgram = fileURLToPath(new URL('../test/support/sweeper-process.ts', import.meta.url))
/** Functions at once; the first one is never killed, so that its memory can be watched. */
const functions = 4
/** People at once. */
const lanes = 8
/** Memory is looked at after so many runs. */
const runsPerSample = 20
/** Calls of one run side by side. */
const parallelCalls = 5
const mostGrowth = 1.15
const patienceMs = 240_000

/** Runs the benchmark with the words after its name; returns the exit code: 0 when the books balance and memory is flat. */
export async function soak(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      count: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  })
  const [count, seed] = [Number(values.count), Number(values.seed)]
  if (![count, seed].every((number) => Number.isInteger(number) && number > 0)) {
    console.error('soak [--count 200] [--seed 1] [--json]')
    return 2
  }
  const report = await runSoak(count, chance(seed), (line) => void (values.json || console.log(line)))
  if (values.json) console.log(JSON.stringify(report))
  else
    console.log(
      `\n${Object.entries(report.figures)
        .map(([name, figure]) => `${name}: ${figure}`)
        .join('\n')}`,
    )
  if (!values.json) console.log(report.violations.length === 0 ? 'the books balance' : report.violations.join('\n'))
  return report.violations.length === 0 ? 0 : 1
}

interface SoakReport {
  readonly figures: Readonly<Record<string, number | string>>
  readonly violations: readonly string[]
}

/** What somebody meant to do with a run, and what they saw of it. */
interface Person {
  readonly name: string
  readonly wish: 'reads' | 'cancels' | 'leaves'
  problemId?: string
  cuts: number
  readonly violations: string[]
}

async function runSoak(count: number, random: Chance, say: (line: string) => void): Promise<SoakReport> {
  let authored = 0
  const fleet = await startFleet({
    author: (question) => {
      authored += 1
      return tinyAuthor(question)
    },
    scenarioOf: () => parseScenario(JSON.stringify(modelFaults(random))),
    chunkCharacters: 300,
    chunkDelayMs: 5,
  })
  const key = await makeIssuerKey()
  const issuer = await startIssuer({ keys: [key] })
  const env = {
    COGNITO_ISSUER_URL: standInIssuer,
    COGNITO_APP_CLIENT_ID: standInClientId,
    COGNITO_JWKS_URL: issuer.jwksUrl,
    QUOTA_RUNS_PER_DAY: '5',
    QUOTA_RUNNING: '10000',
    QUOTA_TOTAL_USD_PER_DAY: '100000',
  }
  const alive = await Promise.all(Array.from({ length: functions }, () => fleet.start(env)))
  const sweeper = await fleet.start(env, sweeperProgram)
  fleet.standIn.setFault(() => tableFault(random))
  const over = new AbortController()
  let kills = 0
  const killing = (async () => {
    while (!over.signal.aborted) {
      await delay(3_000 + random.below(4_000), undefined, { signal: over.signal }).catch(() => undefined)
      const at = 1 + random.below(functions - 1)
      if (over.signal.aborted) return
      await alive[at]?.end()
      kills += 1
      alive[at] = await fleet.start(env)
    }
  })()
  const people: Person[] = []
  const heaps: number[] = []
  try {
    for (let from = 0; from < count; from += runsPerSample) {
      const names = Array.from(
        { length: Math.min(runsPerSample, count - from) },
        (_, index) => `person-${from + index}`,
      )
      const lane = async (): Promise<void> => {
        for (let name = names.shift(); name !== undefined; name = names.shift()) {
          const token = await signToken(key, name, { issuedAtSeconds: Date.now() / 1_000 - 5, lifetimeSeconds: 3_600 })
          people.push(await live(name, token, alive, random))
        }
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      const memory = await alive[0]?.memory()
      heaps.push((memory?.heapBytes ?? 0) + (memory?.externalBytes ?? 0))
      say(`${people.length} of ${count} runs, ${kills} processes killed`)
    }
    over.abort()
    await killing
    fleet.standIn.setFault(undefined)
    let sweeps = 0
    for (; sweeps < 8 && (await isAnythingLeft(fleet)); sweeps += 1) {
      await sweepWith(sweeper)
      // Whether a run is only just being claimed can be told after a minute.
      await delay(10_000)
    }
    const books = await balance(fleet, people, authored, kills)
    const growth = growthOf(heaps)
    const violations = [...people.flatMap((person) => person.violations), ...books.violations]
    if (growth !== undefined && growth > mostGrowth) violations.push(`memory grew to ${growth.toFixed(2)} times`)
    const figures = {
      runs: count,
      'processes killed': kills,
      'connections cut': people.reduce((sum, { cuts }) => sum + cuts, 0),
      'sweeps until nothing was left': sweeps,
      ...books.figures,
      'memory of a process that lived on, last quarter to second': growth?.toFixed(2) ?? 'too few runs',
    }
    return { figures, violations }
  } finally {
    over.abort()
    await killing
    await issuer.close()
    await fleet.close()
  }
}

/** Replies that come slowly, and now and then none. */
function modelFaults(random: Chance): Record<string, unknown[]> {
  const entries = (): unknown[] =>
    Array.from({ length: 40 }, () => (random.below(100) < 5 ? { fault: '503' } : { fault: 'slow', chunkDelayMs: 8 }))
  return Object.fromEntries(
    ['blueprint', 'reference', 'generator', 'statement', 'solver'].map((one) => [one, entries()]),
  )
}

function tableFault(random: Chance): TableFault | undefined {
  if (random.below(100) >= 2) return undefined
  const faults: readonly TableFault[] = [
    { kind: 'error', status: 400, type: 'ProvisionedThroughputExceededException', message: 'too much' },
    { kind: 'drop' },
    { kind: 'drop-after' },
    { kind: 'delay', ms: 100 },
  ]
  return faults[random.below(faults.length)]
}

/** One person's run: asked for, read in pieces from whichever function answers, perhaps cancelled or left alone. */
async function live(name: string, token: string, alive: readonly FunctionProcess[], random: Chance): Promise<Person> {
  const kind = random.below(10)
  const person: Person = {
    name,
    wish: kind === 0 ? 'cancels' : kind === 1 ? 'leaves' : 'reads',
    cuts: 0,
    violations: [],
  }
  const headers = { 'x-custom-auth-token': `Bearer ${token}`, accept: 'text/event-stream' }
  const startedAt = performance.now()
  let seq = 0
  for (;;) {
    if (performance.now() - startedAt > patienceMs) {
      person.violations.push(`${name}: the run does not end`)
      return person
    }
    const reading = await connect(alive[random.below(functions)]?.url ?? '', person, seq, headers)
    if (reading === undefined) {
      await delay(200)
      continue
    }
    if (reading.status === 204) return person
    if (reading.status !== 200) {
      await reading.whole().catch(() => undefined)
      // The table failed more often than it was asked again.
      if (reading.status !== 503) person.violations.push(`${name}: status ${reading.status} ${reading.text}`)
      if (person.violations.length > 0) return person
      await delay(200)
      continue
    }
    person.problemId = reading.problemId
    const most = random.below(2) === 0 ? 1 + random.below(30) : Number.POSITIVE_INFINITY
    await reading.until(({ frames }) => frames.length >= most).catch(() => undefined)
    reading.leave()
    if (most < Number.POSITIVE_INFINITY) person.cuts += 1
    const frames = reading.frames.filter(({ id }) => id !== undefined)
    for (const { id = '' } of frames) {
      seq += 1
      if (parseEventId(id)?.seq !== seq) person.violations.push(`${name}: event ${id} in place ${seq}`)
    }
    if (frames.some(({ type }) => type === 'problem' || type === 'failed' || type === 'cancelled')) return person
    if (person.violations.length > 0 || (person.wish === 'leaves' && seq > 3)) return person
    if (person.wish === 'cancels' && seq > 8) {
      const address = `${alive[0]?.url ?? ''}/generations/${person.problemId}`
      await fetch(address, { method: 'DELETE', headers }).catch(() => undefined)
    }
  }
}

async function connect(
  url: string,
  { name, problemId }: Person,
  seq: number,
  headers: Record<string, string>,
): Promise<Reading | undefined> {
  try {
    if (problemId === undefined) {
      const body = JSON.stringify({ algorithm_type: 'graph', difficulty: 'easy', requestId: name })
      return await open(`${url}/generate`, { method: 'POST', headers, body })
    }
    const position = seq === 0 ? {} : { 'last-event-id': `${problemId}:${seq}` }
    return await open(`${url}/generations/${problemId}/events`, { headers: { ...headers, ...position } })
  } catch {
    // Its function was killed.
    return undefined
  }
}

/** Runs that are under way, or places of some. */
async function isAnythingLeft(fleet: Fleet): Promise<boolean> {
  const items = await everything(fleet)
  return items.some(({ problemId, running }) => String(problemId).startsWith('RUNNING#') || running !== undefined)
}

async function sweepWith({ child }: FunctionProcess): Promise<void> {
  child.send('sweep')
  await once(child, 'message')
}

interface Balance {
  readonly figures: Readonly<Record<string, number>>
  readonly violations: readonly string[]
}

const lastEvents: Readonly<Record<string, string>> = {
  COMPLETED: 'problem',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

/** Compares what people saw, what is stored, what was paid for, and what was counted. */
async function balance(fleet: Fleet, people: readonly Person[], authored: number, kills: number): Promise<Balance> {
  const { table } = fleet
  const items = await everything(fleet)
  const metas = items.filter(({ kind }) => kind === 'META')
  const quotas = new Map(items.flatMap((item) => (item['kind'] === 'QUOTA' ? [[String(item['problemId']), item]] : [])))
  const violations: string[] = []
  const ends: Record<string, number> = {}
  let accounted = 0
  let spentMicroUsd = 0
  for (const { problemId: id, creatorId, createdAt } of metas) {
    const problemId = String(id)
    const [run, events] = [await table.runs.read(problemId), await eventsOf(fleet, problemId)]
    const status = run?.status ?? 'gone'
    ends[status] = (ends[status] ?? 0) + 1
    const terminals = events.filter(({ type }) => isTerminal(type))
    const last = lastEvents[status]
    if (terminals.length !== 1 || events.at(-1)?.type !== last) violations.push(`${problemId}: ${status}, ends wrongly`)
    const entries = (await table.runs.notes(problemId)).map(parseEntry)
    const journaled = entries.flatMap((entry) => (entry.kind === 'call' ? [entry] : []))
    const totals = (await table.problems.read(problemId))?.document.verification.totals
    if ((totals === undefined) !== (status !== 'COMPLETED'))
      violations.push(`${problemId}: ${status}, problem and status`)
    accounted += totals?.calls ?? journaled.filter(({ outcome }) => outcome.kind === 'complete').length
    const counted = quotas.get(`QUOTA#USER#${String(creatorId)}#${String(createdAt).slice(0, 10)}`)
    const tokens = Number(counted?.['tokens'] ?? 0)
    const known =
      totals === undefined
        ? journaled.reduce((sum, { outcome: { usage } }) => sum + tokensOf(usage), 0)
        : totals.promptTokens + totals.outputTokens + totals.thinkingTokens
    // What a run that came to nothing asked for last may be on its owner's books only.
    if (totals === undefined ? tokens < known : tokens !== known)
      violations.push(`${problemId}: ${tokens} tokens counted, ${known} known`)
    spentMicroUsd += Number(counted?.['microUsd'] ?? 0)
  }
  const everybody = [...quotas].filter(([name]) => name.startsWith('QUOTA#ALL#')).map(([, item]) => item)
  const total = everybody.reduce((sum, item) => sum + Number(item['microUsd'] ?? 0), 0)
  if (total !== spentMicroUsd) violations.push(`all spent ${total}, the sum is ${spentMicroUsd}`)
  if (everybody.some(({ running }) => running !== undefined)) violations.push('runs that are over have places')
  if (metas.length !== people.length) violations.push(`${metas.length} runs of ${people.length} people`)
  const names = new Set(metas.map(({ creatorId }) => String(creatorId)))
  if (people.some(({ name }) => !names.has(userIdOf(name)))) violations.push('somebody has no run')
  const underWay = (await table.runs.running(1_000)).length
  if (underWay > 0) violations.push(`${underWay} runs are left to nobody`)
  const brokenOff = fleet.gemini.requests.filter(({ aborted }) => aborted).length
  const others = metas.length - (ends['COMPLETED'] ?? 0)
  const lost = authored - accounted - brokenOff
  if (lost < 0 || lost > (kills + others) * parallelCalls) violations.push(`${lost} calls are on nobody's books`)
  return {
    figures: {
      ...ends,
      'replies paid for': authored,
      'of them on the books of a run': accounted,
      'broken off': brokenOff,
      'lost at a kill': lost,
    },
    violations,
  }
}

function tokensOf(usage: { promptTokens: number; outputTokens: number; thinkingTokens: number } | undefined): number {
  return usage === undefined ? 0 : usage.promptTokens + usage.outputTokens + usage.thinkingTokens
}

async function everything({ standIn }: Fleet): Promise<Record<string, unknown>[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = createDynamoDbClient({ endpoint: standIn.endpoint, region: 'ap-northeast-2', credentials })
  const documents = DynamoDBDocumentClient.from(client)
  const found: Record<string, unknown>[] = []
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: testTableName }))
    found.push(...Items)
  client.destroy()
  return found
}

async function eventsOf({ table }: Fleet, problemId: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for (;;) {
    const page = await table.runs.events(problemId, events.at(-1)?.seq ?? 0)
    if (page.length === 0) return events
    events.push(...page)
  }
}

/** The last quarter as a share of the second: the first one is warming up. Undefined with too few samples. */
function growthOf(samples: readonly number[]): number | undefined {
  const quarter = Math.floor(samples.length / 4)
  if (quarter < 2) return undefined
  return median(samples.slice(-quarter)) / median(samples.slice(quarter, 2 * quarter))
}
