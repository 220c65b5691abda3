// Amazon Cognito's tokens: RS256 by a key of the user pool, for this client, still valid. Everything else is refused.
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
import { decodeProtectedHeader, errors, jwtVerify } from 'jose'
import * as z from 'zod'
import { faultOfToken, toleranceSeconds, type TokenRules } from '../contract/token.ts'
import type { Clock, Log, TokenVerdict, TokenVerifier } from '../ports.ts'
import { IssuerKeys } from './issuer-keys.ts'

export interface CognitoConfig extends TokenRules {
  readonly jwksUrl: string
}

/** A token that names its own key asks to be believed. */
const ownKeys = ['jku', 'jwk', 'x5u', 'x5c'] as const

const subject = z.object({ sub: z.string().regex(/^[\w.-]{1,128}$/), exp: z.number(), iat: z.number() })
const claimsSchema = z.discriminatedUnion('token_use', [
  subject.extend({
    token_use: z.literal('id'),
    aud: z.string(),
    'cognito:username': z.string().min(1),
    nickname: z.string().optional(),
  }),
  subject.extend({ token_use: z.literal('access'), client_id: z.string(), username: z.string().min(1) }),
])

const refused: TokenVerdict = { ok: false, reason: 'refused' }

/**
 * Verifies the ID and access tokens of one client of one user pool. `isAwaited` says that there is a token already: the pool's
 * keys are asked for at once.
 */
export function createCognitoTokens(config: CognitoConfig, clock: Clock, log: Log, isAwaited = false): TokenVerifier {
  const keys = new IssuerKeys(config.jwksUrl, clock, log)
  if (isAwaited) keys.prepare()
  return {
    async verify(token) {
      const reason = faultOfToken(token, config, clock.now())
      if (reason !== undefined) return { ok: false, reason }
      const kid = keyNamed(token)
      const key = kid === undefined ? undefined : await keys.key(kid)
      if (key === undefined) return refused
      let payload: unknown
      try {
        ;({ payload } = await jwtVerify(token, key, {
          algorithms: ['RS256'],
          issuer: config.issuer,
          clockTolerance: toleranceSeconds,
          currentDate: clock.now(),
          requiredClaims: ['sub', 'exp', 'iat', 'token_use'],
        }))
      } catch (error) {
        if (error instanceof errors.JWTExpired) return { ok: false, reason: 'expired' }
        if (error instanceof errors.JOSEError) return refused
        throw error
      }
      const parsed = claimsSchema.safeParse(payload)
      if (!parsed.success) return refused
      const claims = parsed.data
      if (claims.iat > clock.now().getTime() / 1000 + toleranceSeconds) return refused
      if ((claims.token_use === 'id' ? claims.aud : claims.client_id) !== config.clientId) return refused
      const name = claims.token_use === 'id' ? (claims.nickname ?? claims['cognito:username']) : claims.username
      return { ok: true, identity: { userId: claims.sub, name }, expiresAt: new Date(claims.exp * 1000) }
    },
  }
}

/** The `kid` of a token that can be looked at further; nothing of it is believed yet. */
function keyNamed(token: string): string | undefined {
  try {
    const header = decodeProtectedHeader(token)
    return header.alg !== 'RS256' || ownKeys.some((name) => name in header) ? undefined : header.kid
  } catch {
    return undefined
  }
}
