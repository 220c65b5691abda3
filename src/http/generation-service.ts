// The generation API behind its front door: routes, the decision before the first byte, and the stream after it.
import { isTerminal, parseEventId, type StoredEvent } from '../contract/events.ts'
import type { Locale } from '../contract/topics.ts'
import { currentSteps, type GenerationRequest, type GenerationStatusBody } from '../contract/generation.ts'
import { eventsKeptDays } from '../contract/limits.ts'
import { AppError } from '../errors.ts'
import { publicView } from '../contract/problem.ts'
import { forgetPerson } from '../generation/forget.ts'
import { followRun, ownerReserveMs, preparePipeline, startRun } from '../generation/run.ts'
import { RunTails } from '../generation/tail.ts'
import type { Identity, NewRun, Ports, QuotaLimits, RunRecord } from '../ports.ts'
import { parseBody, parseQuery, type ParsedRequest } from './generation-request.ts'
import { type AuthenticationConfig, closeSession, identify, openSession, withoutPerson } from './authentication.ts'
import { RateLimit } from './rate-limit.ts'
import { type Answer, type Invocation, type Service, whole } from './front-door.ts'
import { type HttpRequest, methodIs } from './request.ts'
import {
  badEventId,
  eventsForgotten,
  foreignEventId,
  keyRequired,
  noSuchGeneration,
  noSuchPath,
  otherRequest,
  QuotaError,
  streamsOnly,
  TooManyRequestsError,
} from './refusals.ts'
import type { HttpResponse } from './response.ts'
import type { SseWriter } from './sse-writer.ts'

export interface ServiceConfig extends AuthenticationConfig {
  /** What may be asked for; undefined is anything. */
  readonly quotas: QuotaLimits | undefined
}

/** A reader is sent on this long before the function's end: before the alarm for those who are near it (infra/alarms.ts). */
const readerReserveMs = 30_000

const idPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const generationPath = new RegExp(`^/generations/(${idPattern})(/events|/tests)?$`)

/** What requests share: all who read in this process read through one and the same. */
type SharedPorts = Ports & { readonly tails: RunTails }

/** The generation API, behind its front door. */
export function createGenerationService(given: Ports, config: ServiceConfig): Service {
  const limit = new RateLimit(given.clock)
  const tails = new RunTails(given)
  const ports: SharedPorts = { ...given, runs: tails.runs, tails }
  return {
    answer: (request, invocation) => route(request, invocation, ports, { ...config, limit }),
    log: given.log,
  }
}

