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
    path: event.rawPath.replace(/^\/v1(?=\/|$)/, '').replace(/(?<=.)\/+$/, '') || '/',
    query,
    headers,
    cookies: Object.fromEntries((event.cookies ?? []).map(cookie)),
    requestId: event.requestContext.requestId,
    locale,
    json: () => readJson(event, locale),
  }
}

function cookie(text: string): [string, string] {
  const at = text.indexOf('=')
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
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
