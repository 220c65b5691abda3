// Execution results as an executor reports them, for tests to change where it matters.
import type { ExecutionResult } from '../../src/contract/execution.ts'

/** A run that ended by itself with 0 after 100 ms, with what differs. */
export function ran(changes: Partial<ExecutionResult> = {}): ExecutionResult {
  const stdout = changes.stdout ?? ''
  return {
    outcome: 'exited',
    exitCode: 0,
    signal: null,
    stdout,
    stdoutBytes: new TextEncoder().encode(stdout).length,
    stdoutSha256: '0'.repeat(64),
    stderr: '',
    cpuMs: 100,
    wallMs: 110,
    peakMemoryBytes: 8 * 1024 * 1024,
    ...changes,
  }
}

/** A run that a limit or a signal ended. */
export function stopped(
  outcome: Exclude<ExecutionResult['outcome'], 'exited'>,
  changes: Partial<ExecutionResult> = {},
): ExecutionResult {
  return ran({ outcome, exitCode: null, ...changes })
}
