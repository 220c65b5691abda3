// Command line and environment → what stands behind table, model and executor, and what the function's environment is.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { standInClientId, standInIssuer } from '../../mock/issuer/key.ts'
import type { Locale } from '../contract/topics.ts'
import {
  environmentSchema,
  localStackEndpoint,
  placeholderKey,
  problemsTableName,
  type Environment,
} from '../environment.ts'
import { LocalError, systemCode, systemReason } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { texts } from './texts.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/** Where the Problems table is. */
type TableSettings =
  | { readonly kind: 'stand-in'; readonly path: string | undefined }
  | { readonly kind: 'real'; readonly name: string; readonly endpoint: string | undefined }

/** Who writes. */
type ModelSettings =
  | { readonly kind: 'stand-in'; readonly name: string | undefined }
  | { readonly kind: 'real'; readonly name: string; readonly baseUrl: string; readonly apiKey: string }

export interface Settings {
  readonly table: TableSettings
  readonly model: ModelSettings
  /** The function's ARN; undefined is the sandbox on this machine. */
  readonly executorArn: string | undefined
  /** What starts the sandbox elsewhere, and the protection it must have. */
  readonly sandbox: Pick<Environment, 'EXECUTOR_COMMAND' | 'EXECUTOR_MIN_TIER'>
  /** Set when LocalStack has to be there. */
  readonly localStack: string | undefined
  readonly allowedOrigins: readonly string[]
  readonly variables: Variables
  readonly verbose: boolean
}

/** What the SDK reads of a person's AWS set-up, when anything real is used. `.env.example` lists them. */
export const awsVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
] as const

/**
 * The environment with what `.env` adds to it; what is set already wins, and an empty value is none. Throws LocalError
 * for a file that cannot be read.
 */
export async function readVariables(folder: string, env: Variables, locale: Locale): Promise<Variables> {
  const merged = { ...(await readEnvFile(join(folder, '.env'), locale)), ...env }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value?.trim() !== ''))
}

async function readEnvFile(file: string, locale: Locale): Promise<Variables> {
  const unreadable = (why: string, cause: unknown): LocalError =>
    new LocalError('unreadable-env', texts[locale].unreadableEnv('.env', why), { cause })
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return {}
    throw unreadable(systemReason(error, locale), error)
  }
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw unreadable('UTF-8', error)
  }
}

/** Decides what is real. Throws LocalError with the fix when something is missing. */
export function readSettings(line: CommandLine, variables: Variables): Settings {
  const env = environmentOf(variables, line.locale)
  const localStack = localStackEndpoint(env)
  const table = tableSettings(line, env, localStack)
  const executorArn = arnOf(line, env)
  const isLocalStackUsed = (table.kind === 'real' && table.endpoint === localStack) || executorArn !== undefined
  return {
    table,
    model: modelSettings(line, env),
    executorArn,
    sandbox: { EXECUTOR_COMMAND: env.EXECUTOR_COMMAND, EXECUTOR_MIN_TIER: env.EXECUTOR_MIN_TIER },
    localStack: isLocalStackUsed ? localStack : undefined,
    allowedOrigins: env.ALLOWED_ORIGINS,
    variables,
    verbose: line.verbose || env.GENERATOR_VERBOSE,
  }
}

function environmentOf(variables: Variables, locale: Locale): Environment {
  const text = texts[locale]
  // The function that runs here is always the local one.
  const parsed = environmentSchema.safeParse({ ...variables, STAGE: 'local' })
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? '')
    throw new LocalError('bad-environment', text.badVariable(name, variables[name] ?? ''), { cause: parsed.error })
  }
  const { PROBLEMS_TABLE_NAME: name, DYNAMODB_TABLE_NAME: alias } = parsed.data
  if (name !== undefined && alias !== undefined && name !== alias) {
    throw new LocalError('bad-environment', text.twoTableNames(name, alias))
  }
  return parsed.data
}

function tableSettings(line: CommandLine, env: Environment, localStack: string | undefined): TableSettings {
  const text = texts[line.locale]
  const choice = line.table ?? (localStack === undefined ? 'stand-in' : 'real')
  if (choice === 'stand-in') return { kind: 'stand-in', path: line.data }
  if (line.isDataGiven) throw new LocalError('bad-option', text.conflict('--data', '--table real'))
  const isNamed = env.PROBLEMS_TABLE_NAME !== undefined || env.DYNAMODB_TABLE_NAME !== undefined
  if (!isNamed && localStack === undefined) throw new LocalError('table-name-missing', text.tableNameMissing)
  return { kind: 'real', name: problemsTableName(env), endpoint: env.AWS_ENDPOINT_URL_DYNAMODB ?? localStack }
}

