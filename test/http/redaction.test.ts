// Nothing that belongs to somebody gets into the logs, however loud they are and whatever fails: keys, tokens, wishes, programs.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeIssuerKey, signToken, standInClientId, standInIssuer } from '../../mock/issuer/key.ts'
import { type IssuerStandIn, startIssuer } from '../../mock/issuer/server.ts'
import { generateUrl, open, read, type Reading } from '../support/reading.ts'
import { startService, type Service } from '../support/service.ts'
import { planted } from '../support/tiny-author.ts'

const secrets = {
  houseKey: 'planted-house-key-5b1',
  callerKey: 'planted-caller-key-77c',
  bodyKey: 'planted-body-key-90e',
  token: '',
  refusedToken: 'planted-bearer-token-3fa',
  cookie: 'planted-cookie-d04',
  wish: 'planted-wish-a7e of a user',
  wishInKorean: '심어둔소원의말',
  program: 'planted_program_e19',
  reply: 'planted-reply-6d2',
}

const headers = {
  accept: 'text/event-stream',
  authorization: `Bearer ${secrets.refusedToken}`,
  'x-custom-auth-token': '',
  cookie: `session=${secrets.cookie}; __Host-alpaco-session=${secrets.cookie}`,
}
const prompt = `${secrets.wish}, ${secrets.wishInKorean}`

/** A model whose every error quotes all that it was sent. */
async function startEcho(): Promise<{ endpoint: string; close: () => void }> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const message = `${JSON.stringify(request.headers)} ${body}`
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({ error: { code: 400, message, status: 'INVALID_ARGUMENT', details: [{ message }] } }),
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return { endpoint: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}

let executorQuotes = false
let issuer: IssuerStandIn
let service: Service

const code = (value: string): object => ({ patch: [{ op: 'replace', path: '/code', value }] })

beforeAll(async () => {
  const key = await makeIssuerKey()
  issuer = await startIssuer({ keys: [key] })
  const issuedAtSeconds = Math.floor(Date.now() / 1_000)
  secrets.token = await signToken(key, 'alice', { issuedAtSeconds, lifetimeSeconds: 3_600 })
  headers['x-custom-auth-token'] = `Bearer ${secrets.token}`
  service = await startService({
    thread: true,
    env: { ...verbose(), GEMINI_IDLE_TIMEOUT_MS: '500' },
    beforeBatch: async ({ program }) => {
      if (executorQuotes) throw new Error(`cannot run ${program.files[0]?.text}`)
    },
    scenario: {
      blueprint: [
        { fault: '500' },
        { fault: '429', retryAfterSeconds: 0.01 },
        { fault: 'cut', text: `{"task":"${secrets.reply}` },
        { fault: 'hang' },
      ],
      reference: [
        // A program that fails and says why, one that does not compile, and a reply that is none.
        code(planted('reference', `raise ValueError('${secrets.program}')`)),
        code(`def ${secrets.program}(:`),
        `no JSON but ${secrets.reply} and ${secrets.program}`,
      ],
      statement: [{ fault: 'error-in-stream', text: `{"title":"${secrets.reply}` }],
    },
  })
})
afterAll(async () => {
  await service.close()
  await issuer.close()
})

/** What makes a function as loud as it can be. */
function verbose(): Record<string, string> {
  return {
    GENERATOR_VERBOSE: 'true',
    GOOGLE_AI_API_KEY: secrets.houseKey,
    COGNITO_ISSUER_URL: standInIssuer,
    COGNITO_APP_CLIENT_ID: standInClientId,
    COGNITO_JWKS_URL: issuer.jwksUrl,
  }
}

/** The lines with something in them that belongs to somebody, each with what it is. */
function leaks(lines: readonly string[]): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    lines
      .filter((line) => line.includes(secret) || line.includes(encodeURIComponent(secret)))
      .map((line) => `${name}: ${line}`),
  )
}

/** The messages of the structured log so far. */
function messages(of: Service): string[] {
  return of.lines.flatMap((line) => {
    const parsed: unknown = line.startsWith('{') ? JSON.parse(line) : undefined
    return typeof parsed === 'object' && parsed !== null && 'message' in parsed ? [String(parsed.message)] : []
  })
}

/** Waits until the thread's output has come over. */
async function logged(of: Service, message: string, times = 1): Promise<void> {
  await vi.waitFor(() => expect(messages(of).filter((line) => line === message).length).toBeGreaterThanOrEqual(times), {
    timeout: 10_000,
  })
}

