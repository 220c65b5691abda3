import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LambdaFunctionURLEvent } from 'aws-lambda'
import { z } from 'zod'
import { DELIMITER_BYTES, PreludeParser } from '../../mock/function-url/prelude.ts'
import { OutgoingResponse } from '../../mock/function-url/response-stream.ts'
import {
  installAwsLambdaGlobal,
  PortInUseError,
  startFunctionUrl,
  type FunctionUrl,
  type FunctionUrlOptions,
  type StreamingHandler,
  type ThreadEnvironments,
} from '../../mock/function-url/server.ts'

const HANDLER_FILE = new URL('./fixtures/streaming-handler.ts', import.meta.url)
const THROWS_AT_LOAD = new URL('./fixtures/throws-at-load.ts', import.meta.url)
const PLAIN_HANDLER = new URL('./fixtures/plain-handler.ts', import.meta.url)
const MAIN = fileURLToPath(new URL('../../mock/function-url/main.ts', import.meta.url))

/** The members the runtime client 4.0.2 gives its stream. */
const RUNTIME_STREAM_MEMBERS = `cork destroy end uncork write addListener on once prependListener prependOnceListener off
  removeListener removeAllListeners setMaxListeners getMaxListeners listeners rawListeners listenerCount eventNames emit
  setContentType destroyed writableFinished writableObjectMode writableEnded writableNeedDrain writableHighWaterMark
  writableCorked writableLength writable`

const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

let inlineHandler: StreamingHandler

beforeAll(async () => {
  installAwsLambdaGlobal()
  // Loaded late: the file uses the global as it loads.
  inlineHandler = (await import('./fixtures/streaming-handler.ts')).handler
})

interface Started extends FunctionUrl {
  readonly lines: string[]
}

type Kind = Exclude<FunctionUrlOptions['environment']['kind'], 'runtime'>

async function start(
  kind: Kind,
  options: Omit<FunctionUrlOptions, 'environment'> = {},
  thread: Partial<ThreadEnvironments> = {},
): Promise<Started> {
  const lines: string[] = []
  const functionUrl = await startFunctionUrl({
    environment:
      kind === 'thread' ? { kind, handlerFile: HANDLER_FILE, env: {}, ...thread } : { kind, handler: inlineHandler },
    onLog: (line) => lines.push(line),
    ...options,
  })
  cleanUps.push(() => functionUrl.close())
  return Object.assign(functionUrl, { lines })
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** False when the connection broke before the end of the body. */
  readonly isComplete: boolean
}

interface RequestOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Uint8Array
}

/** Sends a request; the answer as soon as its head is there. */
function open(url: string, { method = 'GET', headers = {}, body }: RequestOptions = {}): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  httpRequest(url, { method, headers, agent: false }, resolve).on('error', reject).end(body)
  return promise
}

async function fetchAll(url: string, options?: RequestOptions): Promise<Answer> {
  return readAll(await open(url, options))
}

async function readAll(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined)
  await new Promise((resolve) => response.once('close', resolve))
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks),
    isComplete: response.complete,
  }
}

/** The next bytes of a body that is still being written. */
async function nextChunk(response: IncomingMessage): Promise<string> {
  const chunks: unknown[] = await once(response, 'data')
  return String(chunks[0])
}

/** A whole connection as bytes. */
async function fetchRaw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('latin1')
  let received = ''
  socket.on('data', (chunk: string) => (received += chunk)).write(text)
  await new Promise((resolve) => socket.once('close', resolve))
  return received
}

