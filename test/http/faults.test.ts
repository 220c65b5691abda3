// Whatever breaks while a run is made: its stream ends with exactly one terminal event, and the table agrees with it.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TableFault, TableRequest } from '../../mock/dynamodb/server.ts'
import { type KmsStandIn, startKms } from '../../mock/kms/server.ts'
import { faultNames } from '../../mock/gemini/scenario.ts'
import type { FailureCode } from '../../src/contract/events.ts'
import { ownerReserveMs } from '../../src/generation/run.ts'
import { generateUrl, open, read, type Reading } from '../support/reading.ts'
import { expectGrammar, expectStoredAsStreamed } from '../support/run-checks.ts'
import { startService, type Service, type ServiceOptions } from '../support/service.ts'
import { planted, tinyReplies } from '../support/tiny-author.ts'
import { isTodays } from '../support/turns.ts'

const ownKey = 'a-key-of-my-own'
const started: Service[] = []
const strays: unknown[] = []
const onStray = (reason: unknown): void => void strays.push(reason)

/** A service that the test ends with. */
async function start(options: ServiceOptions = {}): Promise<Service> {
  const service = await startService(options)
  started.push(service)
  return service
}

beforeAll(() => {
  // Chance only spreads retries; without it they come at once.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  process.on('unhandledRejection', onStray)
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.close()))
  if (strays.length > 0) throw new Error('A rejection was not handled.', { cause: strays.splice(0) })
})
afterAll(() => {
  process.off('unhandledRejection', onStray)
  vi.restoreAllMocks()
})

/** Reads a new run to its end and checks what holds for all of them. */
async function runOf(service: Service, fields: Readonly<Record<string, string>> = {}): Promise<Reading> {
  const run = await read(generateUrl(service, fields))
  expectGrammar(run)
  await service.idle()
  await expectStoredAsStreamed(service, run)
  return run
}

const wrong = (artefact: 'reference' | 'brute-force' | 'generator', ...lines: string[]) => ({
  patch: [{ op: 'replace', path: '/code', value: planted(artefact, ...lines) }],
})

describe('a reference that is wrong', () => {
  const entry = wrong('reference', 'if n == 1:', '    answer += 1')

  it.each([
    { what: 'once', entries: [entry], repairs: 1 },
    { what: 'twice', entries: [entry, entry], repairs: 2 },
  ])('$what is healed', async ({ entries, repairs }) => {
    const service = await start({ scenario: { reference: entries } })
    const run = await runOf(service)
    const { last } = run
    if (last.type !== 'problem') throw new Error(JSON.stringify(last))
    expect(last.problem.solution_code).toBe(tinyReplies.reference.code)
    expect(last.problem.verification.repairs.map(({ gate }) => gate)).toContain('G9')
    const repairing = run.events.filter((event) => event.type === 'progress' && event.state === 'repairing')
    expect(repairing).toHaveLength(repairs)
    const failed = run.events.flatMap((event) => (event.type === 'gate' && event.outcome === 'failed' ? [event] : []))
    expect(failed.map(({ gate, attempt }) => `${gate} ${attempt}`)).toEqual(
      Array.from({ length: repairs }, (_, index) => `G9 ${index + 1}`),
    )
  })

  it('and stays wrong ends the run with what was seen', async () => {
    const service = await start({ scenario: { reference: [{ ...entry, repeat: true }] } })
    const run = await runOf(service, { locale: 'en' })
    expect(run.last).toMatchObject({
      type: 'failed',
      code: 'verification-failed',
      retryable: true,
      message: 'No problem passed the verification. Asking again makes a different one.',
    })
    const evidence = run.last.type === 'failed' ? run.last.evidence : []
    expect(evidence.filter((line) => line.startsWith('G9'))).toHaveLength(3)
    expect(evidence.at(-1)).toBe('no repair left (2 repairs a step)')
  })
})

type Fault = (typeof faultNames)[number]

