// The scripted Gemini on its wire, read with plain fetch and an independent event-stream parser.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createParser } from 'eventsource-parser'
import { afterEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { Author } from '../../mock/gemini/job.ts'
import { startRecorder } from '../../mock/gemini/recorder.ts'
import { parseScenario, type Entry, type Scenario } from '../../mock/gemini/scenario.ts'
import { startGemini, type GeminiStandIn, type StandInOptions } from '../../mock/gemini/server.ts'
import { wireSchema } from '../../src/generation/wire-schema.ts'
import { artefacts } from '../../src/contract/verification.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const author: Author = ({ job, request, slug }) => ({
  artefact: job.artefact,
  about: request?.topic ?? slug ?? 'nothing',
  code: 'print("<b>\u2028한글 🙂🙂🙂</b>")\n'.repeat(4),
})

async function stand(options: Partial<StandInOptions> = {}): Promise<GeminiStandIn> {
  const standIn = await startGemini({ author, ...options })
  closers.push(() => standIn.close())
  return standIn
}

const prompt = (artefact = 'reference', more = '<blueprint>{"slug":"two-sums"}</blueprint>') =>
  `Write it.\n<job>{"artefact":"${artefact}","attempt":1,"locale":"ko"}</job>\n${more}`

function bodyOf(user: string, generationConfig: object = {}): object {
  return { contents: [{ role: 'user', parts: [{ text: user }] }], generationConfig }
}

const stream = 'models/gemini-2.5-flash:streamGenerateContent?alt=sse'

interface Asked {
  path?: string
  key?: string
  signal?: AbortSignal
}

