// The service for the fuzzer: the deployed handler in a process of its own; model, table and executor function stood in for.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Scenario } from '../../mock/gemini/scenario.ts'
import { type GeminiStandIn, startGemini } from '../../mock/gemini/server.ts'
import { startLambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createDynamoDbClient } from '../../src/adapters/dynamodb-table.ts'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import { ensureTable } from '../../src/adapters/problems-table-definition.ts'
import { createProblemsTable, type ProblemsTable } from '../../src/adapters/problems-table.ts'
import { answerCall } from '../../src/executor/answer.ts'
import { rememberingExecutor } from '../../test/support/pipeline.ts'
import { quietLog } from '../../test/support/quiet-log.ts'
import { tinyAuthor } from '../../test/support/tiny-author.ts'
import type { FromHandler, HandlerMemory } from '../../test/support/handler-process.ts'
import { descendants, leftBehind } from './processes.ts'

const handlerProgram = fileURLToPath(new URL('../../test/support/handler-process.ts', import.meta.url))
const tableProgram = fileURLToPath(new URL('../../test/support/forgetful-table.ts', import.meta.url))
const tableName = 'alpaco-Problems-fuzz'
const region = 'ap-northeast-2'
const credentials = { accessKeyId: 'local', secretAccessKey: 'credential-of-the-function' }

/** The function's own time limit. */
export const functionTimeoutMs = 300_000
/** What must never be shown or logged, beside each run's own key. */
export const secrets = ['house-key-of-the-fuzzer', credentials.secretAccessKey] as const

export interface FuzzService {
  readonly url: string
  readonly gemini: GeminiStandIn
  readonly table: ProblemsTable
  /** Whether the function's process is still there. */
  readonly isAlive: boolean
  /** Lines that the function's process printed since the last call. */
  takeLines(): string[]
  /** What the function's process holds. To be asked when nothing runs. */
  memory(): Promise<HandlerMemory>
  /** Ends everything; resolves with what is left that should not be: one line each. */
  close(): Promise<string[]>
}

/** Starts everything. @param scenarioOf the scenario of a run by the API key that it came with. */
export async function startFuzzService(scenarioOf: (key: string) => Scenario): Promise<FuzzService> {
  const folder = await mkdtemp(path.join(tmpdir(), 'alpaco-fuzz-'))
  const tableProcess = spawn(process.execPath, [tableProgram, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said: unknown[] = await once(tableProcess.stdout, 'data')
  const client = { endpoint: String(said[0]).trim(), region, credentials }
  const definer = createDynamoDbClient(client)
  await ensureTable(definer, tableName)
  definer.destroy()
  const table = createProblemsTable({ client, tableName, clock: systemClock, log: quietLog })
  const gemini = await startGemini({ author: tinyAuthor, scenarioOf, chunkCharacters: 2_000 })
  const sandbox = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
  const executor = rememberingExecutor(sandbox)
  const lambda = await startLambdaInvoke({
    handler: async (_functionName, payload) => answerCall(payload, executor, (ms) => AbortSignal.timeout(ms)),
    keepsInvocations: false,
  })
  const handler = fork(handlerProgram, [], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      FUNCTION_TIMEOUT_MS: String(functionTimeoutMs),
      STAGE: 'local',
      PROBLEMS_TABLE_NAME: tableName,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_DYNAMODB: client.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      GOOGLE_AI_API_KEY: secrets[0],
      GEMINI_BASE_URL: gemini.endpoint,
      // Silence costs a run this long; the model of the other runs is never silent for as long.
      GEMINI_IDLE_TIMEOUT_MS: '3000',
      CODE_EXECUTOR_LAMBDA_ARN: `arn:aws:lambda:${region}:000000000000:function:executor`,
      AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
    },
  })
  const url = told(handler, 'ready').then((message) => message.url)
  let lines: string[] = []
  for (const output of [handler.stdout, handler.stderr]) {
    if (output !== null) createInterface({ input: output }).on('line', (line) => lines.push(line))
  }
  /** Users of programs seen so far. */
  const uids = new Set<number>()
  return {
    url: await url,
    gemini,
    table,
    get isAlive() {
      return handler.connected
    },
    takeLines() {
      const taken = lines
      lines = []
      return taken
    },
    async memory() {
      for (const { uid } of descendants()) if (uid !== process.getuid?.()) uids.add(uid)
      const answer = told(handler, 'memory')
      handler.send('memory')
      return (await answer).memory
    },
    async close() {
      const ended = handler.exitCode === null && handler.signalCode === null ? once(handler, 'exit') : undefined
      if (handler.connected) handler.send('end')
      await ended
      table.close()
      await Promise.all([gemini.close(), lambda.close(), sandbox.close()])
      const tableEnded = once(tableProcess, 'exit')
      tableProcess.kill()
      await tableEnded
      await rm(folder, { recursive: true, force: true })
      const left = leftBehind(uids).map(({ pid, name, uid }) => `process ${pid} (${name}, user ${uid}) is left behind`)
      return [
        ...left,
        ...(handler.exitCode === 0
          ? []
          : [`the function's process ended with ${handler.exitCode ?? handler.signalCode}`]),
      ]
    },
  }
}

/** The next message of a type. Rejects when the process ends before it. */
async function told<T extends FromHandler['type']>(
  handler: ChildProcess,
  type: T,
): Promise<Extract<FromHandler, { type: T }>> {
  const isMeant = (message: FromHandler): message is Extract<FromHandler, { type: T }> => message.type === type
  const { promise, resolve, reject } = Promise.withResolvers<Extract<FromHandler, { type: T }>>()
  const onMessage = (message: unknown): void => {
    const meant = message as FromHandler
    if (isMeant(meant)) resolve(meant)
  }
  const onExit = (code: number | null): void => reject(new Error(`the function's process ended with ${code}`))
  handler.on('message', onMessage)
  handler.once('exit', onExit)
  return promise.finally(() => {
    handler.off('message', onMessage)
    handler.off('exit', onExit)
  })
}
