// A stand-in user pool's signing key, and the tokens that it signs: the shapes that Amazon Cognito documents.
import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWTPayload } from 'jose'
import * as z from 'zod'

/** `iss` of every token of the stand-in; nothing answers there. */
export const standInIssuer = 'http://issuer.alpaco.localhost/local'
/** The client that the tokens are for. */
export const standInClientId = 'alpaco-local'

const keySchema = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
})
/** A private RSA key as JWK. */
export type IssuerKey = z.infer<typeof keySchema>

/** Makes a key of 2,048 bits. */
export async function makeIssuerKey(): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const { n = '' } = await exportJWK(publicKey)
  const kid = createHash('sha256').update(n).digest('base64url').slice(0, 22)
  return keySchema.parse({ ...(await exportJWK(privateKey)), kid })
}

/** A kept key. Throws ZodError. */
export function parseIssuerKey(json: unknown): IssuerKey {
  return keySchema.parse(json)
}

/** The public half, as the pool's key set lists it. */
export function publicPart({ kty, kid, n, e }: IssuerKey): Record<string, string> {
  return { kty, kid, n, e, alg: 'RS256', use: 'sig' }
}

export interface TokenOptions {
  readonly use?: 'id' | 'access'
  /** Since 1970. */
  readonly issuedAtSeconds: number
  readonly lifetimeSeconds: number
  /** Other claims, or the same with other values; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** The same for the protected header. */
  readonly header?: Readonly<Record<string, unknown>>
}

/** The id that the stand-in gives to a name: the same at every sign-in. */
export function userIdOf(name: string): string {
  const hex = createHash('sha256').update(`user ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A token of a user, signed. */
export async function signToken(key: IssuerKey, name: string, options: TokenOptions): Promise<string> {
  const { use = 'id', issuedAtSeconds, lifetimeSeconds } = options
  const common = {
    sub: userIdOf(name),
    iss: standInIssuer,
    token_use: use,
    iat: issuedAtSeconds,
    auth_time: issuedAtSeconds,
    exp: issuedAtSeconds + lifetimeSeconds,
  }
  const own =
    use === 'id'
      ? { aud: standInClientId, 'cognito:username': userIdOf(name), nickname: name }
      : { client_id: standInClientId, username: name, scope: 'openid' }
  const payload: JWTPayload = { ...common, ...own, ...options.claims }
  const header = { alg: 'RS256', kid: key.kid, ...options.header }
  return new SignJWT(payload).setProtectedHeader(header).sign(await importJWK(key, 'RS256'))
}
