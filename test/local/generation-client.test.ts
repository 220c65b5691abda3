// The client against servers that break off, repeat themselves and refuse: every event once, in order, or a plain fault.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { GenerationClient } from '../../src/local/generation-client.ts'

const problemId = '01a1fc2a-1171-74cc-b30a-54834facef1d'
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

type Turn = (request: IncomingMessage, response: ServerResponse) => void

/** Answers each request with the next turn; the last one stays. */
async function serve(...turns: Turn[]): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const turn = turns[Math.min(requests.length, turns.length - 1)]
    requests.push(`${request.method} ${request.url} ${String(request.headers['last-event-id'] ?? '-')}`)
    turn?.(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return { url: `http://127.0.0.1:${address.port}`, requests }
}

function event(seq: number, type = 'delta'): string {
  const at = '2026-11-21T03:00:00.000Z'
  const body =
    type === 'delta'
      ? { type, problemId, seq, at, stage: 'blueprint', artefact: 'blueprint', callId: 'c', attempt: 1, text: `${seq}` }
      : { type, problemId, seq, at, message: 'cancelled' }
  return `id: ${problemId}:${seq}\nevent: ${type}\ndata: ${JSON.stringify(body)}\n\n`
}

function stream(text: string, end: 'end' | 'cut' = 'end'): Turn {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', location: `/generations/${problemId}` })
    response.write(text, () => (end === 'cut' ? response.destroy() : response.end()))
  }
}

async function read(url: string): Promise<string[]> {
  const started: string[] = []
  const seen: string[] = []
  const client = new GenerationClient(url, 'en')
  const run = client.run({ requestId: 'r' }, (id) => started.push(id), new AbortController().signal)
  for await (const {
    event: { type, seq },
  } of run)
    seen.push(`${type} ${seq}`)
  expect(started).toEqual([problemId])
  return seen
}

const last = event(3, 'cancelled')
const away: Turn = (request) => request.socket.destroy()
const busy: Turn = (_request, response) => response.writeHead(502).end('Bad gateway')

test('a stream that is cut goes on after the last whole event', async () => {
  const { url, requests } = await serve(stream(event(1) + event(2).slice(0, -20), 'cut'), stream(event(2) + last))
  expect(await read(url)).toEqual(['delta 1', 'delta 2', 'cancelled 3'])
  expect(requests).toEqual(['POST /generate -', `GET /generations/${problemId}/events ${problemId}:1`])
})

test('a stream that is handed over goes on at once', async () => {
  const { url } = await serve(stream(`${event(1)}: continues\n\n`), stream(event(2) + last))
  expect(await read(url)).toEqual(['delta 1', 'delta 2', 'cancelled 3'])
})

test('what was read already is left out', async () => {
  const { url } = await serve(stream(event(1) + event(2)), stream(event(1) + event(2) + last))
  expect(await read(url)).toEqual(['delta 1', 'delta 2', 'cancelled 3'])
})

test('a stream without a single event is asked for again by the id of its run', async () => {
  const { url, requests } = await serve(stream(': open\n\n'), stream(event(1) + event(2) + last))
  expect(await read(url)).toEqual(['delta 1', 'delta 2', 'cancelled 3'])
  expect(requests[1]).toBe(`GET /generations/${problemId}/events -`)
})

test('a server that is away for a moment is waited for', async () => {
  const { url } = await serve(stream(event(1), 'cut'), away, busy, stream(event(2) + last))
  expect(await read(url)).toEqual(['delta 1', 'delta 2', 'cancelled 3'])
})

test('a gap is not bridged', async () => {
  const { url, requests } = await serve(stream(event(1) + last), stream(event(2) + last))
  expect(await read(url)).toEqual(['delta 1', 'delta 2', 'cancelled 3'])
  expect(requests).toHaveLength(2)
})

test('a terminal event that could not be stored ends the run without a place', async () => {
  const failed = {
    type: 'failed',
    problemId,
    at: '2026-11-21T03:00:00.000Z',
    code: 'storage-unavailable',
    message: 'm',
    retryable: true,
    evidence: [],
  }
  const { url } = await serve(stream(`${event(1)}event: failed\ndata: ${JSON.stringify(failed)}\n\n`))
  expect(await read(url)).toEqual(['delta 1', 'failed undefined'])
})

test('an event that is none of the contract is a fault, not a reason to ask again', async () => {
  const { url, requests } = await serve(stream(`id: ${problemId}:1\nevent: x\ndata: {"type":"x"}\n\n`))
  await expect(read(url)).rejects.toThrow('Invalid discriminator')
  expect(requests).toHaveLength(1)
})

test('a refused request is told with its details', async () => {
  const body = {
    message: 'Invalid request',
    details: [{ field: 'prompt', message: 'empty' }],
    code: 'bad-request',
    requestId: 'x',
  }
  const { url } = await serve((_request, response) =>
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  )
  await expect(read(url)).rejects.toMatchObject({ code: 'bad-request', exitCode: 2, details: body.details })
})
