// Whole calls: 20 tests of a program that works, 200 in one call, and two calls at once.
import { median, type Figure } from '../measure.ts'
import { inTurn, milliseconds, ratio } from './rounds.ts'
import { call, spawned, times, type Bench } from './sandbox.ts'

const rounds = 7
const manyRounds = 3
const tests = 20
const mostTests = 200

/**
 * Says itself how many milliseconds of CPU time it needed: what is charged to it is part of what is asked about. By its
 * thread's clock, since a process's clock moves by whole ticks once the process has a limit of CPU time.
 */
const working = `import time
began = time.thread_time()
n = int(input())
numbers = [i * i % 1009 for i in range(n)]
best = {}
for at, value in enumerate(numbers):
    best[value] = max(best.get(value, 0), at)
print(sum(best.values()) + sorted(numbers)[n // 2])
print((time.thread_time() - began) * 1000)
`
const python = { language: 'python', text: working } as const
const cpp = { language: 'cpp', text: '#include <cstdio>\nint main() { std::puts("1"); }\n' } as const
const input = '20000\n'

export async function throughput(bench: Bench): Promise<Figure[]> {
  const whole: number[] = []
  const { ours, theirs } = await inTurn(rounds, {
    ours: async () => {
      const { wallMs, results } = await call(bench.sandbox, python, times(tests, input))
      whole.push(wallMs)
      return wallMs - results.reduce((sum, { stdout }) => sum + Number(stdout.split('\n')[1]), 0)
    },
    theirs: async () => {
      let ms = 0
      const code = working.replace('int(input())', input.trim())
      for (let test = 0; test < tests; test++) {
        const { ms: wallMs, stdout } = await spawned(bench.tools.python, ['-c', code])
        ms += wallMs - Number(stdout.split('\n')[1])
      }
      return ms
    },
  })
  const value = median(ours)
  return [
    {
      name: `20 Python tests, beside their own CPU (of ${milliseconds(median(whole))}; least ${milliseconds(Math.min(...ours))})`,
      value: milliseconds(value),
      target: '≤ 60 ms',
      met: value <= 60,
    },
    {
      name: '  peer: 20 × spawn(python3 -c) from Node',
      value: `${milliseconds(median(theirs))}, ${ratio(theirs, ours)}`,
    },
    ...(await manyTests(bench)),
    ...(await atOnce(bench)),
  ]
}

async function manyTests({ sandbox }: Bench): Promise<Figure[]> {
  const perSecond = (program: typeof python | typeof cpp) => async (): Promise<number> =>
    (mostTests * 1_000) / (await call(sandbox, program, times(mostTests, '1\n'))).wallMs
  const speeds = await inTurn(manyRounds, { python: perSecond(python), cpp: perSecond(cpp) })
  return [
    { name: `${mostTests} Python tests in one call`, value: `${median(speeds.python).toFixed(0)} tests/s` },
    { name: `${mostTests} C++ tests in one call`, value: `${median(speeds.cpp).toFixed(0)} tests/s` },
  ]
}

async function atOnce(bench: Bench): Promise<Figure[]> {
  const sandbox = bench.open(2)
  const one = async (): Promise<unknown> => call(sandbox, python, times(tests, input))
  const { apart, together } = await inTurn(manyRounds, {
    together: () => wall(() => Promise.all([one(), one()])),
    apart: () =>
      wall(async () => {
        await one()
        await one()
      }),
  })
  await sandbox.close()
  return [
    {
      name: `two such calls at once (${milliseconds(median(together))}) against one after the other`,
      value: `${milliseconds(median(apart))}, ${ratio(apart, together)}`,
    },
  ]
}

async function wall(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
