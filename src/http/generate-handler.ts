// The generation API behind a streaming function URL: routes, the decision before the first byte, and the stream after it.
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda'
import { isTerminal, parseEventId } from '../contract/events.ts'
import { currentSteps, type GenerationRequest, type GenerationStatusBody } from '../contract/generation.ts'
import { AppError, toAppError } from '../errors.ts'
import { followRun, startRun } from '../generation/run.ts'
import type { Ports, RunRecord } from '../ports.ts'
import { parseBody, parseQuery, type ParsedRequest } from './generation-request.ts'
import { type HttpRequest, readRequest } from './request.ts'
import { corsHeaders, errorResponse, type HttpResponse, preflight } from './response.ts'
import { type ResponseStream, SseWriter } from './sse-writer.ts'

export interface HandlerConfig {
  /** Serves one local creator without authentication; anything else is refused with 401 until there is authentication. */
  readonly isLocal: boolean
  readonly allowedOrigins: readonly string[]
}

/** Puts the status line and headers before the body; `awslambda.HttpResponseStream.from` in production. */
export type OpenStream = (head: { statusCode: number; headers: Record<string, string> }) => ResponseStream

/** A run owner is done this long before the function's end, so that its last events are stored. */
const ownerReserveMs = 15_000
/** A reader hands over this long before the function's end. */
const readerReserveMs = 5_000

const idPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const generationPath = new RegExp(`^/generations/(${idPattern})(/events|/tests)?$`)

/** What a route decided before the first byte: a whole answer, or a stream. */
type Answer =
  | { readonly kind: 'whole'; readonly response: HttpResponse }
  | { readonly kind: 'stream'; readonly problemId: string; readonly run: (writer: SseWriter) => Promise<void> }

/** The handler of the generator function. */
export function createGenerateHandler(
  ports: Ports,
  config: HandlerConfig,
): (
  event: LambdaFunctionURLEvent,
  open: OpenStream,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<void> {
  return async (event, open, context) => {
    const request = readRequest(event)
    const cors = corsHeaders(request, config.allowedOrigins)
    let answer: Answer
    try {
      answer = await route(request, context, ports, config)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.status >= 500) ports.log.error('request failed', { requestId: request.requestId, error })
      answer = { kind: 'whole', response: errorResponse(error, request.requestId) }
    }
    if (answer.kind === 'whole') {
      sendWhole(answer.response, cors, open)
      return
    }
    const stream = open({
      statusCode: 200,
      headers: {
        ...cors,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        location: `/generations/${answer.problemId}`,
      },
    })
    const writer = new SseWriter(stream, ports.clock)
    writer.open()
    try {
      await answer.run(writer)
    } catch (thrown) {
      // The status is gone already. The reader comes back by itself and is told then.
      ports.log.error('stream broke off', { requestId: request.requestId, problemId: answer.problemId, error: thrown })
    } finally {
      await writer.end()
    }
  }
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
  })
  // The prelude goes out with the first write; ending without one would lose the status, a 204's too.
  stream.write(response.body === undefined ? '' : `${JSON.stringify(response.body)}\n`)
  stream.end()
}

async function route(
  request: HttpRequest,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  ports: Ports,
  config: HandlerConfig,
): Promise<Answer> {
  const { method, path } = request
  if (method === 'OPTIONS') return whole(preflight)
  if (path === '/health') return methodIs(request, 'GET') && whole({ status: 200, body: { status: 'ok' } })
  const generation = generationPath.exec(path)
  if (path !== '/generate' && generation === null) {
    throw new AppError('not-found', 'Not found', { details: `${method} ${path.slice(0, 200)}` })
  }
  if (!config.isLocal) throw new AppError('unauthorized', 'Unauthorized')
  const creatorId = 'local'
  if (path === '/generate') {
    methodIs(request, 'GET, POST')
    return method === 'GET'
      ? getGenerate(request, creatorId, context, ports)
      : postGenerate(request, creatorId, context, ports)
  }
  const [, problemId = '', part] = generation ?? []
  methodIs(request, part === undefined ? 'GET, DELETE' : 'GET')
  const run = await ports.runs.read(problemId)
  if (run === undefined || run.creatorId !== creatorId)
    throw new AppError('not-found', 'Generation not found', { details: problemId })
  if (part === '/events') {
    const id = lastEventId(request)
    return readAlong(run.problemId, id === undefined ? 0 : position(id, run.problemId), context, ports)
  }
  if (part === '/tests') return whole(await testsOf(run, ports))
  if (method === 'DELETE') {
    const cancelled = await ports.runs.requestCancel(problemId)
    return whole(
      cancelled
        ? { status: 202, body: { problemId, status: 'CANCELLING' } }
        : { status: 409, body: await statusOf(run, ports) },
    )
  }
  return whole({ status: 200, body: await statusOf(run, ports) })
}

