import { describe, expect, it } from 'vitest'
import type { ExecutionResult } from '../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import type { Submission } from '../../src/contract/judging.ts'
import { AppError } from '../../src/errors.ts'
import { echoTests, judged, submission } from './judging.ts'
import { ran, stopped } from './results.ts'
import {
  breaks,
  compiled,
  notCompiled,
  replies,
  scripted,
  type ScriptedExecutor,
  type Step,
} from './scripted-executor.ts'

const MiB = 1024 * 1024
const refuses: Step = () => notCompiled('check.cpp:1: no testlib.h')
const checkerProgram: Submission['program'] = { language: 'cpp', files: [{ name: 'check.cpp', text: 'int main() {}' }] }

function job(protocol: 'testlib' | 'kattis', tests = echoTests(1), all = false): Submission {
  return submission({
    tests,
    all,
    checker: { kind: 'custom', protocol, program: checkerProgram, args: ['eps', '1e-6'] },
  })
}

/** The submission prints its tests' answers, then the checker has its turns. */
function withChecker(count: number, ...checks: readonly Step[]): ScriptedExecutor {
  return scripted(compiled, replies(...echoTests(count).map(({ input }) => ran({ stdout: `out ${input}` }))), ...checks)
}

const says = (exitCode: number, message = ''): ExecutionResult =>
  ran({ exitCode, stderr: message, collected: { 'judgemessage.txt': message } })

describe('a checker program', () => {
  it('in testlib’s protocol gets three files, in their order, and its own arguments', async () => {
    const executor = withChecker(1, replies(says(0, 'ok 3 tokens\n')))
    const { report } = await judged(job('testlib'), executor)
    expect(report.tests).toMatchObject([{ verdict: 'accepted', note: 'ok 3 tokens', timeMs: 100 }])
    expect(executor.requests[2]?.batch).toEqual({
      version: 1,
      program: checkerProgram,
      tests: [
        {
          input: '',
          args: ['input.txt', 'output.txt', 'answer.txt', 'eps', '1e-6'],
          files: [
            { name: 'input.txt', text: '1' },
            { name: 'output.txt', text: 'out 1' },
            { name: 'answer.txt', text: '1' },
          ],
        },
      ],
      limits: { cpuMs: 10_000, wallMs: 22_000, memoryBytes: 512 * MiB, outputBytes: MiB },
      hashSeed: 0,
      access: 'folder',
    })
  })

  it('in Kattis’ protocol gets the output on standard input, and its message is collected', async () => {
    const executor = withChecker(1, replies(says(42)))
    const { report } = await judged(job('kattis'), executor)
    expect(report.tests).toMatchObject([{ verdict: 'accepted', note: null }])
    expect(executor.requests[2]?.batch).toMatchObject({
      tests: [
        {
          input: 'out 1',
          args: ['input.txt', 'answer.txt', './', 'eps', '1e-6'],
          files: [
            { name: 'input.txt', text: '1' },
            { name: 'answer.txt', text: '1' },
          ],
        },
      ],
      access: 'folder',
      collect: ['judgemessage.txt'],
    })
  })

  it.each<['testlib' | 'kattis', number, string]>([
    ['testlib', 0, 'accepted'],
    ['testlib', 1, 'wrong-answer'],
    ['testlib', 2, 'wrong-answer'],
    ['testlib', 4, 'wrong-answer'],
    ['testlib', 8, 'wrong-answer'],
    ['kattis', 42, 'accepted'],
    ['kattis', 43, 'wrong-answer'],
  ])('%s: exit code %i is %s, with the first line of its message', async (protocol, exitCode, verdict) => {
    const executor = withChecker(1, replies(says(exitCode, '\n1st numbers\u001b[31m differ\nsecond line')))
    const { report } = await judged(job(protocol), executor)
    expect(report).toMatchObject({
      verdict,
      tests: [{ verdict, exitCode: 0, note: String.raw`1st numbers\u{1b}[31m differ` }],
    })
  })

  it('has a turn only for tests that finished normally, after their slice is over', async () => {
    const runs = [
      ran({ stdout: 'a' }),
      ran({ exitCode: 1 }),
      stopped('memory-limit', { stdout: 'c', peakMemoryBytes: 65 * MiB }),
      ran({ stdout: 'd' }),
    ]
    const executor = scripted(compiled, replies(...runs), replies(says(1, 'bad'), says(0)))
    const { told } = await judged(job('testlib', echoTests(4), true), executor)
    expect(told).toEqual(['compiled', '1 wrong-answer', '2 runtime-error', '3 memory-limit-exceeded', '4 accepted'])
    const files = executor.requests[2]?.batch.tests.map((test) => test.files?.map(({ text }) => text))
    expect(files).toEqual([
      ['1', 'a', '1'],
      ['4', 'd', '4'],
    ])
  })

  it('has none at all when no test finished', async () => {
    const executor = scripted(compiled, replies(ran({ exitCode: 1 })))
    expect((await judged(job('testlib', echoTests(4)), executor)).told).toEqual(['compiled', '1 runtime-error'])
  })

  it('stops at the first wrong answer, and the next slice is not run', async () => {
    const executor = withChecker(4, replies(says(0), says(1), says(0), says(0)))
    const { told } = await judged(job('testlib', echoTests(9)), executor)
    expect(told).toEqual(['compiled', '1 accepted', '2 wrong-answer'])
  })

  it('checks the output of the run that counts', async () => {
    const executor = scripted(
      compiled,
      replies(ran({ stdout: 'slow', cpuMs: 1_050 })),
      replies(ran({ stdout: 'quick' })),
      replies(says(0)),
    )
    await judged(job('testlib'), executor)
    expect(executor.requests[3]?.batch.tests[0]?.files?.[1]).toEqual({ name: 'output.txt', text: 'quick' })
  })
})

