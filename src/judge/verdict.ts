// What one run of a submission means before its output is looked at: the precedence of limits and ends.
import type { ExecutionResult } from '../contract/execution.ts'
import type { Submission, Verdict } from '../contract/judging.ts'
import { oneLine } from './excerpt.ts'

type Limits = Submission['limits']

/** `finished`: ended by itself, with 0, within the limits; the checker decides. Otherwise the verdict, and why. */
export type Ending =
  | { readonly finished: true }
  | {
      readonly finished: false
      readonly verdict: Exclude<Verdict, 'accepted' | 'wrong-answer' | 'compile-error'>
      readonly note: string
    }

/**
 * Time comes first, then memory, output, and runtime errors: a program that is stopped, or out of memory, often ends
 * with a signal or an exit code of its own. What was measured counts, also when the program ended before it was stopped.
 */
export function endingOf(result: ExecutionResult, limits: Limits): Ending {
  const { outcome, exitCode, signal, violation, cpuMs, wallMs, peakMemoryBytes } = result
  if (outcome === 'cpu-limit' || cpuMs > limits.timeMs) {
    const how = outcome === 'cpu-limit' ? 'stopped after' : 'used'
    return failed('time-limit-exceeded', `${how} ${tenths(cpuMs)} ms of CPU time, the limit is ${limits.timeMs} ms`)
  }
  if (outcome === 'wall-limit') {
    const times = `stopped after ${tenths(wallMs)} ms with ${tenths(cpuMs)} ms of CPU time`
    return failed('time-limit-exceeded', `was waiting, not computing: ${times}`)
  }
  // The executor knows what a language's own machine may need beyond the limit; the bare figure does not.
  if (outcome === 'memory-limit') {
    const most = `${mebibytes(limits.memoryBytes)} MiB`
    const isUsed = peakMemoryBytes > limits.memoryBytes
    const how = isUsed
      ? `used ${mebibytes(peakMemoryBytes)} MiB of memory, the limit is ${most}`
      : `asked for more than ${most} of memory`
    return failed('memory-limit-exceeded', how)
  }
  if (outcome === 'output-limit') {
    return failed('output-limit-exceeded', `wrote more than ${limits.outputBytes} bytes`)
  }
  if (outcome === 'sandbox-violation')
    return failed('runtime-error', `sandbox: ${oneLine(violation ?? 'violation', 200)}`)
  if (outcome === 'signalled') return failed('runtime-error', `killed by ${signal ?? 'a signal'}`)
  return exitCode === 0 ? { finished: true } : failed('runtime-error', `exit code ${exitCode ?? 'unknown'}`)
}

function failed(verdict: Extract<Ending, { finished: false }>['verdict'], note: string): Ending {
  return { finished: false, verdict, note }
}

/** Rounded up, so that a figure above a limit never looks equal to it. */
function tenths(value: number): number {
  return Math.ceil(value * 10) / 10
}

function mebibytes(bytes: number): number {
  return tenths(bytes / 1024 / 1024)
}