/** How a run ends that meets a fault once, and one that meets it at every request of that part. */
const ends: Readonly<Record<Fault, { once: 'problem' | FailureCode; always: 'problem' | FailureCode }>> = {
  '429': { once: 'problem', always: 'model-rate-limited' },
  '500': { once: 'problem', always: 'model-unavailable' },
  '503': { once: 'problem', always: 'model-unavailable' },
  hang: { once: 'problem', always: 'verification-failed' },
  'hang-after': { once: 'problem', always: 'verification-failed' },
  cut: { once: 'problem', always: 'verification-failed' },
  safety: { once: 'problem', always: 'verification-failed' },
  recitation: { once: 'problem', always: 'verification-failed' },
  other: { once: 'problem', always: 'verification-failed' },
  'max-tokens': { once: 'problem', always: 'verification-failed' },
  blocked: { once: 'model-refused', always: 'model-refused' },
  'error-in-stream': { once: 'problem', always: 'verification-failed' },
  empty: { once: 'problem', always: 'verification-failed' },
  slow: { once: 'problem', always: 'problem' },
  'no-usage': { once: 'internal', always: 'internal' },
  'bad-key': { once: 'model-key-refused', always: 'model-key-refused' },
}

describe.each([
  ['blueprint', 0],
  ['reference', 1],
  ['statement', 2],
] as const)('a fault of the model while it writes the %s', (artefact, shift) => {
  // Each fault with another artefact from day to day.
  const todays = faultNames.filter((_, index) => isTodays(index + shift, 3))
  it.each(todays)('ends the run well or says why: %s', async (fault) => {
    for (const [repeat, expected] of [
      [false, ends[fault].once],
      [true, ends[fault].always],
    ] as const) {
      const options = fault === '429' ? { retryAfterSeconds: 0.02 } : fault === 'slow' ? { chunkDelayMs: 20 } : {}
      const service = await start({
        scenario: { [artefact]: [{ fault, repeat, ...options }] },
        // Long enough that no other call of the run is taken for silent where that would count.
        env: fault.startsWith('hang') ? { GEMINI_IDLE_TIMEOUT_MS: repeat ? '200' : '500' } : {},
      })
      const run = await runOf(service)
      const { last } = run
      expect(last.type === 'failed' ? last.code : last.type).toBe(expected)
      // The provider's own words stay inside.
      if (last.type === 'failed') expect(JSON.stringify(last)).not.toMatch(/overloaded|quota|API_KEY|RESOURCE|\\n *at /)
    }
  })
})

function expectRefused(run: Reading): void {
  expect(run.status).toBe(503)
  expect(run.json).toMatchObject({ code: 'storage-unavailable', message: 'The table could not be reached.' })
}

/** The stream ended with a failure that no table knows of; all before it is stored. */
async function expectUnstoredEnd(service: Service, run: Reading): Promise<void> {
  const { events, frames } = run
  expect(run.last).toMatchObject({ type: 'failed', code: 'storage-unavailable', retryable: true })
  expect(run.last.seq).toBeUndefined()
  expect(frames.at(-1)?.id).toBeUndefined()
  expect(events.slice(0, -1).map(({ seq }) => seq)).toEqual(events.slice(0, -1).map((_, index) => index + 1))
  expect(events.filter(({ type }) => type === 'failed' || type === 'problem' || type === 'cancelled')).toHaveLength(1)
  const stored = await service.stored(run.problemId)
  expect(stored?.run.status).toBe('PROCESSING')
  expect(stored?.events.map(({ data }) => data)).toEqual(frames.slice(0, -1).map(({ data }) => data))
  expect(stored?.problem).toBeUndefined()
}

/** Another transaction is in the way of a write. */
const conflict = ({ operation }: TableRequest): TableFault => {
  const isTransaction = operation === 'TransactWriteItems'
  const type = isTransaction ? 'TransactionCanceledException' : 'TransactionConflictException'
  const reasons = { CancellationReasons: [{ Code: 'TransactionConflict', Message: 'in flight' }] }
  return { kind: 'error', status: 400, type, message: 'in flight', ...(isTransaction ? { members: reasons } : {}) }
}