/** Where a handler stops until the test lets it go on. */
async function startGate(): Promise<{ url: string; arrivals: number; arrived: Promise<void>; open: () => void }> {
  const { promise: arrived, resolve: markArrived } = Promise.withResolvers<void>()
  const { promise: opened, resolve } = Promise.withResolvers<void>()
  const server = createServer((_request, response) => {
    gate.arrivals += 1
    markArrived()
    void opened.then(() => response.end())
  })
  const gate = { url: '', arrivals: 0, arrived, open: resolve }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the gate has no address')
  gate.url = `http://127.0.0.1:${address.port}`
  cleanUps.push(async () => {
    resolve()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return gate
}

/** Waits for something that another thread does. */
async function eventually(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`never came true: ${String(condition)}`)
}

function json(answer: Answer): unknown {
  return JSON.parse(answer.body.toString())
}

const eventAnswer = z.object({
  event: z.custom<LambdaFunctionURLEvent>((value) => typeof value === 'object' && value !== null),
  context: z.object({ awsRequestId: z.string(), functionName: z.string(), remainingMs: z.number() }),
})

async function fetchEvent(url: string, options?: RequestOptions): Promise<z.infer<typeof eventAnswer>> {
  return eventAnswer.parse(json(await fetchAll(url, options)))
}

const environmentAnswer = z.object({
  threadId: z.number(),
  served: z.number(),
  env: z.record(z.string(), z.string()),
  execArgv: z.array(z.string()),
})

async function fetchEnvironment(url: string): Promise<z.infer<typeof environmentAnswer>> {
  return environmentAnswer.parse(json(await fetchAll(`${url}/environment`)))
}

/** Matches a string inside an expectation, without the `any` of the library's own matcher. */
function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}

/** The prelude and the body, or why it is malformed. */
function parse(chunks: readonly Uint8Array[]): unknown {
  const parser = new PreludeParser()
  const bodyChunks: Uint8Array[] = []
  let prelude: unknown
  for (const chunk of chunks) {
    if (prelude) {
      bodyChunks.push(chunk)
      continue
    }
    const progress = parser.push(chunk)
    if (progress.state === 'malformed') return progress.reason
    if (progress.state === 'complete') {
      prelude = { ...progress.prelude, headers: Object.fromEntries(progress.prelude.headers) }
      bodyChunks.push(progress.body)
    }
  }
  return { prelude, body: Buffer.concat(bodyChunks) }
}

describe('the prelude parser', () => {
  const head = { statusCode: 201, headers: { 'X-Größe': 'ä', 'Content-Type': 'text/plain' }, cookies: ['a=1'] }
  const body = Buffer.from([0, 0, 0, 65, 0, 66, 255, 0])
  const bytes = Buffer.concat([Buffer.from(JSON.stringify(head)), Buffer.alloc(DELIMITER_BYTES), body])

  const expected = {
    prelude: { statusCode: 201, headers: { 'x-größe': 'ä', 'content-type': 'text/plain' }, cookies: ['a=1'] },
    body,
  }

  it('reads the same prelude and body wherever the bytes are cut in two', () => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(expected)
    }
  })

  it('reads the same prelude and body one byte at a time', () => {
    expect(parse(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected)
  })

  it('takes 200, no headers and no cookies for granted', () => {
    const prelude = { statusCode: 200, headers: {}, cookies: [] }
    expect(parse([Buffer.from('{}\0\0\0\0\0\0\0\0')])).toEqual({ prelude, body: Buffer.alloc(0) })
  })

  it.each([
    ['{"statusCode":200}\0\0\0\0\0\0\0x', 'delimiter shorter than 8 NUL bytes'],
    ['[]\0\0\0\0\0\0\0\0', 'the prelude is not an object'],
    ['{"statusCode":"200"}\0\0\0\0\0\0\0\0', 'statusCode "200" is not an integer from 200 to 599'],
    ['{"statusCode":101}\0\0\0\0\0\0\0\0', 'statusCode 101 is not an integer from 200 to 599'],
    ['{"headers":[]}\0\0\0\0\0\0\0\0', 'headers is not an object'],
    ['{"headers":{"a":["b"]}}\0\0\0\0\0\0\0\0', 'header a is not a string'],
    ['{"cookies":"a=1"}\0\0\0\0\0\0\0\0', 'cookies is not an array of strings'],
    ['x'.repeat(64 * 1024 + 1), 'no delimiter within 65536 bytes'],
  ])('refuses %.30j', (text, reason) => {
    expect(parse([Buffer.from(text)])).toBe(reason)
  })
})

