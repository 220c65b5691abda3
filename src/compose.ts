// Environment → ports: the only reader of process.env, and the only place that knows which adapter stands behind a port.
import { systemClock } from './adapters/clock.ts'
import { createGeminiProvider } from './adapters/gemini.ts'
import { createLambdaExecutor } from './adapters/lambda-executor.ts'
import { createLocalExecutor } from './adapters/local-executor.ts'
import { createLog } from './adapters/log.ts'
import { createProblemsTable } from './adapters/problems-table.ts'
import { localStackEndpoint, problemsTableName, readEnvironment, readExecutorEnvironment } from './environment.ts'
import { answerCall } from './executor/answer.ts'
import type { HandlerConfig } from './http/generate-handler.ts'
import type { Log, Ports } from './ports.ts'

/** The generator function's ports and settings. Throws EnvironmentError. */
export function composeGenerator(): { ports: Ports; config: HandlerConfig; log: Log } {
  const env = readEnvironment(process.env)
  const log = createLog('generator', env.GENERATOR_VERBOSE)
  const clock = systemClock
  const region = process.env['AWS_REGION'] ?? 'ap-northeast-2'
  const localStack = localStackEndpoint(env)
  const table = createProblemsTable({
    client: { endpoint: env.AWS_ENDPOINT_URL_DYNAMODB ?? localStack, region },
    tableName: problemsTableName(env),
    clock,
    log,
  })
  const models = createGeminiProvider({
    apiKeys: env.GOOGLE_AI_API_KEY,
    modelName: env.GEMINI_MODEL_NAME,
    baseUrl: env.GEMINI_BASE_URL,
    idleTimeoutMs: env.GEMINI_IDLE_TIMEOUT_MS,
    clock,
    log,
  })
  const lambdaEndpoint = env.AWS_ENDPOINT_URL_LAMBDA ?? localStack
  const executor =
    env.CODE_EXECUTOR_LAMBDA_ARN === undefined
      ? createLocalExecutor({
          log,
          searchPath: process.env['PATH'],
          command: env.EXECUTOR_COMMAND,
          minTier: env.EXECUTOR_MIN_TIER,
        })
      : createLambdaExecutor({
          functionArn: env.CODE_EXECUTOR_LAMBDA_ARN,
          region,
          log,
          ...(lambdaEndpoint === undefined ? {} : { endpoint: lambdaEndpoint }),
        })
  return {
    ports: { models, executor, runs: table.runs, problems: table.problems, clock, log },
    config: { isLocal: env.STAGE === 'local', allowedOrigins: env.ALLOWED_ORIGINS },
    log,
  }
}

/** The executor function: what answers its invocations, and where those come from. Throws EnvironmentError. */
export function composeExecutor(): {
  runtimeApi: string
  answer: (payload: unknown) => Promise<unknown>
  wasHarmed: () => boolean
  log: Log
} {
  const env = readExecutorEnvironment(process.env)
  const log = createLog('executor', false)
  const sandbox = createLocalExecutor({
    log,
    searchPath: process.env['PATH'],
    minTier: env.EXECUTOR_MIN_TIER ?? 'rlimits',
    home: env.EXECUTOR_HOME,
    // Nothing else runs as this user, and one invocation at a time is what a function's process gets.
    isDedicated: true,
    slots: 1,
  })
  return {
    runtimeApi: env.AWS_LAMBDA_RUNTIME_API,
    answer: (payload) => answerCall(payload, sandbox, (ms) => systemClock.timeout(ms)),
    wasHarmed: () => sandbox.wasHarmed,
    log,
  }
}