describe('a table that fails', () => {
  const refused: TableFault = { kind: 'error', status: 400, type: 'AccessDeniedException', message: 'no' }
  const lost: TableFault = { kind: 'drop-after' }
  const pace: ServiceOptions = { chunkCharacters: 60, chunkDelayMs: 2 }

  /**
   * A run for each request that a run makes, or for every other one, by the day: `hits` says which requests fail for the k-th of
   * these runs.
   */
  async function eachRequest(
    fault: TableFault,
    hits: (index: number, k: number) => boolean,
    check: (service: Service, run: Reading, k: number) => Promise<void>,
  ): Promise<void> {
    const service = await start(pace)
    await runOf(service)
    let k = 0
    for (let met = true; met; k += 1) {
      if (!isTodays(k, 2)) continue
      met = false
      service.db.resetRequests()
      service.db.setFault(({ index }) => {
        if (!hits(index, k)) return undefined
        met = true
        return fault
      })
      const run = await read(generateUrl(service))
      await service.idle()
      service.db.setFault(undefined)
      if (met) await check(service, run, k)
      else expect(run.last.type).toBe('problem')
    }
    // A claim, appends of events in groups, two chunks, the end: about 18, fewer when the machine is busy.
    expect(k).toBeGreaterThan(8)
  }

  it('at any one of its calls ends the run as failed, and stores that', async () => {
    let failures = 0
    await eachRequest(
      refused,
      (index, k) => index === k,
      async (service, run, k) => {
        if (k === 0) return expectRefused(run)
        expectGrammar(run)
        await expectStoredAsStreamed(service, run)
        // Looking for a cancellation may fail: the next look tells.
        if (run.last.type === 'problem') return
        expect(run.last).toMatchObject({ type: 'failed', code: 'storage-unavailable', retryable: true })
        failures += 1
      },
    )
    expect(failures).toBeGreaterThan(3)
  })

  it('from any one of its calls on ends the stream, and keeps what was shown', async () => {
    let unstored = 0
    await eachRequest(
      refused,
      (index, k) => index >= k,
      async (service, run, k) => {
        if (k === 0) return expectRefused(run)
        await expectUnstoredEnd(service, run)
        unstored += 1
      },
    )
    expect(unstored).toBeGreaterThan(3)
  })

  const throttled: TableFault = {
    kind: 'error',
    status: 400,
    type: 'ProvisionedThroughputExceededException',
    message: 'too much',
  }
  it('to answer any one of its calls is asked again, and does nothing twice', async () => {
    await eachRequest(
      lost,
      (index, k) => index === k,
      async (service, run) => {
        expectGrammar(run)
        expect(run.last.type).toBe('problem')
        await expectStoredAsStreamed(service, run)
      },
    )
  })

  it.each([
    ['loses the answer to', () => lost],
    ['throttles', () => throttled],
    ['has another transaction in the way of', conflict],
  ])('and %s every call at first is asked again each time', async (_what, faultOf) => {
    const service = await start(pace)
    service.db.resetRequests()
    // By content, not by turn: calls run side by side, and a retry must not meet the fault of a neighbour.
    const seen = new Set<string>()
    service.db.setFault((request) => {
      const call = `${request.operation} ${JSON.stringify(request.body)}`
      return seen.size === seen.add(call).size ? undefined : faultOf(request)
    })
    const run = await read(generateUrl(service))
    await service.idle()
    service.db.setFault(undefined)
    expectGrammar(run)
    expect(run.last.type).toBe('problem')
    await expectStoredAsStreamed(service, run)
    expect(await service.runIds()).toHaveLength(1)
  })

  it('to answer one call for good ends the run, and no reader sees an event twice', async () => {
    await eachRequest(
      lost,
      (index, k) => index >= k && index < k + 3,
      async (service, run, k) => {
        if (k === 0) return expectRefused(run)
        expectGrammar(run)
        const status = await read(`${service.url}/generations/${run.problemId}`)
        expect(status.json).toMatchObject({ status: run.last.type === 'problem' ? 'COMPLETED' : 'FAILED' })
        const replay = await read(`${service.url}/generations/${run.problemId}/events`)
        expect(replay.eventText).toBe(run.eventText)
      },
    )
  })

  it('to answer from any one of its calls on leaves a reader to ask again, who is told how it really ended', async () => {
    await eachRequest(
      lost,
      (index, k) => index >= k,
      async (service, run, k) => {
        if (k === 0) return expectRefused(run)
        expect(run.last).toMatchObject({ type: 'failed', code: 'storage-unavailable' })
        expect(run.last.seq).toBeUndefined()
        const known = run.frames.filter(({ id }) => id !== undefined)
        expect(run.frames).toHaveLength(known.length + 1)
        const status = (await service.stored(run.problemId))?.run.status
        if (status === 'PROCESSING') return
        const lastEventId = known.at(-1)?.id ?? `${run.problemId}:0`
        const rest = await read(generateUrl(service, { lastEventId }))
        expectGrammar(rest, known.length)
        expect(rest.last.type === 'problem' ? 'COMPLETED' : 'FAILED').toBe(status)
      },
    )
  })

  it('to read a run answers with 503', async () => {
    const service = await start()
    const run = await runOf(service)
    service.db.setFault(() => refused)
    const id = run.frames.at(-1)?.id ?? ''
    for (const path of ['', '/events', '/tests', `/events?lastEventId=${id}`]) {
      expectRefused(await read(`${service.url}/generations/${run.problemId}${path}`))
    }
    expectRefused(await read(`${service.url}/generations/${run.problemId}`, { method: 'DELETE' }))
    expectRefused(await read(generateUrl(service, { lastEventId: id })))
    expect((await read(`${service.url}/health`)).status).toBe(200)
  })

  it('in the middle of a replay breaks it off, and the reader goes on from there', async () => {
    const service = await start()
    const run = await runOf(service)
    service.db.resetRequests()
    service.db.setFault(({ index }) => (index > 0 ? refused : undefined))
    const broken = await read(`${service.url}/generations/${run.problemId}/events`)
    expect(broken.status).toBe(200)
    expect(broken.frames).toEqual([])
    service.db.setFault(undefined)
    const whole = await read(`${service.url}/generations/${run.problemId}/events`)
    expect(whole.eventText).toBe(run.eventText)
  })
})