describe('a checker that crashes', () => {
  const crashes = {
    python: 'Traceback (most recent call last):\n  File "main.py", line 1, in <module>\nModuleNotFoundError: numpy',
    java: 'Exception in thread "main" java.lang.RuntimeException: boom\n\tat Main.main(Main.java:1)',
    javascript: 'main.js:1\nthrow new Error("boom")\n\nError: boom\n    at main.js:1:7\n\nNode.js v24.21.0',
  } as const

  it.each(Object.entries(crashes))(
    'in %s has found nothing wrong, although it ends with 1 like one that has',
    async (language, words) => {
      const given = job('testlib', echoTests(1))
      if (given.checker.kind !== 'custom') throw new TypeError('another checker')
      const program = { ...given.checker.program, language: language as ExecutorLanguage }
      const submission = { ...given, checker: { ...given.checker, program } }
      const crash = withChecker(1, replies(says(1, words)), replies(says(1, words)))
      const error = await judged(submission, crash).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'internal', message: expect.stringContaining('it crashed') as string })
      const wrong = await judged(submission, withChecker(1, replies(says(1, 'wrong answer'))))
      expect(wrong.report.verdict).toBe('wrong-answer')
    },
  )
})

describe('a checker that fails', () => {
  const failures: [what: string, protocol: 'testlib' | 'kattis', result: ExecutionResult, words: string][] = [
    ['says so', 'testlib', says(3, 'FAIL no answer'), 'it reported a failure of its own (exit code 3)'],
    ['gives points', 'testlib', says(7), 'it gave points (exit code 7), and there are none here'],
    [
      'ends with an unknown code',
      'testlib',
      says(42),
      'it ended with exit code 42, which the testlib protocol does not have',
    ],
    ['ends with 0', 'kattis', says(0), 'it ended with exit code 0, which the kattis protocol does not have'],
    ['ends with 1', 'kattis', says(1), 'it ended with exit code 1, which the kattis protocol does not have'],
    ['crashes', 'testlib', stopped('signalled', { signal: 'SIGSEGV' }), 'it was killed by SIGSEGV'],
    ['computes for ever', 'testlib', stopped('cpu-limit'), 'it needed more than 10 s of CPU time'],
    ['hangs', 'kattis', stopped('wall-limit'), 'it was still waiting after 22 s'],
    ['needs too much memory', 'testlib', stopped('memory-limit'), 'it needed more than 512 MiB of memory'],
    ['floods', 'testlib', ran({ outcome: 'output-limit' }), 'it wrote more than 1 MiB'],
    [
      'breaks out',
      'testlib',
      ran({ outcome: 'sandbox-violation', violation: 'a process left behind' }),
      'it broke a rule of the sandbox (a process left behind)',
    ],
  ]

  it.each(failures)('%s (%s) is our failure after a second try', async (_what, protocol, result, words) => {
    const good = says(protocol === 'kattis' ? 42 : 0)
    const executor = withChecker(3, replies(good, result, good), replies(result, good))
    const error = await judged(job(protocol, echoTests(3)), executor).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'internal',
      message: `The checker "check.cpp" failed on test "2": ${words}.`,
      details: [{ field: 'checker.program' }],
    })
    // The second try is for what has no decision yet.
    expect(executor.requests[3]?.batch.tests).toHaveLength(2)
  })

  it('keeps what it said out of what a caller sees', async () => {
    const fails = replies(says(3, 'FAIL the answer is 42'))
    const error = (await judged(job('testlib'), withChecker(1, fails, fails)).catch(
      (thrown: unknown) => thrown,
    )) as AppError
    expect(JSON.stringify([error.message, error.details])).not.toContain('42')
    expect(error.cause).toMatchObject({ message: 'FAIL the answer is 42' })
  })

  it('once for a test, and not again, is nobody’s business', async () => {
    const executor = withChecker(
      4,
      replies(says(0), stopped('cpu-limit'), says(0), says(0)),
      replies(says(0), says(0), says(3)),
      replies(says(1)),
    )
    const { told } = await judged(job('testlib', echoTests(4)), executor)
    expect(told).toEqual(['compiled', '1 accepted', '2 accepted', '3 accepted', '4 wrong-answer'])
  })

  it('to compile is a bad request', async () => {
    await expect(judged(job('testlib'), withChecker(1, refuses, refuses))).rejects.toMatchObject({
      code: 'bad-request',
      message: 'The checker "check.cpp" does not compile.',
      details: [{ field: 'checker.program' }],
      cause: { message: 'check.cpp:1: no testlib.h' },
    })
  })

  it('because the executor does is the executor’s fault, and tried again as such', async () => {
    const gone = breaks(new AppError('executor-unavailable', 'gone'))
    const { report } = await judged(job('testlib'), withChecker(1, gone, replies(says(0))))
    expect(report.verdict).toBe('accepted')
    await expect(judged(job('testlib'), withChecker(1, gone, gone))).rejects.toMatchObject({ message: 'gone' })
  })
})
