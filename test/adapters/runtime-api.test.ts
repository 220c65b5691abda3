// The runtime API as the executor's image speaks it, against a small server that plays Lambda's part on loopback.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { runInvocations, type Invocations } from '../../src/adapters/runtime-api.ts'
import { AppError } from '../../src/errors.ts'
import { recordingLog } from './executor-faults.ts'

/** What the function was seen doing: `next`, or how it answered which invocation. */
interface Seen {
  readonly method: string | undefined
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface RuntimeApi {
  /** Host and port. */
  readonly address: string
  /** In order, without the waits for the next invocation. */
  readonly answers: Seen[]
  readonly paths: string[]
  close(): void
}

const root = '/2018-06-01/runtime/invocation'
let open: RuntimeApi | undefined
afterEach(() => open?.close())

/** Gives these events, one after the other, and then none; `posted` changes how an answer is taken. */
async function startRuntimeApi(
  events: readonly string[],
  options: { posted?: (response: ServerResponse) => void; hasIds?: boolean } = {},
): Promise<RuntimeApi> {
  const { posted = (response) => void response.writeHead(202).end('{"status":"OK"}'), hasIds = true } = options
  const answers: Seen[] = []
  const paths: string[] = []
  let given = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url = '', headers } = request
      paths.push(`${method} ${url}`)
      if (url === `${root}/next`) {
        const event = events[given]
        given += 1
        // Without an event the call stays open, as the real one does between two invocations.
        if (event !== undefined) {
          if (hasIds) response.setHeader('Lambda-Runtime-Aws-Request-Id', `id-${given}`)
          response.end(event)
        }
        return
      }
      answers.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') })
      posted(response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  open = {
    address: `127.0.0.1:${address.port}`,
    answers,
    paths,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return open
}

/** Answers as long as there are events: `mustEnd` after the last of `count`. */
function invocations(
  count: number,
  answer: (payload: unknown) => unknown,
): Invocations & { log: ReturnType<typeof recordingLog> } {
  let answered = 0
  return {
    async answer(payload) {
      answered += 1
      await sleep(1)
      return answer(payload)
    },
    mustEnd: () => answered >= count,
    log: recordingLog(),
  }
}

describe('a process that takes invocations', () => {
  it('answers one after the other, each under its own id', async () => {
    const api = await startRuntimeApi(['{"n":1}', '{"n":2}', '"값 😀"'])
    await runInvocations(
      api.address,
      invocations(3, (payload) => ({ echoed: payload })),
    )
    expect(api.answers).toMatchObject([
      { method: 'POST', path: `${root}/id-1/response`, body: '{"echoed":{"n":1}}' },
      { method: 'POST', path: `${root}/id-2/response`, body: '{"echoed":{"n":2}}' },
      { method: 'POST', path: `${root}/id-3/response`, body: '{"echoed":"값 😀"}' },
    ])
    expect(api.answers[0]?.headers['content-type']).toBe('application/json')
    expect(api.answers[2]?.headers['content-length']).toBe(String(Buffer.byteLength('{"echoed":"값 😀"}')))
    // No invocation is taken before the one before it is answered, and none after the last.
    expect(api.paths.map((path) => path.replace(`${root}/`, ''))).toEqual([
      'GET next',
      'POST id-1/response',
      'GET next',
      'POST id-2/response',
      'GET next',
      'POST id-3/response',
    ])
  })

  it('takes and gives megabytes', async () => {
    const event = { text: 'x'.repeat(5 * 1024 * 1024) }
    const api = await startRuntimeApi([JSON.stringify(event)])
    await runInvocations(
      api.address,
      invocations(1, (payload) => payload),
    )
    expect(api.answers[0]?.body === JSON.stringify(event)).toBe(true)
  })

  const failures: [what: string, error: unknown, errorType: string, errorMessage: string][] = [
    ['a fault', new AppError('bad-request', 'limits.cpuMs: too much'), 'bad-request', 'limits.cpuMs: too much'],
    ['a bug, of which nothing is told', new TypeError('SECRET'), 'internal', 'Internal error'],
    ['what is no error', 'SECRET', 'internal', 'Internal error'],
  ]
  it.each(failures)('tells an error with its type, and goes on: %s', async (_what, error, errorType, errorMessage) => {
    const api = await startRuntimeApi(['1', '2'])
    const work = invocations(2, (payload) => {
      if (payload === 1) throw error
      return 'fine'
    })
    await runInvocations(api.address, work)
    const [failed, fine] = api.answers
    expect(failed).toMatchObject({ method: 'POST', path: `${root}/id-1/error` })
    expect(failed?.headers['lambda-runtime-function-error-type']).toBe(errorType)
    expect(JSON.parse(failed?.body ?? '')).toEqual({ errorType, errorMessage, trace: [] })
    expect(fine).toMatchObject({ path: `${root}/id-2/response`, body: '"fine"' })
    expect(work.log.lines).toHaveLength(1)
    expect(work.log.lines.join('\n')).not.toContain('SECRET')
  })

  it('ends after the answer of an invocation that harmed it', async () => {
    const api = await startRuntimeApi(['1', '2', '3'])
    await runInvocations(
      api.address,
      invocations(2, (payload) => payload),
    )
    expect(api.answers.map(({ path }) => path)).toEqual([`${root}/id-1/response`, `${root}/id-2/response`])
  })

  it('ends without an answer when it was harmed and failed: its end is the answer', async () => {
    const api = await startRuntimeApi(['1', '2'])
    const work = invocations(1, () => {
      throw new AppError('executor-unavailable', 'The sandbox failed.')
    })
    await runInvocations(api.address, work)
    expect(api.answers).toEqual([])
  })

  it('leaves to Lambda what to do about an answer that it does not take', async () => {
    const api = await startRuntimeApi(['1', '2'], { posted: (response) => void response.writeHead(413).end('{}') })
    await runInvocations(
      api.address,
      invocations(2, (payload) => payload),
    )
    expect(api.answers.map(({ path }) => path)).toEqual([`${root}/id-1/response`, `${root}/id-2/response`])
  })

  const gone: [what: string, options: Parameters<typeof startRuntimeApi>[1], words: RegExp][] = [
    ['fails', { posted: (response) => void response.writeHead(500).end('{}') }, /answered 500/],
    ['breaks off', { posted: (response) => void response.destroy() }, /socket hang up/],
    ['gives no id', { hasIds: false }, /no request id/],
  ]
  it.each(gone)('ends with an error when the runtime API %s', async (_what, options, words) => {
    const api = await startRuntimeApi(['1', '2'], options)
    const work = invocations(2, (payload) => payload)
    await expect(runInvocations(api.address, work)).rejects.toThrow(words)
  })

  it('ends with an error when nobody listens', async () => {
    const api = await startRuntimeApi([])
    api.close()
    const work = invocations(1, (payload) => payload)
    await expect(runInvocations(api.address, work)).rejects.toThrow('ECONNREFUSED')
  })

  it('ends with an error when an event is no JSON', async () => {
    const api = await startRuntimeApi(['{'])
    const work = invocations(1, (payload) => payload)
    await expect(runInvocations(api.address, work)).rejects.toThrow(SyntaxError)
  })
})
