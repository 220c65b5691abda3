// A stand-in for Lambda's Invoke operation on loopback: real path, headers, payload limits and errors; any function behind it.
import { closeServer, loopbackUrl } from '../loopback.ts'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What goes wrong instead of an invocation. */
export type InvokeFault =
  /** 429 TooManyRequestsException. */
  | 'throttled'
  /** 500 ServiceException. */
  | 'service-error'
  /** The function ran into its time limit. */
  | 'timed-out'
  /** A reply that is cut in the middle of its JSON. */
  | 'malformed'
  /** The connection breaks without an answer. */
  | 'disconnected'
  /** No answer until the caller goes away. */
  | 'silent'

/** One request as it came. */
interface Invocation {
  /** As in the path, decoded: a name or an ARN. */
  readonly functionName: string
  readonly payloadBytes: number
  /** The parsed payload; undefined when it was too large or no JSON. */
  readonly payload: unknown
  /** What it was answered with. */
  readonly fault: InvokeFault | undefined
}

export interface LambdaInvokeOptions {
  /** The functions. What it throws becomes a function error, as in the service. */
  readonly handler: (functionName: string, payload: unknown) => Promise<unknown>
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Asked for every request, which it counts from 1. */
  readonly fault?: (ordinal: number) => InvokeFault | undefined
  /** Whether `invocations` grows with every request; default true. */
  readonly keepsInvocations?: boolean
}

export interface LambdaInvoke {
  /** Base URL, without a path. */
  readonly endpoint: string
  readonly invocations: readonly Invocation[]
  close(): Promise<void>
}

/** Quota "invocation payload (request and response)", synchronous: 6 MB each. */
const requestLimitBytes = 6_291_456
const replyLimitBytes = 6_291_556

const invokePath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/

/** Starts the stand-in on loopback. Rejects when the port is taken. */
export async function startLambdaInvoke(options: LambdaInvokeOptions): Promise<LambdaInvoke> {
  const { keepsInvocations = true } = options
  const invocations: Invocation[] = []
  let requests = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = invokePath.exec(new URL(request.url ?? '/', 'http://localhost').pathname)?.[1]
    const { bytes, text } = await readBody(request)
    response.setHeader('x-amzn-requestid', randomUUID())
    if (request.method !== 'POST' || name === undefined) {
      return sendError(response, 404, 'UnknownOperationException', {})
    }
    const functionName = decodeURIComponent(name)
    const payload = parseJson(text)
    requests += 1
    const fault = options.fault?.(requests)
    if (keepsInvocations) invocations.push({ functionName, payloadBytes: bytes, payload, fault })

    if (text === undefined) {
      const message = `Request must be smaller than ${requestLimitBytes} bytes for the InvokeFunction operation`
      return sendError(response, 413, 'RequestTooLargeException', { Type: 'User', message })
    }
    if (payload === undefined) {
      const message = 'Could not parse request body into json'
      return sendError(response, 400, 'InvalidRequestContentException', { Type: 'User', message })
    }
    switch (fault) {
      case 'throttled':
        return sendError(response, 429, 'TooManyRequestsException', {
          Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
          Type: 'User',
          message: 'Rate Exceeded.',
        })
      case 'service-error':
        return sendError(response, 500, 'ServiceException', { Type: 'Service', Message: 'An error occurred.' })
      case 'timed-out':
        return sendFunctionError(response, 'Sandbox.Timedout', 'Task timed out after 300.00 seconds')
      case 'disconnected':
        return void response.destroy()
      case 'silent':
        return
      case 'malformed':
      case undefined:
        return reply(response, functionName, payload, fault === 'malformed')
    }
  }

  async function reply(response: ServerResponse, functionName: string, payload: unknown, cut: boolean): Promise<void> {
    let text: string
    try {
      text = JSON.stringify((await options.handler(functionName, payload)) ?? null)
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error))
      return sendFunctionError(response, name, message)
    }
    if (Buffer.byteLength(text) > replyLimitBytes) {
      const message = `Response payload size exceeded maximum allowed payload size (${replyLimitBytes} bytes).`
      return sendFunctionError(response, 'Function.ResponseSizeTooLarge', message)
    }
    sendReply(response, cut ? text.slice(0, text.length / 2) : text)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: loopbackUrl(server),
    invocations,
    close: () => closeServer(server),
  }
}

/** The whole body, without its text when it is over the limit. */
async function readBody(request: IncomingMessage): Promise<{ bytes: number; text: string | undefined }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= requestLimitBytes) chunks.push(chunk)
  }
  return { bytes, text: bytes > requestLimitBytes ? undefined : Buffer.concat(chunks).toString('utf8') }
}

/** undefined when it is no JSON; an empty body is an empty event. */
function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text === '' ? '{}' : text)
  } catch {
    return undefined
  }
}

function sendReply(response: ServerResponse, text: string): void {
  response.setHeader('content-type', 'application/json')
  response.setHeader('x-amz-executed-version', '$LATEST')
  response.setHeader('x-amzn-remapped-content-length', '0')
  response.end(text)
}

function sendFunctionError(response: ServerResponse, errorType: string, errorMessage: string): void {
  response.setHeader('x-amz-function-error', 'Unhandled')
  sendReply(response, JSON.stringify({ errorType, errorMessage, trace: [] }))
}

function sendError(response: ServerResponse, status: number, type: string, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type })
  response.end(JSON.stringify(body))
}
