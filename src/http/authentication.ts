// Who asks: the token of a request, from a header or the session cookie, and what a browser says about where it comes from.
import { localUserId } from '../contract/limits.ts'
import type { Locale } from '../contract/topics.ts'
import { AppError } from '../errors.ts'
import type { Identity, TokenVerdict, TokenVerifier } from '../ports.ts'
import { isForeignPage } from './foreign-page.ts'
import { foreignSite, otherPerson, unauthorized } from './refusals.ts'
import type { HttpRequest } from './request.ts'
import type { HttpResponse } from './response.ts'

/** How those who ask are told apart. */
export interface AuthenticationConfig {
  /** Whoever sends no token is the one user of this machine. Never in the cloud. */
  readonly isLocal: boolean
  readonly allowedOrigins: readonly string[]
}

/** `__Host-`: only over HTTPS or from this machine, only for this very host, for all of its paths. */
const sessionCookie = '__Host-alpaco-session'
const cookieAttributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
/** Browsers drop longer cookies without a word. */
const longestCookie = 4_000

const localUser: Identity = { userId: localUserId, name: 'local', isLocal: true }

interface Credential {
  readonly token: string
  readonly isCookie: boolean
}

/**
 * Whose request it is. What costs money or changes something (`changes`) takes the cookie only from the same origin, for a
 * browser sends it whoever makes it ask. Throws AppError `unauthorized`, `forbidden` and `identity-unavailable`.
 */
export async function identify(
  request: HttpRequest,
  changes: boolean,
  tokens: TokenVerifier | undefined,
  config: AuthenticationConfig,
): Promise<Identity> {
  const credential = credentialOf(request)
  if (credential === undefined) {
    if (!config.isLocal) throw unauthorized('missing', request.locale)
    if (isForeignPage(request.headers, config.allowedOrigins)) throw foreignSite(request.locale)
    return localUser
  }
  if (changes && credential.isCookie && !isOwnSite(request, config.allowedOrigins)) throw foreignSite(request.locale)
  return (await verified(credential.token, tokens, request.locale)).identity
}

/** Turns the token of a header into the session cookie, for what cannot send headers: `EventSource`. `admit` may throw. */
export async function openSession(
  request: HttpRequest,
  tokens: TokenVerifier | undefined,
  admit: (person: Identity) => void,
): Promise<HttpResponse> {
  const token = headerToken(request)
  if (token === undefined) throw unauthorized('missing', request.locale)
  const { expiresAt, identity } = await verified(token, tokens, request.locale)
  admit(identity)
  const cookie = `${sessionCookie}=${token}; ${cookieAttributes}; Expires=${expiresAt.toUTCString()}`
  if (cookie.length > longestCookie) throw new AppError('too-large', 'The token is too long for a cookie')
  return { status: 204, cookies: [cookie] }
}

/** Ends the session: the browser forgets the cookie. No other site can send a token. */
export function closeSession(request: HttpRequest, { allowedOrigins }: AuthenticationConfig): HttpResponse {
  if (headerToken(request) === undefined && !isOwnSite(request, allowedOrigins)) throw foreignSite(request.locale)
  return { status: 204, cookies: [`${sessionCookie}=; ${cookieAttributes}; Max-Age=0`] }
}

/** The body without the fields that name who asks. Throws AppError `forbidden` when they name somebody else. */
export function withoutPerson(body: unknown, { userId }: Identity, locale: Locale): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const fields = Object.entries(body)
  const foreign = fields.find(([field, value]) => personFields.includes(field) && value !== userId)
  if (foreign !== undefined) throw otherPerson(foreign[0], locale)
  return Object.fromEntries(fields.filter(([field]) => !personFields.includes(field)))
}

/** By these names older clients say who asks. */
const personFields: readonly string[] = ['creatorId', 'user_id', 'userId', 'author']

async function verified(
  token: string,
  tokens: TokenVerifier | undefined,
  locale: Locale,
): Promise<Extract<TokenVerdict, { ok: true }>> {
  const verdict = await tokens?.verify(token)
  if (verdict?.ok !== true) throw unauthorized(verdict?.reason ?? 'refused', locale)
  return verdict
}

/** A token that is sent counts, wherever it is found first: a wrong one is never made up for by another. */
export function credentialOf(request: HttpRequest): Credential | undefined {
  const token = headerToken(request)
  if (token !== undefined) return { token, isCookie: false }
  const cookie = request.cookies[sessionCookie]
  return cookie === undefined ? undefined : { token: cookie, isCookie: true }
}

/** In the cloud `Authorization` is the signature of the content network's own request (FACTS): only a bearer's counts. */
function headerToken({ headers }: HttpRequest): string | undefined {
  const custom = headers['x-custom-auth-token']
  // Without the scheme it is no token, and not the absence of one either.
  if (custom !== undefined) return bearer(custom) ?? ''
  return bearer(headers['authorization'] ?? '')
}

function bearer(value: string): string | undefined {
  const [scheme = '', token = '', ...more] = value.trim().split(/\s+/, 3)
  return scheme.toLowerCase() === 'bearer' && more.length === 0 ? token : undefined
}

/** Browsers say where a request comes from, and no page can change what they say. */
function isOwnSite({ headers, method }: HttpRequest, allowedOrigins: readonly string[]): boolean {
  if (headers['sec-fetch-site'] === 'same-origin') return true
  // A GET names no origin of its own accord.
  return method !== 'GET' && allowedOrigins.includes(headers['origin'] ?? '')
}