async function route(
  request: HttpRequest,
  invocation: Invocation,
  ports: SharedPorts,
  config: ServiceConfig & { readonly limit: RateLimit },
): Promise<Answer> {
  const { method, path } = request
  const generation = generationPath.exec(path)
  const admit = ({ isLocal, userId }: Identity): void => {
    const waitSeconds = isLocal === true ? 0 : config.limit.take(userId)
    if (waitSeconds > 0) throw new TooManyRequestsError(waitSeconds, request.locale)
  }
  if (path === '/session') {
    methodIs(request, 'POST', 'DELETE')
    return whole(method === 'POST' ? await openSession(request, ports.tokens, admit) : closeSession(request, config))
  }
  if (path !== '/generate' && path !== '/me' && generation === null) throw noSuchPath(request.locale)
  const caller = await identify(request, path === '/generate' || method !== 'GET', ports.tokens, config)
  admit(caller)
  if (path === '/me') {
    methodIs(request, 'DELETE')
    const mayGoOn = (): boolean => invocation.getRemainingTimeInMillis() > readerReserveMs
    const forgotten = await forgetPerson(caller.userId, ports, mayGoOn)
    return whole({ status: forgotten.pending > 0 ? 202 : 200, body: forgotten })
  }
  if (path === '/generate') {
    methodIs(request, 'GET', 'POST')
    return method === 'GET'
      ? getGenerate(request, caller, invocation, ports, config)
      : postGenerate(request, caller, invocation, ports, config)
  }
  const [, problemId = '', part] = generation ?? []
  methodIs(request, ...(part === undefined ? ['GET', 'DELETE'] : ['GET']))
  // Hundreds may come at once to read along.
  const run = part === '/events' ? await ports.tails.runOf(problemId) : await ports.runs.read(problemId)
  if (run === undefined) throw noSuchGeneration(problemId, request.locale)
  if (run.creatorId !== caller.userId) return forOthers(request, run, part, ports)
  if (part === '/events') return readAlong(run, positionIn(request, problemId), request.locale, invocation, ports)
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

/** What everybody but its creator sees of a run: nothing before it is published, then the problem as a solver gets it. */
async function forOthers(
  request: HttpRequest,
  run: RunRecord,
  part: string | undefined,
  ports: Ports,
): Promise<Answer> {
  const { problemId } = run
  const isShown = run.status === 'COMPLETED' && request.method === 'GET' && part !== '/tests'
  const problem = isShown ? await ports.problems.read(problemId) : undefined
  if (problem === undefined) throw noSuchGeneration(problemId, request.locale)
  if (part === undefined) return whole({ status: 200, body: await statusOf(run, ports) })
  const after = positionIn(request, problemId)
  if (after > 1) throw badEventId(`${problemId}:${after}`, request.locale)
  if (after === 1) return whole({ status: 204 })
  const event = {
    type: 'problem',
    problemId,
    seq: 1,
    at: run.updatedAt,
    problem: publicView(problem.document),
  } as const
  const stored = { seq: 1, type: event.type, data: JSON.stringify(event) }
  return { kind: 'stream', problemId, run: (writer) => writer.write(problemId, [stored]) }
}

async function getGenerate(
  request: HttpRequest,
  caller: Identity,
  invocation: Invocation,
  ports: SharedPorts,
  config: ServiceConfig,
): Promise<Answer> {
  const id = lastEventId(request)
  if (id !== undefined) {
    // An EventSource that reconnects asks with its old query: the id names the run, and nothing is started again.
    const parsed = parseEventId(id)
    if (parsed === undefined) throw badEventId(id, request.locale)
    const run = await ports.tails.runOf(parsed.problemId)
    if (run === undefined || run.creatorId !== caller.userId) throw noSuchGeneration(parsed.problemId, request.locale)
    return readAlong(run, parsed.seq, request.locale, invocation, ports)
  }
  const parsed = parseQuery(request.query, request.locale)
  return claim({ ...parsed, apiKey: request.headers['x-goog-api-key'] }, caller, invocation, ports, config)
}

async function postGenerate(
  request: HttpRequest,
  caller: Identity,
  invocation: Invocation,
  ports: SharedPorts,
  config: ServiceConfig,
): Promise<Answer> {
  const accept = request.headers['accept'] ?? ''
  if (!/(?:^|,)\s*text\/event-stream\s*(?:;|,|$)/i.test(accept)) {
    throw streamsOnly(request.locale)
  }
  const parsed = parseBody(withoutPerson(request.json(), caller, request.locale), request.locale)
  return claim(
    { ...parsed, apiKey: parsed.apiKey ?? request.headers['x-goog-api-key'] },
    caller,
    invocation,
    ports,
    config,
  )
}

/** Creates the run or joins the one that has this request's id. */
async function claim(
  asked: ParsedRequest,
  { userId: creatorId }: Identity,
  invocation: Invocation,
  ports: SharedPorts,
  { quotas }: ServiceConfig,
): Promise<Answer> {
  // The placeholder of `.env.example` counts as no key, and so does an empty header.
  const sentKey = asked.apiKey?.trim() ?? ''
  const apiKey = sentKey === '' || sentKey === 'your-api-key-here' ? undefined : sentKey
  if (apiKey === undefined && !ports.models.hasHouseKey) {
    throw keyRequired(asked.locale)
  }
  // Who only reads along takes nothing of a quota, not even when it is used up.
  const mayBeCounted = quotas !== undefined && asked.requestId !== undefined
  const earlier = mayBeCounted ? await ports.runs.claimed(creatorId, asked.requestId) : undefined
  if (earlier !== undefined) return join(earlier, asked, invocation, ports)
  // The model's client and the pipeline load while the claim is under way. A failure to load ends the run, not the claim.
  const model = ports.models.open(apiKey)
  for (const loading of [model, preparePipeline()]) loading.catch(() => undefined)
  const problemId = ports.clock.newId()
  const createdAt = ports.clock.now().toISOString()
  const { requestId, request } = asked
  const isOwnKey = apiKey !== undefined
  const isCounted = quotas !== undefined
  const asNew = { problemId, creatorId, requestId, request, createdAt, isOwnKey, isCounted }
  const refusal = quotas === undefined ? undefined : await ports.quotas.take(asNew, quotas)
  if (refusal !== undefined) {
    ports.log.metrics({ QuotaRefusals: 1 })
    throw new QuotaError(refusal, ports.clock.now(), asked.locale)
  }
  const sealedKey = apiKey === undefined ? undefined : await sealed(apiKey, problemId, ports)
  const claimed = await ports.runs.claim(asNew, sealedKey).catch(async (error: unknown) => {
    if (quotas !== undefined) await giveBack(asNew, ports)
    throw error
  })
  if (!claimed.created) {
    if (quotas !== undefined) await ports.quotas.giveBack(asNew, true)
    return join(claimed.run, asked, invocation, ports)
  }
  const { lease } = claimed
  const deadlineMs = Math.max(0, invocation.getRemainingTimeInMillis() - ownerReserveMs)
  return {
    kind: 'stream',
    problemId,
    run: async (writer) => {
      const run = startRun({ ...asNew, lease, deadlineMs }, model, ports)
      await copy(problemId, run.events(), writer, ports)
      const { how, unstored } = await run.done
      if (unstored !== undefined) writer.writeUnstored(unstored)
      if (how === 'handed-over' || how === 'lost') writer.comment('continues')
    },
  }
}

/** Gives the places of a run back that could not be claimed, unless it was and only the answer is missing. */
async function giveBack(run: NewRun, { runs, quotas, log }: Ports): Promise<void> {
  const { problemId, creatorId, requestId } = run
  try {
    if ((await runs.read(problemId)) !== undefined) return
    const hasTwin = requestId !== undefined && (await runs.claimed(creatorId, requestId)) !== undefined
    await quotas.giveBack(run, hasTwin)
  } catch (error) {
    // The place of all is found by the sweeper.
    log.warn('the place of a run cannot be given back', { problemId, error })
  }
}

/** The caller's key for a later owner. Without it the run can still be made, as long as this function lasts. */
async function sealed(apiKey: string, problemId: string, { sealer, log }: Ports): Promise<Uint8Array | undefined> {
  try {
    return await sealer?.seal(apiKey, problemId)
  } catch (error) {
    log.warn('a key cannot be sealed', { problemId, error })
    return undefined
  }
}

/** Reads along with the run that has this request's id, which has to be the same request. */
async function join(run: RunRecord, asked: ParsedRequest, invocation: Invocation, ports: SharedPorts): Promise<Answer> {
  const differing = difference(run.request, asked.request)
  if (differing !== undefined) throw otherRequest(differing, asked.locale)
  return readAlong(run, 0, asked.locale, invocation, ports)
}

/** Replays what comes after `after` and follows; 204 once the terminal event has been read. */
async function readAlong(
  { problemId, createdAt }: RunRecord,
  after: number,
  locale: Locale,
  invocation: Invocation,
  ports: SharedPorts,
): Promise<Answer> {
  if (after > 0) {
    const [last] = await ports.runs.events(problemId, after - 1)
    if (last?.seq !== after) throw badEventId(`${problemId}:${after}`, locale)
    // EventSource reconnects after every end; only this status makes it stop.
    if (isTerminal(last.type)) return whole({ status: 204 })
  } else if (isLongOver(createdAt, ports) && (await ports.runs.events(problemId, 0))[0]?.seq !== 1) {
    // The first ones go first.
    throw eventsForgotten(problemId, locale)
  }
  return {
    kind: 'stream',
    problemId,
    run: async (writer) => {
      const stop = ports.clock.timeout(Math.max(0, invocation.getRemainingTimeInMillis() - readerReserveMs))
      const msLeft = (): number => invocation.getRemainingTimeInMillis() - ownerReserveMs
      // A run that this reader goes on with needs the function until it is over.
      const owned: Promise<unknown>[] = []
      const events = followRun(problemId, after, ports, stop, msLeft, (done) => owned.push(done), ports.tails)
      const ended = await copy(problemId, events, writer, ports)
      if (!ended) writer.comment('continues')
      await Promise.all(owned)
    },
  }
}

/** Whether the events of a run of that time may be gone. */
function isLongOver(createdAt: string, { clock }: Ports): boolean {
  return clock.now().getTime() - Date.parse(createdAt) > eventsKeptDays * 86_400_000
}

/** Copies events to the viewer until the terminal one (true) or the source's end. A viewer that left changes nothing for the run. */
async function copy(
  problemId: string,
  source: AsyncIterable<readonly StoredEvent[]>,
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

/** Where a reader of this run is; 0 at its beginning. */
function positionIn(request: HttpRequest, problemId: string): number {
  const id = lastEventId(request)
  return id === undefined ? 0 : position(id, problemId, request.locale)
}

function lastEventId(request: HttpRequest): string | undefined {
  return request.headers['last-event-id'] ?? request.query['lastEventId']
}

/** The seq of an event id of this very run. */
function position(id: string, problemId: string, locale: Locale): number {
  const parsed = parseEventId(id)
  if (parsed === undefined) throw badEventId(id, locale)
  if (parsed.problemId !== problemId) throw foreignEventId(locale)
  return parsed.seq
}

/** The first field in which two requests differ, by its name on the wire. */
function difference(first: GenerationRequest, second: GenerationRequest): string | undefined {
  if (first.topic !== second.topic) return 'algorithm_type'
  if (first.level !== second.level) return 'difficulty'
  const fields = ['prompt', 'language', 'locale', 'maxCostUsd'] as const
  return fields.find((field) => first[field] !== second[field])
}
