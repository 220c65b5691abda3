// The Gemini adapter on the wire, against the scripted stand-in, or against raw bytes where the stand-in is too polite.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { inspect, promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { loopbackUrl } from '../../mock/loopback.ts'
import type { Entry } from '../../mock/gemini/scenario.ts'
import { startGemini, type GeminiStandIn, type StandInOptions } from '../../mock/gemini/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createGeminiProvider, type GeminiOptions } from '../../src/adapters/gemini.ts'
import { wireSchema } from '../../src/generation/wire-schema.ts'
import type { Log, ModelCall, ModelOutcome, ModelPart } from '../../src/ports.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const reply = { code: 'print("안녕 🙂")\n'.repeat(10), language: 'python' }

async function stand(entries: Entry[] = [], options: Partial<StandInOptions> = {}): Promise<GeminiStandIn> {
  const standIn = await startGemini({ author: () => reply, scenario: { reference: entries }, ...options })
  closers.push(() => standIn.close())
  return standIn
}

/** A server of raw bytes. */
async function raw(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  })
  return loopbackUrl(server)
}

/** A server that sends these messages as an event stream. */
function streaming(...messages: object[]): Promise<string> {
  return raw((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(messages.map((message) => `data: ${JSON.stringify(message)}\r\n\r\n`).join(''))
  })
}

const call: ModelCall = {
  callId: 'call-1',
  artefact: 'reference',
  system: 'You write programs.',
  user: 'Write.\n<job>{"artefact":"reference","attempt":1,"locale":"ko"}</job>',
  replySchema: wireSchema('reference'),
  maxOutputTokens: 4_096,
  temperature: 0,
}

/** 10, 20, 40, 80 ms of back-off. */
const hurried = { idleTimeoutMs: 2_000, random: () => 0.01 }

const logged: unknown[] = []
const write = (message: string, fields?: Record<string, unknown>): void => {
  logged.push(message, fields)
}
const log: Log = { debug: write, info: write, warn: write, error: write, metrics: () => undefined }

function provider(baseUrl: string, options: Partial<GeminiOptions> = {}) {
  const house = { apiKeys: ['key-a'], modelName: 'gemini-2.5-flash', clock: systemClock, log }
  return createGeminiProvider({ ...house, baseUrl, ...hurried, ...options })
}

async function start(baseUrl: string, options: Partial<GeminiOptions> = {}, signal = new AbortController().signal) {
  return (await provider(baseUrl, options).open(undefined)).generate(call, signal)
}

interface Seen {
  text: string
  waits: Extract<ModelPart, { type: 'waiting' }>[]
  outcome: ModelOutcome
}

async function finish(parts: AsyncGenerator<ModelPart, ModelOutcome>): Promise<Seen> {
  const seen: Omit<Seen, 'outcome'> = { text: '', waits: [] }
  for (;;) {
    const step = await parts.next()
    if (step.done === true) return { ...seen, outcome: step.value }
    if (step.value.type === 'text') seen.text += step.value.text
    else seen.waits.push(step.value)
  }
}

async function generate(baseUrl: string, options: Partial<GeminiOptions> = {}): Promise<Seen> {
  return finish(await start(baseUrl, options))
}