describe('a client that goes away', () => {
  it.each(['blueprint', 'programs', 'proof', 'statement'])('in stage %s changes nothing for its run', async (stage) => {
    const service = await start({ chunkCharacters: 60, chunkDelayMs: 4 })
    const viewer = await open(generateUrl(service))
    await viewer.until(({ events }) => events.some((event) => event.type === 'progress' && event.stage === stage))
    viewer.leave()
    await service.idle()
    const replay = await read(`${service.url}/generations/${viewer.problemId}/events`)
    expectGrammar(replay)
    expect(replay.last.type).toBe('problem')
    await expectStoredAsStreamed(service, replay)
    expect(replay.frames.slice(0, viewer.frames.length)).toEqual(viewer.frames)
    expect(service.gemini.requests).toHaveLength(7)
  })
})

/** Reads what a function with more time makes of a run that was handed over. */
async function readOn(service: Service, first: Reading): Promise<Reading> {
  expect(first.comments.at(-1)).toBe('continues')
  await service.idle()
  expect(await service.stored(first.problemId)).toMatchObject({ run: { status: 'PROCESSING' } })
  // Nobody has to wait until the lease is over.
  expect(await service.dump()).toContain('"isFree":true')
  const next = await service.another({ timeoutMs: 900_000 })
  const headers = { 'last-event-id': first.frames.at(-1)?.id ?? '' }
  const rest = await read(`${next}/generations/${first.problemId}/events`, { headers })
  await service.idle()
  const whole = await read(`${service.url}/generations/${first.problemId}/events`)
  expectGrammar(whole)
  expect(whole.frames).toEqual([...first.frames, ...rest.frames])
  return rest
}

