// The whole service on loopback: the handler file as it is deployed, behind the function URL, with Gemini and DynamoDB stood in for.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { vi } from 'vitest'
import { startDynamoDb, type DynamoDbStandIn } from '../../mock/dynamodb/server.ts'
import {
  installAwsLambdaGlobal,
  startFunctionUrl,
  type FunctionUrl,
  type FunctionUrlOptions,
} from '../../mock/function-url/server.ts'
import type { Author } from '../../mock/gemini/job.ts'
import { parseScenario } from '../../mock/gemini/scenario.ts'
import { startGemini, type GeminiStandIn } from '../../mock/gemini/server.ts'
import { startLambdaInvoke, type LambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createDynamoDbClient } from '../../src/adapters/dynamodb-table.ts'
import { ensureTable } from '../../src/adapters/problems-table-definition.ts'
import { createProblemsTable } from '../../src/adapters/problems-table.ts'
import type { StoredEvent } from '../../src/contract/events.ts'
import type { ExecutionBatch } from '../../src/contract/execution.ts'
import type { ProblemDocument, TestCase } from '../../src/contract/problem.ts'
import { environmentSchema } from '../../src/environment.ts'
import { answerCall } from '../../src/executor/answer.ts'
import type { Executor, RunRecord } from '../../src/ports.ts'
import { rememberingExecutor } from './pipeline.ts'
import { quietLog } from './quiet-log.ts'
import { forgetLikeness } from './forgetful-table.ts'
import { tinyAuthor } from './tiny-author.ts'

const handlerFile = fileURLToPath(new URL('../../src/lambda/generate.ts', import.meta.url))
const tableProgram = fileURLToPath(new URL('./forgetful-table.ts', import.meta.url))
/** Where the function is as it is deployed, when that is what is tested (deployed-function.ts). */
const disk = process.env['ALPACO_TEST_DISK']
export const isDeployed = disk !== undefined
const tableName = 'alpaco-Problems-test'
const region = 'ap-northeast-2'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
/** The service's own key for the model. */
export const houseKey = 'house-key-of-the-tests'

/** How a function URL is run; see {@link FunctionUrlOptions}. */
type BridgeOptions = Pick<FunctionUrlOptions, 'timeoutMs' | 'holdSmallWrites' | 'caller'>

export interface ServiceOptions extends BridgeOptions {
  /** Default: the tiny problem. */
  readonly author?: Author
  readonly scenario?: Record<string, unknown>
  readonly chunkCharacters?: number
  readonly chunkDelayMs?: number
  /**
   * `python`: the handler's own runner. `remembered`, the default: the same runner behind an executor function, which does
   * not execute the same batch twice, so that many runs of one problem are quick.
   */
  readonly executor?: 'python' | 'remembered'
  /** Awaited before each batch of the remembered executor. */
  readonly beforeBatch?: (batch: ExecutionBatch) => Promise<void>
  /**
   * Runs the table in a process of its own, without faults: with many runs at once this process is too busy to answer
   * within the time that the handler waits for a table.
   */
  readonly tableApart?: boolean
  /** Whether a problem is refused that is stored already; else every problem is new to the library. */
  readonly findsCopies?: boolean
  /** Most environments at once, where there are any; default 60. */
  readonly maxEnvironments?: number
  /** Runs the handler in threads of its own instead of in the tests' process. */
  readonly thread?: boolean
  /** More variables for the handler, or others. */
  readonly env?: Readonly<Record<string, string>>
}

/** Everything that the table holds of a run. */
export interface StoredRun {
  readonly run: RunRecord
  readonly events: readonly StoredEvent[]
  readonly problem: { readonly document: ProblemDocument; readonly tests: readonly TestCase[] } | undefined
}

