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

const firstUid = 1_000_000
/** More than a test process has open at once. */
const uidsPerProcess = 64
let users = 0

/** A user that nobody else is: without namespaces, sandboxes of one user end each other's processes. */
export function userOfItsOwn(): number {
  users += 1
  return firstUid + process.pid * uidsPerProcess + (users % uidsPerProcess)
}

/** `rlimits`: a throw-away user that is not root, and nothing but the kernel's limits. `all`: everything this machine gives. */
export async function openSandbox(
  kind: 'rlimits' | 'all',
  options: { slots?: number; compileCpuMs?: number } = {},
): Promise<Sandbox> {
  const { slots = 2, compileCpuMs } = options
  const sandbox = createLocalExecutor({
    log: quietLog,
    searchPath: process.env['PATH'],
    slots,
    ...(compileCpuMs !== undefined && { compileCpuMs }),
    ...(kind === 'rlimits' && { maxTier: 'rlimits', minTier: 'rlimits', supervisorUid: userOfItsOwn() }),
  })
  const { tier } = await sandbox.warmUp()
  return { executor: sandbox, tier, pids: () => sandbox.pids(), close: () => sandbox.close() }
}
