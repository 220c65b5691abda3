// Who gets in: tokens in headers and in the session cookie, other sites, other people's runs, and what a deployment needs to start.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type IssuerKey,
  makeIssuerKey,
  signToken,
  standInClientId,
  standInIssuer,
  userIdOf,
} from '../../mock/issuer/key.ts'
import { type IssuerStandIn, startIssuer } from '../../mock/issuer/server.ts'
import { generateUrl, read, type Reading } from '../support/reading.ts'
import { startService, type Service } from '../support/service.ts'

let key: IssuerKey
let issuer: IssuerStandIn
let service: Service
let alice: string
let bob: string
/** A finished run of alice's. */
let problemId: string

const seconds = (): number => Math.floor(Date.now() / 1000)
const tokenOf = (name: string): Promise<string> =>
  signToken(key, name, { issuedAtSeconds: seconds(), lifetimeSeconds: 3_600 })
const cognito = (jwksUrl: string): Record<string, string> => ({
  COGNITO_ISSUER_URL: standInIssuer,
  COGNITO_APP_CLIENT_ID: standInClientId,
  COGNITO_JWKS_URL: jwksUrl,
})

beforeAll(async () => {
  key = await makeIssuerKey()
  issuer = await startIssuer({ keys: [key] })
  const env = { ...cognito(issuer.jwksUrl), ALLOWED_ORIGINS: 'https://app.example' }
  service = await startService({ env })
  ;[alice, bob] = await Promise.all([tokenOf('alice'), tokenOf('bob')])
  problemId = (await runOf(as(alice))).problemId
})
afterAll(async () => {
  await service.close()
  await issuer.close()
})