describe('the stream of the handler', () => {
  it('answers false from 64 KiB of un-drained bytes on and drains when the last of them was passed on', async () => {
    const untaken: (() => void)[] = []
    const stream = new OutgoingResponse({
      open: () => undefined,
      send: (_bytes, drained) => untaken.push(drained),
      end: () => undefined,
      fault: (error) => expect.unreachable(error.message),
    })
    const events: string[] = []
    stream.on('drain', () => events.push('drain')).on('finish', () => events.push('finish'))

    expect(stream.write(Buffer.alloc(65_535))).toBe(true)
    expect(stream.write('x')).toBe(false)
    expect(stream.writableNeedDrain).toBe(true)
    untaken.shift()?.()
    await new Promise(setImmediate)
    expect([stream.writableLength, events]).toEqual([1, []])
    untaken.shift()?.()
    await new Promise(setImmediate)
    expect([stream.writableLength, stream.writableNeedDrain, events]).toEqual([0, false, ['drain']])
    stream.end()
    await new Promise(setImmediate)
    expect(events).toEqual(['drain', 'finish'])
    expect(await stream.over).toBeUndefined()
  })
})

describe.each(['thread', 'inline'] as const)('a function URL with %s environments', (kind) => {
  describe('makes an event of the request', () => {
    it('with path, query, headers, cookies and context as payload format 2.0 has them', async () => {
      const { url } = await start(kind, { functionName: 'alpaco-generator-local', timeoutMs: 30_000 })
      const answer = await fetchAll(`${url}/event?b=%EA%B7%B8+x&a=1&a=2%2C3&empty=&bare`, {
        headers: {
          cookie: 'one=1; two="2;"',
          'X-Multi': ['first', 'second'],
          'user-agent': 'alpaco-test',
          'X-Forwarded-For': '203.0.113.9',
        },
      })
      const { event, context } = eventAnswer.parse(json(answer))
      const requestId = answer.headers['x-amzn-requestid']
      const host = new URL(url).host
      expect(event).toEqual({
        version: '2.0',
        routeKey: '$default',
        rawPath: '/event',
        rawQueryString: 'b=%EA%B7%B8+x&a=1&a=2%2C3&empty=&bare',
        cookies: ['one=1', 'two="2', '"'],
        headers: {
          host,
          'x-multi': 'first,second',
          'user-agent': 'alpaco-test',
          'x-forwarded-for': '203.0.113.9, 127.0.0.1',
          'x-forwarded-port': new URL(url).port,
          'x-forwarded-proto': 'http',
          'x-amzn-trace-id': matching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        },
        queryStringParameters: { b: '그 x', a: '1,2,3', empty: '', bare: '' },
        requestContext: {
          accountId: 'anonymous',
          apiId: 'local',
          domainName: host,
          domainPrefix: 'local',
          http: {
            method: 'GET',
            path: '/event',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'alpaco-test',
          },
          requestId,
          routeKey: '$default',
          stage: '$default',
          time: matching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
          timeEpoch: event.requestContext.timeEpoch,
        },
        isBase64Encoded: false,
      })
      expect(new Date(event.requestContext.timeEpoch).getUTCFullYear()).toBeGreaterThan(2025)
      expect(context).toMatchObject({ awsRequestId: requestId, functionName: 'alpaco-generator-local' })
      expect(context.remainingMs).toBeGreaterThan(0)
      expect(context.remainingMs).toBeLessThanOrEqual(30_000)
    })

    it('without the fields that have nothing to hold', async () => {
      const { url } = await start(kind)
      const { event } = await fetchEvent(`${url}/event`)
      expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['cookies']))
      expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['queryStringParameters']))
      expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['body']))
      expect(event.rawQueryString).toBe('')
    })

    it('with text as it is and everything else in base64', async () => {
      const { url } = await start(kind)
      const types: [Record<string, string>, boolean][] = [
        [{ 'content-type': 'application/json' }, false],
        [{ 'content-type': 'Application/JSON; charset=utf-8' }, false],
        [{ 'content-type': 'text/plain' }, false],
        [{ 'content-type': 'application/xml' }, false],
        [{ 'content-type': 'application/javascript' }, false],
        [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, true],
        [{ 'content-type': 'application/x-www-form-urlencoded' }, true],
        [{ 'content-type': 'application/octet-stream' }, true],
        [{}, true],
      ]
      for (const [headers, isBase64Encoded] of types) {
        const { event } = await fetchEvent(`${url}/event`, { method: 'POST', headers, body: '{"값":1}' })
        const body = isBase64Encoded ? Buffer.from('{"값":1}').toString('base64') : '{"값":1}'
        expect({ headers, body: event.body, isBase64Encoded: event.isBase64Encoded }).toEqual({
          headers,
          body,
          isBase64Encoded,
        })
      }
    })

    it('with binary bytes unharmed', async () => {
      const { url } = await start(kind)
      const body = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      const { event } = await fetchEvent(`${url}/event`, { method: 'PUT', body })
      expect(Buffer.from(event.body ?? '', 'base64')).toEqual(Buffer.from(body))
    })

    it('unless the body is longer than 6 MiB, in base64 where it is sent so', async () => {
      const { url } = await start(kind)
      const mebibyte = 1024 * 1024
      const post = async (bytes: number, type: string): Promise<number> => {
        const body = Buffer.alloc(bytes, 'x')
        return (await fetchAll(`${url}/no-content`, { method: 'POST', headers: { 'content-type': type }, body })).status
      }
      expect(await post(6 * mebibyte, 'text/plain')).toBe(204)
      expect(await post(6 * mebibyte + 1, 'text/plain')).toBe(413)
      expect(await post(4.5 * mebibyte, 'application/octet-stream')).toBe(204)
      expect(await post(4.5 * mebibyte + 1, 'application/octet-stream')).toBe(413)
    })

    it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('for %s', async (method) => {
      const { url } = await start(kind)
      const { status, body } = await fetchAll(`${url}/event`, { method })
      expect(status).toBe(200)
      expect(body.toString()).toMatch(method === 'HEAD' ? /^$/ : new RegExp(`"http":{"method":"${method}"`))
    })

    it('with the path still percent-encoded', async () => {
      const { url } = await start(kind)
      const { event } = await fetchEvent(`${url}/event/a%2Fb%20c`)
      expect([event.rawPath, event.requestContext.http.path]).toEqual(['/event/a%2Fb%20c', '/event/a%2Fb%20c'])
    })
  })

  describe('answers', () => {
    it('with status, headers and cookies of the prelude, the framing being its own', async () => {
      const { url } = await start(kind)
      const { status, headers, body } = await fetchAll(`${url}/teapot`)
      expect(status).toBe(418)
      expect(headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'x-pot': 'short',
        'set-cookie': ['a=1; HttpOnly', 'b=2'],
        'transfer-encoding': 'chunked',
      })
      expect(Object.keys(headers)).not.toContain('content-length')
      expect(body.toString()).toBe('찻주전자!')
    })

    it('with one HTTP chunk per write and a clean end', async () => {
      const { url } = await start(kind)
      const answer = await fetchRaw(url, 'GET /teapot HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
      const [, body] = answer.split(/\r\n\r\n(.*)/s)
      expect(Buffer.from(body ?? '', 'latin1').toString()).toBe('3\r\n찻\r\n9\r\n주전자\r\n1\r\n!\r\n0\r\n\r\n')
    })

    it('with NULs and all other bytes of the body unharmed', async () => {
      const { url } = await start(kind)
      const { body } = await fetchAll(`${url}/binary`)
      const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
      expect(body).toEqual(Buffer.concat([Buffer.alloc(16), everyByte, Buffer.alloc(8)]))
    })

    it('with the bytes as they were when written, although the buffer is used again', async () => {
      const { url } = await start(kind)
      expect((await fetchAll(`${url}/reused-buffer`)).body.toString()).toBe('aaaabbbb')
    })

    it('with each write before the handler goes on', async () => {
      const { url } = await start(kind)
      const gate = await startGate()
      const response = await open(`${url}/two-writes?gate=${gate.url}`)
      expect(await nextChunk(response)).toBe('one,')
      gate.open()
      expect((await readAll(response)).body.toString()).toBe('two')
    })

    it('with the head alone when the first write is empty', async () => {
      const { url } = await start(kind)
      const gate = await startGate()
      const response = await open(`${url}/head-only?gate=${gate.url}`)
      expect(response.statusCode).toBe(202)
      gate.open()
      expect(await readAll(response)).toMatchObject({ body: Buffer.alloc(0), isComplete: true })
    })

    it('with 204 and no body when an empty write precedes the end', async () => {
      const { url } = await start(kind)
      const { status, headers, isComplete } = await fetchAll(`${url}/no-content`)
      expect([status, isComplete, headers['transfer-encoding']]).toEqual([204, true, undefined])
    })

    it('to HEAD without a body, whatever the handler writes', async () => {
      const { url, lines } = await start(kind)
      const logged = captureConsole(kind, lines)
      const { status, body } = await fetchAll(`${url}/flood?bytes=1048576`, { method: 'HEAD' })
      expect([status, body.length]).toEqual([200, 0])
      await eventually(() => logged.includes('flood finished'))
    })

    it('with 200 and the content type that was set when there is no prelude', async () => {
      const { url } = await start(kind)
      const { status, headers, body } = await fetchAll(`${url}/no-prelude`)
      expect([status, headers['content-type'], body.toString()]).toEqual([200, 'text/csv', 'a,b'])
    })

    it('with 200 and no headers when the stream ends without a write: the prelude is lost', async () => {
      const { url } = await start(kind)
      const { status, headers, body } = await fetchAll(`${url}/end-without-write`)
      expect([status, headers['content-type'], body.length]).toEqual([200, 'application/octet-stream', 0])
    })

    it.each([
      ['/end-with-text-only', 'Malformed response prelude: the response ended before the delimiter'],
      ['/bad-header', matching(/^Malformed response prelude: TypeError \[ERR_INVALID_CHAR\]/)],
      ['/bad-status', 'Malformed response prelude: statusCode 99 is not an integer from 200 to 599'],
    ])('with 502 to %s and says why in the log', async (path, reason) => {
      const { url, lines } = await start(kind)
      const { status, body, headers } = await fetchAll(`${url}${path}`)
      expect([status, body.toString(), headers['x-bad']]).toEqual([502, 'Internal Server Error', undefined])
      expect(lines).toEqual([reason])
    })

    it('with several writes as one when the stream was corked', async () => {
      const { url } = await start(kind)
      const gate = await startGate()
      const response = await open(`${url}/corked?gate=${gate.url}`)
      expect(await nextChunk(response)).toBe('a')
      await gate.arrived
      gate.open()
      expect((await readAll(response)).body.toString()).toBe('bcd')
    })

    it('one write late when small writes are held back, so that only a follow-up write shows the one before', async () => {
      const { url } = await start(kind, { holdSmallWrites: true })
      const gates = [await startGate(), await startGate()] as const
      const response = await open(`${url}/three-writes?gate=${gates[0].url}&secondGate=${gates[1].url}`)
      const received: string[] = []
      response.on('data', (chunk) => received.push(String(chunk)))
      await gates[0].arrived
      expect(received).toEqual([])
      gates[0].open()
      await gates[1].arrived
      await eventually(() => received.length > 0)
      expect(received).toEqual(['one,'])
      gates[1].open()
      await once(response, 'end')
      expect(received.join('')).toBe('one,two,three')
    })
  })

  describe('gives the handler a stream', () => {
    it('that is a facade of the runtime client’s members, not a Writable, with back-pressure at 64 KiB', async () => {
      const { url } = await start(kind)
      const facts = json(await fetchAll(`${url}/stream-members`))
      expect(facts).toEqual([
        {
          before: {
            isWritable: false,
            hasPipe: false,
            members: RUNTIME_STREAM_MEMBERS.split(/\s+/).sort(),
            writable: true,
            highWaterMark: 65_536,
          },
          firstWrite: true,
          lateContentType: 'Runtime.InvalidStreamingOperation: Cannot set content-type, too late.',
          bigWrite: false,
          needDrain: true,
          drained: { writableLength: 0, needDrain: false },
          callbackError: null,
        },
      ])
    })

    it.each(['/write-after-end', '/write-after-finish'])(
      'that kills the runtime when written to after its end, as on %s, although the answer is whole',
      async (path) => {
        const { url, lines } = await start(kind)
        captureConsole(kind, lines)
        expect(await fetchAll(`${url}${path}`)).toMatchObject({ body: Buffer.from('done'), isComplete: true })
        await eventually(() => lines.some((line) => line.includes('Uncaught Exception Error: write after end')))
      },
    )

    it('that stream.pipeline can write to', async () => {
      const { url } = await start(kind)
      expect(await fetchAll(`${url}/pipeline`)).toMatchObject({ body: Buffer.from('abc'), isComplete: true })
    })

    it('that kills the runtime when the source of a pipeline throws', async () => {
      const { url, lines } = await start(kind)
      expect(await fetchAll(`${url}/pipeline-throws`)).toMatchObject({ body: Buffer.from('half'), isComplete: false })
      await eventually(() => lines.some((line) => line.includes('Uncaught Exception Error: source failed')))
    })
  })

  it('answers 502 to a handler that throws before its first write, and lives on', async () => {
    const { url, lines } = await start(kind)
    const { status, body, headers } = await fetchAll(`${url}/throw-before`)
    expect([status, body.toString(), headers['content-length']]).toEqual([502, 'Internal Server Error', '21'])
    await eventually(() => lines.some((line) => line.includes('Invoke Error Error: thrown before')))
    expect((await fetchAll(`${url}/teapot`)).status).toBe(418)
  })

  it.each(['/throw-after', '/destroy'])('breaks the connection after what was written on %s', async (path) => {
    const { url } = await start(kind)
    const { status, body, isComplete } = await fetchAll(`${url}${path}`)
    expect([status, body.toString(), isComplete]).toEqual([200, 'half', false])
  })

  it('has answered in full when a handler throws after its end', async () => {
    const { url, lines } = await start(kind)
    expect(await fetchAll(`${url}/throw-after-end`)).toMatchObject({ body: Buffer.from('whole'), isComplete: true })
    await eventually(() => lines.some((line) => line.includes('thrown after end')))
  })

  it('waits for a handler that never ends its stream until the time-out, then breaks the connection', async () => {
    const { url, lines } = await start(kind, { timeoutMs: 1_500 })
    const response = await open(`${url}/never-end`)
    const { body, isComplete } = await readAll(response)
    const [, remaining] = /^remaining (\d+)$/.exec(body.toString()) ?? []
    expect(Number(remaining)).toBeLessThanOrEqual(1_500)
    expect(isComplete).toBe(false)
    expect(lines).toEqual([`${String(response.headers['x-amzn-requestid'])} Task timed out after 1.50 seconds`])
  })

  it('answers 502 when the time-out comes before the first write', async () => {
    const { url } = await start(kind, { timeoutMs: 1_000 })
    const { status, body } = await fetchAll(`${url}/never-write`)
    expect([status, body.toString()]).toEqual([502, 'Internal Server Error'])
  })

  it('does not tell the handler that its viewer has gone: it runs to its end, never blocked', async () => {
    const { url, lines } = await start(kind)
    const logged = captureConsole(kind, lines)
    const response = await open(`${url}/flood?bytes=${32 * 1024 * 1024}`)
    await nextChunk(response)
    response.destroy()
    await eventually(() => logged.includes('flood finished'))
    expect(logged.filter((line) => line.startsWith('written'))).toHaveLength(2048)
    expect(lines.filter((line) => line.includes('Error'))).toEqual([])
  })

  it('counts a request as active until its function has finished, viewer or not', async () => {
    const functionUrl = await start(kind)
    const gate = await startGate()
    const response = await open(`${functionUrl.url}/two-writes?gate=${gate.url}`)
    expect(functionUrl.activeRequests).toBe(1)
    response.destroy()
    await gate.arrived
    expect(functionUrl.activeRequests).toBe(1)
    gate.open()
    await eventually(() => functionUrl.activeRequests === 0)
  })

  it('lets a slow reader hold the handler up: what lies between them is bounded', async () => {
    const { url, lines } = await start(kind)
    const logged = captureConsole(kind, lines)
    const socket = await connectPaused(url)
    const bytes = 64 * 1024 * 1024
    socket.write(`GET /flood?bytes=${bytes} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    // The kernel's buffers fill first; the handler stands still once its progress no longer changes.
    await eventually(() => logged.length > 0)
    for (let before = -1; before !== logged.length;) {
      before = logged.length
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    const written = logged.length * 16 * 1024
    expect(written).toBeLessThan(bytes / 4)
    let received = 0
    socket.on('data', (chunk: Buffer) => (received += chunk.length)).resume()
    await new Promise((resolve) => socket.once('close', resolve))
    expect(received).toBeGreaterThan(bytes)
    await eventually(() => logged.includes('flood finished'))
  })

  it('closes although a stream is open: the viewer sees it break', async () => {
    const functionUrl = await start(kind)
    const gate = await startGate()
    const response = await open(`${functionUrl.url}/two-writes?gate=${gate.url}`)
    const broken = readAll(response)
    await functionUrl.close()
    expect(await broken).toMatchObject({ isComplete: false })
    expect(functionUrl.activeRequests).toBe(0)
    await expect(open(functionUrl.url)).rejects.toThrow('ECONNREFUSED')
  })
})

/** What handlers print: threads through the log, inline ones through this thread's console. */
function captureConsole(kind: Kind, lines: string[]): string[] {
  if (kind === 'thread') return lines
  const captured: string[] = []
  const { log } = console
  console.log = (line: string) => captured.push(line)
  cleanUps.push(async () => {
    console.log = log
  })
  return captured
}

async function connectPaused(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.pause()
  await once(socket, 'connect')
  return socket
}

describe('thread environments', () => {
  it('see the variables they are given and none of this process', async () => {
    process.env['ALPACO_TEST_SECRET'] = 'outside'
    cleanUps.push(async () => {
      delete process.env['ALPACO_TEST_SECRET']
    })
    const { url } = await start('thread', {}, { env: { GIVEN: 'yes' } })
    expect(await fetchEnvironment(url)).toMatchObject({ env: { GIVEN: 'yes' }, execArgv: [] })
  })

  it('are reused one request after the other, with the state of their modules', async () => {
    const { url } = await start('thread')
    const answers: z.infer<typeof environmentAnswer>[] = []
    // Each request follows on the heels of the answer before it.
    for (let request = 0; request < 100; request += 1) answers.push(await fetchEnvironment(url))
    expect(answers.map(({ served }) => served)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(1)
  })

  it('do not share module state with each other or with another function URL', async () => {
    const one = await start('thread')
    const other = await start('thread')
    const gate = await startGate()
    const busy = fetchAll(`${one.url}/environment?gate=${gate.url}`)
    await gate.arrived
    const answers = [await fetchEnvironment(one.url), await fetchEnvironment(other.url)]
    gate.open()
    answers.push(environmentAnswer.parse(json(await busy)))
    expect(answers.map(({ served }) => served)).toEqual([1, 1, 1])
    expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(3)
  })

  it('serve 20 requests at once with four of them, each one request at a time', async () => {
    const { url } = await start('thread', {}, { maxEnvironments: 4 })
    const gate = await startGate()
    const requests = Array.from({ length: 20 }, () => fetchAll(`${url}/environment?gate=${gate.url}`))
    await eventually(() => gate.arrivals >= 4)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(gate.arrivals).toBe(4)
    gate.open()
    const answers = (await Promise.all(requests)).map((answer) => environmentAnswer.parse(json(answer)))
    const perThread = Map.groupBy(answers, ({ threadId }) => threadId)
    expect(perThread.size).toBe(4)
    for (const served of perThread.values()) {
      expect(served.map((answer) => answer.served).sort((a, b) => a - b)).toEqual(served.map((_, index) => index + 1))
    }
  })

  it('answer 429 when the queue is full, and forget a viewer that leaves the queue', async () => {
    const functionUrl = await start('thread', {}, { maxEnvironments: 1, maxQueued: 1 })
    const { url } = functionUrl
    const gate = await startGate()
    const running = fetchAll(`${url}/environment?gate=${gate.url}`)
    await gate.arrived
    const leaving = httpRequest(`${url}/teapot`, { agent: false }).on('error', () => undefined)
    leaving.end()
    await eventually(() => functionUrl.activeRequests === 2)
    const { status, body } = await fetchAll(`${url}/teapot`)
    expect([status, body.toString()]).toEqual([429, '{"message":"Rate Exceeded."}'])
    leaving.destroy()
    await eventually(() => functionUrl.activeRequests === 1)
    const waiting = fetchAll(`${url}/teapot`)
    await eventually(() => functionUrl.activeRequests === 2)
    gate.open()
    expect([(await running).status, (await waiting).status]).toEqual([200, 418])
  })

  it.each([
    ['/exit-before', 'exit status 3'],
    ['/uncaught-before', 'exit status 1'],
  ])('that die on %s give 502 and are replaced', async (path, reason) => {
    const { url, lines } = await start('thread', {}, { maxEnvironments: 1 })
    const before = await fetchEnvironment(url)
    const { status, body } = await fetchAll(`${url}${path}`)
    expect([status, body.toString()]).toEqual([502, 'Internal Server Error'])
    expect(lines.at(-1)).toContain(`Error: Runtime exited with error: ${reason}`)
    const after = await fetchEnvironment(url)
    expect(after.served).toBe(1)
    expect(after.threadId).not.toBe(before.threadId)
  })

  it.each(['/exit-after', '/unhandled-after'])('that die on %s break the connection and are replaced', async (path) => {
    const { url } = await start('thread', {}, { maxEnvironments: 1 })
    const { status, body, isComplete } = await fetchAll(`${url}${path}`)
    expect([status, body.toString(), isComplete]).toEqual([200, 'half', false])
    expect((await fetchEnvironment(url)).served).toBe(1)
  })

  it('that die are replaced for the requests that wait', async () => {
    const functionUrl = await start('thread', {}, { maxEnvironments: 1 })
    const gate = await startGate()
    const dying = fetchAll(`${functionUrl.url}/exit-before?gate=${gate.url}`)
    await gate.arrived
    const waiting = [fetchEnvironment(functionUrl.url), fetchEnvironment(functionUrl.url)]
    await eventually(() => functionUrl.activeRequests === 3)
    gate.open()
    expect((await dying).status).toBe(502)
    expect((await Promise.all(waiting)).map(({ served }) => served)).toEqual([1, 2])
  })

  it('are killed at the time-out even in a busy loop', async () => {
    const { url } = await start('thread', { timeoutMs: 4_000 }, { maxEnvironments: 1 })
    expect((await fetchAll(`${url}/busy-loop`)).status).toBe(502)
    expect((await fetchEnvironment(url)).served).toBe(1)
  })

  it('print to the log by lines, and the last words of a dying one are not lost', async () => {
    const { url, lines } = await start('thread')
    const { status, headers } = await fetchAll(`${url}/last-words`)
    expect(status).toBe(502)
    expect(lines.sort()).toEqual([
      `${String(headers['x-amzn-requestid'])} Error: Runtime exited with error: exit status 5`,
      'to stderr',
      'to stdout',
      'without a newline',
    ])
  })

  it('start ahead of the first request when warmed', async () => {
    const functionUrl = await start('thread')
    await functionUrl.warm()
    await functionUrl.warm()
    expect((await fetchEnvironment(functionUrl.url)).served).toBe(1)
  })

  it.each([
    [THROWS_AT_LOAD, 'no configuration'],
    [PLAIN_HANDLER, 'exports no handler made by awslambda.streamifyResponse'],
  ])('that cannot load their file give 502, and warming up says so', async (handlerFile, reason) => {
    const functionUrl = await start('thread', {}, { handlerFile: fileURLToPath(handlerFile) })
    expect((await fetchAll(functionUrl.url)).status).toBe(502)
    expect(functionUrl.lines.join('\n')).toContain(reason)
    await expect(functionUrl.warm()).rejects.toThrow('The environment ended before its handler was loaded.')
  })
})

it('closes although a viewer has not finished its request', async () => {
  const functionUrl = await start('inline')
  const socket = await connectPaused(functionUrl.url)
  const closed = once(socket.resume(), 'close')
  socket.write('POST /event HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf')
  await eventually(() => functionUrl.activeRequests === 1)
  await functionUrl.close()
  await closed
  expect(functionUrl.activeRequests).toBe(0)
})

describe('starting', () => {
  it('names the port when it is taken', async () => {
    const { url } = await start('inline')
    const port = Number(new URL(url).port)
    const second = startFunctionUrl({ environment: { kind: 'inline', handler: inlineHandler }, port })
    await expect(second).rejects.toThrow(PortInUseError)
    await expect(second).rejects.toMatchObject({ port, message: `Port ${port} of 127.0.0.1 is already in use.` })
  })

  it('works from the command line, passing its environment on, and ends on SIGTERM', async () => {
    const child = spawn(process.execPath, [MAIN, '--handler', fileURLToPath(HANDLER_FILE)], {
      env: { PASSED: 'on' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines: unknown[] = await once(child.stdout, 'data')
    expect((await fetchEnvironment(String(lines[0]).trim())).env).toEqual({ PASSED: 'on' })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('tells a caller without a handler how to call it', async () => {
    const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'ignore', 'pipe'] })
    const texts: unknown[] = await once(child.stderr, 'data')
    expect(String(texts[0])).toContain('Usage: npx node mock/function-url/main.ts --handler FILE')
    expect(await once(child, 'exit')).toEqual([1, null])
  })
})
