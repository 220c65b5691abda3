// The whole way: the distribution as it is synthesized, its function and signature, the function URL, the handler.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { EventSource } from 'eventsource'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { synthesize } from '../../infra/synthesis.ts'
import { type Edge, startEdge } from '../../mock/edge/server.ts'
import {
  type IssuerKey,
  makeIssuerKey,
  signToken,
  standInClientId,
  standInIssuer,
  userIdOf,
} from '../../mock/issuer/key.ts'
import { type IssuerStandIn, startIssuer } from '../../mock/issuer/server.ts'
import { sha256, type SigningKey } from '../../mock/signature.ts'
import { generateUrl, parseStream, read, type Reading } from '../support/reading.ts'
import { startService, type Service, type ServiceOptions } from '../support/service.ts'

const caller: SigningKey = {
  accessKeyId: 'made-up-key-id',
  secretAccessKey: 'made-up-secret',
  region: 'ap-northeast-2',
  service: 'lambda',
}
const page = '<!doctype html><title>Alpaco</title>'

let template: unknown
let webFolder: string
let issuer: IssuerStandIn
let issuerKey: IssuerKey
let alice: string
let bob: string
let service: Service
let edge: Edge
const running: { close(): Promise<void> }[] = []

beforeAll(async () => {
  template = Object.entries(synthesize()).find(([name]) => name.includes('Edge'))?.[1]
  webFolder = await mkdtemp(path.join(tmpdir(), 'alpaco-web-'))
  await mkdir(path.join(webFolder, 'assets'))
  await writeFile(path.join(webFolder, 'index.html'), page)
  await writeFile(path.join(webFolder, 'assets/app.js'), 'const app = 1\n'.repeat(200))
  issuerKey = await makeIssuerKey()
  issuer = await startIssuer({ keys: [issuerKey] })
  ;[alice, bob] = await Promise.all([tokenOf('alice'), tokenOf('bob')])
  ;({ service, edge } = await start())
})
afterAll(async () => {
  for (const each of running.reverse()) await each.close()
  await issuer.close()
  await rm(webFolder, { recursive: true })
})

function tokenOf(name: string): Promise<string> {
  return signToken(issuerKey, name, { issuedAtSeconds: Math.floor(Date.now() / 1_000), lifetimeSeconds: 3_600 })
}

/** A service that takes signed requests only, and the edge in front of it. */
async function start(options: ServiceOptions = {}): Promise<{ service: Service; edge: Edge }> {
  const env = {
    COGNITO_ISSUER_URL: standInIssuer,
    COGNITO_APP_CLIENT_ID: standInClientId,
    COGNITO_JWKS_URL: issuer.jwksUrl,
    ALLOWED_ORIGINS: 'https://app.example',
    ...options.env,
  }
  const service = await startService({ ...options, caller, env })
  const domainName = 'made-up.lambda-url.ap-northeast-2.on.aws'
  const edge = await startEdge({ template, functionUrl: { url: service.url, domainName, key: caller }, webFolder })
  running.push(service, edge)
  return { service, edge }
}

type Headers = Record<string, string>

const eventStream = { accept: 'text/event-stream' }
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })
const custom = (token: string): Headers => ({ 'x-custom-auth-token': `Bearer ${token}` })
const wish = JSON.stringify({ algorithm_type: 'graph', difficulty: 'easy' })

function ask(method: string, target: string, headers: Headers = {}, body?: string): Promise<Reading> {
  return read(edge.url + target, { method, headers, ...(body === undefined ? {} : { body }) })
}

/** A POST as it has to be sent: with the hash of its body, an empty one's too. */
function post(target: string, headers: Headers, body = ''): Promise<Reading> {
  return ask('POST', target, { ...eventStream, ...headers, 'x-amz-content-sha256': sha256(body) }, body)
}

const creator = async ({ problemId }: Reading): Promise<string | undefined> =>
  (await service.stored(problemId))?.run.creatorId

