// The function in a process of its own, called without the bridge that serves one request at a time: started by streams.ts.
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { ClientRequest } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { LambdaFunctionURLEvent } from 'aws-lambda'
import { composeGenerator } from '../../src/compose.ts'
import { createHandler } from '../../src/http/front-door.ts'
import { createGenerationService } from '../../src/http/generation-service.ts'
import { cpuMs } from '../measure.ts'
import { type Handed, Viewer, wallMs } from './viewer.ts'

/** What this process is asked for. */
export type ToHandler =
  /** Makes a run for each key, with so many readers each, who come when the run has begun. */
  | { readonly type: 'run'; readonly keys: readonly string[]; readonly readersEach: number }
  /** Reads runs that another process makes, or has made, with so many readers each. */
  | { readonly type: 'read'; readonly problemIds: readonly string[]; readonly readersEach: number }
  /** Writes what readers were handed before, event by event, at the same times, to so many viewers each. */
  | { readonly type: 'floor'; readonly recorded: readonly (readonly Handed[])[]; readonly viewersEach: number }

/** What it tells. */
export type FromHandler =
  | { readonly type: 'ready' }
  | { readonly type: 'began'; readonly problemId: string }
  | ({ readonly type: 'done' } & Served)

/** How a piece of work went. */
export interface Served {
  /** CPU of this process, user and system. */
  readonly cpuMs: number
  /** Resident memory that came to what there was before: the most of some moments, each after a garbage collection. */
  readonly grownBytes: number
  /** Requests to the table. */
  readonly tableReads: number
  readonly tableWrites: number
  readonly ownerMs: readonly number[]
  readonly readerMs: readonly number[]
  /** What the owner's viewer was handed, for each run. */
  readonly byOwner: readonly (readonly Handed[])[]
  /** What one reader was handed, for each run with readers. */
  readonly byReader: readonly (readonly Handed[])[]
}

/** Between two looks at the memory. */
const lookMs = 3_000
const functionMs = 600_000

const readOperations: readonly string[] = ['GetItem', 'Query', 'BatchGetItem', 'Scan', 'TransactGetItems']
/** Operations of the table that this process has asked for. */
let operations: string[] = []
subscribe('http.client.request.start', (message) => {
  const target = (message as { request: ClientRequest }).request.getHeader('x-amz-target')
  if (typeof target === 'string') operations.push(target.split('.')[1] ?? '')
})

const { ports, config } = composeGenerator()
const handle = createHandler({ ...config, tokenRules: undefined, clock: ports.clock }, async () =>
  createGenerationService(ports, config),
)

// Whoever started this process may be gone without a word.
process.once('disconnect', () => process.exit())
process.on('message', (asked) => void answer(asked as ToHandler))
tell({ type: 'ready' })

async function answer(asked: ToHandler): Promise<void> {
  const served = {
    ownerMs: [] as number[],
    readerMs: [] as number[],
    byOwner: [] as Handed[][],
    byReader: [] as (readonly Handed[])[],
  }
  operations = []
  const rssBefore = rssNow()
  const over = new AbortController()
  const rss = watchMemory(over.signal)
  const cpu = await cpuMs(async () => {
    if (asked.type === 'floor') await writeBare(asked.recorded, asked.viewersEach)
    else {
      const all =
        asked.type === 'run'
          ? asked.keys.map((key) => run(key, asked.readersEach))
          : asked.problemIds.map((id) => read(id, asked.readersEach))
      for (const { owner, readers } of await Promise.all(all)) {
        served.ownerMs.push(...owner.map(({ ms }) => ms))
        served.byOwner.push(...owner.map(({ viewer }) => viewer.handed))
        served.readerMs.push(...readers.map(({ ms }) => ms))
        served.byReader.push(...readers.slice(0, 1).map(({ viewer }) => viewer.handed))
      }
    }
  })
  over.abort()
  const grownBytes = Math.max(...(await rss), rssNow()) - rssBefore
  const tableReads = operations.filter((operation) => readOperations.includes(operation)).length
  const tableWrites = operations.length - tableReads
  tell({ type: 'done', cpuMs: cpu, grownBytes, tableReads, tableWrites, ...served })
}

