// The command that serves: the generation API on one port of this machine, with a debugging page at `/`.
import { once } from 'node:events'
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locale } from '../contract/topics.ts'
import { isForeignName, isForeignPage } from '../http/foreign-page.ts'
import { alarm } from './function-log.ts'
import { GenerationClient } from './generation-client.ts'
import { Interrupted } from './interrupt.ts'
import { openIssuerKey } from './issuer-key.ts'
import { type Io, print } from './io.ts'
import { LocalError, systemCode, systemReason } from './local-error.ts'
import { type CommandLine, usualFolder } from './options.ts'
import { debugPage } from './page.ts'
import { prepare } from './preparation.ts'
import { saveRecording } from './recording.ts'
import type { Variables } from './settings.ts'
import { type Stack, startStack } from './stack.ts'
import { texts } from './texts.ts'

/** The scripted author writes at this pace, so that a stream can be seen to be one. */
const authorPauseMs = 12
/** How long runs may take to end when the service does. */
const cancelLimitMs = 30_000
const pollMs = 100
const loopback = '127.0.0.1'

/** Serves until it is interrupted; returns the interruption's exit code. Throws LocalError. */
export async function serve(line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal): Promise<number> {
  const { locale } = line
  const text = texts[locale]
  const preparation = await prepare(line, variables)
  const { settings, choice } = preparation
  // The port first: that it is taken should not cost the time of a start.
  const front = await listen(line)
  let stack: Stack | undefined
  try {
    // A real user pool in the environment stays what it is.
    const isReal = variables['COGNITO_ISSUER_URL'] !== undefined
    const issuerKey = isReal ? undefined : await openIssuerKey(line.data, locale)
    stack = await startStack({
      ...preparation,
      record: line.record !== undefined,
      varied: line.seed === undefined,
      authorPauseMs,
      locale,
      ...(issuerKey === undefined ? {} : { issuerKey }),
      onLog: (logged) => {
        const shown = settings.verbose ? logged : alarm(logged)
        if (shown !== undefined) print(io.stderr, shown)
      },
    })
    const runs: Runs = new Map()
    front.open(
      proxyTo(stack.url, settings.allowedOrigins, debugPage(choice, locale), (problemId, headers) =>
        runs.set(problemId, identityOf(headers)),
      ),
    )
    const query = new URLSearchParams({ algorithm_type: choice.algorithm ?? '', difficulty: choice.difficulty ?? '' })
    if (locale !== 'ko') query.set('locale', locale)
    const folder = line.data === usualFolder ? '' : ` --data ${line.data}`
    const curl = `curl -N "${front.address}/generate?${query.toString().replaceAll('+', '%20')}"`
    print(io.stdout, [
      text.serving(front.address),
      text.servingPage(front.address),
      text.servingCurl(curl),
      ...(issuerKey === undefined ? [] : [text.servingToken(`npm start -- token --user alice${folder}`)]),
      text.servingEnd,
    ])
    if (!interrupt.aborted) await once(interrupt, 'abort')
    const deadline = AbortSignal.timeout(cancelLimitMs)
    await cancelAll(runs, stack.url, locale, deadline)
    // Who reads along gets to read the end.
    await front.quiet(deadline)
  } finally {
    await front.close()
    const saved = await saveRecording(line, stack?.recorded(), choice)
    if (saved !== undefined) print(io.stderr, saved)
    await stack?.close()
  }
  return interrupt.reason instanceof Interrupted ? interrupt.reason.exitCode : 0
}

/** Runs that began here, each with the headers that say whose it is. */
type Runs = Map<string, Record<string, string>>