describe('a reply', () => {
  test('is streamed and complete, with the provider’s own name and counts', async () => {
    const { endpoint } = await stand()
    const parts = await start(endpoint)
    expect(await parts.next()).toEqual({
      done: false,
      value: { type: 'text', text: JSON.stringify(reply).slice(0, 48) },
    })
    const { text, outcome } = await finish(parts)
    expect(JSON.stringify(reply).slice(0, 48) + text).toBe(JSON.stringify(reply))
    expect(outcome).toEqual({
      kind: 'complete',
      model: 'scripted stand-in',
      usage: {
        promptTokens: Math.ceil((call.system.length + call.user.length) / 4),
        outputTokens: Math.ceil(JSON.stringify(reply).length / 4),
        thinkingTokens: expect.any(Number) as unknown,
      },
    })
  })

  test('is asked for with schema, limits and a system instruction', async () => {
    const { endpoint, requests } = await stand()
    await generate(`${endpoint}/`)
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ key: 'key-a', mistake: undefined })
    expect(requests[0]?.body).toMatchObject({
      systemInstruction: { parts: [{ text: call.system }] },
      contents: [{ role: 'user', parts: [{ text: call.user }] }],
      generationConfig: {
        temperature: 0,
        maxOutputTokens: 4_096,
        responseMimeType: 'application/json',
        responseSchema: call.replySchema,
      },
    })
  })

  test('without counts says so', async () => {
    const { endpoint } = await stand([{ fault: 'no-usage' }])
    expect((await generate(endpoint)).outcome).toMatchObject({ kind: 'complete', usage: undefined })
  })

  test('leaves thoughts out, and keeps every text part', async () => {
    const parts = [{ text: 'hm', thought: true }, { text: 'a' }, { text: 'b' }]
    const endpoint = await streaming({ candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }] })
    expect(await generate(endpoint)).toMatchObject({ text: 'ab', outcome: { kind: 'complete', model: undefined } })
  })

  test('that has ended stays whole when the connection breaks afterwards', async () => {
    const endpoint = await raw((_request, response) => {
      response.writeHead(200)
      const message = { candidates: [{ content: { parts: [{ text: 'all' }] }, finishReason: 'STOP' }] }
      response.write(`data: ${JSON.stringify(message)}\n\n`, () => setTimeout(() => response.destroy(), 20))
    })
    expect(await generate(endpoint)).toMatchObject({ text: 'all', outcome: { kind: 'complete' } })
  })
})

