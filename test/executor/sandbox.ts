// The sandbox as tests use it: the lowest tier as a user of its own, or everything this machine gives.
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import type { Executor } from '../../src/ports.ts'
import { quietLog } from '../support/quiet-log.ts'

export interface Sandbox {
  readonly executor: Executor
  readonly tier: string
  /** Process ids of the supervisors. */
  pids(): number[]
  close(): Promise<void>
}

/** Users that nobody else is: one for each sandbox that is open at once in any test process. */
const firstUid = 91_000
const uids = 2_000
let opened = process.pid % uids

/** `rlimits`: a throw-away user that is not root, and nothing but the kernel's limits. `all`: everything this machine gives. */
export async function openSandbox(
  kind: 'rlimits' | 'all',
  options: { slots?: number; compileCpuMs?: number } = {},
): Promise<Sandbox> {
  const { slots = 2, compileCpuMs } = options
  opened += 1
  const sandbox = createLocalExecutor({
    log: quietLog,
    searchPath: process.env['PATH'],
    slots,
    ...(compileCpuMs !== undefined && { compileCpuMs }),
    ...(kind === 'rlimits' && { maxTier: 'rlimits', minTier: 'rlimits', supervisorUid: firstUid + (opened % uids) }),
  })
  const { tier } = await sandbox.warmUp()
  return { executor: sandbox, tier, pids: () => sandbox.pids(), close: () => sandbox.close() }
}
