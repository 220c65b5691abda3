// A CloudFront Function at a viewer's request: the event it gets, and what of its answer is accepted
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html, edge-function-restrictions-all.html).
import { randomUUID } from 'node:crypto'
import { createContext, Script } from 'node:vm'
import * as z from 'zod'

export interface ViewerRequest {
  readonly method: string
  /** Path and query as they are on the wire. */
  readonly target: string
  /** In their order, names in lower case. */
  readonly headers: readonly Header[]
  readonly ip: string
}
export type Header = readonly [name: string, value: string]

/** The function threw, or answered what CloudFront refuses. */
export class ViewerFunctionError extends Error {
  override readonly name = 'ViewerFunctionError'
  readonly kind: 'FunctionExecutionError' | 'FunctionValidationError'

  constructor(kind: ViewerFunctionError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

// These do not reach the function, and none of them is added by it. CloudFront removes most of them before the origin, too.
const hidden = new RegExp(
  `^(?:connection|expect|keep-alive|proxy-(?:authenticate|authorization|connection)|trailer|upgrade|x-accel-(?:buffering|charset|limit-rate|redirect)|x-amz-cf-.*|x-amzn-(?:auth|cf-billing|cf-id|cf-xff|errortype|fle-profile|header-count|header-order|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$`,
)
const readOnly = ['content-length', 'host', 'transfer-encoding', 'via']

const valueSchema = z.object({ value: z.string(), multiValue: z.array(z.object({ value: z.string() })).optional() })
const valuesSchema = z.record(z.string(), valueSchema)
type Values = z.infer<typeof valuesSchema>
const answerSchema = z.object({
  method: z.string(),
  uri: z.string().regex(/^\/[^?#\s]*$/),
  querystring: valuesSchema,
  headers: valuesSchema,
  cookies: valuesSchema,
})

/** Runs the function in a new interpreter, without what its own lacks. Throws ViewerFunctionError. */
export function runViewerRequest(source: string, request: ViewerRequest): ViewerRequest {
  const before = toEventRequest(request)
  const context = { eventType: 'viewer-request', requestId: randomUUID(), distributionDomainName: 'edge.example' }
  const event = { version: '1.0', context, viewer: { ip: request.ip }, request: before }
  let answered: unknown
  try {
    const sandbox = createContext({ event: JSON.stringify(event) }, { codeGeneration: { strings: false, wasm: false } })
    new Script(source).runInContext(sandbox, { timeout: 1_000 })
    const json: unknown = new Script('JSON.stringify(handler(JSON.parse(event)))').runInContext(sandbox, {
      timeout: 1_000,
    })
    answered = JSON.parse(String(json))
  } catch (error) {
    throw new ViewerFunctionError('FunctionExecutionError', String(error))
  }
  const after = answerSchema.safeParse(answered)
  if (!after.success) throw new ViewerFunctionError('FunctionValidationError', after.error.message)
  const refused = refusal(before, after.data)
  if (refused !== undefined) throw new ViewerFunctionError('FunctionValidationError', refused)
  return toViewerRequest(request, before, after.data)
}

type EventRequest = z.infer<typeof answerSchema>

function toEventRequest({ method, target, headers }: ViewerRequest): EventRequest {
  const [uri = '/', ...query] = target.split('?')
  return {
    method,
    uri,
    querystring: collect(pairs(query.join('?'), '&')),
    headers: collect(headers.filter(([name]) => name !== 'cookie' && !hidden.test(name))),
    cookies: collect(headers.flatMap(([name, value]) => (name === 'cookie' ? pairs(value, ';') : []))),
  }
}

/** One field for each name; `multiValue` only where a name comes more than once. */
function collect(entries: readonly Header[]): Values {
  const values = new Map<string, string[]>()
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value])
  return Object.fromEntries(
    [...values].map(([name, all]) => [
      name,
      { value: all[0] ?? '', ...(all.length > 1 && { multiValue: all.map((value) => ({ value })) }) },
    ]),
  )
}

function pairs(text: string, separator: string): Header[] {
  return text
    .split(separator)
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')]
    })
}

function refusal(before: EventRequest, after: EventRequest): string | undefined {
  if (after.method !== before.method) return 'the method is read-only'
  const names = Object.keys(after.headers)
  const added = names.find((name) => hidden.test(name) || name === 'cookie' || name !== name.toLowerCase())
  if (added !== undefined) return `${added} cannot be added`
  const changed = readOnly.find((name) => !isSame(before.headers[name], after.headers[name]))
  return changed === undefined ? undefined : `${changed} is read-only`
}

/** What the function has left alone goes on as it came. */
function toViewerRequest(request: ViewerRequest, before: EventRequest, after: EventRequest): ViewerRequest {
  const [, ...query] = request.target.split('?')
  const search = isSame(before.querystring, after.querystring)
    ? query.join('?')
    : spread(before.querystring, after.querystring, '&')
  const changedCookies = spread(before.cookies, after.cookies, '; ')
  const cookies = isSame(before.cookies, after.cookies)
    ? request.headers.filter(([name]) => name === 'cookie')
    : [['cookie', changedCookies] as const].filter(() => changedCookies !== '')
  return {
    ...request,
    target: search === '' && query.length === 0 ? after.uri : `${after.uri}?${search}`,
    headers: [
      ...Object.entries(after.headers).flatMap(([name, value]) =>
        allOf(before.headers[name], value).map((each) => [name, each] as const),
      ),
      ...cookies,
    ],
  }
}

function spread(before: Values, after: Values, separator: string): string {
  return Object.entries(after)
    .flatMap(([name, value]) => allOf(before[name], value).map((each) => `${name}=${each}`))
    .join(separator)
}

/** A changed `multiValue` counts, else `value` for the first of all. */
function allOf(before: Values[string] | undefined, { value, multiValue }: Values[string]): string[] {
  if (multiValue === undefined) return [value]
  const all = multiValue.map(({ value }) => value)
  return isSame(before?.multiValue, multiValue) ? [value, ...all.slice(1)] : all
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
