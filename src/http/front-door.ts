// What every request goes through: the answers that need nothing, at once; for all others the service, which is loaded for
// the first of them; then the one place where answers, streams and faults are written.
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda'
import { faultOfToken, type TokenRules } from '../contract/token.ts'
import { toAppError } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'
import { type AuthenticationConfig, credentialOf } from './authentication.ts'
import { unauthorized } from './refusals.ts'
import { methodIs, type HttpRequest, readRequest } from './request.ts'
import { corsHeaders, errorResponse, type HttpResponse, preflight } from './response.ts'
import { type ResponseStream, SseWriter } from './sse-writer.ts'

export interface FrontDoorConfig extends AuthenticationConfig {
  /** Whose tokens are accepted; undefined where the environment does not say, which the service minds. */
  readonly tokenRules: TokenRules | undefined
  readonly clock: Clock
}

/** The part of an invocation that answering needs. */
export type Invocation = Pick<Context, 'getRemainingTimeInMillis'>

/** What a route decided before the first byte: a whole answer, or a stream. */
export type Answer =
  | { readonly kind: 'whole'; readonly response: HttpResponse }
  | { readonly kind: 'stream'; readonly problemId: string; readonly run: (writer: SseWriter) => Promise<void> }

/** What is behind the front door. */
export interface Service {
  /** Throws AppError. */
  answer(request: HttpRequest, invocation: Invocation): Promise<Answer>
  readonly log: Log
}

/** Puts the status line and headers before the body; `awslambda.HttpResponseStream.from` in production. */
type OpenStream = (head: {
  statusCode: number
  headers: Record<string, string>
  cookies?: readonly string[]
}) => ResponseStream

export type Handler = (event: LambdaFunctionURLEvent, open: OpenStream, invocation: Invocation) => Promise<void>

/** Makes the handler of a streaming function. `load` is called when it is needed, and again when it failed. */
export function createHandler(config: FrontDoorConfig, load: () => Promise<Service>): Handler {
  let loading: Promise<Service> | undefined
  const service = (): Promise<Service> => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
  return async (event, open, invocation) => {
    const request = readRequest(event)
    const cors = corsHeaders(request, config.allowedOrigins)
    let answer: Answer
    try {
      const atOnce = answerAtOnce(request, config)
      answer = atOnce === undefined ? await (await service()).answer(request, invocation) : whole(atOnce)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.status >= 500) (await loading)?.log.error('request failed', { requestId: request.requestId, error })
      answer = whole(errorResponse(error, request.requestId))
    }
    const firstByte = async (): Promise<void> => {
      const ms = config.clock.now().getTime() - event.requestContext.timeEpoch
      // By two clocks, one of them the front end's. What needed nothing loaded is not measured.
      ;(await loading)?.log.metrics({ FirstByte: Math.max(0, ms) })
    }
    if (answer.kind === 'whole') {
      sendWhole(answer.response, cors, open)
      await firstByte()
      return
    }
    const { problemId, run } = answer
    const stream = open({
      statusCode: 200,
      headers: {
        ...cors,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        location: `/generations/${problemId}`,
      },
    })
    const writer = new SseWriter(stream, config.clock)
    writer.open()
    try {
      await firstByte()
      await run(writer)
    } catch (thrown) {
      // The status is gone already. The reader comes back by itself and is told then.
      const { log } = await service()
      log.error('stream broke off', { requestId: request.requestId, problemId, error: thrown })
    } finally {
      await writer.end()
    }
  }
}

export const whole = (response: HttpResponse): Answer => ({ kind: 'whole', response })

/** Preflights, health, no token, and tokens that are plainly not accepted. Throws AppError. */
function answerAtOnce(request: HttpRequest, config: FrontDoorConfig): HttpResponse | undefined {
  const { method, path, locale } = request
  if (method === 'OPTIONS') return preflight
  if (path === '/health') {
    methodIs(request, 'GET')
    return { status: 200, body: { status: 'ok' } }
  }
  // Signing out takes no token.
  if (path === '/session' && method === 'DELETE') return undefined
  const credential = credentialOf(request)
  if (credential === undefined) {
    if (config.isLocal) return undefined
    throw unauthorized('missing', locale)
  }
  const { tokenRules, clock } = config
  const fault = tokenRules === undefined ? undefined : faultOfToken(credential.token, tokenRules, clock.now())
  if (fault !== undefined) throw unauthorized(fault, locale)
  return undefined
}

function sendWhole(response: HttpResponse, cors: Record<string, string>, open: OpenStream): void {
  const stream = open({
    statusCode: response.status,
    headers: {
      ...cors,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...response.headers,
    },
    ...(response.cookies === undefined ? {} : { cookies: response.cookies }),
  })
  // The prelude goes out with the first write; ending without one would lose the status, a 204's too.
  stream.write(response.body === undefined ? '' : `${JSON.stringify(response.body)}\n`)
  stream.end()
}
