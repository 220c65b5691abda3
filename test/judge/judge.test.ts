import { describe, expect, it } from 'vitest'
import type { ExecutionResult } from '../../src/contract/execution.ts'
import { AppError } from '../../src/errors.ts'
import { judge } from '../../src/judge/judge.ts'
import type { Executor } from '../../src/ports.ts'
import { echoTests, judged, submission } from './judging.ts'
import { chance } from './random.ts'
import { ran, stopped } from './results.ts'
import {
  breaks,
  compiled,
  notCompiled,
  program,
  replies,
  reply,
  scripted,
  type Step,
  turn,
  untilAborted,
} from './scripted-executor.ts'

const live = (): AbortSignal => new AbortController().signal
const unavailable = (): AppError => new AppError('executor-unavailable', 'The executor is gone.')
const timed = (stdout: string, cpuMs: number): ExecutionResult => ran({ stdout, cpuMs })

/** Prints each input, as its tests want it. */
function echo(count: number, changes: Record<string, readonly ExecutionResult[]> = {}): ReturnType<typeof program> {
  const right = echoTests(count).map(({ input }) => [input, [ran({ stdout: `${input}\n` })]] as const)
  return program({ ...Object.fromEntries(right), ...changes })
}

describe('a judging', () => {
  it('tells the compilation, then every test in order, and returns the report', async () => {
    const results = [
      ran({ stdout: '1\n', cpuMs: 40, wallMs: 55, peakMemoryBytes: 9_000_000, stderr: 'note' }),
      ran({ stdout: '2\n', cpuMs: 30.5, peakMemoryBytes: 9_500_000 }),
    ]
    const executor = scripted(() => reply([], 'unused variable'), replies(...results))
    const { events, report } = await judged(submission({ tests: echoTests(2) }), executor)
    const first = {
      name: '1',
      verdict: 'accepted',
      timeMs: 40,
      wallMs: 55,
      memoryBytes: 9_000_000,
      exitCode: 0,
      signal: null,
      note: null,
      stderr: 'note',
    }
    const second = { ...first, name: '2', timeMs: 30.5, wallMs: 110, memoryBytes: 9_500_000, stderr: '' }
    expect(events).toEqual([
      { type: 'compiled', ok: true, log: 'unused variable' },
      { type: 'test', index: 0, report: first },
      { type: 'test', index: 1, report: second },
    ])
    expect(report).toEqual({
      verdict: 'accepted',
      compile: { ok: true, log: 'unused variable' },
      tests: [first, second],
      testCount: 2,
      timeMs: 40,
      memoryBytes: 9_500_000,
    })
  })

  it('ends with a compile error before any test is run', async () => {
    const executor = scripted(() => notCompiled('main.c:1: error'))
    const { events, report } = await judged(submission(), executor)
    expect(events).toEqual([{ type: 'compiled', ok: false, log: 'main.c:1: error' }])
    expect(report).toEqual({
      verdict: 'compile-error',
      compile: { ok: false, log: 'main.c:1: error' },
      tests: [],
      testCount: 4,
      timeMs: 0,
      memoryBytes: 0,
    })
  })

  it('tells a test before its batch is over', async () => {
    const gate = Promise.withResolvers<void>()
    const results = echoTests(4).map(({ input }) => ran({ stdout: input }))
    const executor = scripted(compiled, async ({ tell }) => {
      results.slice(0, 2).forEach(tell)
      await gate.promise
      return reply(results)
    })
    const judging = judge(submission(), executor, live())
    const seen = [await judging.next(), await judging.next(), await judging.next()]
    expect(seen.map(({ value }) => 'report' in value && 'name' in value.report && value.report.name)).toEqual([
      false,
      '1',
      '2',
    ])
    gate.resolve()
    expect(await judging.next()).toMatchObject({ value: { index: 2 } })
    expect(await judging.next()).toMatchObject({ value: { index: 3 } })
    expect(await judging.next()).toMatchObject({ done: true, value: { verdict: 'accepted' } })
  })

  it('gives the executor nothing but inputs and limits, the CPU limit above the time limit', async () => {
    const executor = echo(4)
    await judged(submission(), executor)
    const { batch } = executor.requests[1] ?? {}
    expect(batch).toEqual({
      version: 1,
      program: submission().program,
      tests: ['1', '2', '3', '4'].map((input) => ({ input })),
      limits: { cpuMs: 1_110, wallMs: 4_220, memoryBytes: 64 * 1024 * 1024, outputBytes: 1024 * 1024 },
      hashSeed: 0,
      stopOnFirstFailure: true,
    })
  })

  it.each([10, 333, 50_000])('keeps the contract with a time limit of %i ms', async (timeMs) => {
    const limits = { ...submission().limits, timeMs }
    const executor = scripted(compiled, replies(ran({ stdout: '1', cpuMs: 1 })))
    const { report } = await judged(submission({ limits, tests: echoTests(1) }), executor)
    expect(report.verdict).toBe('accepted')
    const { cpuMs, wallMs } = executor.requests[1]?.batch.limits ?? { cpuMs: 0, wallMs: 0 }
    expect(cpuMs).toBeGreaterThan(timeMs * 1.1)
    expect(wallMs).toBe(2 * cpuMs + 2_000)
  })
})