describe('a function near its end', () => {
  /** A reader's own reserve. */
  const readerReserveMs = 30_000
  const near: ServiceOptions = { scenario: { generator: [{ fault: 'hang' }] }, timeoutMs: ownerReserveMs + 2_500 }
  let kms: KmsStandIn
  beforeAll(async () => {
    kms = await startKms()
  })
  afterAll(() => kms.close())
  const sealing = (): ServiceOptions => ({
    env: { SEALING_KEY_ARN: kms.keyArn, AWS_ENDPOINT_URL_KMS: kms.endpoint },
  })

  it('hands its run over while the model writes: only the call that was under way is made again', async () => {
    const service = await start(near)
    const rest = await readOn(service, await read(generateUrl(service)))
    expect(rest.last.type).toBe('problem')
    expect(service.gemini.requests).toHaveLength(8)
  })

  it('hands its run over while programs run', async () => {
    let isStuck = true
    const service = await start({
      timeoutMs: ownerReserveMs + 2_500,
      beforeBatch: async ({ program }) => {
        if (isStuck && program.files[0]?.text === tinyReplies.generator.code) await new Promise(() => undefined)
      },
    })
    const first = await read(generateUrl(service))
    isStuck = false
    expect((await readOn(service, first)).last.type).toBe('problem')
    expect(service.gemini.requests).toHaveLength(7)
  })

  it('does not begin what it cannot end', async () => {
    const service = await start({ timeoutMs: ownerReserveMs - 1_000 })
    const first = await read(generateUrl(service))
    expect(service.gemini.requests).toHaveLength(0)
    expect((await readOn(service, first)).last.type).toBe('problem')
  })

  it("goes on with the caller's own key, which is sealed, and erased at the end", async () => {
    const service = await start({ ...near, ...sealing() })
    const first = await read(generateUrl(service), { headers: { 'x-goog-api-key': ownKey } })
    const rest = await readOn(service, first)
    expect(rest.last.type).toBe('problem')
    expect(new Set(service.gemini.requests.map(({ key }) => key))).toEqual(new Set([ownKey]))
    expect(kms.requests).toEqual(['Encrypt', 'Decrypt'])
    expect(await service.dump()).not.toMatch(/SEALED|a-key-of-my-own/)
  })

  it.each([
    { why: 'no key to seal with is configured', options: (): ServiceOptions => ({}), fault: undefined },
    { why: 'the key service is away', options: sealing, fault: 'disconnected' as const },
  ])('ends a run with a key of the caller when $why', async ({ options, fault }) => {
    kms.setFault(fault)
    const service = await start({ ...near, ...options() })
    const run = await read(generateUrl(service, { locale: 'en' }), { headers: { 'x-goog-api-key': ownKey } })
    kms.setFault(undefined)
    expectGrammar(run)
    expect(run.last).toMatchObject({
      type: 'failed',
      code: 'deadline',
      retryable: true,
      message: 'There was not enough time. Please try again.',
    })
  })

  it('hands its readers over, who go on elsewhere', async () => {
    const service = await start({ scenario: { statement: [{ fault: 'hang' }] } })
    const short = await service.another({ timeoutMs: readerReserveMs + 300 })
    const owner = await open(generateUrl(service))
    await owner.until(({ frames }) => frames.length > 0)
    const reader = await read(`${short}/generations/${owner.problemId}/events`)
    expect(reader.comments).toContain('continues')
    expect(reader.frames.length).toBeGreaterThan(0)
    await read(`${service.url}/generations/${owner.problemId}`, { method: 'DELETE' })
    const rest = await read(`${service.url}/generations/${owner.problemId}/events`, {
      headers: { 'last-event-id': reader.frames.at(-1)?.id ?? '' },
    })
    await owner.whole()
    expect(owner.last.type).toBe('cancelled')
    expect(owner.comments).not.toContain('continues')
    expect([...reader.frames, ...rest.frames]).toEqual(owner.frames)
  })
})

describe('fifty runs at once', () => {
  it('all end well, each with its own events', async () => {
    const service = await start({ tableApart: true })
    await runOf(service)
    const words = ['graph', '그래프', 'BFS/DFS', 'dfs']
    const runs = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const word = words[index % words.length] ?? ''
        const locale = index % 2 === 0 ? 'ko' : 'en'
        const run = await read(generateUrl(service, { algorithm_type: word, locale }))
        return { run, word, locale }
      }),
    )
    await service.idle()
    expect(new Set(runs.map(({ run }) => run.problemId)).size).toBe(50)
    for (const { run, word, locale } of runs) {
      expectGrammar(run)
      expect(run.last).toMatchObject({ type: 'problem', problem: { algorithm_type: word, locale } })
      await expectStoredAsStreamed(service, run)
    }
    expect(await service.runIds()).toHaveLength(51)
    expect(service.gemini.requests).toHaveLength(7 * 51)
  })

  it('do not hurt each other when half of them fail', async () => {
    const service = await start()
    await runOf(service)
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        read(generateUrl(service), index % 2 === 0 ? {} : { headers: { 'x-goog-api-key': 'invalid-key' } }),
      ),
    )
    await service.idle()
    for (const [index, run] of runs.entries()) {
      expectGrammar(run)
      expect(run.last.type).toBe(index % 2 === 0 ? 'problem' : 'failed')
      await expectStoredAsStreamed(service, run)
    }
  })
})
