// What a refusal tells a caller about the request as a whole, in its language. Fields of a generation are in generation-request.ts.
import { bodyLimitBytes, eventsKeptDays } from '../contract/limits.ts'
import type { Locale } from '../contract/topics.ts'
import { AppError } from '../errors.ts'
import type { QuotaRefusal } from '../ports.ts'
import { withCommas } from '../thousands.ts'

/** One thing that is wrong with a request. */
export interface FieldProblem {
  readonly field: string
  readonly message: string
  readonly valid?: readonly string[]
  readonly suggestion?: string
}

/** The path is served, but not with this method. */
export class MethodNotAllowedError extends AppError {
  readonly allowed: readonly string[]

  constructor(method: string, allowed: readonly string[], locale: Locale) {
    const details = [{ field: 'method', message: texts[locale].method(method, allowed.join(', ')), valid: allowed }]
    super('method-not-allowed', 'Method not allowed', { details })
    this.allowed = allowed
  }
}

/** Asked for more than a limit allows; `retryAfterSeconds` says when it will be allowed again. */
export class QuotaError extends AppError {
  readonly retryAfterSeconds: number

  constructor({ limit, most, used }: QuotaRefusal, now: Date, locale: Locale) {
    const tomorrow = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)
    const isCrowd = limit === 'running'
    const resetsAt = isCrowd ? undefined : new Date(tomorrow).toISOString()
    const message = texts[locale].quota[limit](most)
    super('quota-exhausted', 'Too many requests', {
      details: [{ field: limit, message, most, used, left: Math.max(0, most - used), resetsAt }],
    })
    this.retryAfterSeconds = isCrowd ? crowdPauseSeconds : Math.ceil((tomorrow - now.getTime()) / 1_000)
  }
}

