// How far programs are tried: one that never ends must not hold up a whole run.
import { expect, it } from 'vitest'
import type { ExecutionResult } from '../../../src/contract/execution.ts'
import type { Executor } from '../../../src/ports.ts'
import { rememberingExecutor, runScenario } from '../../support/pipeline.ts'
import { planted, tinyReplies } from '../../support/tiny-author.ts'

const endless = `import queue
import sys

data = sys.stdin.read()
queue.Queue().get()
print(0)
`

/** What the executor says of a program that waits until it is stopped. */
const stopped: ExecutionResult = {
  outcome: 'wall-limit',
  exitCode: null,
  signal: 'SIGKILL',
  stdout: '',
  stdoutBytes: 0,
  stdoutSha256: '0'.repeat(64),
  stderr: '',
  cpuMs: 1,
  wallMs: 3_000,
  peakMemoryBytes: 1,
}

it('a wrong solution that never ends is given up after a few tests', async () => {
  const real = rememberingExecutor()
  let runs = 0
  const executor: Executor = {
    async run(batch, signal, onResult) {
      const isItself = batch.program.files[0]?.text === endless
      // Nobody waits here for what would be stopped: neither by itself nor among others.
      const isAmongOthers = batch.tests.some(
        ({ input }) => input.includes('queue.Queue().get()') && input.includes('budgetMs'),
      )
      if (!isItself && !isAmongOthers) return real.run(batch, signal, onResult)
      if (isItself) runs += batch.tests.length
      const results = batch.tests.map(() => stopped)
      results.forEach((result) => onResult?.(result))
      return { version: 1, compile: { ok: true, log: '', wallMs: 0 }, results }
    },
  }
  const [first, second] = tinyReplies['wrong-solutions'].solutions
  const solutions = [first, second, { ...first, idea: 'waits for ever', code: endless }]
  const { end } = await runScenario({ executor, scenario: { 'wrong-solutions': [{ reply: { solutions } }] } })
  if (!end.ok) throw new Error(`${end.code}: ${end.evidence.join('; ')}`)
  const rows = end.publication.document.verification.matrix.filter(({ role }) => role === 'wrong')
  expect(rows.map(({ verdicts }) => verdicts.includes('W'))).toEqual([true, true, false])
  expect(rows[2]?.verdicts).toMatch(/^T{8}\.{5,}$/)
  expect(runs).toBe(8)
})

it.each([
  ['generator', 'G5'],
  ['reference', 'G6'],
] as const)('a %s that fails is not run on what is left', async (artefact, stoppedBy) => {
  const real = rememberingExecutor()
  const code = planted(artefact, 'raise ValueError')
  const runs: number[] = []
  const executor: Executor = {
    async run(batch, signal, onResult) {
      const reply = await real.run(batch, signal, onResult)
      if (batch.program.files[0]?.text === code) runs.push(reply.results.length)
      return reply
    },
  }
  const reply = { ...tinyReplies[artefact], code }
  const { failed } = await runScenario({ executor, scenario: { [artefact]: [{ reply, repeat: true }] } })
  expect(new Set(failed)).toEqual(new Set([stoppedBy]))
  expect(new Set(runs)).toEqual(new Set([1]))
})