export interface Service {
  /** Of the function, without a slash at the end. */
  readonly url: string
  readonly db: DynamoDbStandIn
  readonly gemini: GeminiStandIn
  /** The function's variables. */
  readonly env: Readonly<Record<string, string>>
  /** What the function printed, and what its environment said about it. */
  readonly lines: readonly string[]
  /** Another function URL of the same function. Only without threads. */
  another(options: BridgeOptions): Promise<string>
  /** Resolves when no request is being served any more, those of viewers who left included. */
  idle(): Promise<void>
  /** What the table holds of a run; undefined when it holds nothing. Faults that are planted in the table hit this too. */
  stored(problemId: string): Promise<StoredRun | undefined>
  /** Takes a run that was given up, and does nothing with it. */
  seize(problemId: string): Promise<void>
  /** The ids of all runs, in no order. */
  runIds(): Promise<string[]>
  /** Everything that the table holds, as text. */
  dump(): Promise<string>
  close(): Promise<void>
}

const sharedExecutor = rememberingExecutor()

/** Starts everything. The table is empty. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const [db, gemini, lambda] = await Promise.all([startTable(options), startModel(options), startExecutor(options)])
  const client = createDynamoDbClient({ endpoint: db.endpoint, region, credentials })
  await ensureTable(client, tableName)
  const table = createProblemsTable({
    client: { endpoint: db.endpoint, region, credentials },
    tableName,
    clock: systemClock,
    log: quietLog,
  })
  const env = {
    STAGE: 'local',
    PROBLEMS_TABLE_NAME: tableName,
    AWS_ENDPOINT_URL_DYNAMODB: db.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    GOOGLE_AI_API_KEY: houseKey,
    GEMINI_BASE_URL: gemini.endpoint,
    ...(lambda === undefined
      ? {}
      : {
          CODE_EXECUTOR_LAMBDA_ARN: `arn:aws:lambda:${region}:000000000000:function:executor`,
          AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
        }),
    ...options.env,
  }
  const lines: string[] = []
  const onLog = (line: string): void => void lines.push(line)
  const isInline = disk === undefined && options.thread !== true
  const loaded = isInline ? await loadHandler(env, onLog) : undefined
  const pooled = {
    env: { PATH: process.env['PATH'] ?? '', AWS_REGION: region, ...env },
    maxEnvironments: options.maxEnvironments ?? 60,
  }
  const environment: FunctionUrlOptions['environment'] =
    loaded !== undefined
      ? { kind: 'inline', handler: loaded.handler }
      : disk === undefined
        ? { kind: 'thread', handlerFile, ...pooled }
        : { kind: 'runtime', root: disk, ...pooled }
  const bridges: FunctionUrl[] = []
  const bridge = async ({ timeoutMs, holdSmallWrites, caller }: BridgeOptions): Promise<string> => {
    const started = await startFunctionUrl({
      environment,
      onLog,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(holdSmallWrites === undefined ? {} : { holdSmallWrites }),
      ...(caller === undefined ? {} : { caller }),
    })
    bridges.push(started)
    return started.url
  }

  async function storedEvents(problemId: string): Promise<StoredEvent[]> {
    const events: StoredEvent[] = []
    for (;;) {
      const page = await table.runs.events(problemId, events.at(-1)?.seq ?? 0)
      if (page.length === 0) return events
      events.push(...page)
    }
  }

  async function items(): Promise<Record<string, unknown>[]> {
    const documents = DynamoDBDocumentClient.from(client)
    const found: Record<string, unknown>[] = []
    for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: tableName }))
      found.push(...Items)
    return found
  }

  return {
    url: await bridge(options),
    db,
    gemini,
    env,
    lines,
    another: bridge,
    async idle() {
      await vi.waitUntil(() => bridges.every(({ activeRequests }) => activeRequests === 0), {
        timeout: 30_000,
        interval: 5,
      })
    },
    async stored(problemId) {
      const run = await table.runs.read(problemId)
      if (run === undefined) return undefined
      return { run, events: await storedEvents(problemId), problem: await table.problems.read(problemId) }
    },
    async seize(problemId) {
      const seen = await table.runs.leaseOf(problemId)
      if (seen === undefined || (await table.runs.takeOver(problemId, seen)) === undefined) throw new Error('not taken')
    },
    runIds: async () => (await items()).flatMap(({ kind, problemId }) => (kind === 'META' ? [String(problemId)] : [])),
    dump: async () =>
      JSON.stringify(await items(), (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      ),
    async close() {
      await Promise.all(bridges.map((started) => started.close()))
      loaded?.unload()
      table.close()
      client.destroy()
      await Promise.all([gemini.close(), db.close(), lambda?.close()])
      // Node says so when listeners pile up, which is a leak.
      for (const never of [houseKey, 'MaxListenersExceededWarning', 'unhandled rejection']) {
        if (lines.some((line) => line.includes(never))) throw new Error(`The log holds "${never}".`)
      }
    },
  }
}

function notHere(): never {
  throw new Error('The table is in another process.')
}

async function startTable(options: ServiceOptions): Promise<DynamoDbStandIn> {
  if (options.findsCopies === true) return startDynamoDb()
  if (options.tableApart !== true) return startDynamoDb({ answer: forgetLikeness })
  const child = spawn(process.execPath, [tableProgram], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said: unknown[] = await once(child.stdout, 'data')
  return {
    endpoint: /http:\/\/[\d.]+:\d+/.exec(String(said[0]))?.[0] ?? notHere(),
    get requests() {
      return notHere()
    },
    resetRequests: notHere,
    setFault: notHere,
    async close() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

function startModel(options: ServiceOptions): Promise<GeminiStandIn> {
  return startGemini({
    author: options.author ?? tinyAuthor,
    scenario: parseScenario(JSON.stringify(options.scenario ?? {})),
    chunkCharacters: options.chunkCharacters ?? 400,
    chunkDelayMs: options.chunkDelayMs ?? 0,
  })
}

/** An executor function; undefined when the handler runs programs itself. */
async function startExecutor(options: ServiceOptions): Promise<LambdaInvoke | undefined> {
  // What is deployed runs no programs itself.
  if (options.executor === 'python' && disk === undefined) return undefined
  const executor: Executor = {
    async run(batch, signal, onResult) {
      await options.beforeBatch?.(batch)
      return sharedExecutor.run(batch, signal, onResult)
    },
  }
  return startLambdaInvoke({
    handler: async (_functionName, payload) => answerCall(payload, executor, (ms) => AbortSignal.timeout(ms)),
    keepsInvocations: false,
  })
}

