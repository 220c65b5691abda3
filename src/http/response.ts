// Answers that are not streams: JSON with a status, CORS headers, and the one mapping of faults to bodies.
import type { ErrorBody } from '../contract/generation.ts'
import type { AppError } from '../errors.ts'
import { MethodNotAllowedError, QuotaError, TooManyRequestsError } from './refusals.ts'
import type { HttpRequest } from './request.ts'

/** A whole answer. */
export interface HttpResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: unknown
}

/** CORS headers for an allowed origin; none for any other. */
export function corsHeaders(request: HttpRequest, allowedOrigins: readonly string[]): Record<string, string> {
  const origin = request.headers['origin']
  if (origin === undefined) return {}
  // Caches must not serve one origin's answer to another, allowed or not.
  if (!allowedOrigins.includes(origin)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'location, retry-after',
  }
}

/** Answer to a preflight. */
export const preflight: HttpResponse = {
  status: 200,
  headers: {
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers':
      'authorization, content-type, last-event-id, x-goog-api-key, x-custom-auth-token, x-amz-content-sha256',
    'access-control-max-age': '600',
  },
  body: { message: 'CORS preflight check successful' },
}

/** What a caller sees of a fault. */
export function errorResponse(error: AppError, requestId: string): HttpResponse {
  const body: ErrorBody = { message: error.message, details: error.details, code: error.code, requestId }
  return {
    status: error.status,
    headers: {
      ...(error instanceof MethodNotAllowedError ? { allow: error.allowed.join(', ') } : {}),
      ...(error instanceof QuotaError || error instanceof TooManyRequestsError
        ? { 'retry-after': String(error.retryAfterSeconds) }
        : {}),
      ...(error.code === 'unauthorized' ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body,
  }
}
