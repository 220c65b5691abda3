// The service in this process, as the benchmarks measure it: real handler, adapters and table client, stand-ins behind them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createDynamoDbClient } from '../src/adapters/dynamodb-table.ts'
import { ensureTable } from '../src/adapters/problems-table-definition.ts'
import { createAuthorOf } from '../mock/gemini/author/index.ts'
import type { Author } from '../mock/gemini/job.ts'
import { parseScenario } from '../mock/gemini/scenario.ts'
import { startDynamoDb, type DynamoDbStandIn, type StandInOptions } from '../mock/dynamodb/server.ts'
import { startFunctionUrl, installAwsLambdaGlobal } from '../mock/function-url/server.ts'
import { startGemini } from '../mock/gemini/server.ts'

const tableName = 'alpaco-Problems-local'
const region = 'ap-northeast-2'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

export interface BenchService {
  readonly url: string
  readonly table: DynamoDbStandIn
  close(): Promise<void>
}

/** Starts everything; the handler file is loaded unchanged. */
export async function startService(
  options: {
    author?: Author
    scenario?: Record<string, unknown>
    chunkCharacters?: number
    chunkDelayMs?: number
  } = {},
): Promise<BenchService> {
  const table = await startTable()
  const gemini = await startGemini({
    author: options.author ?? createAuthorOf('island-bridges', 1),
    scenario: parseScenario(JSON.stringify(options.scenario ?? {})),
    ...(options.chunkCharacters === undefined ? {} : { chunkCharacters: options.chunkCharacters }),
    ...(options.chunkDelayMs === undefined ? {} : { chunkDelayMs: options.chunkDelayMs }),
  })
  Object.assign(process.env, {
    STAGE: 'local',
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    GOOGLE_AI_API_KEY: 'local',
    GEMINI_BASE_URL: gemini.endpoint,
    POWERTOOLS_LOG_LEVEL: 'ERROR',
  })
  installAwsLambdaGlobal()
  const { handler } = await import('../src/lambda/generate.ts')
  const service = await startFunctionUrl({ environment: { kind: 'inline', handler } })
  return {
    url: service.url,
    table,
    close: async () => {
      await service.close()
      await gemini.close()
      await table.close()
    },
  }
}

/** The table stand-in with the Problems table in it; `options` are the stand-in's. */
export async function startTable(options: StandInOptions = {}): Promise<DynamoDbStandIn> {
  const table = await startDynamoDb(options)
  await defineTable(table.endpoint)
  return table
}

/** Makes the Problems table in a stand-in. */
export async function defineTable(endpoint: string): Promise<void> {
  const client = createDynamoDbClient({ endpoint, region, credentials })
  await ensureTable(client, tableName)
  client.destroy()
}

/** Starts a program whose first line names its address: a stand-in in a process of its own. */
export async function startApart(
  file: string,
  ...words: readonly string[]
): Promise<{ endpoint: string; stop: () => void }> {
  const child = spawn(process.execPath, [file, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const endpoint = /http:\/\/[\d.]+:\d+/.exec(line)?.[0]
  if (endpoint === undefined) throw new Error(`${file} said ${line}`)
  return { endpoint, stop: () => child.kill() }
}

/** How the table client is made, for benchmarks that use it alone. */
export const tableClient = { region, credentials, tableName }
