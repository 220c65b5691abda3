// What stands in the place of `fetch` in the packaged model's client does what `fetch` does, as far as that client can tell.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as ours from '../../infra/packaging/model-fetch.ts'
import { closeServer, loopbackUrl } from '../../mock/loopback.ts'

/** Korean text, cut in the middle of its characters. */
const pieces = [
  Buffer.from('data: {"text":"구').subarray(0, 16),
  Buffer.from('data: {"text":"구슬이"}\n\n').subarray(16),
]

let server: Server
let url: string
let closed = 0
beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = loopbackUrl(server)
})
afterAll(() => closeServer(server))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  response.once('close', () => (closed += response.writableFinished ? 0 : 1))
  const path = request.url ?? ''
  if (path === '/echo') {
    const { 'content-type': type, 'x-goog-api-key': key, 'content-length': length } = request.headers
    response.end(JSON.stringify({ method: request.method, type, key, length, body }))
  } else if (path.startsWith('/status/')) {
    const status = Number(path.slice('/status/'.length))
    response.writeHead(status, { location: '/echo' })
    response.end(JSON.stringify({ error: { code: status, message: 'no', details: [{ retryDelay: '3s' }] } }))
  } else if (path === '/pieces' || path === '/reset') {
    for (const piece of pieces) {
      response.write(piece)
      await sleep(30)
    }
    if (path === '/reset') request.socket.destroy()
    else response.end()
  } else if (path === '/half') {
    response.write('data: 1\n\n')
  } else if (path === '/drop') {
    request.socket.destroy()
  }
}

/** Both, with the members that the client uses. */
const clients = [
  ['fetch', globalThis.fetch as unknown as typeof ours.fetch, globalThis.Headers as unknown as typeof ours.Headers],
  ['ours', ours.fetch, ours.Headers],
] as const

describe.each(clients)('%s', (_name, fetch, Headers) => {
  const ask = (path: string, signal?: AbortSignal) => {
    const headers = new Headers({ 'Content-Type': 'application/json' })
    headers.append('x-goog-api-key', 'a-key')
    return fetch(url + path, {
      method: 'POST',
      headers,
      body: '{"구슬":1}',
      ...(signal === undefined ? {} : { signal }),
    })
  }

  it('sends method, headers and body', async () => {
    expect(await (await ask('/echo')).json()).toEqual({
      method: 'POST',
      type: 'application/json',
      key: 'a-key',
      length: '12',
      body: '{"구슬":1}',
    })
  })

  it.each([200, 201, 400, 403, 429, 500, 503])('tells status %d with its text and its JSON', async (status) => {
    const reply = await ask(`/status/${status}`)
    const { ok, statusText } = reply
    expect([ok, statusText]).toEqual([status < 300, (await ask(`/status/${status}`)).statusText])
    expect(statusText).not.toBe('')
    expect(await reply.json()).toMatchObject({ error: { code: status, details: [{ retryDelay: '3s' }] } })
  })

  it('gives the body as it comes, whole characters once it is decoded', async () => {
    const { body } = await ask('/pieces')
    const chunks: string[] = []
    for await (const chunk of body.pipeThrough(new TextDecoderStream('utf8', { fatal: true }) as never))
      chunks.push(String(chunk))
    expect(chunks.join('')).toBe('data: {"text":"구슬이"}\n\n')
    expect(chunks.length).toBeGreaterThan(1)
  })

  it('breaks the body off with its connection', async () => {
    const reader = (await ask('/reset')).body.getReader()
    const all = async (): Promise<void> => {
      while (!(await reader.read()).done);
    }
    await expect(all()).rejects.toThrow(/terminated|aborted/)
  })

  it.each(['/drop', undefined])('rejects when there is no answer (%s)', async (path) => {
    const asked =
      path === undefined ? fetch('http://127.0.0.1:9', { method: 'POST', headers: new Headers(), body: '' }) : ask(path)
    await expect(asked).rejects.toBeInstanceOf(Error)
  })

  it('is aborted before the answer, and in the middle of it, and lets the connection go', async () => {
    const before = new AbortController()
    const silent = ask('/silent', before.signal)
    await sleep(30)
    const wereClosed = closed
    before.abort()
    await expect(silent).rejects.toMatchObject({ name: 'AbortError' })

    const middle = new AbortController()
    const reader = (await ask('/half', middle.signal)).body.getReader()
    await reader.read()
    middle.abort()
    await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => closed - wereClosed).toBe(2)
  })

  it('asks nothing with a signal that is aborted already', async () => {
    await expect(ask('/echo', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})

it('ours takes a redirection for an answer that is no success, and follows it nowhere', async () => {
  const reply = await ours.fetch(`${url}/status/302`, { method: 'POST', headers: new ours.Headers(), body: '' })
  expect([reply.ok, reply.status]).toEqual([false, 302])
})
