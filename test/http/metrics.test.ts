// Figures that alarms and the dashboard look at: every one of them is emitted by the functions that are said to, and no other.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import { createLog } from '../../src/adapters/log.ts'
import { metricDimensions, metrics, metricsNamespace } from '../../src/contract/metrics.ts'
import { ownerReserveMs } from '../../src/generation/run.ts'
import { generateUrl, open, read } from '../support/reading.ts'
import { startService, type Service, type ServiceOptions } from '../support/service.ts'
import { planted } from '../support/tiny-author.ts'

const metricsLineSchema = z.looseObject({
  _aws: z.object({
    Timestamp: z.int(),
    CloudWatchMetrics: z.tuple([
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ]),
  }),
  service: z.string(),
  stage: z.string(),
  problemId: z.string().optional(),
})
type MetricsLine = z.infer<typeof metricsLineSchema>

/** The lines that CloudWatch takes metrics from. */
const metricsLines = (lines: readonly string[]): MetricsLine[] =>
  lines.filter((line) => line.includes('"_aws"')).map((line) => metricsLineSchema.parse(JSON.parse(line)))

/** What a line says, without how CloudWatch reads it. */
function figuresOf({ _aws, service: _service, stage: _stage, ...figures }: MetricsLine): Record<string, unknown> {
  return figures
}

/** Names of all that was emitted, after a look at how. */
function emitted(lines: readonly MetricsLine[], service: string): Set<string> {
  const units: Readonly<Record<string, { readonly unit: string }>> = metrics
  const names = new Set<string>()
  for (const line of lines) {
    const { _aws: format } = line
    const [directive] = format.CloudWatchMetrics
    expect(directive.Namespace).toBe(metricsNamespace)
    expect(directive.Dimensions.map((dimensions) => dimensions.toSorted())).toEqual([[...metricDimensions]])
    expect(line).toMatchObject({ service, stage: 'local' })
    for (const { Name, Unit } of directive.Metrics) {
      expect([Name, Unit]).toEqual([Name, units[Name]?.unit])
      expect(line[Name]).toBeTypeOf('number')
      names.add(Name)
    }
  }
  return names
}

const declaredFor = (service: 'generator' | 'sweeper' | 'executor'): string[] =>
  Object.entries(metrics).flatMap(([name, { services }]) => (new Set<string>(services).has(service) ? [name] : []))

const services: Service[] = []
async function start(options: ServiceOptions = {}): Promise<Service> {
  const service = await startService(options)
  services.push(service)
  return service
}
afterEach(async () => {
  for (const service of services.splice(0)) await service.close()
})

/** The metrics of the one line that a run ends with. */
async function metricsOf(service: Service, problemId: string): Promise<Record<string, unknown>> {
  await service.idle()
  const lines = metricsLines(service.lines).filter((line) => line.problemId === problemId)
  expect(lines).toHaveLength(1)
  return lines.map(figuresOf)[0] ?? {}
}