function identityOf(headers: IncomingHttpHeaders): Record<string, string> {
  const names = ['x-custom-auth-token', 'authorization', 'cookie']
  const own = names.flatMap((name): [string, string][] => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  // What ends a run with a cookie has to come from where the cookie belongs.
  return Object.fromEntries<string>([...own, ['sec-fetch-site', 'same-origin']])
}

/** Nobody finishes runs whose function is gone: they are cancelled while it is still there. */
async function cancelAll(runs: Runs, url: string, locale: Locale, deadline: AbortSignal): Promise<void> {
  const cancelOne = async ([problemId, headers]: [string, Record<string, string>]): Promise<void> => {
    const client = new GenerationClient(url, locale, headers)
    if (!(await client.cancel(problemId))) return
    while (!deadline.aborted && (await client.status(problemId)) === 'PROCESSING') await sleep(pollMs)
  }
  await Promise.allSettled([...runs].map(cancelOne))
}

/** Told that a run has begun, and by a request with which headers. */
type OnRun = (problemId: string, headers: IncomingHttpHeaders) => void

type Listener = (request: IncomingMessage, response: ServerResponse) => void

interface Front {
  readonly address: string
  open(listener: Listener): void
  /** Resolves when every answer is whole, or at the deadline. */
  quiet(deadline: AbortSignal): Promise<void>
  close(): Promise<void>
}

const notYet: Listener = (_request, response) => answer(response, 503, 'text/plain', 'starting\n')

/** Takes the port; what comes before it is opened is answered with 503. */
async function listen({ port, locale }: CommandLine): Promise<Front> {
  const text = texts[locale]
  let current = notYet
  const answering = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    answering.add(response)
    response.once('close', () => answering.delete(response))
    current(request, response)
  })
  server.listen(port, loopback)
  try {
    await once(server, 'listening')
  } catch (error) {
    const isTaken = systemCode(error) === 'EADDRINUSE'
    const message = isTaken ? text.portInUse(port) : text.portRefused(port, systemReason(error, locale))
    throw new LocalError(isTaken ? 'port-in-use' : 'port-refused', message, { cause: error })
  }
  return {
    address: addressOf(server),
    open(listener) {
      current = listener
    },
    async quiet(deadline) {
      while (answering.size > 0 && !deadline.aborted) await sleep(pollMs)
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function addressOf(server: Server): string {
  const address = server.address()
  return `http://${loopback}:${typeof address === 'object' ? address?.port : ''}`
}

function proxyTo(upstream: string, allowedOrigins: readonly string[], page: string, onRun: OnRun): Listener {
  return (request, response) => {
    const path = new URL(request.url ?? '/', upstream).pathname
    // The page itself may be linked to from anywhere.
    if (path === '/' ? isForeignName(request.headers) : isForeignPage(request.headers, allowedOrigins)) {
      answer(
        response,
        403,
        'application/json',
        '{"message":"Forbidden","details":"ALLOWED_ORIGINS","code":"forbidden"}\n',
      )
    } else if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
      answer(response, 200, 'text/html; charset=utf-8', page, { 'content-security-policy': pagePolicy })
    } else {
      pass(request, response, upstream, onRun)
    }
  }
}

const pagePolicy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Hands a request on and its answer back as it comes; either side's end ends the other. */
function pass(request: IncomingMessage, response: ServerResponse, upstream: string, onRun: OnRun): void {
  const onward = httpRequest(new URL(request.url ?? '/', upstream), {
    method: request.method,
    headers: request.headers,
  })
  onward.once('response', (answered) => {
    const started = /\/generations\/([0-9a-f-]{36})$/.exec(answered.headers.location ?? '')?.[1]
    if (started !== undefined) onRun(started, request.headers)
    response.writeHead(answered.statusCode ?? 502, answered.headers)
    response.flushHeaders()
    answered.on('error', () => response.destroy())
    answered.pipe(response)
  })
  onward.on('error', () => {
    if (response.headersSent) response.destroy()
    else answer(response, 502, 'application/json', '{"message":"Bad gateway","details":null,"code":"internal"}\n')
  })
  response.once('close', () => onward.destroy())
  request.pipe(onward)
}

function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
  response.end(body)
}
