// A DynamoDB for tests and for work without a cloud: the real wire protocol on a loopback port, dynalite below, what
// dynalite lacks added, and faults that a test can plant. Data lives in memory, or in a folder when one is given.
import { once } from 'node:events'
import { mkdir, realpath } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import dynaliteDb, { type Store } from 'dynalite/db/index.js'
import { closeServer, loopbackUrl } from '../loopback.ts'
import type { Engine } from './engine.ts'
import { carryOut } from './operations.ts'
import { ServiceError } from './service-error.ts'
import { TokenLedger } from './transactions.ts'

/** What a planted fault does to one request. */
export type TableFault =
  /** Answers with this error and does nothing else. `members` go into the body, such as `CancellationReasons`. */
  | { kind: 'error'; status: number; type: string; message: string; members?: Readonly<Record<string, unknown>> }
  /** Destroys the connection; a write is not done. */
  | { kind: 'drop' }
  /** Destroys the connection once the operation is done. */
  | { kind: 'drop-after' }
  /** Waits before the operation begins. */
  | { kind: 'delay'; ms: number }

/** A request as a fault plan sees it; `index` counts from 0 since the start or the last `resetRequests()`. */
export interface TableRequest {
  readonly operation: string
  readonly body: Readonly<Record<string, unknown>>
  readonly index: number
}

export interface DynamoDbStandIn {
  /** Such as `http://127.0.0.1:8000`. */
  readonly endpoint: string
  /** Every request since the start or the last `resetRequests()`, faulted ones too; `bytes` is the size of its body. */
  readonly requests: readonly { operation: string; tableName: string | undefined; bytes: number }[]
  resetRequests(): void
  /** Called for every request; a returned fault is acted out. `undefined`: no faults. */
  setFault(plan: ((request: TableRequest) => TableFault | undefined) | undefined): void
  /** Ends all connections, lets writes that have begun finish, and releases the data folder. */
  close(): Promise<void>
}

export interface StandInOptions {
  /** A folder that keeps the data; created when missing. Without it data lives in memory. */
  path?: string
  /** A free one when absent or 0. */
  port?: number
  /** What is answered in the place of the table, for tests that need one that forgets; `undefined` leaves it to the table. */
  answer?: (request: TableRequest) => object | undefined
  /** The clock, in milliseconds; time-to-live settings and request tokens look at it. */
  now?: () => number
}

/** The data folder belongs to another stand-in, of this process or of another. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError'
  readonly code = 'data-folder-in-use'
  readonly folder: string

  constructor(folder: string, cause?: unknown) {
    super(`The data folder ${folder} is in use by another stand-in: end that one, or choose another folder`, { cause })
    this.folder = folder
  }
}

const maxRequestBytes = 16 * 1024 * 1024

/** The folders this process has open. LevelDB's own check loses its lock against other processes when it strikes. */
const openFolders = new Set<string>()

/** Starts a stand-in on 127.0.0.1. Throws a DataFolderInUseError, or the system's error when the port is taken. */
export async function startDynamoDb(options: StandInOptions = {}): Promise<DynamoDbStandIn> {
  const { store, release } = await openStore(options.path)
  const engine: Engine = { store, now: options.now ?? Date.now, exclusively: oneAtATime() }
  const tokens = await TokenLedger.load(store)
  const closing = new AbortController()
  const underWay = new Set<Promise<void>>()
  let requests: { operation: string; tableName: string | undefined; bytes: number }[] = []
  let planFault: ((request: TableRequest) => TableFault | undefined) | undefined

  const server = createServer((request, response) => {
    // A connection that breaks is the client's affair, and drops are planted here on purpose.
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    const work = answer(request, response).catch((error: unknown) => {
      reply(response, 500, { __type: 'InternalServerError', message: `Stand-in defect: ${String(error)}` })
    })
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  })
  // An idle connection stays open: one that is closed just as a client reuses it would look like a fault.
  server.keepAliveTimeout = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return reply(response, 200, 'healthy: dynamodb stand-in\n')
    const bytes = await readBody(request)
    if (bytes === undefined) return reply(response, 413, {})
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    const body = parseObject(bytes)
    const tableName = typeof body?.['TableName'] === 'string' ? body['TableName'] : undefined
    const index = requests.push({ operation, tableName, bytes: bytes.length }) - 1

    const fault = planFault?.({ operation, body: body ?? {}, index })
    if (fault?.kind === 'drop') return void request.socket.destroy()
    if (fault?.kind === 'delay') await delay(fault.ms, undefined, { signal: closing.signal })
    const canned = options.answer?.({ operation, body: body ?? {}, index })
    const outcome =
      fault?.kind === 'error'
        ? errorReply(new ServiceError(fault.type, fault.message, fault.members, fault.status))
        : canned === undefined
          ? await outcomeOf(request, operation, body)
          : { status: 200, body: canned }
    if (fault?.kind === 'drop-after') return void request.socket.destroy()
    reply(response, outcome.status, outcome.body)
  }

  async function outcomeOf(request: IncomingMessage, operation: string, body: object | undefined): Promise<Reply> {
    try {
      if (body === undefined) throw new ServiceError('SerializationException', 'The body is not a JSON object')
      if (request.headers.authorization === undefined) {
        throw new ServiceError('MissingAuthenticationTokenException', 'Request is missing Authentication Token')
      }
      return { status: 200, body: await carryOut(engine, tokens, operation, body) }
    } catch (error) {
      if (error instanceof ServiceError) return errorReply(error)
      throw error
    }
  }

  async function close(): Promise<void> {
    closing.abort()
    await closeServer(server)
    await Promise.allSettled(underWay)
    await release()
  }

  try {
    server.listen(options.port ?? 0, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    await release()
    throw error
  }
  let ended: Promise<void> | undefined
  return {
    endpoint: loopbackUrl(server),
    get requests() {
      return requests
    },
    resetRequests: () => {
      requests = []
    },
    setFault: (plan) => {
      planFault = plan
    },
    close: () => (ended ??= close()),
  }
}

async function openStore(path: string | undefined): Promise<{ store: Store; release: () => Promise<void> }> {
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }
  if (path === undefined) {
    const store = dynaliteDb.create(times)
    await store.db.open()
    return { store, release: () => store.db.close() }
  }
  await mkdir(path, { recursive: true })
  const folder = await realpath(path)
  if (openFolders.has(folder)) throw new DataFolderInUseError(path)
  openFolders.add(folder)
  try {
    const store = dynaliteDb.create({ ...times, path: folder })
    await store.db.open()
    return { store, release: () => store.db.close().finally(() => openFolders.delete(folder)) }
  } catch (error) {
    openFolders.delete(folder)
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const isLocked = cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED'
    throw isLocked ? new DataFolderInUseError(path, cause) : cause
  }
}

/** Runs pieces of work in the order of the calls, each when the one before it has ended, well or not. */
function oneAtATime(): Engine['exclusively'] {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}

interface Reply {
  readonly status: number
  readonly body: object
}

function errorReply(error: ServiceError): Reply {
  return { status: error.status, body: error.body }
}

function reply(response: ServerResponse, status: number, body: object | string): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amz-crc32': crc32(text),
    'x-amzn-requestid': crypto.randomUUID(),
  })
  response.end(text)
}

/** The whole body; `undefined` when it is larger than the service takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxRequestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