describe('a failing test', () => {
  const failures: [verdict: string, result: ExecutionResult][] = [
    ['wrong-answer', ran({ stdout: '7' })],
    ['runtime-error', ran({ stdout: '2', exitCode: 1 })],
    ['memory-limit-exceeded', stopped('memory-limit', { stdout: '2', peakMemoryBytes: 65 * 1024 * 1024 })],
    ['output-limit-exceeded', stopped('output-limit')],
    ['time-limit-exceeded', stopped('wall-limit')],
  ]

  it.each(failures)('ends the judging: %s', async (verdict, result) => {
    const executor = echo(9, { 2: [result] })
    const { told, report } = await judged(submission({ tests: echoTests(9) }), executor)
    expect(told).toEqual(['compiled', '1 accepted', `2 ${verdict}`])
    expect(report).toMatchObject({ verdict, testCount: 9 })
    expect(executor.inputs).toEqual([[], ['1', '2', '3', '4']])
  })

  it.each(failures)('is one of many when all are wanted: %s', async (verdict, result) => {
    const executor = echo(9, { 2: [result], 3: [ran({ exitCode: 3 })] })
    const { told, report } = await judged(submission({ tests: echoTests(9), all: true }), executor)
    expect(told.slice(0, 5)).toEqual(['compiled', '1 accepted', `2 ${verdict}`, '3 runtime-error', '4 accepted'])
    expect(told).toHaveLength(10)
    expect(report).toMatchObject({ verdict, testCount: 9 })
    expect(executor.requests[1]?.batch.stopOnFirstFailure).toBe(false)
  })

  it('says in one line where the output differs', async () => {
    const { report } = await judged(submission(), echo(4, { 1: [ran({ stdout: '1\n5\n' })] }))
    expect(report.tests[0]?.note).toBe('line 2, token 1: expected the end of the output, got "5"')
  })

  it('aborts the runs behind it when its answer is wrong', async () => {
    let aborted = false
    const executor = scripted(compiled, async ({ signal, tell }) => {
      tell(ran({ stdout: 'no' }))
      return untilAborted(signal).finally(() => {
        aborted = true
      })
    })
    expect((await judged(submission(), executor)).told).toEqual(['compiled', '1 wrong-answer'])
    expect(aborted).toBe(true)
  })

  it.each([ran({ exitCode: 1 }), stopped('cpu-limit', { cpuMs: 1_400 })])(
    'after which the executor stops by itself aborts nothing: %o',
    async (failure) => {
      const executor = echo(4, { 2: [failure, ran({ stdout: '?' })] })
      await judged(submission(), executor)
      expect(executor.requests[1]?.signal.aborted).toBe(false)
    },
  )

  it('is looked for in slices that grow', async () => {
    const executor = echo(600)
    await judged(submission({ tests: echoTests(600) }), executor)
    expect(executor.inputs.map(({ length }) => length)).toEqual([0, 4, 8, 16, 32, 64, 128, 200, 148])
    expect(executor.inputs.flat()).toEqual(echoTests(600).map(({ input }) => input))
  })

  it('is not waited for when all are wanted: slices are full', async () => {
    const executor = echo(450)
    await judged(submission({ tests: echoTests(450), all: true }), executor)
    expect(executor.inputs.map(({ length }) => length)).toEqual([0, 200, 200, 50])
  })

  it.each([
    [64, 4],
    [16, 16],
  ])('may print %i MiB: slices are small enough for the memory', async (mebibytes, largest) => {
    const limits = { ...submission().limits, outputBytes: mebibytes * 1024 * 1024 }
    const executor = echo(20)
    await judged(submission({ tests: echoTests(20), limits, all: true }), executor)
    expect(Math.max(...executor.inputs.map(({ length }) => length))).toBe(largest)
  })
})