describe('a token in a header', () => {
  it('of its own says whose run it is', async () => {
    const run = await post('/generate', custom(alice), wish)
    expect(run.status).toBe(200)
    expect(run.last.type).toBe('problem')
    expect(await creator(run)).toBe(userIdOf('alice'))
    const status = await ask('GET', `/generations/${run.problemId}`, custom(alice))
    expect(status.json).toMatchObject({ status: 'COMPLETED' })
  })

  it('that is Authorization does so too, and drops a forged one beside it', async () => {
    const run = await post('/generate', { ...bearer(alice), ...custom(bob) }, wish)
    expect(await creator(run)).toBe(userIdOf('alice'))
    expect((await ask('GET', `/generations/${run.problemId}/tests`, bearer(alice))).status).toBe(200)
    expect((await ask('GET', `/generations/${run.problemId}/tests`, { ...bearer(bob), ...custom(alice) })).status).toBe(
      404,
    )
  })

  it.each([
    ['beside an Authorization of another kind', ['Authorization: Basic bWU6bWU=', 'X-Custom-Auth-Token: Bearer T']],
    ['in several pieces', ['X-Custom-Auth-Token: Bearer T', 'X-Custom-Auth-Token: Bearer T']],
    ['in several pieces of Authorization', ['Authorization: Bearer T', 'Authorization: Bearer T']],
  ])('%s is none', async (_what, lines) => {
    const before = await service.runIds()
    const headers = lines.flatMap((line) => ['-H', line.replace('Bearer T', `Bearer ${alice}`)])
    const answer = await curl(['-i', ...headers, generateUrl(edge)]).output
    // On this machine whoever has no token is the one who sits at it, but not when it was asked for by another name.
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).toContain('"field":"Origin"')
    expect(await service.runIds()).toEqual(before)
  })
})

/** The real thing, and all that it has printed so far. */
function curl(args: readonly string[]): {
  printed: () => string
  until: (what: string) => Promise<void>
  output: Promise<string>
} {
  const child = spawn('curl', ['-sN', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('latin1')))
  const ended = once(child, 'close')
  return {
    printed: () => printed,
    until: async (what) => {
      while (!printed.includes(what)) {
        if (child.exitCode !== null) throw new Error(`curl ended without ${what}`)
        await Promise.race([once(child.stdout, 'data'), ended])
      }
    },
    output: ended.then(() => printed),
  }
}

describe('curl', () => {
  it('reads the events as they are written, with its token in Authorization', async () => {
    const { edge } = await start({ scenario: { statement: [{ fault: 'hang' }] } })
    const reading = curl(['-i', '-H', `Authorization: Bearer ${alice}`, '--compressed', generateUrl(edge)])
    await reading.until('"stage":"statement","state":"started"')
    // The run stands still now. What has come is whole, and nothing of it is packed.
    expect(reading.printed()).toMatch(/^HTTP\/1\.1 200 /)
    expect(reading.printed()).toContain('content-type: text/event-stream; charset=utf-8')
    expect(reading.printed()).not.toMatch(/content-encoding/i)
    const [, id = ''] = /location: \/generations\/(\S+)/.exec(reading.printed()) ?? []
    const cancelled = await curl([
      '-X',
      'DELETE',
      '-H',
      `Authorization: Bearer ${alice}`,
      `${edge.url}/generations/${id}`,
    ]).output
    expect(JSON.parse(cancelled)).toMatchObject({ status: 'CANCELLING' })
    const { frames } = parseStream(Buffer.from((await reading.output).replace(/^.*?\r\n\r\n/s, ''), 'latin1'))
    expect(frames.at(-1)?.type).toBe('cancelled')
    expect(frames.map(({ id }) => id)).toEqual(frames.map((_, index) => `${id}:${index + 1}`))
  })
})

describe('the cookie', () => {
  let cookie: string

  beforeAll(async () => {
    const session = await post('/session', custom(alice))
    cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  })

  it('lets an EventSource read a whole run and stop when it is told that there is no more', async () => {
    const asked: [string | undefined, number][] = []
    const source = new EventSource(generateUrl(edge), {
      fetch: async (url, init) => {
        // What a browser adds of its own accord.
        const headers = { ...init.headers, cookie: `theme=dark; ${cookie}`, 'sec-fetch-site': 'same-origin' }
        const answer = await fetch(url, { ...init, headers })
        asked.push([init.headers['Last-Event-ID'], answer.status])
        return answer
      },
    })
    const ids: string[] = []
    for (const type of ['progress', 'gate', 'delta', 'problem']) {
      source.addEventListener(type, ({ lastEventId }) => ids.push(lastEventId))
    }
    await new Promise<void>((resolve) => {
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) resolve()
      })
    })
    const replay = await ask('GET', `/generations/${ids[0]?.split(':')[0]}/events`, { ...eventStream, cookie })
    expect(ids).toEqual(replay.frames.map(({ id }) => id))
    expect(replay.last.type).toBe('problem')
    expect(asked).toEqual([
      [undefined, 200],
      [ids.at(-1), 204],
    ])
  })

  it('begins nothing for another site', async () => {
    const answer = await ask('GET', generateUrl({ url: '' }), {
      ...eventStream,
      cookie,
      'sec-fetch-site': 'cross-site',
    })
    expect(answer.status).toBe(403)
    expect(answer.json).toMatchObject({ code: 'forbidden' })
  })

  it('comes by the line of docs/streaming.md', async () => {
    const docs = await readFile('docs/streaming.md', 'utf8')
    const lines = [...docs.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code = '']) => code)
    const line = lines.find((code) => code.includes('/session')) ?? ''
    const script = line.replace('http://127.0.0.1:8787', edge.url).replace(/^TOKEN=.*$/m, `TOKEN=${alice}`)
    const shell = spawn('sh', ['-ec', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const answer = await text(shell.stdout)
    expect(answer).toMatch(/^HTTP\/1\.1 204 /)
    expect(answer).toContain(`set-cookie: ${cookie};`)
  })
})