function ask(fields: Readonly<Record<string, string>> = {}, key: string = secrets.callerKey): Promise<Reading> {
  return read(generateUrl(service, { prompt, ...fields }), { headers: { ...headers, 'x-goog-api-key': key } })
}

describe('the logs, at their loudest, hold no secret', () => {
  it('of runs whose model and programs fail', async () => {
    for (let round = 0; round < 4; round += 1) await ask()
    await ask({}, '')
    await logged(service, 'model request failed', 2)
    expect(leaks(service.lines)).toEqual([])
  })

  it('of a request whose key is in its body', async () => {
    const body = { algorithm_type: 'graph', difficulty: 'hard', prompt, api_key: secrets.bodyKey }
    const run = await read(`${service.url}/generate`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(run.last.type).toBe('failed')
    expect(leaks(service.lines)).toEqual([])
  })

  it('of somebody who is not let in', async () => {
    for (const custom of [`Bearer ${secrets.refusedToken}`, `Bearer ${secrets.token}x`]) {
      const refused = await read(generateUrl(service), { headers: { ...headers, 'x-custom-auth-token': custom } })
      expect(refused.status).toBe(401)
    }
    expect(leaks(service.lines)).toEqual([])
  })

  it('of bodies and queries that are refused', async () => {
    for (const body of [
      `{"prompt":"${prompt}", "api_key":"${secrets.bodyKey}"`,
      JSON.stringify({ [secrets.wish]: secrets.bodyKey }),
      JSON.stringify({ prompt: secrets.wish.repeat(100) }),
      JSON.stringify({ prompt: secrets.wish.repeat(4_000) }),
      JSON.stringify({ algorithm_type: secrets.wish.slice(0, 50), difficulty: secrets.wish.slice(0, 50) }),
    ]) {
      const reading = await read(`${service.url}/generate`, { method: 'POST', headers, body })
      expect(reading.status).toBeGreaterThanOrEqual(400)
    }
    await read(`${service.url}/${encodeURIComponent(secrets.wish)}`, { headers })
    await read(generateUrl(service, { lastEventId: secrets.wish }), { headers })
    await read(generateUrl(service, { requestId: secrets.wish }), { headers })
    expect(leaks(service.lines)).toEqual([])
  })

  it('of a table whose errors quote what was written', async () => {
    const run = await ask()
    for (const from of [0, 2, 8]) {
      service.db.resetRequests()
      service.db.setFault(({ body, index }) =>
        index < from
          ? undefined
          : { kind: 'error', status: 400, type: 'ValidationException', message: JSON.stringify(body) },
      )
      await ask()
    }
    await read(`${service.url}/generations/${run.problemId}/events`, { headers })
    service.db.setFault(undefined)
    await logged(service, 'table request failed', 3)
    await logged(service, 'event log cannot be written', 2)
    await logged(service, 'end of the run cannot be stored', 2)
    await logged(service, 'request failed', 2)
    expect(leaks(service.lines)).toEqual([])
  })

  it('of an executor whose errors quote the program', async () => {
    executorQuotes = true
    const run = await ask()
    executorQuotes = false
    expect(run.last).toMatchObject({ type: 'failed', code: 'executor-unavailable' })
    await logged(service, 'The executor function failed')
    expect(leaks(service.lines)).toEqual([])
  })

  it('of a viewer who leaves', async () => {
    const viewer = await open(generateUrl(service, { prompt }), { headers })
    await viewer.until(({ frames }) => frames.length > 1)
    viewer.leave()
    await service.idle()
    expect(leaks(service.lines)).toEqual([])
  })

  it('of a model whose errors quote the key and the prompt', async () => {
    const echo = await startEcho()
    const quoting = await startService({
      thread: true,
      env: { ...verbose(), GEMINI_BASE_URL: echo.endpoint },
    })
    try {
      for (const key of [secrets.callerKey, '']) {
        const run = await read(generateUrl(quoting, { prompt }), { headers: { ...headers, 'x-goog-api-key': key } })
        expect(run.last.type).toBe('failed')
        expect(run.text).not.toContain(secrets.wish)
        expect(run.text).not.toContain('planted-house-key')
      }
      await logged(quoting, 'model request failed', 2)
      expect(leaks(quoting.lines)).toEqual([])
    } finally {
      await quoting.close()
      echo.close()
    }
  })
})