describe('a time near the limit', () => {
  const halted = stopped('cpu-limit', { cpuMs: 1_110 })
  const cases: [what: string, runs: readonly ExecutionResult[], verdict: string, timeMs: number][] = [
    ['one slow measurement', [timed('2', 1_050), timed('2', 800)], 'accepted', 800],
    [
      'one slow measurement, then one near the limit',
      [timed('2', 1_050), timed('2', 990), timed('2', 1_060)],
      'accepted',
      990,
    ],
    ['one run stopped by the executor', [halted, timed('2', 400)], 'accepted', 400],
    [
      'one run stopped late by the executor',
      [stopped('cpu-limit', { cpuMs: 1_400 }), timed('2', 400)],
      'accepted',
      400,
    ],
    ['stopped by the executor, then in time', [halted, timed('2', 999), timed('2', 950)], 'accepted', 950],
    ['in time by a little', [timed('2', 950), timed('2', 930), timed('2', 960)], 'accepted', 930],
    ['in time by a little, then by much', [timed('2', 950), timed('2', 300)], 'accepted', 300],
    [
      'over by a little each time',
      [timed('2', 1_050), timed('2', 1_040), timed('2', 1_060)],
      'time-limit-exceeded',
      1_040,
    ],
    ['stopped each time', [halted, halted], 'time-limit-exceeded', 1_110],
    [
      'over, at the edge of what the executor allows',
      [timed('2', 1_109), timed('2', 1_108), halted],
      'time-limit-exceeded',
      1_108,
    ],
    ['slow, then crashing', [timed('2', 1_050), ran({ exitCode: 1 })], 'runtime-error', 100],
    ['in time, then crashing', [timed('2', 950), ran({ exitCode: 1 })], 'accepted', 950],
    ['in time, then stopped', [timed('2', 950), halted], 'accepted', 950],
    ['slow, then asleep', [timed('2', 1_050), stopped('wall-limit', { cpuMs: 2 })], 'time-limit-exceeded', 2],
    ['slow and wrong', [ran({ stdout: '?', cpuMs: 1_050 }), ran({ stdout: '?', cpuMs: 700 })], 'wrong-answer', 700],
    ['in time, then quicker with another output', [timed('2', 950), timed('?', 940), timed('?', 700)], 'accepted', 700],
    ['a crash just before the limit is certain', [ran({ exitCode: 1, cpuMs: 990 })], 'runtime-error', 990],
    [
      'too much memory just before the limit is certain',
      [stopped('memory-limit', { cpuMs: 990, peakMemoryBytes: 2 ** 31 })],
      'memory-limit-exceeded',
      990,
    ],
    ['clearly below', [timed('2', 899)], 'accepted', 899],
  ]

  describe.each([false, true])('all: %s', (all) => {
    it.each(cases)('%s', async (_what, runs, verdict, timeMs) => {
      const executor = echo(4, { 2: runs })
      const { told, report } = await judged(submission({ all }), executor)
      expect(report.tests[1]).toMatchObject({ name: '2', verdict, timeMs })
      const rest = verdict === 'accepted' || all ? ['3 accepted', '4 accepted'] : []
      expect(told).toEqual(['compiled', '1 accepted', `2 ${verdict}`, ...rest])
      expect(executor.inputs.flat().filter((input) => input === '2')).toHaveLength(runs.length)
    })
  })

  it('is noted with the number of its runs', async () => {
    const { report } = await judged(
      submission(),
      echo(4, { 1: [timed('2', 1_050), timed('2', 1_040), timed('2', 1_060)] }),
    )
    expect(report.tests[0]?.note).toBe('used 1040 ms of CPU time, the limit is 1000 ms; the best of 3 runs')
  })

  it('is measured again in one batch with all others of its slice, when nothing else runs', async () => {
    const executor = echo(6, {
      2: [timed('2', 1_020), timed('2', 980), timed('2', 10)],
      5: [timed('5', 1_020), timed('5', 10)],
    })
    const { told } = await judged(submission({ tests: echoTests(6), all: true }), executor)
    expect(told.slice(1)).toEqual(['1', '2', '3', '4', '5', '6'].map((name) => `${name} accepted`))
    expect(executor.inputs).toEqual([[], ['1', '2', '3', '4', '5', '6'], ['2', '5'], ['2']])
  })

  it.each([halted, timed('2', 1_050)])('that is cleared lets the judging go on behind it: %o', async (slow) => {
    const executor = echo(6, { 2: [slow, timed('2', 10)] })
    const { report } = await judged(submission({ tests: echoTests(6) }), executor)
    expect(report).toMatchObject({ verdict: 'accepted', testCount: 6 })
    expect(executor.inputs).toEqual([[], ['1', '2', '3', '4'], ['2'], ['3', '4', '5', '6']])
  })
})

