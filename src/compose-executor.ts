// Environment → the executor function. Apart from compose.ts, because its image holds no more than what is imported here.
import { systemClock } from './adapters/clock.ts'
import { createLocalExecutor } from './adapters/local-executor.ts'
import { createLog } from './adapters/log.ts'
import { readExecutorEnvironment } from './environment.ts'
import { answerCall } from './executor/answer.ts'
import type { Log } from './ports.ts'

/** What answers the function's invocations, and where those come from. Throws EnvironmentError. */
export function composeExecutor(): {
  runtimeApi: string
  /** Starts the sandbox and logs what it found out about this machine. */
  warmUp: () => Promise<void>
  answer: (payload: unknown) => Promise<unknown>
  wasHarmed: () => boolean
  log: Log
} {
  const env = readExecutorEnvironment(process.env)
  const log = createLog({ service: 'executor', stage: env.STAGE })
  const sandbox = createLocalExecutor({
    log,
    searchPath: process.env['PATH'],
    minTier: env.EXECUTOR_MIN_TIER ?? 'rlimits',
    ...(env.EXECUTOR_MAX_TIER !== undefined && { maxTier: env.EXECUTOR_MAX_TIER }),
    home: env.EXECUTOR_HOME,
    // Nothing else runs as this user, and one invocation at a time is what a function's process gets.
    isDedicated: true,
    slots: 1,
  })
  return {
    runtimeApi: env.AWS_LAMBDA_RUNTIME_API,
    async warmUp() {
      try {
        log.info('The sandbox is ready', await sandbox.warmUp())
      } catch (error) {
        // Every invocation tries again, and tells its caller why it cannot be answered.
        log.error('The sandbox cannot be used', { error })
      }
    },
    answer: (payload) => answerCall(payload, sandbox, (ms) => systemClock.timeout(ms)),
    wasHarmed: () => sandbox.wasHarmed,
    log,
  }
}
