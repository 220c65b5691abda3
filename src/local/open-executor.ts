// What runs programs for `judge` and `run`: this machine, or the executor function where one is configured.
import { createLambdaExecutor } from '../adapters/lambda-executor.ts'
import { createLocalExecutor } from '../adapters/local-executor.ts'
import type { Executor, Log } from '../ports.ts'
import { awsVariables, type Settings } from './settings.ts'

/** An executor that is ready, and its end. */
export interface OpenExecutor {
  readonly executor: Executor
  /** Ends everything it has started. */
  close(): Promise<void>
}

/** Opens the executor that the settings choose. */
export async function openExecutor(settings: Settings, log: Log): Promise<OpenExecutor> {
  const { executorArn, sandbox, localStack, variables } = settings
  if (executorArn === undefined) {
    const executor = createLocalExecutor({
      log,
      searchPath: variables['PATH'],
      command: sandbox.EXECUTOR_COMMAND,
      commandEnvironment: variables,
      minTier: sandbox.EXECUTOR_MIN_TIER,
    })
    return { executor, close: () => executor.close() }
  }
  // The SDK looks for credentials in the environment only, not in what .env adds to it.
  for (const name of awsVariables) {
    const value = variables[name]
    if (value !== undefined) process.env[name] ??= value
  }
  const endpoint = variables['AWS_ENDPOINT_URL_LAMBDA'] ?? localStack
  const executor = createLambdaExecutor({
    functionArn: executorArn,
    log,
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  return { executor, close: async () => undefined }
}
