// Whose token is accepted and which are refused, with real keys, real signatures and a key set over HTTP.
import { createHmac, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto'
import { importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type IssuerKey,
  makeIssuerKey,
  publicPart,
  signToken,
  standInClientId,
  standInIssuer,
  type TokenOptions,
  userIdOf,
} from '../../mock/issuer/key.ts'
import { type IssuerFault, type IssuerStandIn, startIssuer } from '../../mock/issuer/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createCognitoTokens } from '../../src/adapters/cognito-tokens.ts'
import type { Clock, TokenVerifier } from '../../src/ports.ts'
import { quietLog } from '../support/quiet-log.ts'

let key: IssuerKey
let other: IssuerKey
let issuer: IssuerStandIn

beforeAll(async () => {
  ;[key, other] = await Promise.all([makeIssuerKey(), makeIssuerKey()])
  issuer = await startIssuer({ keys: [key] })
})
afterAll(() => issuer.close())

const seconds = (): number => Math.floor(systemClock.now().getTime() / 1000)

/** A verifier whose clock can be put forward; `isAwaited` as in {@link createCognitoTokens}. */
function verifier(isAwaited = false): TokenVerifier & { later(ms: number): void } {
  let offset = 0
  const clock: Clock = {
    ...systemClock,
    now: () => new Date(systemClock.now().getTime() + offset),
    elapsed: () => systemClock.elapsed() + offset,
  }
  const config = { issuer: standInIssuer, clientId: standInClientId, jwksUrl: issuer.jwksUrl }
  return {
    ...createCognitoTokens(config, clock, quietLog, isAwaited),
    later(ms) {
      offset += ms
    },
  }
}

const token = (options: Partial<TokenOptions> = {}, signer = key): Promise<string> =>
  signToken(signer, 'alice', { issuedAtSeconds: seconds(), lifetimeSeconds: 3_600, ...options })
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const partOf = (jwt: string, index: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>

/** A right token's claims under another header, signed by `sign`. */
async function forged(header: Record<string, unknown>, sign: (input: string) => string): Promise<string> {
  const input = `${part(header)}.${(await token()).split('.')[1]}`
  return `${input}.${sign(input)}`
}

const privatePem = (signer: IssuerKey): Parameters<ReturnType<typeof createSign>['sign']>[0] => ({
  key: signer,
  format: 'jwk',
})
const rsa =
  (algorithm: string, signer = key) =>
  (input: string): string =>
    createSign(algorithm).update(input).sign(privatePem(signer), 'base64url')

const wrong: readonly [string, () => string | Promise<string>][] = [
  ['nothing', () => ''],
  ['blanks', () => '   '],
  ['words', () => 'let me in'],
  ['three words', () => 'not.a.token'],
  ['two parts', async () => (await token()).split('.').slice(0, 2).join('.')],
  ['four parts', async () => `${await token()}.x`],
  ['five parts, as of an encrypted token', async () => `${await token()}.x.y`],
  ['a signature cut short', async () => (await token()).slice(0, -20)],
  ['no signature', async () => `${(await token()).split('.').slice(0, 2).join('.')}.`],
  ['a payload cut short', async () => (await token()).replace(/\.(.{40}).*\./, '.$1.')],
  [
    'a claim changed afterwards',
    async () => {
      const [header, , signature] = (await token()).split('.')
      return [header, part({ ...partOf(await token(), 1), sub: userIdOf('bob') }), signature].join('.')
    },
  ],
  [
    "another token's signature",
    async () => (await token()).replace(/[^.]+$/, (await token({}, other)).split('.')[2] ?? ''),
  ],
  ["the right key's name and another key", () => token({ header: { kid: key.kid } }, other)],
  ['an unknown key', () => token({}, other)],
  ['no key named', () => token({ header: { kid: undefined } })],
  ['alg none', () => forged({ alg: 'none', kid: key.kid }, () => '')],
  ['alg None with a signature', () => forged({ alg: 'None', kid: key.kid }, rsa('RSA-SHA256'))],
  [
    'HS256 with the public key as the secret',
    () => {
      const pem = createPublicKey({ key: publicPart(key), format: 'jwk' }).export({ type: 'spki', format: 'pem' })
      return forged({ alg: 'HS256', kid: key.kid }, (input) =>
        createHmac('sha256', pem).update(input).digest('base64url'),
      )
    },
  ],
  ['RS512', () => forged({ alg: 'RS512', kid: key.kid }, rsa('RSA-SHA512'))],
  ['RS256 by name and SHA-512 in truth', () => forged({ alg: 'RS256', kid: key.kid }, rsa('RSA-SHA512'))],
  [
    'ES256 with a key of its own',
    () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return forged({ alg: 'ES256', kid: key.kid }, (input) =>
        createSign('SHA256').update(input).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }, 'base64url'),
      )
    },
  ],
  ['its own key set (jku)', () => token({ header: { jku: 'https://keys.example/jwks.json' } }, other)],
  ['a key set named, though rightly signed', () => token({ header: { jku: 'https://keys.example/jwks.json' } })],
  ['its own certificate (x5u)', () => token({ header: { x5u: 'https://keys.example/cert.pem' } })],
  ['its own certificate inside (x5c)', () => token({ header: { x5c: ['MIIB'] } })],
  ['its own key inside (jwk)', () => token({ header: { jwk: publicPart(other), kid: key.kid } }, other)],
  [
    'something critical that nobody knows',
    () => forged({ alg: 'RS256', kid: key.kid, crit: ['x'], x: 1 }, rsa('RSA-SHA256')),
  ],
  ['no end', () => token({ claims: { exp: undefined } })],
  ['an end in words', () => token({ claims: { exp: 'tomorrow' } })],
  ['a beginning in the future (nbf)', () => token({ claims: { nbf: seconds() + 600 } })],
  ['an issue in the future (iat)', () => token({ issuedAtSeconds: seconds() + 600 })],
  ['another issuer', () => token({ claims: { iss: 'https://cognito-idp.ap-northeast-2.amazonaws.com/other' } })],
  ['an issuer that only begins alike', () => token({ claims: { iss: `${standInIssuer}/` } })],
  ['no issuer', () => token({ claims: { iss: undefined } })],
  ['another pool, rightly signed there', () => token({ claims: { iss: 'http://other.localhost' } }, other)],
  ['another audience', () => token({ claims: { aud: 'somebody-else' } })],
  ['several audiences', () => token({ claims: { aud: [standInClientId, 'somebody-else'] } })],
  ['no audience', () => token({ claims: { aud: undefined } })],
  ["another client's access", () => token({ use: 'access', claims: { client_id: 'somebody-else' } })],
  [
    'an access token with an audience instead',
    () => token({ use: 'access', claims: { client_id: undefined, aud: standInClientId } }),
  ],
  ['no use', () => token({ claims: { token_use: undefined } })],
  ['the use of a refresh token', () => token({ claims: { token_use: 'refresh' } })],
  ["an ID token's claims and an access token's use", () => token({ claims: { token_use: 'access' } })],
  ['nobody', () => token({ claims: { sub: undefined } })],
  ['a user that reaches into another key', () => token({ claims: { sub: 'alice#request' } })],
  ['a user of another type', () => token({ claims: { sub: 7 } })],
  ['nine kilobytes', () => token({ claims: { padding: 'x'.repeat(9_000) } })],
  ['a line break inside', async () => (await token()).replace('.', '\n.')],
]