describe('a fault of the executor', () => {
  it('is tried again once, with the tests that have no result yet', async () => {
    const results = echoTests(4).map(({ input }) => ran({ stdout: input }))
    const executor = scripted(compiled, breaks(unavailable(), ...results.slice(0, 2)), replies(...results.slice(2)))
    const { told } = await judged(submission(), executor)
    expect(told).toEqual(['compiled', '1 accepted', '2 accepted', '3 accepted', '4 accepted'])
    expect(executor.requests[2]?.batch.tests).toEqual([{ input: '3' }, { input: '4' }])
  })

  it('is thrown as it is the second time, and never is a verdict', async () => {
    const second = unavailable()
    const executor = scripted(compiled, breaks(unavailable(), ran({ stdout: '1' })), breaks(second))
    const judging = judge(submission(), executor, live())
    await judging.next()
    expect(await judging.next()).toMatchObject({ value: { index: 0, report: { verdict: 'accepted' } } })
    await expect(judging.next()).rejects.toBe(second)
    expect(await judging.next()).toEqual({ done: true, value: undefined })
  })

  it('while compiling is tried again once', async () => {
    const gone = breaks(unavailable())
    const results = echoTests(4).map(({ input }) => ran({ stdout: input }))
    const { report } = await judged(submission(), scripted(gone, compiled, replies(...results)))
    expect(report.verdict).toBe('accepted')
    await expect(judged(submission(), scripted(gone, gone))).rejects.toMatchObject({ code: 'executor-unavailable' })
  })

  it.each([new AppError('bad-request', 'No such language'), new AppError('too-large', 'Too large'), new Error('bug')])(
    'of another kind is not tried again: %s',
    async (error) => {
      const executor = scripted(compiled, breaks(error))
      await expect(judged(submission(), executor)).rejects.toBe(error)
      expect(executor.requests).toHaveLength(2)
    },
  )

  const right = ran({ stdout: '1' })
  it.each([
    ['too few results', [right]],
    ['no results', []],
    ['too many results', [right, right, right, right, right]],
    ['results cut after a success', [right, right]],
    ['too many results, the last a failure', [right, right, right, right, ran({ exitCode: 1 })]],
  ])('is %s: no verdict is made of what is not there', async (_what, results) => {
    const tests = echoTests(4).map((test) => ({ ...test, answer: '1' }))
    const executor = scripted(compiled, replies(...results), replies(...results))
    const error = await judged(submission({ tests }), executor).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'executor-unavailable',
      message: `The executor gave ${results.length} results for 4 runs.`,
    })
  })

  it('is a result less than it told', async () => {
    const forgetful = scripted(
      compiled,
      ({ tell }) => {
        tell(right)
        tell(right)
        return reply([right])
      },
      replies(right),
    )
    await expect(judged(submission({ tests: echoTests(1) }), forgetful)).rejects.toMatchObject({
      code: 'executor-unavailable',
    })
  })

  it('is results cut after a failure when all are wanted', async () => {
    const cut = replies(ran({ exitCode: 1 }))
    await expect(judged(submission({ all: true }), scripted(compiled, cut, cut))).rejects.toMatchObject({
      code: 'executor-unavailable',
    })
  })

  it('is a program that compiles once and then no more', async () => {
    const executor = scripted(compiled, () => notCompiled('disk full'))
    await expect(judged(submission(), executor)).rejects.toMatchObject({ code: 'executor-unavailable' })
  })
})

