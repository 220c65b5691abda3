import { describe, expect, it } from 'vitest'
import type { ExecutionResult } from '../../src/contract/execution.ts'
import { endingOf } from '../../src/judge/verdict.ts'
import { ran, stopped } from './results.ts'

const MiB = 1024 * 1024
const limits = { timeMs: 1_000, memoryBytes: 64 * MiB, outputBytes: 5_000 }
const finished = 'finished'

/** How a run ended → what that means, with the note. */
const endings: [what: string, result: ExecutionResult, verdict: string, note?: string][] = [
  ['exit 0', ran(), finished],
  ['exit 0 with words on standard error', ran({ stderr: 'warning' }), finished],
  ['exactly the time limit', ran({ cpuMs: 1_000 }), finished],
  ['exactly the memory limit', ran({ peakMemoryBytes: 64 * MiB }), finished],
  ['much wall time, little CPU time', ran({ wallMs: 4_000 }), finished],

  ['exit 1', ran({ exitCode: 1 }), 'runtime-error', 'exit code 1'],
  ['exit 1 after a right output', ran({ exitCode: 1, stdout: '42\n' }), 'runtime-error', 'exit code 1'],
  ['no exit code', ran({ exitCode: null }), 'runtime-error', 'exit code unknown'],
  ['a signal', stopped('signalled', { signal: 'SIGSEGV' }), 'runtime-error', 'killed by SIGSEGV'],
  ['a signal without a name', stopped('signalled'), 'runtime-error', 'killed by a signal'],
  [
    'a sandbox violation',
    stopped('sandbox-violation', { violation: 'left 2 processes\nbehind' }),
    'runtime-error',
    String.raw`sandbox: left 2 processes\nbehind`,
  ],
  ['a sandbox violation after exit 0', ran({ outcome: 'sandbox-violation' }), 'runtime-error', 'sandbox: violation'],

  ['too much output', stopped('output-limit'), 'output-limit-exceeded', 'wrote more than 5000 bytes'],
  ['too much output and exit 1', ran({ outcome: 'output-limit', exitCode: 1 }), 'output-limit-exceeded'],

  ['the memory limit', stopped('memory-limit'), 'memory-limit-exceeded', 'asked for more than 64 MiB of memory'],
  [
    'the memory limit with a figure above it',
    stopped('memory-limit', { peakMemoryBytes: 64 * MiB + 1 }),
    'memory-limit-exceeded',
    'used 64.1 MiB of memory, the limit is 64 MiB',
  ],
  // What a language's own machine needs beyond the limit is the executor's to know.
  ['exit 0 with a figure above the memory limit', ran({ peakMemoryBytes: 65 * MiB }), finished],

  [
    'the CPU limit',
    stopped('cpu-limit', { cpuMs: 1_110.04 }),
    'time-limit-exceeded',
    'stopped after 1110.1 ms of CPU time, the limit is 1000 ms',
  ],
  ['the CPU limit, measured low', stopped('cpu-limit', { cpuMs: 990 }), 'time-limit-exceeded'],
  [
    'exit 0 above the time limit',
    ran({ cpuMs: 1_000.01 }),
    'time-limit-exceeded',
    'used 1000.1 ms of CPU time, the limit is 1000 ms',
  ],
  ['exit 1 above the time limit', ran({ exitCode: 1, cpuMs: 1_050 }), 'time-limit-exceeded'],
  ['a signal above the time limit', stopped('signalled', { signal: 'SIGXCPU', cpuMs: 1_050 }), 'time-limit-exceeded'],
  ['too much output above the time limit', stopped('output-limit', { cpuMs: 1_050 }), 'time-limit-exceeded'],
  ['too much memory above the time limit', stopped('memory-limit', { cpuMs: 1_050 }), 'time-limit-exceeded'],
  ['a sandbox violation above the time limit', stopped('sandbox-violation', { cpuMs: 1_050 }), 'time-limit-exceeded'],
  [
    'the wall limit, asleep',
    stopped('wall-limit', { cpuMs: 3, wallMs: 4_220 }),
    'time-limit-exceeded',
    'was waiting, not computing: stopped after 4220 ms with 3 ms of CPU time',
  ],
  ['the wall limit with too much memory', stopped('wall-limit', { peakMemoryBytes: 65 * MiB }), 'time-limit-exceeded'],
  [
    'the wall limit, computing',
    stopped('wall-limit', { cpuMs: 1_050, wallMs: 4_220 }),
    'time-limit-exceeded',
    'used 1050 ms of CPU time, the limit is 1000 ms',
  ],
]

describe('the verdict of a run', () => {
  it.each(endings)('%s', (_what, result, verdict, note) => {
    const ending = endingOf(result, limits)
    expect(ending.finished ? finished : ending.verdict).toBe(verdict)
    if (note !== undefined) expect(ending).toMatchObject({ note })
  })

  it('has a note of one line whatever the sandbox says', () => {
    const ending = endingOf(stopped('sandbox-violation', { violation: '\u001b[2J\n'.repeat(1_000) }), limits)
    expect(ending).toMatchObject({ note: expect.stringMatching(/^[^\p{Cc}]{1,2000}$/u) as string })
  })
})
