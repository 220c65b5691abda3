// Starts what a run needs on this machine: table, model, recorder and the function behind its URL, and ends all of it.
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '../contract/topics.ts'
import { createDynamoDbClient, type DynamoDbConfig } from '../adapters/dynamodb-table.ts'
import { ensureTable } from '../adapters/problems-table-definition.ts'
import type { Author } from '../../mock/gemini/job.ts'
import { createAuthor } from '../../mock/gemini/author/index.ts'
import { startRecorder, type Recorder } from '../../mock/gemini/recorder.ts'
import type { Scenario } from '../../mock/gemini/scenario.ts'
import { startGemini } from '../../mock/gemini/server.ts'
import { DataFolderInUseError, startDynamoDb } from '../../mock/dynamodb/server.ts'
import { startFunctionUrl } from '../../mock/function-url/server.ts'
import type { IssuerKey } from '../../mock/issuer/key.ts'
import { startIssuer } from '../../mock/issuer/server.ts'
import { checkFolder } from './files.ts'
import { LocalError, systemReason } from './local-error.ts'
import { functionEnvironment, standInCredentials, type Settings } from './settings.ts'
import { texts } from './texts.ts'

/** Name of the table in the embedded database. */
const embeddedTableName = 'alpaco-Problems-local'
const defaultRegion = 'ap-northeast-2'
/** LocalStack is on this machine or next to it. */
const localStackLimitMs = 2_000

export interface Stack {
  /** Base URL of the generation API. */
  readonly url: string
  /** What was recorded so far; undefined when nothing is. */
  recorded(): Scenario | undefined
  /** Ends threads, programs, servers and connections. */
  close(): Promise<void>
}

export interface StackOptions {
  readonly settings: Settings
  readonly seed: number
  /** Each run gets a problem of its own, with seeds that follow; else all get that of the seed. */
  readonly varied: boolean
  readonly scenario: Scenario
  readonly record: boolean
  /** Pause between two messages of the scripted author, so that somebody can watch it write. */
  readonly authorPauseMs: number
  readonly locale: Locale
  /** Whose tokens are accepted; without it, and without an issuer in the environment, nobody needs one. */
  readonly issuerKey?: IssuerKey
  /** A line that the function logged. */
  readonly onLog: (line: string) => void
}

/** Starts everything for generating. Throws LocalError; nothing is left running then. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { settings, locale } = options
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    await checkLocalStack(settings, locale)
    const table = await openTable(settings, locale)
    closers.push(() => table.close())
    const scratch = await openScratch()
    closers.push(() => scratch.close())
    const upstream = await startModel(options, closers)
    let recorder: Recorder | undefined
    if (options.record) {
      recorder = await startRecorder({ upstream })
      closers.push(() => recorder?.close() ?? Promise.resolve())
    }
    const issuer = options.issuerKey === undefined ? undefined : await startIssuer({ keys: [options.issuerKey] })
    if (issuer !== undefined) closers.push(() => issuer.close())
    const bridge = await startFunctionUrl({
      environment: {
        kind: 'thread',
        handlerFile: new URL('../lambda/generate.ts', import.meta.url),
        env: functionEnvironment(settings, {
          table: table.config.endpoint,
          model: recorder?.endpoint ?? upstream,
          scratch: scratch.folder,
          jwks: issuer?.jwksUrl,
        }),
      },
      functionName: 'alpaco-generator-local',
      onLog: options.onLog,
    })
    closers.push(() => bridge.close())
    const warming = bridge.warm()
    if (settings.table.kind === 'stand-in') await table.ensure()
    await warming
    return { url: bridge.url, recorded: () => recorder?.recorded(), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Where programs run. A function that is ended in the middle of a batch cannot tidy up after itself. */
async function openScratch(): Promise<{ folder: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'alpaco-'))
  const removeAtOnce = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeAtOnce)
  return {
    folder,
    async close() {
      process.off('exit', removeAtOnce)
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function startModel(
  { settings, seed, varied, scenario, authorPauseMs, onLog }: StackOptions,
  closers: (() => Promise<void>)[],
): Promise<string> {
  if (settings.model.kind === 'real') return settings.model.baseUrl
  const said = new Set<string>()
  const model = await startGemini({
    author: varied ? variedAuthor(seed) : createAuthor(seed),
    scenario,
    chunkDelayMs: authorPauseMs,
    // A retry meets the same mistake again.
    onMistake: (mistake) => said.size !== said.add(mistake).size && onLog(`--scenario: ${mistake}`),
  })
  closers.push(() => model.close())
  return model.endpoint
}

/** An author whose every blueprint has the next seed; the other parts are written from the blueprint's own name. */
function variedAuthor(seed: number): Author {
  let next = seed
  return (question) =>
    createAuthor(question.job.artefact === 'blueprint' && question.job.attempt === 1 ? next++ : seed)(question)
}

/** The Problems table, ready to be connected to. */
export interface OpenTable {
  readonly config: DynamoDbConfig
  readonly name: string
  readonly place: string
  /** Creates it where it is missing. Throws what the SDK throws. */
  ensure(): Promise<void>
  close(): Promise<void>
}

/** Opens the embedded table, or names the real one. Throws LocalError when the data folder cannot be used. */
export async function openTable(settings: Settings, locale: Locale): Promise<OpenTable> {
  const { table, variables } = settings
  const standIn = table.kind === 'stand-in' ? await startEmbedded(table, locale) : undefined
  const credentials = standInCredentials(settings)
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = credentials
  const config: DynamoDbConfig = {
    endpoint: table.kind === 'real' ? table.endpoint : standIn?.endpoint,
    region: variables['AWS_REGION'] ?? defaultRegion,
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey },
  }
  const name = table.kind === 'real' ? table.name : embeddedTableName
  return {
    config,
    name,
    place: placeOf(settings),
    async ensure() {
      const client = createDynamoDbClient(config)
      try {
        await ensureTable(client, name)
      } finally {
        client.destroy()
      }
    },
    close: async () => standIn?.close(),
  }
}

/** Where the table is, for people: the folder, or the address. */
export function placeOf({ table, variables }: Settings): string {
  if (table.kind === 'stand-in') return table.path ?? ':memory:'
  return table.endpoint ?? `AWS ${variables['AWS_REGION'] ?? defaultRegion}`
}

async function startEmbedded({ path }: { readonly path: string | undefined }, locale: Locale) {
  if (path === undefined) return startDynamoDb()
  try {
    await checkFolder(path)
    return await startDynamoDb({ path })
  } catch (error) {
    const text = texts[locale]
    if (error instanceof DataFolderInUseError)
      throw new LocalError('data-folder-in-use', text.dataInUse(path), { cause: error })
    throw new LocalError('data-folder-unusable', text.dataUnusable(path, systemReason(error, locale)), { cause: error })
  }
}

/** Asks whether LocalStack is there, when it is named. Throws LocalError with its address. */
export async function checkLocalStack({ localStack }: Settings, locale: Locale): Promise<void> {
  if (localStack === undefined) return
  try {
    await fetch(`${localStack}/_localstack/health`, { signal: AbortSignal.timeout(localStackLimitMs) })
  } catch (error) {
    throw new LocalError('localstack-unreachable', texts[locale].localStackGone(localStack), { cause: error })
  }
}