/** One person came back too often. */
export class TooManyRequestsError extends AppError {
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number, locale: Locale) {
    super('rate-limited', 'Too many requests', { details: problem('requests', texts[locale].tooOften) })
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** About as long as a run takes. */
const crowdPauseSeconds = 30

export function noSuchPath(locale: Locale): AppError {
  return new AppError('not-found', 'Not found', { details: problem('path', texts[locale].path) })
}

export function noSuchGeneration(problemId: string, locale: Locale): AppError {
  const details = problem('problemId', texts[locale].generation(problemId))
  return new AppError('not-found', 'Generation not found', { details })
}

/** The run is over for so long that only its problem is kept. */
export function eventsForgotten(problemId: string, locale: Locale): AppError {
  return new AppError('not-found', 'Events are no longer kept', {
    details: problem('problemId', texts[locale].eventsForgotten(problemId)),
  })
}

/** Not the id of an event, or of one that the run does not have. */
export function badEventId(id: string, locale: Locale): AppError {
  const details = problem('Last-Event-ID', texts[locale].eventId(id.slice(0, 60)))
  return new AppError('bad-request', 'Invalid Last-Event-ID', { details })
}

export function foreignEventId(locale: Locale): AppError {
  const details = problem('Last-Event-ID', texts[locale].foreignEventId)
  return new AppError('not-found', 'This event belongs to another run', { details })
}

export function streamsOnly(locale: Locale): AppError {
  return new AppError('not-acceptable', 'Not acceptable', { details: problem('Accept', texts[locale].streamsOnly) })
}

/** `field` is the one in which two requests with the same id differ. */
export function otherRequest(field: string, locale: Locale): AppError {
  const details = problem(field, texts[locale].otherRequest)
  return new AppError('conflict', 'This requestId belongs to another request', { details })
}

export function keyRequired(locale: Locale): AppError {
  return new AppError('api-key-required', 'API key is required', { details: texts[locale].key })
}

/** Nobody knows who asks: no token, one that is over, or one that is not accepted. */
export function unauthorized(reason: 'missing' | 'expired' | 'refused', locale: Locale): AppError {
  return new AppError('unauthorized', 'Unauthorized', {
    details: problem('X-Custom-Auth-Token', texts[locale][reason]),
  })
}

/** The session cookie alone proves nothing when another site can make the browser send it. */
export function foreignSite(locale: Locale): AppError {
  return new AppError('forbidden', 'Forbidden', { details: problem('Origin', texts[locale].foreignSite) })
}

/** A body that names somebody else as the one who asks. */
export function otherPerson(field: string, locale: Locale): AppError {
  return new AppError('forbidden', 'Forbidden', { details: problem(field, texts[locale].otherPerson) })
}

export function bodyTooLarge(locale: Locale): AppError {
  const details = problem('body', texts[locale].bodyTooLarge)
  return new AppError('too-large', 'Request body too large', { details })
}

export function bodyIsNoJson(locale: Locale, cause: unknown): AppError {
  return new AppError('bad-request', 'Request body is not valid JSON', {
    details: problem('body', texts[locale].json),
    cause,
  })
}

function problem(field: string, message: string): FieldProblem[] {
  return [{ field, message }]
}

const limit = withCommas(bodyLimitBytes)
const texts = {
  ko: {
    path: '이 경로는 없습니다.',
    method: (method: string, allowed: string) => `${method}은(는) 쓸 수 없습니다. 사용할 수 있는 값: ${allowed}`,
    generation: (id: string) => `${id} 생성 기록이 없습니다.`,
    eventId: (id: string) => `"${id}"은(는) 어떤 이벤트의 id도 아닙니다. 형식: <problemId>:<seq>`,
    eventsForgotten: (id: string) =>
      `${id} 생성의 이벤트는 ${eventsKeptDays}일이 지나 지워졌습니다. 상태는 GET /generations/${id}로 볼 수 있습니다.`,
    tooOften: '너무 자주 요청했습니다. Retry-After 초 뒤에 다시 시도해 주세요.',
    foreignEventId: '다른 생성의 이벤트 id입니다.',
    streamsOnly: '"Accept: text/event-stream"으로만 요청할 수 있습니다. 대기열 방식은 아직 없습니다.',
    otherRequest: '같은 requestId의 첫 요청과 값이 다릅니다. 새 requestId를 쓰거나 처음과 같게 보내 주세요.',
    key: 'Gemini API 키가 필요합니다. x-goog-api-key 헤더나 api_key로 보내 주세요.',
    quota: {
      runs: (most: number) => `하루에 ${most}번까지 만들 수 있습니다.`,
      tokens: (most: number) => `하루에 모델 토큰 ${withCommas(most)}개까지 쓸 수 있습니다.`,
      costUsd: (most: number) => `하루에 ${most}달러까지 쓸 수 있습니다.`,
      running: (most: number) => `지금 ${most}개가 만들어지고 있습니다. 잠시 뒤 다시 시도해 주세요.`,
      totalCostUsd: () => '오늘은 모두의 예산이 다 쓰였습니다. 내일 다시 시도해 주세요.',
    },
    missing:
      '로그인이 필요합니다. "X-Custom-Auth-Token: Bearer <token>" 머리글이나 POST /session의 쿠키를 보내 주세요.',
    expired: '토큰의 유효 기간이 지났습니다. 새 토큰을 받아 주세요.',
    refused: '이 토큰은 받아들일 수 없습니다. 다시 로그인해 주세요.',
    foreignSite: '쿠키는 같은 출처의 요청에서만 쓸 수 있습니다. X-Custom-Auth-Token 머리글로 토큰을 보내 주세요.',
    otherPerson: '토큰의 주인과 다릅니다. 이 항목을 빼 주세요.',
    bodyTooLarge: `${limit}바이트까지 보낼 수 있습니다.`,
    json: '본문은 UTF-8로 된 JSON 객체 하나여야 합니다.',
  },
  en: {
    path: 'There is nothing under this path.',
    method: (method: string, allowed: string) => `${method} is not served here. Valid: ${allowed}`,
    generation: (id: string) => `There is no generation ${id}.`,
    eventId: (id: string) => `"${id}" is not the id of an event of a run: <problemId>:<seq>`,
    eventsForgotten: (id: string) =>
      `The events of ${id} were kept for ${eventsKeptDays} days. GET /generations/${id} shows what became of it.`,
    tooOften: 'Too many requests. Wait as many seconds as Retry-After says.',
    foreignEventId: 'This is the id of an event of another run.',
    streamsOnly: 'Only "Accept: text/event-stream" is served; queued generation does not exist yet.',
    otherRequest: 'Differs from the first request with this requestId. Use a new requestId, or send the same again.',
    key: 'Send a Gemini API key as x-goog-api-key header or api_key.',
    quota: {
      runs: (most: number) => `At most ${most} runs a day.`,
      tokens: (most: number) => `At most ${withCommas(most)} tokens of the model a day.`,
      costUsd: (most: number) => `At most ${most} US dollars a day.`,
      running: (most: number) => `${most} runs are under way. Try again in a moment.`,
      totalCostUsd: () => "Everybody's budget of today is used up. Try again tomorrow.",
    },
    missing: 'Sign in: send "X-Custom-Auth-Token: Bearer <token>", or the cookie of POST /session.',
    expired: 'The token has expired. Get a new one.',
    refused: 'This token is not accepted. Sign in again.',
    foreignSite: 'The cookie counts only in requests of the same origin. Send the token as X-Custom-Auth-Token.',
    otherPerson: 'Not whom the token belongs to. Leave this field out.',
    bodyTooLarge: `At most ${limit} bytes.`,
    json: 'The body must be one JSON object in UTF-8.',
  },
} as const
