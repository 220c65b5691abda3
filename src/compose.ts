// Environment → ports: the only reader of process.env, and the only place that knows which adapter stands behind a port;
// for the executor function that is compose-executor.ts.
import { systemClock } from './adapters/clock.ts'
import { createCognitoTokens } from './adapters/cognito-tokens.ts'
import { createGeminiProvider } from './adapters/gemini.ts'
import { createKmsSealer } from './adapters/kms-sealer.ts'
import { createLambdaExecutor } from './adapters/lambda-executor.ts'
import { createLocalExecutor } from './adapters/local-executor.ts'
import { createLog } from './adapters/log.ts'
import { createProblemsTable } from './adapters/problems-table.ts'
import { SecretKeys } from './adapters/secret-keys.ts'
import { issuerOf, localStackEndpoint, problemsTableName, quotaLimits, readEnvironment } from './environment.ts'
import { hasPrice } from './generation/prices.ts'
import type { Service } from './http/front-door.ts'
import { createGenerationService, type ServiceConfig } from './http/generation-service.ts'
import type { Log, Ports } from './ports.ts'

/** Values by their names, as the environment has them. */
type Variables = Readonly<Record<string, string | undefined>>

/** What is behind the generator function's front door. Throws EnvironmentError. */
export function composeService(variables: Variables): Service {
  const { ports, config, log } = composeGenerator('generator', variables)
  // A stray rejection would end the environment and every stream in it. It is a bug, and is logged as one.
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', { error: reason }))
  return createGenerationService(ports, config)
}

/** The ports and settings of what makes runs: the generator function, and the sweeper. Throws EnvironmentError. */
export function composeGenerator(
  service: 'generator' | 'sweeper' = 'generator',
  variables: Variables = process.env,
): {
  ports: Ports
  config: ServiceConfig
  log: Log
} {
  const env = readEnvironment(variables)
  const log = createLog({ service, stage: env.STAGE, isVerbose: env.GENERATOR_VERBOSE })
  if (!hasPrice(env.GEMINI_MODEL_NAME)) log.warn('the model has no price', { model: env.GEMINI_MODEL_NAME })
  const clock = systemClock
  // First, because everything else is loaded while the issuer answers.
  const issuer = issuerOf(env)
  const tokens = issuer === undefined ? undefined : createCognitoTokens(issuer, clock, log, service === 'generator')
  const region = variables['AWS_REGION'] ?? 'ap-northeast-2'
  const localStack = localStackEndpoint(env)
  const table = createProblemsTable({
    client: { endpoint: env.AWS_ENDPOINT_URL_DYNAMODB ?? localStack, region },
    tableName: problemsTableName(env),
    clock,
    log,
  })
  const models = createGeminiProvider({
    apiKeys:
      env.GOOGLE_AI_API_KEY_SECRET_ARN === undefined
        ? env.GOOGLE_AI_API_KEY
        : new SecretKeys({
            arn: env.GOOGLE_AI_API_KEY_SECRET_ARN,
            endpoint: env.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? localStack,
            region,
            clock,
            log,
          }),
    modelName: env.GEMINI_MODEL_NAME,
    baseUrl: env.GEMINI_BASE_URL,
    idleTimeoutMs: env.GEMINI_IDLE_TIMEOUT_MS,
    clock,
    log,
  })
  const { SEALING_KEY_ARN: keyId, AWS_ENDPOINT_URL_KMS } = env
  const sealer =
    keyId === undefined
      ? undefined
      : createKmsSealer({ keyId, endpoint: AWS_ENDPOINT_URL_KMS ?? localStack, region, log })
  const lambdaEndpoint = env.AWS_ENDPOINT_URL_LAMBDA ?? localStack
  const executor =
    env.CODE_EXECUTOR_LAMBDA_ARN === undefined
      ? createLocalExecutor({
          log,
          searchPath: variables['PATH'],
          command: env.EXECUTOR_COMMAND,
          commandEnvironment: variables,
          minTier: env.EXECUTOR_MIN_TIER,
        })
      : createLambdaExecutor({
          functionArn: env.CODE_EXECUTOR_LAMBDA_ARN,
          region,
          log,
          ...(lambdaEndpoint === undefined ? {} : { endpoint: lambdaEndpoint }),
        })
  return {
    ports: {
      models,
      executor,
      runs: table.runs,
      problems: table.problems,
      similar: table.similar,
      quotas: table.quotas,
      sealer,
      tokens,
      clock,
      log,
    },
    config: { isLocal: env.STAGE === 'local', allowedOrigins: env.ALLOWED_ORIGINS, quotas: quotaLimits(env) },
    log,
  }
}
