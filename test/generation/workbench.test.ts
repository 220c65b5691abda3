// What is held of what programs print: a run's memory is not the model's to choose.
import { afterAll, expect, it } from 'vitest'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import { Draft } from '../../src/generation/draft.ts'
import { hashSeeds, measuringLimits, mostPrintedBytes } from '../../src/generation/programs.ts'
import { mostHeldBytes, Workbench } from '../../src/generation/workbench.ts'
import type { Executor } from '../../src/ports.ts'
import { runScenario } from '../support/pipeline.ts'
import { quietLog } from '../support/quiet-log.ts'
import { planted, tinyReplies } from '../support/tiny-author.ts'

const sandbox = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
afterAll(() => sandbox.close())

/** A workbench with a reference of that code. */
function benchWith(code: string, executor: Executor = sandbox): Workbench {
  const draft = new Draft()
  draft.accept('reference', {
    callId: 'reference-1',
    attempt: 1,
    text: JSON.stringify({ ...tinyReplies.reference, code }),
    outcome: { model: undefined, usage: undefined, kind: 'complete' },
  })
  const targets = { mutants: false, wrongSolutions: false, coverage: false }
  return new Workbench(draft, executor, new AbortController().signal, targets)
}

const inputs = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `${from + index}\n`)

async function outcomes(code: string, count: number, stopOnFirstFailure: boolean): Promise<string[]> {
  const bench = benchWith(code)
  const seed = hashSeeds.ordinary
  const results = await bench.execute('reference', inputs(count), measuringLimits, seed, stopOnFirstFailure)
  return results.map(({ outcome }) => outcome)
}

const megabytes = 3

it.each([false, true])('ends a batch whose outputs are too much together (stopping: %s)', async (stops) => {
  const held = Math.floor(mostHeldBytes / (megabytes * 1_000_000))
  expect(megabytes * 1_000_000).toBeLessThan(mostPrintedBytes)
  const all = await outcomes(`print(input() + 'x' * ${megabytes * 1_000_000 - 10})`, held + 10, stops)
  expect(all.slice(0, held)).toEqual(Array.from({ length: held }, () => 'exited'))
  expect(all.slice(held)).toEqual(Array.from({ length: stops ? 1 : 10 }, () => 'output-limit'))
})

it('holds once what is printed often', async () => {
  expect(new Set(await outcomes(`print('x' * ${megabytes * 1_000_000})`, 30, true))).toEqual(new Set(['exited']))
})

it('remembers what was run, until all that was printed is too much', async () => {
  let batches = 0
  const counting: Executor = {
    run(batch, signal, onResult) {
      batches += 1
      return sandbox.run(batch, signal, onResult)
    },
  }
  const bench = benchWith(`print(input() + 'x' * ${megabytes * 1_000_000 - 10})`, counting)
  const first = inputs(20)
  const run = (texts: readonly string[]) => bench.execute('reference', texts, measuringLimits)
  await run(first)
  await run(first)
  expect(batches).toBe(1)
  for (let batch = 1; batch < 6; batch += 1) await run(inputs(20, 20 * batch))
  expect(batches).toBe(6)
  await run(first)
  expect(batches).toBe(7)
})

it('tries the comparison on few answers where they are long', async () => {
  const code = planted('reference', "print('0 ' * 1_000_000, end='')")
  const reference = [{ patch: [{ op: 'replace', path: '/code', value: code }] }]
  const { events } = await runScenario({ scenario: { reference } })
  const tried = events.find((event) => event.type === 'gate' && event.gate === 'G12')
  expect(tried).toMatchObject({ evidence: expect.stringMatching(/accepts 3 right outputs/) as unknown })
})