async function getGenerate(
  request: HttpRequest,
  creatorId: string,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  ports: Ports,
): Promise<Answer> {
  const id = lastEventId(request)
  if (id !== undefined) {
    // An EventSource that reconnects asks with its old query: the id names the run, and nothing is started again.
    const parsed = parseEventId(id)
    if (parsed === undefined) throw badEventId(id)
    const run = await ports.runs.read(parsed.problemId)
    if (run === undefined || run.creatorId !== creatorId)
      throw new AppError('not-found', 'Generation not found', { details: parsed.problemId })
    return readAlong(parsed.problemId, parsed.seq, context, ports)
  }
  const parsed = parseQuery(request.query, request.locale)
  return claim({ ...parsed, apiKey: request.headers['x-goog-api-key'] }, creatorId, context, ports)
}

async function postGenerate(
  request: HttpRequest,
  creatorId: string,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  ports: Ports,
): Promise<Answer> {
  const accept = request.headers['accept'] ?? ''
  if (!/(?:^|,)\s*text\/event-stream\s*(?:;|,|$)/i.test(accept)) {
    throw new AppError('not-acceptable', 'Not acceptable', {
      details: [
        {
          field: 'Accept',
          message: 'Only "Accept: text/event-stream" is served; queued generation does not exist yet.',
        },
      ],
    })
  }
  const parsed = parseBody(request.json(), request.locale)
  return claim({ ...parsed, apiKey: parsed.apiKey ?? request.headers['x-goog-api-key'] }, creatorId, context, ports)
}

/** Creates the run or joins the one that has this request's id. */
async function claim(
  asked: ParsedRequest,
  creatorId: string,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  ports: Ports,
): Promise<Answer> {
  // The placeholder of `.env.example` counts as no key.
  const apiKey =
    asked.apiKey === undefined || asked.apiKey.trim() === 'your-api-key-here' ? undefined : asked.apiKey.trim()
  if (apiKey === undefined && !ports.models.hasHouseKey) {
    const details = {
      ko: 'Gemini API 키가 필요합니다. x-goog-api-key 헤더나 api_key로 보내 주세요.',
      en: 'Send a Gemini API key as x-goog-api-key header or api_key.',
    }
    throw new AppError('api-key-required', 'API key is required', { details: details[asked.request.locale] })
  }
  // The model's client loads while the claim is under way. A failure to load ends the run, not the claim.
  const model = ports.models.open(apiKey)
  model.catch(() => undefined)
  const problemId = ports.clock.newId()
  const createdAt = ports.clock.now().toISOString()
  const claimed = await ports.runs.claim({
    problemId,
    creatorId,
    requestId: asked.requestId,
    request: asked.request,
    createdAt,
  })
  if (!claimed.created) {
    const differing = difference(claimed.run.request, asked.request)
    if (differing !== undefined) {
      throw new AppError('conflict', 'This requestId belongs to another request', {
        details: [{ field: differing, message: 'differs from the first request' }],
      })
    }
    return readAlong(claimed.run.problemId, 0, context, ports)
  }
  const deadlineMs = Math.max(0, context.getRemainingTimeInMillis() - ownerReserveMs)
  return {
    kind: 'stream',
    problemId,
    run: async (writer) => {
      const run = startRun({ problemId, createdAt, request: asked.request, deadlineMs }, model, ports)
      await copy(problemId, run.events(), writer, ports)
      const { unstored } = await run.done
      if (unstored !== undefined) writer.writeUnstored(unstored)
    },
  }
}