const generatePath = generateUrl({ url: '' })
const stream = { accept: 'text/event-stream' }
const wish = { algorithm_type: 'graph', difficulty: 'easy' }
const as = (token: string): Record<string, string> => ({ 'x-custom-auth-token': `Bearer ${token}` })
const cookie = (token: string) => ({ cookie: `theme=dark; __Host-alpaco-session=${token}` })
const ownSite = { 'sec-fetch-site': 'same-origin' }

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Reading> {
  return read(service.url + path, {
    method,
    headers: { ...stream, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** A finished run of somebody. */
async function runOf(headers: Record<string, string>, fields: Record<string, unknown> = {}): Promise<Reading> {
  return ask('POST', '/generate', headers, { ...wish, ...fields })
}

const creator = async (reading: Reading): Promise<string | undefined> =>
  (await service.stored(reading.problemId))?.run.creatorId

describe('a token', () => {
  it('in its own header says whose run it is', async () => {
    expect((await service.stored(problemId))?.run.creatorId).toBe(userIdOf('alice'))
  })

  it('of a bearer in Authorization does so too, and any other Authorization is none', async () => {
    expect(await creator(await runOf({ authorization: `Bearer ${bob}` }))).toBe(userIdOf('bob'))
    const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y' }
    expect(await creator(await runOf({ ...signed, ...as(alice) }))).toBe(userIdOf('alice'))
    expect(await creator(await runOf(signed))).toBe('local')
  })

  it.each<[string, () => Record<string, string>]>([
    ['a wrong one', () => as(`${alice}x`)],
    ['one without its scheme', () => ({ 'x-custom-auth-token': alice })],
    ['an empty one', () => as('')],
    ['a wrong one beside a right bearer', () => ({ ...as('x'), authorization: `Bearer ${alice}` })],
    ['a wrong one beside a right cookie', () => ({ ...as('x'), ...cookie(alice), ...ownSite })],
    ['a wrong cookie', () => ({ ...cookie('x'), ...ownSite })],
    [
      'one of two cookies of the name',
      () => ({ cookie: `${cookie(alice).cookie}; ${cookie(bob).cookie}`, ...ownSite }),
    ],
  ])('that is %s is refused before anything is stored', async (_what, headers) => {
    const before = (await service.runIds()).length
    for (const [method, path] of [
      ['GET', generatePath],
      ['POST', '/generate'],
      ['GET', '/generations/01890000-0000-7000-8000-000000000000/events'],
    ] as const) {
      const reading = await ask(method, path, headers(), method === 'POST' ? wish : undefined)
      expect(reading.status).toBe(401)
      expect(reading.headers.get('x-amzn-remapped-www-authenticate') ?? reading.headers.get('www-authenticate')).toBe(
        'Bearer',
      )
      expect(reading.json).toMatchObject({ message: 'Unauthorized', code: 'unauthorized' })
    }
    expect(await service.runIds()).toHaveLength(before)
  })

  it('that is over is told apart, in the language of who asks', async () => {
    const over = await signToken(key, 'alice', { issuedAtSeconds: seconds() - 7_200, lifetimeSeconds: 3_600 })
    const details = async (headers: Record<string, string>): Promise<unknown> =>
      (await runOf({ ...as(over), ...headers })).json
    expect(await details({ 'accept-language': 'en' })).toMatchObject({
      details: [{ field: 'X-Custom-Auth-Token', message: 'The token has expired. Get a new one.' }],
    })
    expect(await details({})).toMatchObject({ details: [{ message: expect.stringContaining('유효 기간') as string }] })
  })

  it('that cannot be verified at the moment is not called wrong', async () => {
    issuer.setFault('status-500')
    const cold = await startService({ env: cognito(issuer.jwksUrl) })
    try {
      const reading = await read(`${cold.url}/generate`, {
        method: 'POST',
        headers: { ...stream, ...as(alice) },
        body: JSON.stringify(wish),
      })
      expect(reading.status).toBe(503)
      expect(reading.json).toMatchObject({ code: 'identity-unavailable' })
      expect(await cold.runIds()).toEqual([])
    } finally {
      issuer.setFault(undefined)
      await cold.close()
    }
  })
})

describe("somebody else's run", () => {
  it('is not there before it is published, whatever is asked of it', async () => {
    const { problemId, last } = await runOf({ ...as(alice), 'x-goog-api-key': 'invalid-key' })
    expect(last.type).toBe('failed')
    for (const [method, part] of [
      ['GET', ''],
      ['GET', '/events'],
      ['GET', '/tests'],
      ['DELETE', ''],
    ] as const) {
      const path = `/generations/${problemId}${part}`
      expect((await ask(method, path, as(bob))).status, path).toBe(404)
    }
    expect((await ask('GET', `/generate?lastEventId=${problemId}:1`, as(bob))).status).toBe(404)
    expect((await ask('GET', `/generations/${problemId}`, as(alice))).status).toBe(200)
  })

  it('does not share a requestId with mine', async () => {
    const fields = { requestId: 'shared' }
    const [first, second, again] = [
      await runOf(as(alice), fields),
      await runOf(as(bob), fields),
      await runOf(as(alice), fields),
    ]
    expect(second.problemId).not.toBe(first.problemId)
    expect(again.problemId).toBe(first.problemId)
  })

  it.each(['creatorId', 'user_id', 'userId', 'author'])('cannot be begun by naming them as %s', async (field) => {
    const reading = await runOf(as(alice), { [field]: userIdOf('bob') })
    expect(reading.status).toBe(403)
    expect(reading.json).toMatchObject({ code: 'forbidden', details: [{ field }] })
  })

  it('is none when I name myself', async () => {
    const me = userIdOf('alice')
    expect(await creator(await runOf(as(alice), { creatorId: me, user_id: me }))).toBe(me)
  })
})

describe('a session', () => {
  it('is a cookie that no script and no other site can use, for as long as the token lives', async () => {
    const reading = await ask('POST', '/session', as(alice))
    expect(reading.status).toBe(204)
    const [set = ''] = reading.headers.getSetCookie()
    expect(set).toMatch(
      /^__Host-alpaco-session=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Strict; Expires=/,
    )
    expect(Date.parse(/Expires=(.*)$/.exec(set)?.[1] ?? '')).toBeGreaterThan(Date.now() + 3_500_000)
  })

  it.each<[string, () => Record<string, string>]>([
    ['no token', () => ({})],
    ['a wrong token', () => as('x')],
    ['a cookie instead of a header', () => ({ ...cookie(alice), ...ownSite })],
  ])('is not opened with %s', async (_what, headers) => {
    const reading = await ask('POST', '/session', headers())
    expect(reading.status).toBe(401)
    expect(reading.headers.getSetCookie()).toEqual([])
  })

  it('is not opened with a token that a browser would drop', async () => {
    const long = await signToken(key, 'alice', {
      issuedAtSeconds: seconds(),
      lifetimeSeconds: 3_600,
      claims: { padding: 'x'.repeat(4_000) },
    })
    expect((await ask('POST', '/session', as(long))).status).toBe(413)
  })

  it('is closed by the same origin', async () => {
    expect((await ask('DELETE', '/session', cookie(alice))).status).toBe(403)
    expect((await ask('DELETE', '/session', { ...cookie(alice), ...as(alice) })).status).toBe(204)
    const closed = await ask('DELETE', '/session', { ...cookie(alice), ...ownSite })
    expect(closed.headers.getSetCookie()[0]).toMatch(/^__Host-alpaco-session=; .*Max-Age=0$/)
  })

  it('starts a run for the same origin', async () => {
    expect(await creator(await ask('GET', generatePath, { ...cookie(alice), ...ownSite }))).toBe(userIdOf('alice'))
    const origin = { origin: 'https://app.example', 'sec-fetch-site': 'same-site' }
    expect(await creator(await runOf({ ...cookie(alice), ...origin }))).toBe(userIdOf('alice'))
  })

  it.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another origin of the same site', { 'sec-fetch-site': 'same-site', origin: 'https://other.app.example' }],
    ['a link somewhere', { 'sec-fetch-site': 'none' }],
    ['who says nothing', {}],
  ])('neither starts nor ends anything for %s', async (_what, headers) => {
    const before = (await service.runIds()).length
    for (const [method, path] of [
      ['GET', generatePath],
      ['POST', '/generate'],
      ['DELETE', `/generations/${problemId}`],
    ] as const) {
      const reading = await ask(method, path, { ...cookie(alice), ...headers }, method === 'POST' ? wish : undefined)
      expect(reading.status, method).toBe(403)
      expect(reading.json).toMatchObject({ code: 'forbidden', details: [{ field: 'Origin' }] })
    }
    expect(await service.runIds()).toHaveLength(before)
  })

  it('reads without all that: what is read is not shown to other sites', async () => {
    expect((await ask('GET', `/generations/${problemId}`, cookie(alice))).status).toBe(200)
  })
})

/** What a function answers that is deployed with these variables, and what it says in its log. */
async function started(env: Record<string, string>): Promise<{ status: number; log: string }> {
  const deployed = await startService({ env: { STAGE: 'production', ...env } })
  try {
    const claims = { iss: env['COGNITO_ISSUER_URL'], aud: env['COGNITO_APP_CLIENT_ID'], exp: seconds() + 60 }
    const parts = [{ alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    const headers = as(`${parts.join('.')}.signature`)
    const { status } = await read(`${deployed.url}/generations/${problemId}`, { headers })
    return { status, log: deployed.lines.join('\n') }
  } finally {
    await deployed.close()
  }
}

describe('a deployed function', () => {
  it.each<[string, Record<string, string>, string]>([
    ['without an issuer', {}, 'COGNITO_ISSUER_URL'],
    ['without a client', { COGNITO_ISSUER_URL: 'https://issuer.example/pool' }, 'COGNITO_APP_CLIENT_ID'],
    ['with the stand-in issuer', cognito('https://issuer.example/keys'), 'COGNITO_ISSUER_URL'],
    [
      'with keys from this machine',
      { ...cognito('https://127.0.0.1/keys'), COGNITO_ISSUER_URL: 'https://issuer.example/pool' },
      'COGNITO_JWKS_URL',
    ],
    [
      'with keys that travel in clear',
      { ...cognito('http://issuer.example/keys'), COGNITO_ISSUER_URL: 'https://issuer.example/pool' },
      'COGNITO_JWKS_URL',
    ],
    [
      'with an address that is none',
      { COGNITO_ISSUER_URL: 'issuer', COGNITO_APP_CLIENT_ID: 'client' },
      'COGNITO_ISSUER_URL',
    ],
  ])('serves nothing %s, and says which variable', async (_what, env, variable) => {
    const { status, log } = await started(env)
    expect(status).toBe(500)
    expect(log).toMatch(new RegExp(`"${variable}: .+ See .env.example|"${variable}: a stand-in issuer`))
  })

  it('starts with a real one', async () => {
    const env = { COGNITO_ISSUER_URL: 'https://issuer.example/pool', COGNITO_APP_CLIENT_ID: 'client' }
    expect((await started(env)).status).toBe(401)
  })
})
