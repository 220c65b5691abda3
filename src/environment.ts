// The environment variables, parsed. Every one of them is here, and but for those of the image in `.env.example`.
import * as z from 'zod'
import { commaSeparated } from './comma-separated.ts'
import { EnvironmentError } from './errors.ts'

// This is the first module with schemas that a function runs. What zod would compile for each of them takes longer than it saves
// in what a function parses, and a function compiles no texts.
z.config({ jitless: true })

const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .optional()
  .transform((value) => value === 'true' || value === '1')

const list = z.string().optional().transform(commaSeparated)

const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim()))

/** A number above zero; undefined is the default, which differs between stages. */
const amount = text
  .transform((value) => (value === undefined ? undefined : Number(value)))
  .pipe(z.number().positive().optional())

function commandWords(value: string | undefined, context: z.RefinementCtx): string[] | undefined {
  if (value === undefined) return undefined
  if (!value.startsWith('[')) return value.split(/\s+/)
  try {
    return z.array(z.string().min(1)).min(1).parse(JSON.parse(value))
  } catch {
    context.addIssue({ code: 'custom', message: 'a command: words, or a JSON array of words' })
    return z.NEVER
  }
}

/** What the generator reads from its environment. */
export const environmentSchema = z.object({
  STAGE: z.enum(['local', 'dev', 'production']).default('production'),
  IS_LOCAL: flag,
  LOCALSTACK_HOSTNAME: text,
  LOCALSTACK_PORT: z.coerce.number().int().min(1).max(65_535).default(4566),
  PROBLEMS_TABLE_NAME: text,
  DYNAMODB_TABLE_NAME: text,
  AWS_ENDPOINT_URL_DYNAMODB: text,
  AWS_ENDPOINT_URL_LAMBDA: text,
  AWS_ENDPOINT_URL_KMS: text,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: text,
  GOOGLE_AI_API_KEY: list.transform((keys) => keys.filter((key) => key !== placeholderKey)),
  /** The secret that has the keys, in the place of the variable: the only way in the cloud. */
  GOOGLE_AI_API_KEY_SECRET_ARN: text,
  GEMINI_MODEL_NAME: text.transform((name) => name ?? 'gemini-2.5-pro'),
  GEMINI_BASE_URL: text.transform((url) => url ?? 'https://generativelanguage.googleapis.com'),
  /** Longest silence of the model before a call counts as broken. */
  GEMINI_IDLE_TIMEOUT_MS: text.transform((value) => Number(value ?? 60_000)).pipe(z.int().min(100).max(600_000)),
  CODE_EXECUTOR_LAMBDA_ARN: text,
  /** With it callers' own keys outlive the function that was called with them. */
  SEALING_KEY_ARN: text,
  /** Starts a supervisor elsewhere: words, or a JSON array of them. */
  EXECUTOR_COMMAND: text.transform(commandWords),
  EXECUTOR_MIN_TIER: text.pipe(z.enum(['rlimits', 'seccomp', 'namespaces']).optional()),
  COGNITO_ISSUER_URL: text,
  COGNITO_APP_CLIENT_ID: text,
  COGNITO_JWKS_URL: text,
  QUOTA_RUNS_PER_DAY: amount,
  QUOTA_TOKENS_PER_DAY: amount,
  QUOTA_USD_PER_DAY: amount,
  QUOTA_RUNNING: amount,
  QUOTA_TOTAL_USD_PER_DAY: amount,
  GENERATOR_VERBOSE: flag,
  ALLOWED_ORIGINS: list,
})
export type Environment = z.infer<typeof environmentSchema>

/** What the executor function reads: all that its entry point leaves of the environment. */
const executorEnvironmentSchema = z.object({
  AWS_LAMBDA_RUNTIME_API: z.string().min(1),
  STAGE: environmentSchema.shape.STAGE,
  EXECUTOR_MIN_TIER: environmentSchema.shape.EXECUTOR_MIN_TIER,
  /** No more than this tier, however much the machine gives: for tests of the lower ones. */
  EXECUTOR_MAX_TIER: text.pipe(z.enum(['rlimits', 'seccomp']).optional()),
  /** Folder of the sandbox's own programs, built into the image. */
  EXECUTOR_HOME: z.string().min(1),
})

