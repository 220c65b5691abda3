// A function-URL event as the routes want it: path without version, parsed query, limited body, the caller's language.
import type { LambdaFunctionURLEvent } from 'aws-lambda'
import { bodyLimitBytes } from '../contract/limits.ts'
import type { Locale } from '../contract/topics.ts'
import { bodyIsNoJson, bodyTooLarge, MethodNotAllowedError } from './refusals.ts'

export interface HttpRequest {
  readonly method: string
  /** Without `/v1` and without a slash at the end. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: Readonly<Record<string, string>>
  readonly requestId: string
  /** Language of error details: `locale` of the query, else `Accept-Language`, else Korean. */
  readonly locale: Locale
  /** The body as JSON. Throws AppError `too-large` or `bad-request`. */
  json(): unknown
}

/** Reads a payload 2.0 event. */
export function readRequest(event: LambdaFunctionURLEvent): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(event.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  )
  const query = Object.fromEntries(new URLSearchParams(event.rawQueryString))
  const locale = languageOf(query['locale'], headers['accept-language'])
  return {
    method: event.requestContext.http.method.toUpperCase(),
    path: withoutSlashes(event.rawPath.replace(/^\/v1(?=\/|$)/, '')),
    query,
    headers,
    cookies: cookiesOf(event.cookies ?? []),
    requestId: event.requestContext.requestId,
    locale,
    json: () => readJson(event, locale),
  }
}

/** Without slashes at the end; at least one. */
function withoutSlashes(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end -= 1
  return path.slice(0, end) || '/'
}

/** By name; one that comes twice is empty, for nobody can say whose it is. */
function cookiesOf(texts: readonly string[]): Record<string, string> {
  const cookies = new Map<string, string>()
  for (const text of texts) {
    const at = text.indexOf('=')
    const [name, value] = [text.slice(0, at), text.slice(at + 1)].map(withoutBlanks)
    if (name !== undefined) cookies.set(name, cookies.has(name) ? '' : (value ?? ''))
  }
  return Object.fromEntries(cookies)
}

/** Spaces and tabs alone: to a browser every other white space is part of a name, which then has no prefix that protects it. */
function withoutBlanks(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && ' \t'.includes(text.charAt(from))) from += 1
  while (to > from && ' \t'.includes(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

function languageOf(asked: string | undefined, accepted: string | undefined): Locale {
  if (asked === 'en' || asked === 'ko') return asked
  return /^\s*en\b/i.test(accepted ?? '') ? 'en' : 'ko'
}

function readJson(event: LambdaFunctionURLEvent, locale: Locale): unknown {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  if (body.byteLength > bodyLimitBytes) throw bodyTooLarge(locale)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch (thrown) {
    throw bodyIsNoJson(locale, thrown)
  }
}

/** Throws AppError `method-not-allowed` when the request has another method. */
export function methodIs(request: HttpRequest, ...allowed: readonly string[]): void {
  if (!allowed.includes(request.method)) throw new MethodNotAllowedError(request.method, allowed, request.locale)
}
