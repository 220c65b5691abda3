// A Lambda function URL with InvokeMode RESPONSE_STREAM on loopback: request → event → handler → prelude → chunked response.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pathToFileURL } from 'node:url'
import { loopbackUrl } from '../loopback.ts'
import type { SigningKey } from '../signature.ts'
import { refuseCaller } from './caller.ts'
import { EnvironmentPool, type Environment, type PooledEnvironment, ThreadEnvironment } from './environment-pool.ts'
import { readBody, toEvent } from './request-event.ts'
import type { ResponseUplink } from './response-stream.ts'
import { runInvocation, type Invocation } from './runtime.ts'
import { RuntimeEnvironment } from './runtime-environment.ts'
import { ViewerResponse } from './viewer-response.ts'

export { installAwsLambdaGlobal } from './runtime.ts'

/** What `awslambda.streamifyResponse` takes and returns. */
export type StreamingHandler = awslambda.StreamingHandler

/** Environments that are kept for the next request. */
interface PooledEnvironments {
  readonly env: Readonly<Record<string, string>>
  /** Requests running at once; default 8. */
  readonly maxEnvironments?: number
  /** Requests that wait for an environment; default 64, the next one is answered 429. */
  readonly maxQueued?: number
}

/** One thread per environment: the handler file is loaded unchanged, sees only `env`, and can be killed. */
export interface ThreadEnvironments extends PooledEnvironments {
  readonly kind: 'thread'
  readonly handlerFile: string | URL
}

/** One process per environment, with AWS's runtime client, on a function's code as it is deployed. */
interface RuntimeEnvironments extends PooledEnvironments {
  readonly kind: 'runtime'
  /** Folder that stands for Lambda's disk: the code in `var/task`, its layers in `opt`. */
  readonly root: string
  /** Stops the process between requests; default true, as the service does. */
  readonly freezes?: boolean
}

/** The handler runs in the caller's thread, without a limit on requests at once; it cannot be killed, only cut off. */
interface InlineEnvironments {
  readonly kind: 'inline'
  readonly handler: StreamingHandler
}

export interface FunctionUrlOptions {
  readonly environment: ThreadEnvironments | RuntimeEnvironments | InlineEnvironments
  /** Default: any free port. */
  readonly port?: number
  /** Default 900,000, the service's 15 minutes; also the bound for loading the handler file. */
  readonly timeoutMs?: number
  readonly functionName?: string
  /** AuthType AWS_IAM: whose signed requests come in; default: everybody's. */
  readonly caller?: SigningKey
  /** Keeps each write back until the next one or the end, as the real service may do. */
  readonly holdSmallWrites?: boolean
  /** Lines that thread environments print and the service's own; default: standard error. */
  readonly onLog?: (line: string) => void
}

export interface FunctionUrl {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string
  /** Requests received whose function has not finished, viewers that have gone included. */
  readonly activeRequests: number
  /** Starts one environment ahead of the first request; rejects when the handler file cannot be loaded. */
  warm(): Promise<void>
  /** Ends environments and connections; resolves when nothing is left but what inline handlers still do. */
  close(): Promise<void>
}

/** The port is taken by somebody else. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
  readonly port: number

  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} of 127.0.0.1 is already in use.`, options)
    this.port = port
  }
}

/** Where a request gets its environment from. */
interface EnvironmentSource {
  acquire(abandoned: AbortSignal): Promise<Lease | undefined>
  warm(): Promise<void>
  close(): Promise<void>
}

interface Lease {
  readonly environment: Environment
  release(): void
}

/** Starts the function URL. Rejects with `PortInUseError`. */
export async function startFunctionUrl(options: FunctionUrlOptions): Promise<FunctionUrl> {
  const functionUrl = new LocalFunctionUrl(options)
  await functionUrl.listen(options.port ?? 0)
  return functionUrl
}

class LocalFunctionUrl implements FunctionUrl {
  url = ''
  readonly #server: Server
  readonly #source: EnvironmentSource
  readonly #timeoutMs: number
  readonly #functionName: string
  readonly #caller: SigningKey | undefined
  readonly #holdSmallWrites: boolean
  readonly #log: (line: string) => void
  readonly #requests = new Set<Promise<void>>()
  #closing: Promise<void> | undefined

  constructor(options: FunctionUrlOptions) {
    this.#timeoutMs = options.timeoutMs ?? 900_000
    this.#functionName = options.functionName ?? 'local'
    this.#caller = options.caller
    this.#holdSmallWrites = options.holdSmallWrites ?? false
    const onLog = options.onLog ?? ((line: string) => process.stderr.write(`${line}\n`))
    this.#log = (text) => {
      for (const line of text.split('\n')) onLog(line)
    }
    this.#source =
      options.environment.kind === 'inline'
        ? inlineEnvironments(options.environment.handler, this.#log)
        : pooledEnvironments(options.environment, this.#timeoutMs, this.#log)
    this.#server = createServer({ noDelay: true, keepAliveTimeout: 65_000 }, (request, response) => {
      const served = this.#serve(request, response)
        .catch((error: unknown) => {
          this.#log(`Function URL fault: ${String(error)}`)
          response.destroy()
        })
        .finally(() => this.#requests.delete(served))
      this.#requests.add(served)
    })
  }

