// A run as its readers see it: every byte of every way to read it, from the first event to the last.
import { spawn } from 'node:child_process'
import { EventSource } from 'eventsource'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { RunEvent } from '../../src/contract/events.ts'
import { generateUrl, open, parseStream, read, type Reading } from '../support/reading.ts'
import { expectGrammar, expectStoredAsStreamed } from '../support/run-checks.ts'
import { isDeployed, startService, type Service, type ServiceOptions } from '../support/service.ts'
import { tinyReplies } from '../support/tiny-author.ts'

const started: Service[] = []

/** A service that the test ends with. */
async function start(options: ServiceOptions = {}): Promise<Service> {
  const service = await startService(options)
  started.push(service)
  return service
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.close()))
})

/** A model that is silent at one artefact, so that a run stands still there. */
const silentAt = (artefact: string): ServiceOptions => ({ scenario: { [artefact]: [{ fault: 'hang' }] } })

/** Reads until a stage has started and all that follows at once has come. */
const stageStarted =
  (stage: string) =>
  ({ events }: Reading): boolean =>
    events.some((event) => event.type === 'progress' && event.stage === stage && event.state === 'started')

describe('a clean run', () => {
  let service: Service
  let run: Reading

  beforeAll(async () => {
    service = await startService({ executor: 'python', env: { GENERATOR_VERBOSE: 'true' } })
    run = await read(generateUrl(service))
  })
  afterAll(() => service.close())

  it('is announced as an event stream that nobody keeps or changes', () => {
    expect(run.status).toBe(200)
    expect(run.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(run.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(run.headers.get('location')).toMatch(/^\/generations\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
    expect(run.headers.get('content-encoding')).toBeNull()
  })

  it('has events without gaps and exactly one terminal event, the last', () => {
    const events = expectGrammar(run)
    expect(events[0]).toMatchObject({ type: 'progress', stage: 'blueprint', state: 'started', percent: 0, attempt: 1 })
    expect(events.at(-1)?.type).toBe('problem')
  })

  it('goes through the stages in order, to 100 percent', () => {
    const progress = run.events.flatMap((event) => (event.type === 'progress' ? [event] : []))
    expect(progress.map(({ stage, state, index, total }) => `${stage} ${state} ${index}/${total}`)).toEqual([
      'blueprint started 1/5',
      'blueprint done 1/5',
      'programs started 2/5',
      'programs done 2/5',
      'proof started 3/5',
      'proof done 3/5',
      'statement started 4/5',
      'statement done 4/5',
      'publish started 5/5',
      'publish done 5/5',
    ])
    expect(progress.at(-1)?.percent).toBe(100)
  })

  it('shows what the model writes as it writes it, each call whole', () => {
    const written = new Map<string, string>()
    for (const event of run.events) {
      if (event.type === 'delta') written.set(event.callId, (written.get(event.callId) ?? '') + event.text)
    }
    expect(Object.fromEntries([...written].map(([call, text]) => [call, JSON.parse(text) as unknown]))).toEqual({
      'blueprint-1': tinyReplies.blueprint,
      'reference-1': tinyReplies.reference,
      'brute-force-1': tinyReplies['brute-force'],
      'generator-1': tinyReplies.generator,
      'wrong-solutions-1': tinyReplies['wrong-solutions'],
      'statement-1': tinyReplies.statement,
      'solver-1': tinyReplies.solver,
    })
  })

  it('stores what it streamed', async () => {
    const stored = await expectStoredAsStreamed(service, run)
    expect(stored.run.status).toBe('COMPLETED')
  })

  it('ends with a problem whose tests are inside and whose report names every gate', () => {
    const { last } = run
    if (last.type !== 'problem') throw new Error('no problem')
    expect(last.problem.test_cases).toHaveLength(last.problem.tests.count)
    expect(last.problem.tests_url).toBeUndefined()
    expect(last.problem.author).toBe('scripted stand-in')
    const { gatesRun, gatesNotRun, level } = last.problem.verification
    expect(level).toBe('verified')
    expect(new Set([...gatesRun, ...gatesNotRun].map(({ gate }) => gate)).size).toBe(25)
  })

  it('cut at any byte still parses to the events that were whole', () => {
    const bytes = run.bytes
    let before = 0
    for (let length = 0; length <= bytes.length; length += 1) {
      const { frames } = parseStream(bytes.subarray(0, length))
      if (frames.length < before || frames.length > before + 1) throw new Error(`${frames.length} after ${before}`)
      before = frames.length
      const last = frames.at(-1)
      const whole = run.frames[frames.length - 1]
      // The same three values for all of them: what the parser saw before does not depend on what it has not seen.
      if (last?.data !== whole?.data || last?.id !== whole?.id || last?.type !== whole?.type) {
        throw new Error(`cut at byte ${length}: event ${frames.length} differs`)
      }
    }
    expect(before).toBe(run.frames.length)
  })

  it('has its tests under their own address', async () => {
    const { last } = run
    const tests = await read(`${service.url}/generations/${run.problemId}/tests`)
    expect(tests.status).toBe(200)
    expect(tests.json).toEqual({
      problemId: run.problemId,
      test_cases: last.type === 'problem' ? last.problem.test_cases : undefined,
    })
  })

  it('is the same again with another pace of the model, but for ids, times and measurements', async () => {
    const other = await start({ chunkCharacters: 61, chunkDelayMs: 15, executor: 'python' })
    const again = await read(generateUrl(other))
    expect(again.frames.length).not.toBe(run.frames.length)
    expect(comparable(again.events)).toEqual(comparable(run.events))

    // Only the first of the two was told to be verbose; the lines are of the sandbox, which is not in what is deployed.
    expect(debugLines(service).length > 0).toBe(!isDeployed)
    expect(debugLines(other).length > 0).toBe(false)
  })
})

function debugLines(service: Service): string[] {
  return service.lines.filter((line) => line.includes('"level":"DEBUG"'))
}

const measured = new Set(['problemId', 'seq', 'at', 'createdAt', 'elapsedMs', 'durationMs'])
const measuredLimits = new Set([
  'slowestReferenceCpuMs',
  'largestReferenceMemoryBytes',
  'cpuMs',
  'compileMs',
  'timesMs',
  'memoryMiB',
])

/** The events with each call's deltas joined, without what may differ from run to run. */
function comparable(events: readonly RunEvent[]): unknown {
  const calls = new Map<string, string>()
  for (const event of events) {
    if (event.type === 'delta') calls.set(event.callId, (calls.get(event.callId) ?? '') + event.text)
  }
  const others: unknown = JSON.parse(
    JSON.stringify(
      events.filter(({ type }) => type !== 'delta'),
      (name, value: unknown) => {
        if (name === 'evidence' && typeof value === 'string') return value.replaceAll(/\d+ ms/g, '… ms')
        return measured.has(name) || measuredLimits.has(name) ? undefined : value
      },
    ),
  )
  return { calls: Object.fromEntries(calls), others }
}

describe('all readers of one run', () => {
  it('read the same bytes, whenever and however they come', async () => {
    const service = await start({ chunkCharacters: 40, chunkDelayMs: 10 })
    const url = generateUrl(service, { requestId: 'one-run' })
    const owner = await open(url)
    await owner.until(({ frames }) => frames.length >= 3)
    const during = [
      open(url),
      open(`${service.url}/generations/${owner.problemId}/events`),
      open(url, { headers: { 'last-event-id': `${owner.problemId}:0` } }),
    ]
    await (await during[0])?.until(({ frames }) => frames.length >= 3)
    expect(owner.frames.at(-1)?.type).not.toBe('problem')
    await owner.whole()
    const after = [open(url), open(`${service.url}/v1/generations/${owner.problemId}/events`)]
    for (const reader of [owner, ...(await Promise.all([...during, ...after]))]) {
      await reader.whole()
      expect(reader.problemId).toBe(owner.problemId)
      expectGrammar(reader)
      expect(reader.eventText).toBe(owner.eventText)
    }
    await expectStoredAsStreamed(service, owner)
    expect(await service.runIds()).toEqual([owner.problemId])
    expect(service.gemini.requests).toHaveLength(7)
  })

  it('read on from every event', async () => {
    const service = await start({ chunkCharacters: 40, chunkDelayMs: 2 })
    const run = await read(generateUrl(service))
    const { frames, problemId } = run
    for (let seq = 0; seq < frames.length; seq += 1) {
      const replay = await read(generateUrl(service), { headers: { 'last-event-id': `${problemId}:${seq}` } })
      expect(replay.problemId).toBe(problemId)
      expectGrammar(replay, seq)
      expect(replay.frames).toEqual(frames.slice(seq))
    }
  })
})

describe('a reload in the middle', () => {
  it.each([
    { how: 'as EventSource does it, with its old query and the last id', fields: {}, byHeader: true },
    { how: 'with the id in the query', fields: {}, byHeader: false },
  ])('goes on $how, without a second run', async ({ fields, byHeader }) => {
    const service = await start({ chunkCharacters: 40, chunkDelayMs: 5 })
    const first = await open(generateUrl(service, fields))
    await first.until(stageStarted('programs'))
    first.leave()
    const seen = first.frames.slice()
    const lastEventId = seen.at(-1)?.id ?? ''
    const second = await (byHeader
      ? read(generateUrl(service), { headers: { 'last-event-id': lastEventId } })
      : read(generateUrl(service, { lastEventId })))
    expectGrammar(second, seen.length)
    const replay = await read(`${service.url}/generations/${first.problemId}/events`)
    expect([...seen, ...second.frames]).toEqual(replay.frames)
    expect(replay.last.type).toBe('problem')
    expect(service.gemini.requests).toHaveLength(7)
    expect(await service.runIds()).toEqual([first.problemId])
  })

  it('of a page that knows only its requestId shows the run from its beginning', async () => {
    const service = await start({ chunkCharacters: 40, chunkDelayMs: 5 })
    const url = generateUrl(service, { requestId: 'reloaded' })
    const first = await open(url)
    await first.until(stageStarted('programs'))
    first.leave()
    const second = await read(url)
    expectGrammar(second)
    expect(second.problemId).toBe(first.problemId)
    expect(second.frames.slice(0, first.frames.length)).toEqual(first.frames)
    expect(service.gemini.requests).toHaveLength(7)
    expect(await service.runIds()).toEqual([first.problemId])
  })

  it('twice at once, before the run is known, makes one run', async () => {
    const service = await start()
    const url = generateUrl(service, { requestId: 'double-click' })
    const readers = await Promise.all([read(url), read(url), read(url)])
    expect(new Set(readers.map(({ eventText }) => eventText)).size).toBe(1)
    expect(await service.runIds()).toHaveLength(1)
    expect(service.gemini.requests).toHaveLength(7)
  })
})

describe('foreign readers', () => {
  it('curl -N reads a whole run', async () => {
    const service = await start({ chunkCharacters: 40, chunkDelayMs: 2 })
    const curl = spawn('curl', ['-N', '-sS', '-i', generateUrl(service)])
    const chunks: Buffer[] = []
    curl.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    const exitCode = await new Promise((resolve) => curl.once('close', resolve))
    expect(exitCode).toBe(0)
    const answer = Buffer.concat(chunks)
    const headLength = answer.indexOf('\r\n\r\n') + 4
    const problemId = /^location: \/generations\/(.*)\r$/im.exec(answer.toString('latin1', 0, headLength))?.[1]
    const replay = await read(`${service.url}/generations/${problemId}/events`)
    expect(replay.last.type).toBe('problem')
    expect(parseStream(answer.subarray(headLength)).frames).toEqual(replay.frames)
  })

  it('EventSource reads a whole run and stops when it is told that there is no more', async () => {
    const service = await start({ chunkCharacters: 40, chunkDelayMs: 2 })
    const source = new EventSource(generateUrl(service))
    const seen: { id: string; type: string; data: string }[] = []
    for (const type of ['progress', 'gate', 'delta', 'problem', 'failed', 'cancelled', 'message']) {
      source.addEventListener(type, (event) => seen.push({ id: event.lastEventId, type, data: String(event.data) }))
    }
    const ends: (number | undefined)[] = []
    // The end of the run is an error to it at first; it asks again, and 204 ends it for good.
    await new Promise<void>((resolve) => {
      source.addEventListener('error', (event) => {
        ends.push(event.code)
        if (source.readyState === EventSource.CLOSED) resolve()
      })
    })
    expect(ends).toEqual([undefined, 204])
    const replay = await read(`${service.url}/generations/${seen[0]?.id.split(':')[0]}/events`)
    expect(replay.last.type).toBe('problem')
    expect(seen).toEqual(replay.frames)
    expect(await service.runIds()).toHaveLength(1)
  })
})

describe('a service that holds small writes back', () => {
  it.each(['blueprint', 'reference', 'statement'])(
    'still shows every event before the next one is made (%s is awaited)',
    async (artefact) => {
      const service = await start({ ...silentAt(artefact), holdSmallWrites: true })
      const run = await open(generateUrl(service))
      await vi.waitUntil(() => service.gemini.requests.some((request) => request.artefact === artefact), {
        timeout: 30_000,
      })
      // Less than a heartbeat, which would push the event out as well.
      await vi.waitFor(
        async () => {
          const stored = await service.stored(run.problemId)
          expect(stored?.events.length).toBeGreaterThan(0)
          expect(run.frames.map(({ data }) => data)).toEqual(stored?.events.map(({ data }) => data))
          const stage = { blueprint: 'blueprint', reference: 'programs', statement: 'statement' }[artefact] ?? ''
          expect(stageStarted(stage)(run)).toBe(true)
        },
        { timeout: 8_000, interval: 20 },
      )
      await read(`${service.url}/generations/${run.problemId}`, { method: 'DELETE' })
      await run.whole()
      expect(run.last.type).toBe('cancelled')
    },
  )
})

describe('a cancelled run', () => {
  /** Stops the executor at the first batch. */
  const stuck: ServiceOptions = { beforeBatch: () => new Promise(() => undefined) }

  it.each([
    { when: 'the model is silent', options: silentAt('blueprint') },
    { when: 'the model is silent at the end', options: silentAt('statement') },
    { when: 'programs are executed', options: stuck },
  ])('ends at once with its terminal event while $when', async ({ options }) => {
    const service = await start(options)
    const run = await open(generateUrl(service, { locale: 'en' }))
    await vi.waitUntil(() => service.gemini.requests.length > 0, { timeout: 30_000 })
    const url = `${service.url}/generations/${run.problemId}`
    const answer = await read(url, { method: 'DELETE' })
    expect(answer.status).toBe(202)
    expect(answer.json).toEqual({ problemId: run.problemId, status: 'CANCELLING' })
    await run.whole()
    expectGrammar(run)
    expect(run.last).toMatchObject({ type: 'cancelled', message: 'Cancelled as requested.' })
    await service.idle()
    const stored = await expectStoredAsStreamed(service, run)
    const asked = service.gemini.requests.length

    const again = await read(url, { method: 'DELETE' })
    expect(again.status).toBe(409)
    expect(again.json).toMatchObject({ problemId: run.problemId, status: 'CANCELLED' })
    const id = run.frames.at(-1)?.id ?? ''
    expect((await read(generateUrl(service), { headers: { 'last-event-id': id } })).status).toBe(204)
    expect((await service.stored(run.problemId))?.events).toEqual(stored.events)
    expect(service.gemini.requests).toHaveLength(asked)
  })

  it('tells all its readers', async () => {
    const service = await start(silentAt('statement'))
    const url = generateUrl(service, { requestId: 'together' })
    const readers = await Promise.all([open(url), open(url), open(url)])
    await readers[1]?.until(stageStarted('statement'))
    await read(`${service.url}/generations/${readers[0]?.problemId}`, { method: 'DELETE' })
    for (const reader of readers) expect((await reader.whole()).last.type).toBe('cancelled')
    expect(new Set(readers.map(({ eventText }) => eventText)).size).toBe(1)
  })

  it('cannot be one that has ended', async () => {
    const service = await start()
    const run = await read(generateUrl(service))
    const answer = await read(`${service.url}/generations/${run.problemId}`, { method: 'DELETE' })
    expect(answer.status).toBe(409)
    expect(answer.json).toMatchObject({ status: 'COMPLETED' })
    await expectStoredAsStreamed(service, run)
  })
})

describe('the status of a run', () => {
  const iso = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/) as unknown
  const base = (run: Reading): object => ({
    problemId: run.problemId,
    algorithm_type: '그래프',
    difficulty: '쉬움',
    request_timestamp: iso,
    last_updated_timestamp: iso,
    result_url: null,
    error_message: null,
    current_step: null,
  })

  it.each([
    { stage: 'blueprint', step: 'ANALYZING_TEMPLATE', options: silentAt('blueprint') },
    { stage: 'programs', step: 'TRANSFORMING_CODE', options: silentAt('generator') },
    {
      stage: 'proof',
      step: 'GENERATING_TESTCASES',
      options: {
        beforeBatch: async ({ program }) => {
          if (program.files[0]?.text === tinyReplies.generator.code) await new Promise(() => undefined)
        },
      } satisfies ServiceOptions,
    },
    { stage: 'statement', step: 'GENERATING_DESCRIPTION', options: silentAt('statement') },
  ])('names the step in stage $stage', async ({ stage, step, options }) => {
    const service = await start(options)
    const run = await open(generateUrl(service))
    await run.until(stageStarted(stage))
    const status = await read(`${service.url}/generations/${run.problemId}`)
    expect(status.status).toBe(200)
    expect(status.json).toEqual({ ...base(run), status: 'PROCESSING', current_step: step })
    const tests = await read(`${service.url}/generations/${run.problemId}/tests`)
    expect(tests.status).toBe(404)
    expect(tests.json).toMatchObject({ message: 'No tests yet', details: { status: 'PROCESSING', current_step: step } })
    await read(`${service.url}/generations/${run.problemId}`, { method: 'DELETE' })
    await run.whole()
    const after = await read(`${service.url}/generations/${run.problemId}`)
    expect(after.json).toEqual({ ...base(run), status: 'CANCELLED' })
  })

  it('names the last step until the problem is published', async () => {
    const released = Promise.withResolvers<void>()
    const service = await start({
      // The reference is run once more when everything else is done: from the bytes that leave.
      beforeBatch: async ({ program }) => {
        const isLast = service.gemini.requests.some(({ artefact }) => artefact === 'solver')
        if (isLast && program.files[0]?.text === tinyReplies.reference.code) await released.promise
      },
    })
    const run = await open(generateUrl(service))
    await run.until(stageStarted('publish'))
    const url = `${service.url}/generations/${run.problemId}`
    expect((await read(url)).json).toEqual({
      ...base(run),
      status: 'PROCESSING',
      current_step: 'GENERATING_DESCRIPTION',
    })
    expect((await read(`${url}/tests`)).status).toBe(404)
    released.resolve()
    await run.whole()
    expect((await read(url)).json).toEqual({
      ...base(run),
      status: 'COMPLETED',
      result_url: `/generations/${run.problemId}/events`,
    })
    expect((await read(`${url}/tests`)).status).toBe(200)
  })

  it('gives the reason of a failure in the language of the run', async () => {
    const service = await start({ scenario: { blueprint: [{ fault: 'blocked' }] } })
    for (const [locale, message] of [
      ['ko', '모델이 이 요청에 답하지 않았습니다. 요청 문구를 바꿔 보세요.'],
      ['en', 'The model declined this request. Please word it differently.'],
    ] as const) {
      const other = locale === 'ko' ? service : await start({ scenario: { blueprint: [{ fault: 'blocked' }] } })
      const run = await read(generateUrl(other, { locale }))
      expect(run.last).toMatchObject({ type: 'failed', code: 'model-refused', message })
      const status = await read(`${other.url}/generations/${run.problemId}`)
      expect(status.json).toEqual({ ...base(run), status: 'FAILED', error_message: message })
    }
  })
})

const linear = `import sys

lines = sys.stdin.read().split('\\n')
seen = {}
answer = lines[2].count('a')
for colour in lines[1].split():
    answer += seen.get(colour, 0)
    seen[colour] = seen.get(colour, 0) + 1
print(answer)
`

describe('tests of more than 256 KB', () => {
  it('are not in the event but under the address that it names', async () => {
    const service = await start({
      scenario: {
        blueprint: [{ patch: [{ op: 'replace', path: '/input/0/fields/0/max', value: '40000' }] }],
        generator: [{ replace: [{ path: '/code', find: "'full': 200", with: "'full': 40000" }] }],
        // Fast enough for the larger bound: else the task would no longer be easy.
        'brute-force': [{ patch: [{ op: 'replace', path: '/code', value: linear }] }],
      },
    })
    const run = await read(generateUrl(service))
    expectGrammar(run)
    const { last } = run
    if (last.type !== 'problem') throw new Error(JSON.stringify(last))
    expect(last.problem.tests.bytes).toBeGreaterThan(256 * 1024)
    expect(last.problem.test_cases).toBeUndefined()
    expect(last.problem.tests_url).toBe(`/generations/${run.problemId}/tests`)
    const stored = await expectStoredAsStreamed(service, run)
    const tests = await read(`${service.url}${last.problem.tests_url}`)
    expect(tests.json).toEqual({ problemId: run.problemId, test_cases: stored.problem?.tests })
    expect(stored.problem?.tests).toHaveLength(last.problem.tests.count)
    const replay = await read(`${service.url}/generations/${run.problemId}/events`)
    expect(replay.eventText).toBe(run.eventText)
  })
})
