// The processes that serve requests, one at a time: what one request leaves behind for the next, a long sleep, the function's end,
// and a death. Only with AWS's runtime client (see vitest.config.ts).
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { ownerReserveMs } from '../../src/generation/run.ts'
import { generateUrl, open, read } from '../support/reading.ts'
import { expectGrammar, expectStoredAsStreamed } from '../support/run-checks.ts'
import { startService, type Service, type ServiceOptions } from '../support/service.ts'

const services: Service[] = []
async function start(options: ServiceOptions = {}): Promise<Service> {
  const service = await startService({ maxEnvironments: 1, ...options })
  services.push(service)
  return service
}
afterEach(async () => {
  for (const service of services.splice(0)) await service.close()
})

/** Ids of the processes below this one that run the function. */
function functionProcesses(): number[] {
  return readdirSync('/proc').flatMap((id) => {
    try {
      const isFunction = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('aws-lambda-ric')
      const isOurs = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(readFileSync(`/proc/${id}/status`, 'utf8'))
      return isFunction && isOurs ? [Number(id)] : []
    } catch {
      return [] // It ended meanwhile.
    }
  })
}

const stateOf = (id: number): string | undefined =>
  /^State:\s+(\w)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]

describe('an environment', () => {
  it('serves one run after the other, each with its own events', async () => {
    const service = await start()
    const [process] = await processOf(service)
    const readings = [await read(generateUrl(service)), await read(generateUrl(service))]
    expect(new Set(readings.map(({ problemId }) => problemId)).size).toBe(2)
    for (const reading of readings) {
      expectGrammar(reading)
      expect(reading.last.type).toBe('problem')
      await expectStoredAsStreamed(service, reading)
    }
    expect(functionProcesses()).toEqual([process])
  })

  it('is frozen between requests, and answers at once after a sleep in which its connections have died', async () => {
    const service = await start()
    const [process = 0] = await processOf(service)
    expect((await read(generateUrl(service))).last.type).toBe('problem')
    await service.idle()
    // It stops when it gets a processor next.
    await expect.poll(() => stateOf(process)).toBe('T')
    // Longer than the table keeps a connection that nobody uses.
    await sleep(6_000)
    expect((await read(generateUrl(service))).last.type).toBe('problem')
    expect(service.lines.filter((line) => line.includes('"level":"ERROR"'))).toEqual([])
  })

  it('hands its run over before the function ends, and a reader goes on with it in another one', async () => {
    const service = await start({ scenario: { generator: [{ fault: 'hang' }] }, timeoutMs: ownerReserveMs + 2_500 })
    const first = await read(generateUrl(service))
    expect(first.comments.at(-1)).toContain('continues')
    const next = await service.another({})
    const headers = { 'last-event-id': first.frames.at(-1)?.id ?? '' }
    const rest = await read(`${next}/generations/${first.problemId}/events`, { headers })
    expect(rest.last.type).toBe('problem')
    expect(service.lines.filter((line) => line.includes('Task timed out'))).toEqual([])
  })

  it('that dies in the middle of a run breaks the stream, counts as a failure, and the run goes on in a new one', async () => {
    const service = await start({ chunkDelayMs: 20, chunkCharacters: 100 })
    const [dying = 0] = await processOf(service)
    const reading = await open(generateUrl(service))
    await reading.until(({ frames }) => frames.length > 5)
    process.kill(dying, 'SIGKILL')
    await expect(reading.whole()).rejects.toThrow('terminated')
    const deaths = (): string[] => service.lines.filter((line) => line.includes('Runtime exited with error'))
    await expect.poll(deaths).toEqual([expect.stringContaining('SIGKILL')])

    const headers = { 'last-event-id': reading.frames.at(-1)?.id ?? '' }
    const rest = await read(`${service.url}/generations/${reading.problemId}/events`, { headers })
    expect(rest.last.type).toBe('problem')
    const whole = await read(`${service.url}/generations/${reading.problemId}/events`)
    expectGrammar(whole)
    expect(whole.frames).toEqual([...reading.frames, ...rest.frames])
    expect(functionProcesses()).not.toContain(dying)
    expect(deaths()).toHaveLength(1)
  })

  it('whose table is gone in the middle of a run says so in the stream, and lives on', async () => {
    const service = await start({ chunkDelayMs: 20, chunkCharacters: 100 })
    const processes = await processOf(service)
    const reading = await open(generateUrl(service))
    await reading.until(({ frames }) => frames.length > 5)
    service.db.setFault(() => ({ kind: 'error', status: 500, type: 'InternalServerError', message: 'gone' }))
    await reading.whole()
    expect(reading.last).toMatchObject({ type: 'failed', code: 'storage-unavailable', retryable: true })
    service.db.setFault(undefined)
    await service.idle()
    expect((await read(generateUrl(service))).last.type).toBe('problem')
    expect(functionProcesses()).toEqual(processes)
  })

  it('that dies before its first byte is answered for with 502, and the next request gets a new one', async () => {
    const service = await start()
    const [dying = 0] = await processOf(service)
    const isAsking = Promise.withResolvers<void>()
    service.db.setFault(() => {
      isAsking.resolve()
      return { kind: 'delay', ms: 2_000 }
    })
    const asked = read(generateUrl(service))
    await isAsking.promise
    process.kill(dying, 'SIGKILL')
    expect((await asked).status).toBe(502)
    service.db.setFault(undefined)
    expect((await read(`${service.url}/health`)).status).toBe(200)
    expect(service.lines.filter((line) => line.includes('Runtime exited with error'))).toHaveLength(1)
  })
})

/** Processes of the service, once there is one. */
async function processOf(service: Service): Promise<number[]> {
  expect((await read(`${service.url}/health`)).status).toBe(200)
  await service.idle()
  return functionProcesses()
}