/** Replays what comes after `after` and follows; 204 once the terminal event has been read. */
async function readAlong(
  problemId: string,
  after: number,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  ports: Ports,
): Promise<Answer> {
  if (after > 0) {
    const [last] = await ports.runs.events(problemId, after - 1)
    if (last?.seq !== after) throw badEventId(`${problemId}:${after}`)
    // EventSource reconnects after every end; only this status makes it stop.
    if (isTerminal(last.type)) return whole({ status: 204 })
  }
  return {
    kind: 'stream',
    problemId,
    run: async (writer) => {
      const stop = ports.clock.timeout(Math.max(0, context.getRemainingTimeInMillis() - readerReserveMs))
      const ended = await copy(problemId, followRun(problemId, after, ports, stop), writer, ports)
      if (!ended) writer.comment('continues')
    },
  }
}

/** Copies events to the viewer until the terminal one (true) or the source's end. A viewer that left changes nothing for the run. */
async function copy(
  problemId: string,
  source: ReturnType<typeof followRun>,
  writer: SseWriter,
  ports: Ports,
): Promise<boolean> {
  for await (const events of source) {
    await writer.write(problemId, events)
    if (events.some(({ type }) => isTerminal(type))) return true
    if (writer.gone) ports.log.debug('viewer left', { problemId })
  }
  return false
}

async function statusOf(run: RunRecord, ports: Ports): Promise<GenerationStatusBody> {
  const stage = run.status === 'PROCESSING' ? ((await ports.runs.stage(run.problemId)) ?? 'blueprint') : undefined
  return {
    problemId: run.problemId,
    status: run.status,
    algorithm_type: run.request.algorithmType ?? null,
    difficulty: run.request.difficulty ?? null,
    request_timestamp: run.createdAt,
    last_updated_timestamp: run.updatedAt,
    result_url: run.status === 'COMPLETED' ? `/generations/${run.problemId}/events` : null,
    error_message: run.errorMessage ?? null,
    current_step: stage === undefined ? null : currentSteps[stage],
  }
}

async function testsOf(run: RunRecord, ports: Ports): Promise<HttpResponse> {
  const problem = await ports.problems.read(run.problemId)
  if (problem === undefined) throw new AppError('not-found', 'No tests yet', { details: await statusOf(run, ports) })
  return { status: 200, body: { problemId: run.problemId, test_cases: problem.tests } }
}

function lastEventId(request: HttpRequest): string | undefined {
  return request.headers['last-event-id'] ?? request.query['lastEventId']
}

/** The seq of an event id of this very run. */
function position(id: string, problemId: string): number {
  const parsed = parseEventId(id)
  if (parsed === undefined) throw badEventId(id)
  if (parsed.problemId !== problemId)
    throw new AppError('not-found', 'This event belongs to another run', { details: id.slice(0, 100) })
  return parsed.seq
}

function badEventId(id: string): AppError {
  return new AppError('bad-request', 'Invalid Last-Event-ID', {
    details: [
      { field: 'Last-Event-ID', message: `"${id.slice(0, 60)}" is not the id of an event of a run: <problemId>:<seq>` },
    ],
  })
}

function methodIs(request: HttpRequest, allowed: string): true {
  if (!allowed.split(', ').includes(request.method))
    throw new AppError('method-not-allowed', 'Method not allowed', { details: allowed })
  return true
}

function whole(response: HttpResponse): Answer {
  return { kind: 'whole', response }
}

/** The first field in which two requests differ. */
function difference(first: GenerationRequest, second: GenerationRequest): string | undefined {
  const fields = ['topic', 'level', 'prompt', 'language', 'locale', 'maxCostUsd'] as const
  return fields.find((field) => first[field] !== second[field])
}