describe('a wrong token', () => {
  it.each(wrong)('with %s is refused', async (_what, make) => {
    expect(await verifier().verify(await make())).toEqual({ ok: false, reason: 'refused' })
  })

  it('that is over is told so, at most ten seconds late', async () => {
    const verdicts = [60, 15, 5].map(async (ago) =>
      verifier().verify(await token({ issuedAtSeconds: seconds() - 3_600 - ago })),
    )
    const expired = { ok: false, reason: 'expired' }
    expect(await Promise.all(verdicts)).toMatchObject([expired, expired, { ok: true }])
  })
})

describe('a right token', () => {
  it.each<[string, Partial<TokenOptions>, string]>([
    ['of identity', {}, 'alice'],
    ['of identity without a nickname', { claims: { nickname: undefined } }, userIdOf('alice')],
    ['of access', { use: 'access' }, 'alice'],
    ['that begins now', { claims: { nbf: seconds() } }, 'alice'],
    ['of an issuer whose clock is a little ahead', { issuedAtSeconds: seconds() + 5 }, 'alice'],
  ])('%s tells user and name', async (_what, options, name) => {
    const verdict = await verifier().verify(await token(options))
    expect(verdict).toMatchObject({ ok: true, identity: { userId: userIdOf('alice'), name } })
  })

  it('tells when it is over', async () => {
    const issuedAtSeconds = seconds()
    const verdict = await verifier().verify(await token({ issuedAtSeconds }))
    expect(verdict.ok && verdict.expiresAt).toEqual(new Date((issuedAtSeconds + 3_600) * 1000))
  })
})