describe('metrics', () => {
  it('come from the generator, all that are said to: runs by outcome, stages, gates, the model, first byte, refusals', async () => {
    const seen: MetricsLine[] = []
    const take = (service: Service): void => void seen.push(...metricsLines(service.lines))

    const good = await start({ env: { QUOTA_RUNS_PER_DAY: '1' } })
    const { problemId } = await read(generateUrl(good))
    expect((await read(generateUrl(good))).status).toBe(429)
    const completed = await metricsOf(good, problemId)
    expect(completed).toMatchObject({ RunsCompleted: 1, ModelCalls: 7, ModelCallsFailed: 0 })
    expect(completed['InputTokens']).toBeGreaterThan(1_000)
    expect(completed['OutputTokens']).toBeGreaterThan(100)
    const stages = ['Blueprint', 'Programs', 'Proof', 'Statement', 'Publish'].map(
      (name) => completed[`${name}Duration`],
    )
    const inStages = stages.reduce<number>((sum, ms) => sum + Number(ms), 0)
    expect(inStages).toBeGreaterThan(0)
    expect(inStages).toBeLessThanOrEqual(Number(completed['RunDuration']) + 5)
    take(good)

    const wrong = { patch: [{ op: 'replace', path: '/code', value: planted('reference', 'answer += 1') }] }
    const bad = await start({
      scenario: { reference: [{ fault: 'empty' }, ...Array.from({ length: 9 }, () => wrong)] },
    })
    const failed = await metricsOf(bad, (await read(generateUrl(bad))).problemId)
    expect(failed).toMatchObject({ RunsFailed: 1 })
    expect(failed['GatesFailed']).toBeGreaterThan(1)
    expect(failed['ModelCallsFailed']).toBeGreaterThan(0)
    expect(failed).not.toHaveProperty('RunDuration')
    take(bad)

    const slow = await start({ chunkDelayMs: 60, chunkCharacters: 60 })
    const reading = await open(generateUrl(slow))
    await fetch(`${slow.url}/generations/${reading.problemId}`, { method: 'DELETE' })
    await reading.whole()
    const cancelled = await metricsOf(slow, reading.problemId)
    expect(cancelled).toMatchObject({ RunsCancelled: 1 })
    // Only what the stand-in has answered costs nothing.
    expect(cancelled['CostUsd']).toBeGreaterThan(0)
    take(slow)

    const near = await start({ scenario: { generator: [{ fault: 'hang' }] }, timeoutMs: ownerReserveMs + 1_500 })
    const first = await read(generateUrl(near))
    expect(await metricsOf(near, first.problemId)).toMatchObject({ RunsHandedOver: 1, ModelCallsFailed: 1 })
    const next = await near.another({})
    await read(`${next}/generations/${first.problemId}/events`)
    await near.idle()
    const second = metricsLines(near.lines).findLast((line) => line.problemId === first.problemId)
    expect(second).toMatchObject({ RunsTakenOver: 1, RunsCompleted: 1 })
    // The first owner's calls are on the first owner's line.
    expect(second?.['ModelCalls']).toBeLessThan(7)
    take(near)

    expect([...emitted(seen, 'generator')].toSorted()).toEqual(declaredFor('generator').toSorted())
  })

  it('leave out what a run cost its asker, whose own key paid', async () => {
    const service = await start({ chunkDelayMs: 60, chunkCharacters: 60 })
    const reading = await open(generateUrl(service), { headers: { 'x-goog-api-key': 'a-key-of-my-own' } })
    await fetch(`${service.url}/generations/${reading.problemId}`, { method: 'DELETE' })
    await reading.whole()
    expect(await metricsOf(service, reading.problemId)).toMatchObject({ RunsCancelled: 1, CostUsd: 0 })
  })

  it('come from the sweeper, which tells of runs whose owners died, and not of those that were given up', async () => {
    const service = await start({
      scenario: { generator: [{ fault: 'hang', repeat: true }] },
      timeoutMs: ownerReserveMs + 1_500,
    })
    const { problemId: givenUp } = await read(generateUrl(service))
    const { problemId: orphan } = await read(generateUrl(service))
    await service.idle()
    // A second owner, who never says a word.
    await service.seize(orphan)
    const sweeper = fork(new URL('../support/sweeper-process.ts', import.meta.url), {
      silent: true,
      env: { ...service.env, PATH: process.env['PATH'] },
    })
    let output = ''
    sweeper.stdout?.on('data', (chunk) => (output += String(chunk)))
    await once(sweeper, 'message')
    sweeper.send('sweep')
    await once(sweeper, 'message')
    const exited = once(sweeper, 'exit')
    sweeper.disconnect()
    await exited
    const lines = metricsLines(output.split('\n'))
    const names = emitted(lines, 'sweeper')
    for (const name of names) expect(declaredFor('sweeper')).toContain(name)
    const of = (problemId: string) => lines.filter((line) => line.problemId === problemId).map(figuresOf)
    expect(of(givenUp)).toEqual([expect.objectContaining({ RunsTakenOver: 1 })])
    expect(of(orphan)).toEqual([{ problemId: orphan, OrphanedRuns: 1 }, expect.objectContaining({ RunsTakenOver: 1 })])
    expect(lines).toHaveLength(3)
  })

  it('come from an executor that lacks protections, and runs nothing', async () => {
    const printed: string[] = []
    const write = process.stdout.write.bind(process.stdout)
    process.stdout.write = (chunk: string | Uint8Array) => printed.push(String(chunk)) > 0
    try {
      const executor = createLocalExecutor({
        log: createLog({ service: 'executor', stage: 'local' }),
        searchPath: process.env['PATH'],
        maxTier: 'rlimits',
        minTier: 'seccomp',
      })
      await expect(executor.warmUp()).rejects.toMatchObject({ code: 'executor-unavailable' })
      await executor.close()
    } finally {
      process.stdout.write = write
    }
    expect([...emitted(metricsLines(printed.join('').split('\n')), 'executor')]).toEqual(declaredFor('executor'))
  })
})