/** The key of `.env.example`; counts as none. */
export const placeholderKey = 'your-api-key-here'

/** Parses the environment. Throws EnvironmentError. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  return parseWith(environmentSchema, env)
}

/** Parses the executor function's environment. Throws EnvironmentError. */
export function readExecutorEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): z.infer<typeof executorEnvironmentSchema> {
  return parseWith(executorEnvironmentSchema, env)
}

function parseWith<T>(schema: z.ZodType<T>, env: Readonly<Record<string, string | undefined>>): T {
  const parsed = schema.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new EnvironmentError(`${issue?.path.join('.')}: ${issue?.message}. See .env.example.`)
  }
  return parsed.data
}

/** The Problems table's name: `PROBLEMS_TABLE_NAME`, or its older alias. Throws EnvironmentError when both are set and differ. */
export function problemsTableName(env: Environment): string {
  const { PROBLEMS_TABLE_NAME: name, DYNAMODB_TABLE_NAME: alias } = env
  if (name !== undefined && alias !== undefined && name !== alias) {
    throw new EnvironmentError(
      `PROBLEMS_TABLE_NAME (${name}) and its older alias DYNAMODB_TABLE_NAME (${alias}) differ. Set one of them.`,
    )
  }
  return name ?? alias ?? `alpaco-Problems-${env.STAGE}`
}

/**
 * Whose tokens are accepted; undefined in a local run that has no issuer. Throws EnvironmentError when a deployed function
 * has none, or one that anybody on a network could play.
 */
export function issuerOf(env: Environment): { issuer: string; clientId: string; jwksUrl: string } | undefined {
  const { STAGE, COGNITO_ISSUER_URL: issuer, COGNITO_APP_CLIENT_ID: clientId } = env
  if (issuer === undefined && clientId === undefined && STAGE === 'local') return undefined
  if (issuer === undefined || clientId === undefined) {
    const missing = issuer === undefined ? 'COGNITO_ISSUER_URL' : 'COGNITO_APP_CLIENT_ID'
    throw new EnvironmentError(`${missing}: missing, so that nobody could sign in. See .env.example.`)
  }
  const jwksUrl = env.COGNITO_JWKS_URL ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`
  for (const [name, value] of [
    ['COGNITO_ISSUER_URL', issuer],
    ['COGNITO_JWKS_URL', jwksUrl],
  ] as const) {
    const url = URL.parse(value)
    if (url === null) throw new EnvironmentError(`${name}: not an address. See .env.example.`)
    if (STAGE !== 'local' && (url.protocol !== 'https:' || isThisMachine(url.hostname))) {
      throw new EnvironmentError(`${name}: a stand-in issuer is accepted at stage local only, not at ${STAGE}.`)
    }
  }
  return { issuer, clientId, jwksUrl }
}

function isThisMachine(host: string): boolean {
  return /^(localhost|.*\.localhost|127\..*|\[::1\]|0\.0\.0\.0)$/i.test(host)
}

/** What deployed stages allow when nothing is set: of a user runs, tokens and US dollars a day, and of all runs at once and US dollars a day. */
const defaultQuotas = { runs: 20, tokens: 5_000_000, costUsd: 5, running: 100, totalCostUsd: 100 }

/** What may be asked for; undefined in a local run that sets none of it. */
export function quotaLimits(env: Environment): typeof defaultQuotas | undefined {
  const set = {
    runs: env.QUOTA_RUNS_PER_DAY,
    tokens: env.QUOTA_TOKENS_PER_DAY,
    costUsd: env.QUOTA_USD_PER_DAY,
    running: env.QUOTA_RUNNING,
    totalCostUsd: env.QUOTA_TOTAL_USD_PER_DAY,
  }
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined))
  return env.STAGE === 'local' && Object.keys(given).length === 0 ? undefined : { ...defaultQuotas, ...given }
}

/** Where LocalStack is, when the environment names it. */
export function localStackEndpoint(env: Environment): string | undefined {
  return env.IS_LOCAL && env.LOCALSTACK_HOSTNAME !== undefined
    ? `http://${env.LOCALSTACK_HOSTNAME}:${env.LOCALSTACK_PORT}`
    : undefined
}