function ask(endpoint: string, body: unknown = bodyOf(prompt()), asked: Asked = {}): Promise<Response> {
  const { path = stream, key = 'a-key', signal = null } = asked
  return fetch(`${endpoint}/v1beta/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === '' ? {} : { 'x-goog-api-key': key }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  })
}

const countSchema = z.int().min(0)
const messageSchema = z.strictObject({
  candidates: z
    .array(
      z.strictObject({
        content: z
          .strictObject({ role: z.literal('model'), parts: z.array(z.strictObject({ text: z.string() })) })
          .optional(),
        finishReason: z.string().optional(),
        index: z.literal(0),
      }),
    )
    .optional(),
  promptFeedback: z.strictObject({ blockReason: z.string() }).optional(),
  usageMetadata: z
    .strictObject({
      promptTokenCount: countSchema,
      candidatesTokenCount: countSchema,
      thoughtsTokenCount: countSchema,
      totalTokenCount: countSchema,
    })
    .optional(),
  modelVersion: z.string().optional(),
  responseId: z.string().optional(),
  error: z
    .strictObject({
      code: z.int(),
      status: z.string(),
      message: z.string(),
      details: z.array(z.record(z.string(), z.unknown())).optional(),
    })
    .optional(),
})
type Message = z.infer<typeof messageSchema>

async function messagesOf(response: Response): Promise<{ messages: Message[]; ended: boolean }> {
  const messages: Message[] = []
  const parser = createParser({ onEvent: (event) => messages.push(messageSchema.parse(JSON.parse(event.data))) })
  const decoder = new TextDecoder()
  try {
    const body: AsyncIterable<Uint8Array> | never[] = response.body ?? []
    for await (const part of body) parser.feed(decoder.decode(part, { stream: true }))
    return { messages, ended: true }
  } catch {
    return { messages, ended: false }
  }
}

const textOf = (messages: readonly Message[]) =>
  messages.map((message) => message.candidates?.[0]?.content?.parts.map((part) => part.text).join('') ?? '').join('')

async function errorOf(response: Response): Promise<NonNullable<Message['error']>> {
  const { error } = messageSchema.parse(await response.json())
  if (error === undefined) throw new Error('no error body')
  expect(error.code).toBe(response.status)
  return error
}

describe('a clean reply', () => {
  const expected = JSON.stringify(
    author({ job: { artefact: 'reference', attempt: 1, locale: 'ko' }, slug: 'two-sums' }),
  )

  test('is streamed as text deltas with cumulative usage and one finish reason, on the last message', async () => {
    const { endpoint } = await stand()
    const response = await ask(endpoint)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const { messages, ended } = await messagesOf(response)
    expect(ended).toBe(true)
    expect(textOf(messages)).toBe(expected)
    expect(messages.length).toBe(Math.ceil(expected.length / 48))
    expect(messages.map((message) => message.candidates?.[0]?.finishReason).filter(Boolean)).toEqual(['STOP'])
    expect(messages.at(-1)?.candidates?.[0]?.finishReason).toBe('STOP')
    const counts = messages.map((message) => message.usageMetadata?.candidatesTokenCount ?? -1)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBe(Math.ceil(expected.length / 4))
    for (const { usageMetadata: usage, modelVersion } of messages) {
      expect(modelVersion).toBe('scripted stand-in')
      expect(usage?.totalTokenCount).toBe(
        (usage?.promptTokenCount ?? 0) + (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
      )
    }
  })

  test('comes as one line a message, with CRLF and with the separators escaped that a reader might split on', async () => {
    const { endpoint } = await stand()
    const raw = await (await ask(endpoint)).text()
    expect(raw).toMatch(/^(data: [^\n\r\u2028\u2029<>]*\r\n\r\n)+$/)
    expect(raw).toContain('\\u003cb\\u003e\\u2028')
  })

  test('never tears a surrogate pair, whatever the chunk size', async () => {
    const { endpoint } = await stand({ chunkCharacters: 1 })
    const { messages } = await messagesOf(await ask(endpoint))
    expect(textOf(messages)).toBe(expected)
    for (const message of messages) expect(textOf([message]).isWellFormed()).toBe(true)
  })

  test('is the same bytes for the same request to another server', async () => {
    const [one, two] = await Promise.all([stand(), stand()])
    expect(await (await ask(one.endpoint)).text()).toBe(await (await ask(two.endpoint)).text())
  })

  test('comes in one piece from generateContent', async () => {
    const { endpoint } = await stand()
    const response = await ask(endpoint, bodyOf(prompt()), { path: 'models/gemini-2.5-flash:generateContent' })
    const message = messageSchema.parse(await response.json())
    expect(textOf([message])).toBe(expected)
    expect(message.candidates?.[0]?.finishReason).toBe('STOP')
  })

  test('answers the last user content, with its request or slug', async () => {
    const { endpoint, requests } = await stand()
    const contents = [
      { role: 'user', parts: [{ text: prompt('generator') }] },
      { role: 'model', parts: [{ text: prompt('statement') }] },
      { role: 'user', parts: [{ text: prompt('blueprint', '<request>{"topic":"\\u003cjob>"}</request>') }] },
    ]
    const { messages } = await messagesOf(await ask(endpoint, { contents }))
    expect(JSON.parse(textOf(messages))).toMatchObject({ artefact: 'blueprint', about: '<job>' })
    expect(requests).toMatchObject([{ artefact: 'blueprint', attempt: 1, key: 'a-key', aborted: false }])
  })
})

describe('a request is refused as by the service', () => {
  test.each([
    ['no key', ''],
    ['the key of that name', 'invalid-key'],
    ['a key that is not on the list', 'other'],
  ])('with %s', async (_name, key) => {
    const { endpoint } = await stand(key === 'other' ? { apiKeys: ['good'] } : {})
    const error = await errorOf(await ask(endpoint, bodyOf(prompt()), { key }))
    expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
    expect(error.message).toContain('API key not valid')
    expect(error.details?.[0]).toMatchObject({ reason: 'API_KEY_INVALID' })
  })

  test.each([
    [
      'additionalProperties',
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
      'additionalProperties',
    ],
    ['$schema', { $schema: 'x', type: 'string' }, '$schema'],
    ['oneOf, deep inside', { type: 'object', properties: { a: { type: 'array', items: { oneOf: [] } } } }, 'oneOf'],
    ['default', { type: 'string', default: 'x' }, 'default'],
    ['a list of types', { type: ['string', 'null'] }, 'type: must be specified'],
    ['an enum of numbers', { type: 'integer', enum: ['1'] }, 'only allowed for STRING type'],
    ['an array of nothing', { type: 'array' }, 'items: missing field'],
    ['an object of nothing', { type: 'object', properties: {} }, 'should be non-empty'],
    [
      'a required name that is none',
      { type: 'object', properties: { a: { type: 'string' } }, required: ['b'] },
      'property is not defined',
    ],
  ])('with %s in the response schema', async (_name, responseSchema, word) => {
    const { endpoint } = await stand()
    const config = { responseMimeType: 'application/json', responseSchema }
    const error = await errorOf(await ask(endpoint, bodyOf(prompt(), config)))
    expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
    expect(error.message).toContain(word)
  })

  test.each(artefacts)('but not with the schema of our own %s', async (artefact) => {
    const { endpoint } = await stand()
    const config = { responseMimeType: 'application/json', responseSchema: wireSchema(artefact) }
    expect((await ask(endpoint, bodyOf(prompt(artefact), config))).status).toBe(200)
  })

  test.each([
    ['a body that is no JSON', '{', 'Invalid JSON payload'],
    ['an unknown field', { ...bodyOf(prompt()), sytemInstruction: {} }, 'Unknown name "sytemInstruction"'],
    ['a schema for plain text', bodyOf(prompt(), { responseSchema: { type: 'string' } }), 'application/json'],
    ['a temperature out of range', bodyOf(prompt(), { temperature: 3 }), 'generation_config.temperature'],
    ['a prompt without a job', bodyOf('Hello'), '<job>'],
    ['a job that is no JSON', bodyOf('<job>{</job>'), 'not JSON'],
    ['an unknown artefact', bodyOf('<job>{"artefact":"poem","attempt":1,"locale":"ko"}</job>'), 'artefact'],
    ['two jobs', bodyOf(prompt() + prompt()), '2 <job> sections'],
  ])('with %s', async (_name, body, word) => {
    const { endpoint, requests } = await stand()
    const error = await errorOf(await ask(endpoint, body))
    expect(error.code).toBe(400)
    expect(error.message).toContain(word)
    expect(requests).toHaveLength(1)
  })

  test('for another path', async () => {
    const { endpoint } = await stand()
    const error = await errorOf(await ask(endpoint, bodyOf(prompt()), { path: 'models/m:countTokens' }))
    expect(error).toMatchObject({ code: 404, status: 'NOT_FOUND' })
  })
})

const hangs = (entry: Entry) => entry.fault === 'hang' || entry.fault === 'hang-after'

/** What a caller sees of an exchange. One that is known to hang is left after a while. */
async function seen(endpoint: string, artefact = 'reference', willHang = false) {
  const patienceMs = willHang ? 250 : 10_000
  const leave = new AbortController()
  let timer = setTimeout(() => leave.abort(), patienceMs)
  try {
    const response = await ask(endpoint, bodyOf(prompt(artefact)), { signal: leave.signal })
    clearTimeout(timer)
    if (!response.ok) {
      const error = await errorOf(response)
      return { status: response.status, details: error.details }
    }
    timer = setTimeout(() => leave.abort(), patienceMs)
    const { messages, ended } = await messagesOf(response)
    const last = messages.at(-1)
    return {
      status: 200,
      text: textOf(messages),
      end: ended ? 'whole' : leave.signal.aborted ? 'silent' : 'broken',
      finishReason: last?.candidates?.[0]?.finishReason,
      blockReason: last?.promptFeedback?.blockReason,
      error: last?.error?.status,
      counted: last?.usageMetadata !== undefined,
    }
  } catch {
    return { status: undefined, left: leave.signal.aborted }
  } finally {
    clearTimeout(timer)
  }
}

const containing = (word: string): unknown => expect.stringContaining(word)

const faults: [Entry, object][] = [
  [
    { fault: '429', retryAfterSeconds: 1.5 },
    {
      status: 429,
      details: [{ violations: [{ quotaId: containing('PerMinute') }] }, { retryDelay: '1.5s' }],
    },
  ],
  [
    { fault: '429', daily: true },
    { status: 429, details: [{ violations: [{ quotaId: containing('PerDay') }] }] },
  ],
  [{ fault: '500' }, { status: 500 }],
  [{ fault: '503' }, { status: 503 }],
  [{ fault: 'bad-key' }, { status: 400, details: [{ reason: 'API_KEY_INVALID' }] }],
  [{ fault: 'hang' }, { status: undefined, left: true }],
  [
    { fault: 'hang-after', text: '0123456789' },
    { text: '01234', end: 'silent' },
  ],
  [
    { fault: 'hang-after', text: '01', afterCharacters: 0 },
    { text: '', end: 'silent' },
  ],
  [
    { fault: 'cut', text: '0123456789', afterCharacters: 7 },
    { text: '0123456', end: 'broken' },
  ],
  [
    { fault: 'cut', text: 'a🙂', afterCharacters: 2 },
    { text: 'a', end: 'broken' },
  ],
  [
    { fault: 'safety', text: '0123', afterCharacters: 0 },
    { text: '', end: 'whole', finishReason: 'SAFETY' },
  ],
  [
    { fault: 'recitation', text: '0123' },
    { text: '01', end: 'whole', finishReason: 'RECITATION' },
  ],
  [
    { fault: 'other', text: '0123' },
    { text: '01', end: 'whole', finishReason: 'OTHER' },
  ],
  [
    { fault: 'max-tokens', text: '0123' },
    { text: '01', end: 'whole', finishReason: 'MAX_TOKENS' },
  ],
  [
    { fault: 'max-tokens', text: '0123', whole: true },
    { text: '0123', end: 'whole', finishReason: 'MAX_TOKENS' },
  ],
  [{ fault: 'blocked' }, { text: '', end: 'whole', finishReason: undefined, blockReason: 'SAFETY' }],
  [
    { fault: 'error-in-stream', text: '0123' },
    { text: '01', end: 'whole', error: 'UNAVAILABLE' },
  ],
  [{ fault: 'empty' }, { text: '', end: 'whole', finishReason: 'STOP' }],
  [
    { fault: 'slow', text: '0123', chunkDelayMs: 1 },
    { text: '0123', end: 'whole', finishReason: 'STOP' },
  ],
  [
    { fault: 'no-usage', text: '0123' },
    { text: '0123', finishReason: 'STOP', counted: false },
  ],
  [{ text: 'not JSON' }, { text: 'not JSON', end: 'whole', finishReason: 'STOP', counted: true }],
  [{ reply: { a: 1 } }, { text: '{"a":1}' }],
]

describe('a scenario', () => {
  test.each(faults)('%j is seen on the wire', async (entry, view) => {
    const { endpoint, requests } = await stand({ scenario: { reference: [entry] } })
    expect(await seen(endpoint, 'reference', hangs(entry))).toMatchObject(view)
    await expect.poll(() => requests[0]?.aborted).toBe(hangs(entry))
    expect(await seen(endpoint)).toMatchObject({ end: 'whole', finishReason: 'STOP' })
  })

  test('counts per artefact, also within a stage', async () => {
    const { endpoint } = await stand({ scenario: { programs: [{ text: 'first' }] } })
    const texts = ['reference', 'generator', 'reference'].map(async (name) => (await seen(endpoint, name)).text)
    expect((await Promise.all(texts)).filter((text) => text === 'first')).toHaveLength(2)
  })

  test('that does not fit its reply fails loudly, and again when it is retried', async () => {
    const scenario = parseScenario(
      '{ "reference": [{ "replace": [{ "path": "/code", "find": "nope", "with": "" }] }] }',
    )
    const { endpoint, requests } = await stand({ scenario })
    for (const attempt of ['first', 'retry']) {
      const error = await errorOf(await ask(endpoint))
      expect({ attempt, code: error.code }).toEqual({ attempt, code: 500 })
      expect(error.message).toContain('replace[0].find')
    }
    expect(requests.map((request) => request.mistake)).toEqual([
      expect.stringContaining('replace[0].find'),
      expect.stringContaining('replace[0].find'),
    ])
  })

  test('an author that throws is loud, too', async () => {
    const { endpoint, requests } = await stand({
      author: () => {
        throw new Error('no such slug')
      },
    })
    expect((await errorOf(await ask(endpoint))).message).toContain('no such slug')
    expect(requests[0]?.mistake).toContain('no such slug')
  })

  test('a caller that leaves in the middle is recorded, and the server closes with a stream open', async () => {
    const { endpoint, requests } = await stand({ scenario: { reference: [{ fault: 'slow', repeat: true }] } })
    const leave = new AbortController()
    const response = await ask(endpoint, bodyOf(prompt()), { signal: leave.signal })
    expect(response.status).toBe(200)
    leave.abort()
    await expect.poll(() => requests[0]?.aborted).toBe(true)
    await ask(endpoint)
  })
})

async function record(upstream: string) {
  const recorder = await startRecorder({ upstream })
  closers.push(() => recorder.close())
  return recorder
}

/** One exchange for each fault, one after the other. */
async function seenInTurn(endpoint: string): Promise<unknown[]> {
  const views: unknown[] = []
  for (const [entry] of faults) views.push(await seen(endpoint, 'reference', hangs(entry)))
  return views
}

describe('the recorder', () => {
  test('passes everything through, writes it down, and the recording replays it', async () => {
    const scenario: Scenario = { reference: faults.map(([entry]) => entry) }
    const upstream = await stand({ scenario })
    const recorder = await record(upstream.endpoint)
    const first = await seenInTurn(recorder.endpoint)
    expect(first).toMatchObject(faults.map(([, view]) => view))
    await expect.poll(() => recorder.recorded().reference?.length).toBe(faults.length)
    const replay = await stand({ scenario: parseScenario(JSON.stringify(recorder.recorded())) })
    expect(await seenInTurn(replay.endpoint)).toEqual(first)
  })

  test('passes the key on and never keeps it', async () => {
    const upstream = await stand()
    const recorder = await record(upstream.endpoint)
    await (await ask(recorder.endpoint, bodyOf(prompt()), { key: 'AIza-planted' })).text()
    expect(upstream.requests[0]?.key).toBe('AIza-planted')
    await expect.poll(() => recorder.recorded().reference?.length).toBe(1)
    expect(JSON.stringify(recorder.recorded())).not.toContain('planted')
  })

  test('writes down an upstream that cannot be reached as a connection that breaks', async () => {
    const upstream = await startGemini({ author })
    await upstream.close()
    const recorder = await record(upstream.endpoint)
    expect(await seen(recorder.endpoint)).toEqual({ status: undefined, left: false })
    await expect
      .poll(() => recorder.recorded())
      .toEqual({ reference: [{ fault: 'cut', text: '', afterCharacters: 0 }] })
  })
})

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [new URL('../../mock/gemini/main.ts', import.meta.url).pathname, ...args])
  closers.push(async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
  })
  return child
}

describe('by itself', () => {
  test('says where it is and answers', async () => {
    const { stdout } = run('--port', '0', '--seed', '7')
    if (stdout === null) throw new Error('no standard output')
    const line = String(await once(stdout.setEncoding('utf8'), 'data'))
    const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? 'no endpoint'
    const blueprint = prompt('blueprint', '<request>{"topic":"graph","level":"easy"}</request>')
    const { messages } = await messagesOf(await ask(endpoint, bodyOf(blueprint)))
    expect(JSON.parse(textOf(messages))).toMatchObject({ algorithm_type: 'graph', difficulty: 'easy' })
  })

  test.each([
    [['--port', 'x'], '--port takes a whole number'],
    [['--prot', '1'], 'usage: '],
    [['--scenario', new URL('../../package.json', import.meta.url).pathname], 'scenario: line 2: name: unknown'],
  ])('refuses %j', async (args, message) => {
    const child = run(...args)
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    await once(child, 'close')
    expect({ code: child.exitCode, said }).toEqual({ code: 2, said: containing(message) })
  })
})