describe('an ending of its own is an outcome of its own', () => {
  const half = JSON.stringify(reply).length / 2
  test.each<[Entry, object, number]>([
    [{ fault: 'max-tokens' }, { kind: 'truncated' }, half],
    [{ fault: 'max-tokens', whole: true }, { kind: 'truncated' }, half * 2],
    [{ fault: 'max-tokens', afterCharacters: 0 }, { kind: 'truncated' }, 0],
    [{ fault: 'empty' }, { kind: 'empty' }, 0],
    [{ fault: 'safety' }, { kind: 'refused', reason: 'safety' }, half],
    [{ fault: 'safety', afterCharacters: 0 }, { kind: 'refused', reason: 'safety' }, 0],
    [{ fault: 'recitation' }, { kind: 'refused', reason: 'recitation' }, half],
    [{ fault: 'other' }, { kind: 'refused', reason: 'other' }, half],
    [{ fault: 'blocked' }, { kind: 'refused', reason: 'blocked-prompt' }, 0],
    [{ fault: 'error-in-stream' }, { kind: 'interrupted', reason: 'error-in-stream' }, half],
    [{ fault: 'error-in-stream', afterCharacters: 0 }, { kind: 'interrupted', reason: 'error-in-stream' }, 0],
    [{ fault: 'cut' }, { kind: 'interrupted', reason: 'connection' }, half],
  ])('%j', async (entry, outcome, length) => {
    const { endpoint, requests } = await stand([entry])
    const seen = await generate(endpoint)
    expect(seen.outcome).toMatchObject(outcome)
    expect(Math.abs(seen.text.length - length)).toBeLessThanOrEqual(1)
    expect(seen.waits).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['PROHIBITED_CONTENT', 'safety'],
    ['BLOCKLIST', 'safety'],
    ['SPII', 'safety'],
    ['LANGUAGE', 'other'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['A_REASON_OF_NEXT_YEAR', 'other'],
  ])('%s', async (finishReason, reason) => {
    const endpoint = await streaming({ candidates: [{ finishReason }], modelVersion: 'm' })
    expect((await generate(endpoint)).outcome).toEqual({ kind: 'refused', reason, model: 'm', usage: undefined })
  })

  test('a stream that ends properly but never said how', async () => {
    const endpoint = await streaming({ candidates: [{ content: { parts: [{ text: 'a' }] } }] })
    expect((await generate(endpoint)).outcome).toMatchObject({ kind: 'interrupted', reason: 'connection' })
  })

  test('a message that is none of Gemini’s', async () => {
    const endpoint = await streaming({ candidates: 'none' })
    expect((await generate(endpoint)).outcome).toMatchObject({ kind: 'interrupted', reason: 'error-in-stream' })
  })
})

describe('an abort is honoured within 250 ms and throws the signal’s own reason', () => {
  test.each<[string, Entry, number, Partial<GeminiOptions>]>([
    ['while headers are awaited', { fault: 'hang' }, 0, {}],
    ['in the middle of the stream', { fault: 'hang-after' }, 1, {}],
    ['while it drips', { fault: 'slow', chunkDelayMs: 20 }, 1, {}],
    ['in the back-off after 503', { fault: '503' }, 1, { random: () => 0.99 }],
    ['in the wait after 429', { fault: '429', retryAfterSeconds: 20 }, 1, {}],
  ])('%s', async (_name, entry, partsBefore, options) => {
    const { endpoint, requests } = await stand([entry])
    const controller = new AbortController()
    const reason = new Error('enough')
    const parts = await start(endpoint, options, controller.signal)
    for (let count = 0; count < partsBefore; count += 1) await parts.next()
    const ending = finish(parts)
    setTimeout(() => controller.abort(reason), 50)
    const startedMs = performance.now()
    await expect(ending).rejects.toBe(reason)
    expect(performance.now() - startedMs).toBeLessThan(50 + 250)
    const left = entry.fault === 'hang' || entry.fault === 'hang-after' || entry.fault === 'slow'
    await expect.poll(() => requests.map((request) => request.aborted)).toEqual([left])
  })

  test('before the call: nothing is sent', async () => {
    const { endpoint, requests } = await stand()
    await expect(finish(await start(endpoint, {}, AbortSignal.abort('early')))).rejects.toBe('early')
    expect(requests).toHaveLength(0)
  })

  test('while the reader has the turn', async () => {
    const { endpoint } = await stand()
    const controller = new AbortController()
    const parts = await start(endpoint, {}, controller.signal)
    await parts.next()
    controller.abort('now')
    await expect(parts.next()).rejects.toBe('now')
  })

  test('a reader that leaves closes the connection', async () => {
    const { endpoint, requests } = await stand([{ fault: 'hang-after' }])
    for await (const part of await start(endpoint)) {
      expect(part.type).toBe('text')
      break
    }
    await expect.poll(() => requests[0]?.aborted).toBe(true)
  })
})

describe('silence', () => {
  test.each<[Entry]>([[{ fault: 'hang' }], [{ fault: 'hang-after' }]])('%j ends with idle-timeout', async (entry) => {
    const { endpoint, requests } = await stand([entry])
    const { outcome } = await generate(endpoint, { idleTimeoutMs: 80 })
    expect(outcome).toMatchObject({ kind: 'interrupted', reason: 'idle-timeout' })
    await expect.poll(() => requests[0]?.aborted).toBe(true)
  })

  test('of the reader is not the provider’s', async () => {
    const { endpoint } = await stand([{ fault: 'slow', chunkDelayMs: 5 }])
    const parts = await start(endpoint, { idleTimeoutMs: 300 })
    await parts.next()
    await systemClock.sleep(700)
    expect((await finish(parts)).outcome).toMatchObject({ kind: 'complete' })
  })

  test('is broken by messages without text', async () => {
    const endpoint = await raw((_request, response) => {
      let count = 0
      response.writeHead(200)
      const timer = setInterval(() => {
        const finishReason = (count += 1) === 6 ? { finishReason: 'STOP', content: { parts: [{ text: 'a' }] } } : {}
        response.write(`data: ${JSON.stringify({ candidates: [finishReason] })}\r\n\r\n`)
        if (count < 6) return
        clearInterval(timer)
        response.end()
      }, 100)
    })
    expect((await generate(endpoint, { idleTimeoutMs: 400 })).outcome).toMatchObject({ kind: 'complete' })
  })

  test('or not, a call ends with total-timeout', async () => {
    const { endpoint } = await stand([{ fault: 'slow', chunkDelayMs: 200 }])
    const { outcome, text } = await generate(endpoint, { totalTimeoutMs: 600 })
    expect(outcome).toMatchObject({ kind: 'interrupted', reason: 'total-timeout', model: 'scripted stand-in' })
    expect(text).not.toBe('')
  })
})

describe('429', () => {
  test('is waited for as told, and said before', async () => {
    const { endpoint, requests } = await stand([{ fault: '429', retryAfterSeconds: 0.2 }])
    const startedMs = performance.now()
    const { outcome, waits } = await generate(endpoint)
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(198)
    expect(waits).toEqual([{ type: 'waiting', reason: 'rate-limited', waitMs: expect.closeTo(200, -1.5) as unknown }])
    expect(outcome.kind).toBe('complete')
    expect(requests).toHaveLength(2)
  })

  test('without a hint backs off exponentially, with full jitter, and gives up', async () => {
    const { endpoint, requests } = await stand([{ fault: '429', repeat: true }])
    const { outcome, waits } = await generate(endpoint)
    expect(outcome).toMatchObject({ kind: 'rate-limited', retryAfterMs: undefined })
    expect(waits.map((wait) => wait.waitMs)).toEqual([10, 20, 40, 80])
    expect(requests).toHaveLength(5)
  })

  test.each<[string, Entry, number]>([
    ['the wait is too long', { fault: '429', retryAfterSeconds: 3_000 }, 3_000_000],
    ['the day’s quota is spent, whatever the hint', { fault: '429', daily: true, retryAfterSeconds: 0.1 }, 3_600_000],
  ])('gives up at once when %s', async (_name, entry, waitMs) => {
    const { endpoint, requests } = await stand([entry])
    const { outcome, waits } = await generate(endpoint)
    expect(outcome).toMatchObject({ kind: 'rate-limited', retryAfterMs: expect.closeTo(waitMs, -2) as unknown })
    expect(waits).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('gives up when the wait would outlast the call', async () => {
    const { endpoint } = await stand([{ fault: '429', retryAfterSeconds: 5 }])
    expect((await generate(endpoint, { totalTimeoutMs: 1_000 })).outcome.kind).toBe('rate-limited')
  })

  test('keeps every call of the provider off that key until its cool-down ends', async () => {
    const { endpoint, requests } = await stand([{ fault: '429', retryAfterSeconds: 0.3 }])
    const model = await provider(endpoint).open(undefined)
    const { signal } = new AbortController()
    const first = model.generate(call, signal)
    expect((await first.next()).value).toMatchObject({ type: 'waiting' })
    const second = model.generate(call, signal)
    expect((await second.next()).value).toMatchObject({ type: 'waiting', reason: 'rate-limited' })
    expect(requests).toHaveLength(1)
    const ends = await Promise.all([finish(first), finish(second)])
    expect(ends.map((end) => end.outcome.kind)).toEqual(['complete', 'complete'])
  })
})

describe('5xx and broken connections', () => {
  test.each<[Entry]>([[{ fault: '500' }], [{ fault: '503' }], [{ fault: 'cut', afterCharacters: 0 }]])(
    '%j is tried again after a jittered back-off',
    async (entry) => {
      const { endpoint, requests } = await stand([entry, entry])
      const { outcome, waits } = await generate(endpoint)
      expect(outcome.kind).toBe('complete')
      expect(waits).toEqual([
        { type: 'waiting', reason: 'unavailable', waitMs: 10 },
        { type: 'waiting', reason: 'unavailable', waitMs: 20 },
      ])
      expect(requests).toHaveLength(3)
    },
  )

  test('are unavailable in the end', async () => {
    const { endpoint, requests } = await stand([{ fault: '503', repeat: true }])
    expect((await generate(endpoint, { maxRetries: 2 })).outcome).toEqual({
      kind: 'unavailable',
      model: undefined,
      usage: undefined,
    })
    expect(requests).toHaveLength(3)
  })

  test('so is a port where nobody listens', async () => {
    const standIn = await startGemini({ author: () => reply })
    await standIn.close()
    const { outcome, waits } = await generate(standIn.endpoint, { maxRetries: 1 })
    expect(outcome.kind).toBe('unavailable')
    expect(waits).toHaveLength(1)
  })

  test('so is a connection that is reset before any answer', async () => {
    let connections = 0
    const endpoint = await raw((request) => {
      connections += 1
      request.socket.destroy()
    })
    expect((await generate(endpoint, { maxRetries: 1 })).outcome.kind).toBe('unavailable')
    expect(connections).toBe(2)
  })

  test('a request that the service refuses is not tried again', async () => {
    const { endpoint, requests } = await stand()
    const model = await provider(endpoint).open(undefined)
    const odd = { ...call, replySchema: { type: 'object', additionalProperties: false } }
    expect((await finish(model.generate(odd, new AbortController().signal))).outcome.kind).toBe('request-refused')
    expect(requests).toHaveLength(1)
  })
})

const keysOf = (standIn: GeminiStandIn) => standIn.requests.map((request) => request.key)

describe('keys', () => {
  test('take turns', async () => {
    const standIn = await stand()
    const model = await provider(standIn.endpoint, { apiKeys: ['a', 'b', 'c', 'a', ''] }).open(undefined)
    for (let count = 0; count < 4; count += 1) await finish(model.generate(call, new AbortController().signal))
    expect(keysOf(standIn)).toEqual(['a', 'b', 'c', 'a'])
  })

  test('that are rate limited rest, and another is used at once', async () => {
    const standIn = await stand([{ fault: '429', retryAfterSeconds: 50 }])
    const model = await provider(standIn.endpoint, { apiKeys: ['a', 'b'] }).open(undefined)
    for (let count = 0; count < 3; count += 1) {
      const { outcome, waits } = await finish(model.generate(call, new AbortController().signal))
      expect({ kind: outcome.kind, waits }).toEqual({ kind: 'complete', waits: [] })
    }
    expect(keysOf(standIn)).toEqual(['a', 'b', 'b', 'b'])
  })

  test('that all rest are waited for: the first one to come back', async () => {
    const standIn = await stand([
      { fault: '429', retryAfterSeconds: 40 },
      { fault: '429', retryAfterSeconds: 0.1 },
    ])
    const { outcome, waits } = await generate(standIn.endpoint, { apiKeys: ['a', 'b'] })
    expect(outcome.kind).toBe('complete')
    expect(waits).toHaveLength(1)
    expect(keysOf(standIn)).toEqual(['a', 'b', 'b'])
  })

  test('that are refused give way to the others, and come last from then on', async () => {
    const standIn = await stand([], { apiKeys: ['good'] })
    const model = await provider(standIn.endpoint, { apiKeys: ['bad', 'good'] }).open(undefined)
    for (let count = 0; count < 2; count += 1) {
      expect((await finish(model.generate(call, new AbortController().signal))).outcome.kind).toBe('complete')
    }
    expect(keysOf(standIn)).toEqual(['bad', 'good', 'good'])
  })

  test('that are all refused end the call', async () => {
    const standIn = await stand([], { apiKeys: ['good'] })
    const { outcome, waits } = await generate(standIn.endpoint, { apiKeys: ['bad', 'worse'] })
    expect(outcome.kind).toBe('key-refused')
    expect(waits).toEqual([])
    expect(keysOf(standIn)).toEqual(['bad', 'worse'])
  })

  test.each([401, 403])('are refused with %i, too', async (code) => {
    const endpoint = await raw((_request, response) => {
      response.writeHead(code).end(JSON.stringify({ error: { code, message: 'no', status: 'PERMISSION_DENIED' } }))
    })
    expect((await generate(endpoint)).outcome.kind).toBe('key-refused')
  })

  test('of a caller are used alone', async () => {
    const standIn = await stand([{ fault: '429', daily: true }])
    const house = provider(standIn.endpoint, { apiKeys: ['house'] })
    expect(house.hasHouseKey).toBe(true)
    const model = await house.open('own')
    expect(model.name).toBe('gemini-2.5-flash')
    expect((await finish(model.generate(call, new AbortController().signal))).outcome.kind).toBe('rate-limited')
    expect(keysOf(standIn)).toEqual(['own'])
  })

  test('that do not exist are a refused key', async () => {
    const standIn = await stand()
    const none = provider(standIn.endpoint, { apiKeys: [''] })
    expect(none.hasHouseKey).toBe(false)
    const model = await none.open(undefined)
    expect((await finish(model.generate(call, new AbortController().signal))).outcome.kind).toBe('key-refused')
    expect(standIn.requests).toHaveLength(0)
  })

  test.each(['line\nbreak', 'with blank', '한글'])('that no header can carry are refused unsent: %j', async (key) => {
    const standIn = await stand()
    const model = await provider(standIn.endpoint).open(key)
    expect((await finish(model.generate(call, new AbortController().signal))).outcome.kind).toBe('key-refused')
    expect(standIn.requests).toHaveLength(0)
  })

  test('are never said: not in a log, a part, an outcome or an error', async () => {
    logged.length = 0
    const said: unknown[] = []
    const secrets = ['PLANTED-good', 'PLANTED-refused', 'PLANTED\nline', 'PLANTED-한글', 'PLANTED key']
    const faults: Entry[] = [
      { fault: '429' },
      { fault: '500' },
      { fault: 'cut' },
      { fault: 'bad-key' },
      { fault: 'hang' },
    ]
    for (const key of secrets) {
      for (const fault of faults) {
        const { endpoint } = await stand([fault], { apiKeys: ['PLANTED-good'] })
        const model = await provider(endpoint, { idleTimeoutMs: 30 }).open(key)
        said.push(await finish(model.generate(call, AbortSignal.timeout(20_000))).catch((error: unknown) => error))
      }
    }
    expect(said.filter((value) => value instanceof Error)).toEqual([])
    expect(inspect([said, logged], { depth: 20, showHidden: true })).not.toContain('PLANTED')
    expect(logged).not.toEqual([])
  })
})

async function inProcess(endpoint: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const script = new URL('gemini-process.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [script, endpoint], {
    env: { ...process.env, ...env },
  })
  return JSON.parse(stdout) as unknown
}

describe('in a process of its own', () => {
  test('no broken or left stream is an unhandled rejection, no variable reroutes traffic, and the library waits for open()', async () => {
    const trapped: string[] = []
    const trap = await raw((request, response) => {
      trapped.push(request.url ?? '')
      response.end('{}')
    })
    const { endpoint, requests } = await stand([
      { fault: 'cut' },
      { fault: 'hang-after' },
      { fault: 'error-in-stream' },
      { fault: 'hang-after' },
      { fault: 'hang-after' },
    ])
    const report = await inProcess(endpoint, {
      LANGSMITH_GATEWAY: trap,
      LANGSMITH_GATEWAY_API_KEY: 'gateway',
      LANGSMITH_API_KEY: 'smith',
      LANGSMITH_ENDPOINT: trap,
      LANGSMITH_TRACING: 'true',
      LANGCHAIN_ENDPOINT: trap,
      LANGCHAIN_API_KEY: 'chain',
      LANGCHAIN_TRACING_V2: 'true',
      LANGCHAIN_CALLBACKS_BACKGROUND: 'false',
      LANGCHAIN_VERBOSE: 'true',
      GOOGLE_API_KEY: 'google',
      GEMINI_API_KEY: 'gemini',
    })
    expect(report).toEqual({
      loadedBeforeOpen: 0,
      loaded: true,
      ends: ['interrupted', 'interrupted', 'interrupted', 'left', 'left', 'complete'],
    })
    expect(requests.map((request) => request.key)).toEqual(Array.from({ length: 6 }, () => 'AIza-house-key'))
    expect(trapped).toEqual([])
  })
})