let loading: Promise<unknown> = Promise.resolve()

/** Loads the handler file as a new environment would. One at a time: the environment's variables are the process's own. */
async function loadHandler(
  env: Readonly<Record<string, string>>,
  onLog: (line: string) => void,
): Promise<{ handler: awslambda.StreamingHandler; unload: () => void }> {
  const loaded = loading.then(async () => {
    installAwsLambdaGlobal()
    const names = [...Object.keys(environmentSchema.shape), ...Object.keys(env)]
    const before = names.map((name) => [name, process.env[name]] as const)
    const listeners = new Set(process.listeners('unhandledRejection'))
    for (const name of names) delete process.env[name]
    Object.assign(process.env, env)
    const restoreOutput = takeOutput(onLog)
    vi.resetModules()
    try {
      const { handler } = await import('../../src/lambda/generate.ts')
      return {
        handler,
        unload: () => {
          restoreOutput()
          for (const listener of process.listeners('unhandledRejection')) {
            if (!listeners.has(listener)) process.off('unhandledRejection', listener)
          }
        },
      }
    } finally {
      // The SDK looks for its credentials at the first request; everything else was read on loading.
      for (const [name, value] of before) {
        if (name.startsWith('AWS_ACCESS') || name.startsWith('AWS_SECRET')) continue
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
    }
  })
  loading = loaded.catch(() => undefined)
  return loaded
}

const outputListeners = new Set<(line: string) => void>()
let outputSpies: { mockRestore: () => void }[] = []

/** Takes what this process prints as the function's log; two services at once both get all of it. */
function takeOutput(onLine: (line: string) => void): () => void {
  if (outputListeners.size === 0) {
    outputSpies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        const lines = String(chunk)
          .split('\n')
          .filter((line) => line !== '')
        for (const listener of outputListeners) lines.forEach(listener)
        return true
      }),
    )
  }
  outputListeners.add(onLine)
  return () => {
    outputListeners.delete(onLine)
    if (outputListeners.size > 0) return
    for (const spy of outputSpies) spy.mockRestore()
  }
}