describe('a request that the signature does not cover', () => {
  it.each<[string, Headers]>([
    ['without the hash of its body', {}],
    ['with a wrong one', { 'x-amz-content-sha256': sha256('another') }],
  ])('(POST %s) never reaches the function', async (_what, headers) => {
    const before = [service.lines.length, service.gemini.requests.length, await service.runIds()]
    for (const [target, body] of [
      ['/generate', wish],
      ['/v1/generate', wish],
      ['/session', ''],
    ] as const) {
      const answer = await ask('POST', target, { ...eventStream, ...custom(alice), ...headers }, body)
      expect(answer.status, target).toBe(403)
      expect(answer.headers.get('x-amzn-errortype')).toBe('InvalidSignatureException')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect([service.lines.length, service.gemini.requests.length, await service.runIds()]).toEqual(before)
  })

  it('is refused at the function URL itself', async () => {
    const answer = await read(`${service.url}/health`, { headers: bearer(alice) })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('"Message":"Forbidden')
  })
})

describe('a deployed function behind the edge', () => {
  let deployed: Edge

  beforeAll(async () => {
    const issuer = { COGNITO_ISSUER_URL: 'https://issuer.example/pool', COGNITO_APP_CLIENT_ID: 'client' }
    deployed = (await start({ env: { STAGE: 'production', ...issuer } })).edge
  })

  it.each<[string, Headers]>([
    ['no token', {}],
    ['an Authorization of another kind', { authorization: 'Basic bWU6bWU=' }],
    ['a forged token beside it', { authorization: 'Basic bWU6bWU=', 'x-custom-auth-token': 'Bearer forged' }],
  ])('asks for a token when it gets %s', async (_what, headers) => {
    for (const target of ['/generate', '/v1/generate', '/generations/x/events', '/me']) {
      const answer = await read(deployed.url + target, { headers: { 'accept-language': 'en', ...headers } })
      expect(answer.status, target).toBe(401)
      expect(answer.json).toMatchObject({ details: [{ message: expect.stringContaining('Sign in: send') as string }] })
    }
  })

  it('is healthy, and answers preflights', async () => {
    for (const prefix of ['', '/v1']) {
      const healthy = await read(`${deployed.url}${prefix}/health`)
      expect(healthy.json).toEqual({ status: 'ok' })
      const origin = { origin: 'https://app.example', 'access-control-request-method': 'POST' }
      const preflight = await read(`${deployed.url}${prefix}/generate`, { method: 'OPTIONS', headers: origin })
      expect(preflight.status).toBe(200)
      expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example')
      for (const name of ['authorization', 'x-custom-auth-token', 'x-amz-content-sha256', 'last-event-id']) {
        expect(preflight.headers.get('access-control-allow-headers')).toContain(name)
      }
    }
  })
})

describe('the web app', () => {
  it.each(['/', '/problems', '/problems/0199aa7e'])('has its page at %s', async (target) => {
    const answer = await ask('GET', target)
    expect(answer.status).toBe(200)
    expect(answer.text).toBe(page)
  })

  it('has its files, and nothing where there is none', async () => {
    expect((await ask('GET', '/assets/app.js')).status).toBe(200)
    expect((await ask('GET', '/assets/none.js')).status).toBe(403)
    expect((await ask('POST', '/problems', { 'x-amz-content-sha256': sha256('') })).status).toBe(403)
  })

  it('shows no token to the bucket', async () => {
    await ask('GET', '/problems?token=none', {
      ...bearer(alice),
      ...custom(alice),
      cookie: `__Host-alpaco-session=${alice}`,
    })
    expect(edge.bucketRequests.length).toBeGreaterThan(0)
    expect(JSON.stringify(edge.bucketRequests)).not.toMatch(/Bearer|eyJ|session|token/)
  })
})

it.each([
  ['/health', 200],
  ['/generations/01890000-0000-7000-8000-000000000000', 404],
  ['/v1/nothing', 404],
  ['/', 200],
  ['/assets/none.js', 403],
])('%s is answered with the security headers, and as it was written', async (target, status) => {
  const answer = await ask('GET', target, { ...custom(alice), 'accept-encoding': 'gzip, br' })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self'; .*frame-ancestors 'none'$/)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  })
})
