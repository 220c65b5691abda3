// HTTP request → event of a function URL, payload format 2.0
// (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads).
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { LambdaFunctionURLEvent } from 'aws-lambda'

/** A request body as long as this, in the form it takes in the event, is still accepted. */
const MAX_BODY_BYTES = 6 * 1024 * 1024

const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

// Observed on the real service: these and text/* arrive as text, everything else, forms included, in base64.
const TEXT_TYPES = new Set(['application/json', 'application/javascript', 'application/xml'])

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Reads the body; undefined when it is too long for an event, in which case the rest is read and dropped. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const limit = isText(request) ? MAX_BODY_BYTES : Math.floor(MAX_BODY_BYTES / 4) * 3
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  return length <= limit ? Buffer.concat(chunks) : undefined
}

/** Builds the event; optional fields are absent where the service leaves them out. */
export function toEvent(
  request: IncomingMessage,
  body: Buffer,
  about: { readonly requestId: string; readonly nowEpochMs: number },
): LambdaFunctionURLEvent {
  const [rawPath = '/', ...query] = (request.url ?? '/').split('?')
  const rawQueryString = query.join('?')
  const headers = toHeaders(request, about.nowEpochMs)
  const cookies = toCookies(request)
  const domainName = headers['host'] ?? 'localhost'
  const isBase64Encoded = body.length > 0 && !isText(request)
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(rawQueryString !== '' && { queryStringParameters: toQueryParameters(rawQueryString) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName,
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: sourceIp(request),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: about.requestId,
      routeKey: '$default',
      stage: '$default',
      time: toCommonLogTime(new Date(about.nowEpochMs)),
      timeEpoch: about.nowEpochMs,
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  }
}

function toHeaders(request: IncomingMessage, nowEpochMs: number): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && !CONNECTION_HEADERS.has(name)) headers[name] = values.join(',')
  }
  const earlierHops = headers['x-forwarded-for']
  headers['x-forwarded-for'] = [...(earlierHops ? [earlierHops] : []), sourceIp(request)].join(', ')
  headers['x-forwarded-port'] = String(request.socket.localPort)
  headers['x-forwarded-proto'] = 'http'
  const epochSeconds = Math.floor(nowEpochMs / 1000).toString(16)
  headers['x-amzn-trace-id'] ??= `Root=1-${epochSeconds}-${randomBytes(12).toString('hex')}`
  return headers
}

function toCookies(request: IncomingMessage): string[] {
  return (request.headersDistinct['cookie'] ?? [])
    .flatMap((header) => header.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '')
}

function toQueryParameters(rawQueryString: string): Record<string, string> {
  const values = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    values.set(name, [...(values.get(name) ?? []), value])
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')]))
}

function isText(request: IncomingMessage): boolean {
  if (request.headers['content-encoding'] !== undefined) return false
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  return mediaType.startsWith('text/') || TEXT_TYPES.has(mediaType)
}

function sourceIp(request: IncomingMessage): string {
  return request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1'
}

// 12/Mar/2020:19:03:58 +0000
function toCommonLogTime(date: Date): string {
  const day = String(date.getUTCDate()).padStart(2, '0')
  return `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`
}