/** How often the keys were asked for meanwhile. */
async function asked(work: () => Promise<unknown>): Promise<number> {
  const before = issuer.requests
  await work()
  return issuer.requests - before
}

describe("the issuer's keys", () => {
  it('are asked for once, however many tokens come at once', async () => {
    const tokens = verifier()
    const right = await token()
    expect(await asked(() => Promise.all(Array.from({ length: 50 }, () => tokens.verify(right))))).toBe(1)
    expect(await asked(() => tokens.verify(right))).toBe(0)
  })

  it('are asked for before the first token is looked at where one is awaited, and then not again', async () => {
    const before = issuer.requests
    const tokens = verifier(true)
    await expect.poll(() => issuer.requests - before).toBe(1)
    expect(await tokens.verify(await token())).toMatchObject({ ok: true })
    expect(issuer.requests - before).toBe(1)
  })

  it('that cannot be had when they are asked for early are asked for with the token', async () => {
    issuer.setFault('status-500')
    const before = issuer.requests
    const tokens = verifier(true)
    try {
      await expect.poll(() => issuer.requests - before).toBe(1)
    } finally {
      issuer.setFault(undefined)
    }
    // The early answer may still be on its way.
    await systemClock.sleep(100)
    expect(await tokens.verify(await token())).toMatchObject({ ok: true })
  })

  it('that are new are found at once, and the old ones go', async () => {
    const tokens = verifier()
    const [old, fresh] = await Promise.all([token(), token({}, other)])
    expect(await tokens.verify(old)).toMatchObject({ ok: true })
    issuer.rotate([key, other])
    try {
      expect(await tokens.verify(fresh)).toMatchObject({ ok: true })
      issuer.rotate([other])
      tokens.later(11 * 60_000)
      // The first one after ten minutes is verified by what is known, and makes it be asked for again.
      expect(await tokens.verify(fresh)).toMatchObject({ ok: true })
      await expect.poll(() => tokens.verify(old)).toMatchObject({ ok: false })
    } finally {
      issuer.rotate([key])
    }
  })

  it('are asked for a bounded number of times, whoever names unknown ones', async () => {
    const tokens = verifier()
    const right = await token()
    await tokens.verify(right)
    const unknown = await token({}, other)
    const outcomes: string[] = []
    const requests = await asked(async () => {
      for (let count = 0; count < 100; count += 1) {
        const outcome = await tokens.verify(unknown).then(
          (verdict) => (verdict.ok ? 'accepted' : verdict.reason),
          (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'bug'),
        )
        outcomes.push(outcome)
      }
    })
    expect(requests).toBeLessThanOrEqual(6)
    // What cannot be looked up is not called wrong: it may be a key of this very second.
    expect(new Set(outcomes)).toEqual(new Set(['refused', 'identity-unavailable']))
    expect(await tokens.verify(right)).toMatchObject({ ok: true })
    tokens.later(10_000)
    expect(await tokens.verify(unknown)).toEqual({ ok: false, reason: 'refused' })
  })

  it.each<IssuerFault>(['status-500', 'not-json', 'redirect', 'huge', 'silent'])(
    'that cannot be had (%s) refuse nobody whose key is known',
    async (fault) => {
      const tokens = verifier()
      const right = await token({ lifetimeSeconds: 100_000 })
      await tokens.verify(right)
      issuer.setFault(fault)
      try {
        await expect(verifier().verify(right)).rejects.toMatchObject({ code: 'identity-unavailable', status: 503 })
        tokens.later(12 * 3_600_000)
        expect(await tokens.verify(right)).toMatchObject({ ok: true })
        tokens.later(13 * 3_600_000)
        await expect(tokens.verify(right)).rejects.toMatchObject({ code: 'identity-unavailable' })
      } finally {
        issuer.setFault(undefined)
      }
      tokens.later(10_000)
      expect(await tokens.verify(right)).toMatchObject({ ok: true })
    },
  )

  it('are public: the stand-in never lists a private part', async () => {
    const set: unknown = await (await fetch(issuer.jwksUrl)).json()
    expect(set).toEqual({ keys: [publicPart(key)] })
    expect(await importJWK(publicPart(key), 'RS256')).toMatchObject({ type: 'public' })
  })
})