function arnOf(line: CommandLine, env: Environment): string | undefined {
  if (line.executor === 'stand-in') return undefined
  if (line.executor === 'real' && env.CODE_EXECUTOR_LAMBDA_ARN === undefined) {
    throw new LocalError('executor-arn-missing', texts[line.locale].arnMissing)
  }
  return env.CODE_EXECUTOR_LAMBDA_ARN
}

function modelSettings(line: CommandLine, env: Environment): ModelSettings {
  const text = texts[line.locale]
  const { apiKey } = line
  if (apiKey === placeholderKey) throw new LocalError('placeholder-key', text.placeholderKey)
  // Other characters cannot travel in a header; the message must not show the key.
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) throw new LocalError('bad-key', text.badKey)
  if (apiKey !== undefined && line.model === 'stand-in') {
    throw new LocalError('bad-option', text.conflict('--api-key', '--model stand-in'))
  }
  const key = apiKey ?? env.GOOGLE_AI_API_KEY.join(',')
  const isReal = line.model === undefined ? key !== '' : line.model === 'real'
  if (!isReal) return { kind: 'stand-in', name: line.modelName }
  if (key === '') throw new LocalError('api-key-required', text.keyMissing)
  if (line.scenario !== undefined) {
    const isAsked = line.model === 'real' || apiKey !== undefined
    const message = isAsked
      ? text.conflict('--scenario', apiKey === undefined ? '--model real' : '--api-key')
      : text.scenarioNeedsStandIn
    throw new LocalError('bad-option', message)
  }
  return { kind: 'real', name: line.modelName ?? env.GEMINI_MODEL_NAME, baseUrl: env.GEMINI_BASE_URL, apiKey: key }
}

/** Everything the function's environment is made of; nothing else of this process gets in. */
export function functionEnvironment(
  settings: Settings,
  places: {
    readonly table: string | undefined
    readonly model: string
    readonly scratch: string
    /** Where the stand-in issuer's keys are; undefined when there is none. */
    readonly jwks: string | undefined
  },
): Record<string, string> {
  const { variables, table, model, executorArn, localStack } = settings
  const isAnythingReal = table.kind === 'real' || executorArn !== undefined
  const passed = ['PATH', 'HOME', ...Object.keys(environmentSchema.shape), ...(isAnythingReal ? awsVariables : [])]
  const onlyIf = (isUsed: boolean, name: string): string | undefined => (isUsed ? variables[name] : undefined)
  return present({
    ...pick(variables, passed),
    ...standInCredentials(settings),
    // Decided here, whatever is set:
    STAGE: 'local',
    TMPDIR: places.scratch,
    IS_LOCAL: onlyIf(localStack !== undefined, 'IS_LOCAL'),
    LOCALSTACK_HOSTNAME: onlyIf(localStack !== undefined, 'LOCALSTACK_HOSTNAME'),
    LOCALSTACK_PORT: onlyIf(localStack !== undefined, 'LOCALSTACK_PORT'),
    PROBLEMS_TABLE_NAME: table.kind === 'real' ? table.name : undefined,
    DYNAMODB_TABLE_NAME: undefined,
    AWS_ENDPOINT_URL_DYNAMODB: places.table,
    AWS_ENDPOINT_URL_LAMBDA: onlyIf(executorArn !== undefined, 'AWS_ENDPOINT_URL_LAMBDA'),
    CODE_EXECUTOR_LAMBDA_ARN: executorArn,
    GOOGLE_AI_API_KEY: model.kind === 'real' ? model.apiKey : 'stand-in',
    GEMINI_MODEL_NAME: model.name,
    GEMINI_BASE_URL: places.model,
    ...(places.jwks === undefined
      ? {}
      : {
          COGNITO_ISSUER_URL: standInIssuer,
          COGNITO_APP_CLIENT_ID: standInClientId,
          COGNITO_JWKS_URL: places.jwks,
        }),
    GENERATOR_VERBOSE: settings.verbose ? 'true' : undefined,
  })
}

/** Credentials for what asks for some and does not look at them: the stand-ins and LocalStack. */
export function standInCredentials({ table, executorArn, localStack, variables }: Settings): Record<string, string> {
  const isNothingReal = (table.kind === 'stand-in' && executorArn === undefined) || localStack !== undefined
  const isGiven = variables['AWS_ACCESS_KEY_ID'] !== undefined || variables['AWS_PROFILE'] !== undefined
  if (!isNothingReal || (isGiven && localStack !== undefined)) return {}
  return { AWS_ACCESS_KEY_ID: 'stand-in', AWS_SECRET_ACCESS_KEY: 'stand-in' }
}

function pick(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(names.map((name) => [name, variables[name]]))
}

function present(variables: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