describe('an abort', () => {
  const reason = new Error('the client went away')

  it('before anything is run throws its reason', async () => {
    await expect(judged(submission(), scripted(), AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it.each(['while compiling', 'while running'])(
    '%s throws its reason though the executor takes no notice',
    async (when) => {
      const aborter = new AbortController()
      let seen: AbortSignal | undefined
      const deaf = async ({ signal }: { signal: AbortSignal }): Promise<never> => {
        seen = signal
        setImmediate(() => aborter.abort(reason))
        return new Promise(() => {})
      }
      const executor = when === 'while compiling' ? scripted(deaf) : scripted(compiled, deaf)
      await expect(judged(submission(), executor, aborter.signal)).rejects.toBe(reason)
      expect(seen?.aborted).toBe(true)
    },
  )

  it.each([reason, unavailable()])(
    'wins over the error that it causes in the executor, and nothing is tried again: %s',
    async (why) => {
      const aborter = new AbortController()
      const executor = scripted(compiled, async ({ signal }) => {
        setImmediate(() => aborter.abort(why))
        return untilAborted(signal).catch(() => {
          throw unavailable()
        })
      })
      await expect(judged(submission(), executor, aborter.signal)).rejects.toBe(why)
      expect(executor.requests).toHaveLength(2)
    },
  )

  it('reaches the executor though nobody waits for the next event', async () => {
    const aborter = new AbortController()
    const executor = scripted(compiled, async ({ signal, tell }) => {
      tell(ran({ stdout: '1' }))
      return untilAborted(signal)
    })
    const judging = judge(submission(), executor, aborter.signal)
    await judging.next()
    await judging.next()
    aborter.abort(reason)
    expect(executor.requests[1]?.signal.aborted).toBe(true)
    await judging.return({} as never)
  })

  it('between two events throws its reason, and results that are already there are not told', async () => {
    const aborter = new AbortController()
    const executor = scripted(compiled, async ({ signal, tell }) => {
      for (const { input } of echoTests(3)) tell(ran({ stdout: input }))
      return untilAborted(signal)
    })
    const judging = judge(submission(), executor, aborter.signal)
    await judging.next()
    await judging.next()
    aborter.abort(reason)
    await expect(judging.next()).rejects.toBe(reason)
  })
})

describe('a reader who leaves early', () => {
  it.each(['the submission runs', 'it is measured again', 'the checker runs'])(
    'ends what is running while %s',
    async (when) => {
      let running = 0
      const hanging = async (signal: AbortSignal): Promise<never> => {
        running += 1
        try {
          return await untilAborted(signal)
        } finally {
          // Ending a process takes a while.
          await turn()
          running -= 1
        }
      }
      const untilTold: Step = async ({ signal, tell }) => {
        tell(ran({ stdout: '1' }))
        return hanging(signal)
      }
      const scripts: Record<string, Step[]> = {
        'the submission runs': [compiled, untilTold],
        'it is measured again': [compiled, replies(timed('1', 950), timed('2', 950)), untilTold],
        'the checker runs': [compiled, replies(timed('1', 100), timed('2', 100)), untilTold],
      }
      const job = submission({
        tests: echoTests(2),
        ...(when === 'the checker runs' && {
          checker: { kind: 'custom', protocol: 'testlib', program: submission().program, args: [] },
        }),
      })
      for await (const event of judge(job, scripted(...(scripts[when] ?? [])), live())) {
        if (event.type === 'compiled') continue
        expect(running).toBe(1)
        break
      }
      expect(running).toBe(0)
    },
  )
})

describe('what is no submission', () => {
  it.each<[what: string, value: unknown, details: { field: string; message: string }[]]>([
    ['nothing', undefined, [{ field: 'submission', message: 'Invalid input: expected object, received undefined' }]],
    [
      'no tests',
      submission({ tests: [] }),
      [{ field: 'tests', message: 'Too small: expected array to have >=1 items' }],
    ],
    [
      'a limit out of range and a field too many',
      { ...submission(), limits: { ...submission().limits, timeMs: 5, time: 5 } },
      [
        { field: 'limits.timeMs', message: 'Too small: expected number to be >=10' },
        { field: 'limits.time', message: 'Unknown field: leave it out.' },
      ],
    ],
    [
      'an unknown checker',
      { ...submission(), checker: { kind: 'fuzzy' } },
      [
        {
          field: 'checker.kind',
          message: expect.stringContaining("Expected 'exact' | 'tokens' | 'lines'") as string,
        },
      ],
    ],
  ])('%s: every field is named with what would be right, and nothing is run', async (_what, value, details) => {
    await expect(judged(value, scripted())).rejects.toMatchObject({ code: 'bad-request', details })
  })

  it('is described in a bounded list', async () => {
    const broken = { ...submission(), tests: Array.from({ length: 500 }, () => ({})) }
    const error = await judged(broken, scripted()).catch((thrown: unknown) => thrown)
    expect((error as AppError).details).toHaveLength(20)
  })
})

describe('whatever the executor does', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'every test is told once, in order, with its own verdict (seed %i)',
    async (seed) => {
      const { below, pick } = chance(seed)
      const tests = echoTests(1 + below(40))
      const wanted = new Map(
        tests.map(({ input }) => [
          input,
          pick([
            { verdict: 'accepted', runs: () => ran({ stdout: input }) },
            { verdict: 'accepted', runs: () => ran({ stdout: input }) },
            { verdict: 'accepted', runs: () => ran({ stdout: input }) },
            { verdict: 'accepted', runs: () => ran({ stdout: input, cpuMs: 900 + below(100) }) },
            { verdict: 'wrong-answer', runs: () => ran({ stdout: '?' }) },
            { verdict: 'runtime-error', runs: () => ran({ exitCode: 1 }) },
            { verdict: 'time-limit-exceeded', runs: () => ran({ stdout: input, cpuMs: 1_001 + below(100) }) },
            { verdict: 'time-limit-exceeded', runs: () => stopped('cpu-limit', { cpuMs: 1_110 }) },
          ]),
        ]),
      )
      let faulty = false
      const executor: Executor = {
        async run(batch, signal, onResult) {
          // Never two faults in a row: the second would be thrown.
          faulty = !faulty && below(3) === 0
          const faultAt = faulty ? below(batch.tests.length + 1) : Infinity
          const tells = below(2) === 0
          const results: ExecutionResult[] = []
          for (const { input } of batch.tests) {
            if (results.length >= faultAt) break
            if (below(2) === 0) await Promise.resolve()
            signal.throwIfAborted()
            const result = wanted.get(input)?.runs() ?? ran()
            results.push(result)
            if (tells) onResult?.(result)
            if (batch.stopOnFirstFailure === true && (result.outcome !== 'exited' || result.exitCode !== 0)) break
          }
          if (faulty) throw unavailable()
          return reply(results)
        },
      }
      const all = below(2) === 0
      const { told, events, report } = await judged(submission({ tests, all }), executor)
      const verdicts = tests.map(({ name }) => `${name} ${wanted.get(name)?.verdict}`)
      const firstFailure = verdicts.findIndex((word) => !word.endsWith('accepted'))
      const shown = all || firstFailure < 0 ? verdicts : verdicts.slice(0, firstFailure + 1)
      expect(told).toEqual(['compiled', ...shown])
      expect(events.slice(1)).toEqual(report.tests.map((test, index) => ({ type: 'test', index, report: test })))
      expect(report.verdict).toBe(firstFailure < 0 ? 'accepted' : verdicts[firstFailure]?.split(' ')[1])
    },
  )
})