interface Viewed {
  readonly viewer: Viewer
  /** From the head of the response to its end. */
  readonly ms: number
}

interface ViewedRun {
  /** None when another process makes the run. */
  readonly owner: readonly Viewed[]
  readonly readers: readonly Viewed[]
}

/** Makes a run, with readers from its beginning. */
async function run(key: string, readersEach: number): Promise<ViewedRun> {
  const began = Promise.withResolvers<string>()
  const query = { algorithm_type: 'graph', difficulty: 'easy' }
  const owner = view('/generate', { query, headers: { 'x-goog-api-key': key } }, true, began.resolve)
  const problemId = await began.promise
  tell({ type: 'began', problemId })
  const { readers } = await read(problemId, readersEach)
  return { owner: [await owner], readers }
}

async function read(problemId: string, readersEach: number): Promise<ViewedRun> {
  const path = `/generations/${problemId}/events`
  const readers = Array.from({ length: readersEach }, (_, index) => view(path, {}, index === 0))
  return { owner: [], readers: await Promise.all(readers) }
}

/** One request, from its head to the end of its response. Throws when that does not end with a problem. */
async function view(
  path: string,
  { query = {}, headers = {} }: { query?: Record<string, string>; headers?: Record<string, string> },
  keeps: boolean,
  onBegun: (problemId: string) => void = () => undefined,
): Promise<Viewed> {
  const viewer = new Viewer({ keeps })
  let openedAt = Number.NaN
  const startedAt = performance.now()
  await handle(
    requestOf(path, query, headers),
    (head) => {
      openedAt = performance.now()
      onBegun((head.headers['location'] ?? '').replace('/generations/', ''))
      return viewer
    },
    { getRemainingTimeInMillis: () => Math.floor(functionMs - (performance.now() - startedAt)) },
  )
  if (!viewer.writableFinished) await once(viewer, 'finish')
  if (!viewer.hasProblem) {
    throw new Error(`${path} ended without a problem: ${viewer.handed.map(({ text }) => text).join('')}`)
  }
  return { viewer, ms: (viewer.endedAt ?? Number.NaN) - openedAt }
}

function requestOf(
  path: string,
  query: Record<string, string>,
  headers: Record<string, string>,
): LambdaFunctionURLEvent {
  const http = { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' }
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers,
    queryStringParameters: query,
    isBase64Encoded: false,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'bench',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http,
      requestId: 'bench',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
  }
}

/** The floor: the same frames to the same viewers, and nothing else. */
async function writeBare(recorded: readonly (readonly Handed[])[], viewersEach: number): Promise<void> {
  const lateMs = wallMs() - Math.min(...recorded.flatMap((handed) => handed.map(({ at }) => at)))
  await Promise.all(
    recorded.map(async (handed) => {
      const viewers = Array.from({ length: viewersEach }, () => new Viewer())
      for (const { at, text } of handed) {
        const events = eventsOf(text)
        if (events.length === 0) continue
        await delay(Math.max(0, at + lateMs - wallMs()))
        for (const viewer of viewers) {
          for (const { id, type, data } of events) viewer.write(`id: ${id}\nevent: ${type}\ndata: ${data}\n\n`)
        }
      }
      for (const viewer of viewers) viewer.end()
      await Promise.all(viewers.map((viewer) => once(viewer, 'finish')))
    }),
  )
}

function eventsOf(text: string): { id: string; type: string; data: string }[] {
  return [...text.matchAll(/^id: (.*)\nevent: (.*)\ndata: (.*)\n\n/gm)].map(([, id = '', type = '', data = '']) => ({
    id,
    type,
    data,
  }))
}

async function watchMemory(signal: AbortSignal): Promise<number[]> {
  const seen: number[] = []
  while (!signal.aborted) {
    await delay(lookMs, undefined, { signal }).catch(() => undefined)
    if (!signal.aborted) seen.push(rssNow())
  }
  return seen
}

function rssNow(): number {
  globalThis.gc?.()
  return process.memoryUsage.rss()
}

function tell(message: FromHandler): void {
  process.send?.(message)
}
