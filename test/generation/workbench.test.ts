// What is held of what programs print: a run's memory is not the model's to choose.
import { expect, it } from 'vitest'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import { Draft } from '../../src/generation/draft.ts'
import { hashSeeds, measuringLimits, mostPrintedBytes } from '../../src/generation/programs.ts'
import { mostHeldBytes, Workbench } from '../../src/generation/workbench.ts'
import { runScenario } from '../support/pipeline.ts'
import { quietLog } from '../support/quiet-log.ts'
import { planted, tinyReplies } from '../support/tiny-author.ts'

async function outcomes(code: string, count: number, stopOnFirstFailure: boolean): Promise<string[]> {
  const sandbox = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
  const draft = new Draft()
  draft.accept('reference', {
    callId: 'reference-1',
    attempt: 1,
    text: JSON.stringify({ ...tinyReplies.reference, code }),
    outcome: { model: undefined, usage: undefined, kind: 'complete' },
  })
  const targets = { mutants: false, wrongSolutions: false, coverage: false }
  const bench = new Workbench(draft, sandbox, new AbortController().signal, targets)
  const inputs = Array.from({ length: count }, (_, index) => `${index}\n`)
  const results = await bench.execute('reference', inputs, measuringLimits, hashSeeds.ordinary, stopOnFirstFailure)
  await sandbox.close()
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

it('tries the comparison on few answers where they are long', async () => {
  const code = planted('reference', "print('0 ' * 1_000_000, end='')")
  const reference = [{ patch: [{ op: 'replace', path: '/code', value: code }] }]
  const { events } = await runScenario({ scenario: { reference } })
  const tried = events.find((event) => event.type === 'gate' && event.gate === 'G12')
  expect(tried).toMatchObject({ evidence: expect.stringMatching(/accepts 3 right outputs/) as unknown })
})