  get activeRequests(): number {
    return this.#requests.size
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    try {
      await once(this.#server, 'listening')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
        throw new PortInUseError(port, { cause: error })
      }
      throw error
    }
    this.url = loopbackUrl(this.#server)
  }

  warm(): Promise<void> {
    return this.#source.warm()
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await this.#source.close()
    await Promise.all(this.#requests)
    await closed
  }

  async #serve(request: IncomingMessage, serverResponse: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    const viewerGone = new AbortController()
    serverResponse.setHeader('x-amzn-requestid', requestId)
    serverResponse.once('close', () => viewerGone.abort())
    const response = new ViewerResponse(serverResponse, { holdSmallWrites: this.#holdSmallWrites, log: this.#log })

    const body = await readBody(request).catch(() => 'unreadable' as const)
    if (body === 'unreadable') return
    if (!body) {
      response.refuse(413, '{"message":"Request body too large."}')
      return
    }
    const refusal = this.#caller && refuseCaller(request, body, this.#caller)
    if (refusal) {
      serverResponse.setHeader('x-amzn-errortype', refusal.type)
      response.refuse(403, refusal.body)
      return
    }
    let lease: Lease | undefined
    try {
      lease = await this.#source.acquire(viewerGone.signal)
    } catch (error) {
      this.#log(`${requestId} ${String(error)}`)
      response.fail()
      return
    }
    if (!lease) {
      response.refuse(429, '{"message":"Rate Exceeded."}')
      return
    }
    const nowEpochMs = Date.now()
    const event = toEvent(request, body, { requestId, nowEpochMs })
    // The signature is the service's own, and no function sees it.
    if (this.#caller) delete event.headers['authorization']
    await this.#run(lease.environment, response, {
      event,
      requestId,
      functionName: this.#functionName,
      deadlineEpochMs: nowEpochMs + this.#timeoutMs,
    })
    lease.release()
  }

  async #run(environment: Environment, response: ViewerResponse, invocation: Invocation): Promise<void> {
    const timer = setTimeout(() => {
      this.#log(`${invocation.requestId} Task timed out after ${(this.#timeoutMs / 1000).toFixed(2)} seconds`)
      environment.kill()
    }, this.#timeoutMs)
    await environment.invoke(invocation, response)
    clearTimeout(timer)
  }
}

function pooledEnvironments(
  options: ThreadEnvironments | RuntimeEnvironments,
  timeoutMs: number,
  log: (line: string) => void,
): EnvironmentSource {
  const { maxEnvironments = 8, maxQueued = 64 } = options
  const start = (): PooledEnvironment => startEnvironment(options, timeoutMs, log)
  const pool = new EnvironmentPool({ start, maxEnvironments, maxQueued })
  return {
    acquire: async (abandoned) => {
      const environment = await pool.acquire(abandoned)
      return environment && { environment, release: () => pool.release(environment) }
    },
    warm: () => pool.warm(),
    close: () => pool.close(),
  }
}

function startEnvironment(
  options: ThreadEnvironments | RuntimeEnvironments,
  initTimeoutMs: number,
  log: (line: string) => void,
): PooledEnvironment {
  const { env } = options
  if (options.kind === 'runtime') {
    return new RuntimeEnvironment({ root: options.root, env, freezes: options.freezes ?? true, initTimeoutMs, log })
  }
  const { handlerFile } = options
  const handlerUrl = handlerFile instanceof URL ? handlerFile.href : pathToFileURL(handlerFile).href
  return new ThreadEnvironment({ handlerUrl, env, initTimeoutMs, log })
}

function inlineEnvironments(handler: StreamingHandler, log: (line: string) => void): EnvironmentSource {
  const busy = new Set<InlineEnvironment>()
  return {
    acquire: async () => {
      const environment = new InlineEnvironment(handler, log)
      busy.add(environment)
      return { environment, release: () => busy.delete(environment) }
    },
    warm: async () => undefined,
    close: async () => {
      for (const environment of busy) environment.kill()
    },
  }
}

class InlineEnvironment implements Environment {
  readonly #handler: StreamingHandler
  readonly #log: (line: string) => void
  readonly #killed = Promise.withResolvers<false>()

  constructor(handler: StreamingHandler, log: (line: string) => void) {
    this.#handler = handler
    this.#log = log
  }

  async invoke(invocation: Invocation, response: ViewerResponse): Promise<void> {
    const uplink: ResponseUplink = {
      open: (contentType) => response.open(contentType),
      send: (bytes, drained) => response.send(bytes, drained),
      end: () => response.end(),
      fault: (error) => {
        this.#log(`${invocation.requestId} Uncaught Exception ${error.stack ?? error.message}`)
        this.kill()
      },
    }
    const completed = await Promise.race([
      runInvocation(this.#handler, invocation, uplink, this.#log),
      this.#killed.promise,
    ])
    if (!completed) response.fail()
  }

  kill(): void {
    this.#killed.resolve(false)
  }
}
