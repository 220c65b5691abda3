// An execution environment with AWS's own runtime client in it: a process that asks a Runtime API on loopback for its requests.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { loopbackUrl } from '../loopback.ts'
import type { PooledEnvironment } from './environment-pool.ts'
import type { Invocation } from './runtime.ts'
import type { ViewerResponse } from './viewer-response.ts'

export interface RuntimeOptions {
  /** Where a function's code is on Lambda's disk, and what its layers have beside it: `/var/task` and `/opt` below a root. */
  readonly root: string
  readonly env: Readonly<Record<string, string>>
  /** Stops the process between requests, as Lambda freezes an environment. */
  readonly freezes: boolean
  readonly initTimeoutMs: number
  readonly log: (line: string) => void
}

const api = '/2018-06-01/runtime'
const runtimeClient = createRequire(import.meta.url).resolve('aws-lambda-ric')
const memoryMb = 1_769
/** As Lambda's own bootstrap script starts Node. */
const nodeOptions = [
  '--expose-gc',
  '--max-http-header-size=81920',
  `--max-semi-space-size=${Math.floor(memoryMb * 0.05)}`,
  `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
]
const nativeStub = path.join(import.meta.dirname, 'native-stub.mjs')

interface Current {
  readonly invocation: Invocation
  readonly response: ViewerResponse
  readonly finish: () => void
}

/** One process, one request at a time. */
export class RuntimeEnvironment implements PooledEnvironment {
  readonly ready: Promise<void>
  readonly gone: Promise<void>

  readonly #options: RuntimeOptions
  readonly #api: Server
  #child: ChildProcess | undefined
  #isKilled = false
  #isGone = false
  #initError = 'The environment ended before its handler was loaded.'
  /** The process' open question for what comes next. */
  #next: ServerResponse | undefined
  #onNext: () => void = () => undefined
  #current: Current | undefined

  constructor(options: RuntimeOptions) {
    this.#options = options
    this.#api = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy())
    })
    const started = this.#start()
    this.gone = started.then((child) => this.#untilGone(child))
    this.ready = this.#untilReady()
  }

  get isAlive(): boolean {
    return !this.#isKilled && !this.#isGone
  }

  async invoke(invocation: Invocation, response: ViewerResponse): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#current = { invocation, response, finish: resolve }
    if (this.#options.freezes) this.#child?.kill('SIGCONT')
    this.#hand()
    if (this.isAlive) await Promise.race([promise, this.gone])
    // Nothing after an answer that is over.
    response.fail()
  }

  kill(): void {
    void this.terminate()
  }

  async terminate(): Promise<void> {
    this.#isKilled = true
    this.#child?.kill('SIGKILL')
    await this.gone
  }

  async #start(): Promise<ChildProcess> {
    this.#api.listen(0, '127.0.0.1')
    await once(this.#api, 'listening')
    const { root, env, log } = this.#options
    const child = spawn(process.execPath, [...nodeOptions, '--import', nativeStub, runtimeClient], {
      cwd: path.join(root, 'var/task'),
      env: {
        PATH: process.env['PATH'],
        TZ: ':UTC',
        ...env,
        AWS_LAMBDA_RUNTIME_API: loopbackUrl(this.#api).replace('http://', ''),
        AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
        AWS_LAMBDA_FUNCTION_NAME: 'alpaco-generator-local',
        AWS_LAMBDA_FUNCTION_VERSION: '1',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/alpaco-generator-local',
        AWS_LAMBDA_LOG_STREAM_NAME: 'local',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        LAMBDA_TASK_ROOT: path.join(root, 'var/task'),
        LAMBDA_RUNTIME_DIR: path.dirname(runtimeClient),
        _HANDLER: 'index.handler',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', log)
    this.#child = child
    return child
  }

  async #untilReady(): Promise<void> {
    const asked = new Promise<boolean>((resolve) => (this.#onNext = () => resolve(true)))
    const timer = setTimeout(() => this.kill(), this.#options.initTimeoutMs)
    const isReady = await Promise.race([asked, this.gone.then(() => false)])
    clearTimeout(timer)
    if (!isReady) throw new Error(this.#initError)
  }

  async #untilGone(child: ChildProcess): Promise<void> {
    await once(child, 'close')
    const { exitCode, signalCode } = child
    this.#isGone = true
    this.#api.close()
    this.#api.closeAllConnections()
    if (this.#current !== undefined && !this.#isKilled) {
      const { requestId } = this.#current.invocation
      this.#options.log(`${requestId} Error: Runtime exited with error: ${signalCode ?? `exit status ${exitCode}`}`)
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id, kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(request.url?.slice(api.length) ?? '') ?? []
    if (request.url === `${api}/invocation/next`) {
      this.#next = response
      this.#onNext()
      const ended = this.#current
      this.#current = undefined
      if (this.#options.freezes) this.#child?.kill('SIGSTOP')
      ended?.finish()
      return
    }
    const current = this.#current
    if (request.url === `${api}/init/error`) {
      this.#initError = await textOf(request)
      this.#options.log(this.#initError)
    } else if (id === undefined || current === undefined || id !== current.invocation.requestId) {
      request.resume()
    } else if (kind === 'response') {
      await receive(request, current.response)
    } else {
      this.#options.log(`${id} Invoke Error ${await textOf(request)}`)
      current.response.fail()
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}')
  }

  /** Hands the request over when both are there. */
  #hand(): void {
    const { invocation } = this.#current ?? {}
    if (invocation === undefined || this.#next === undefined) return
    const { requestId, functionName, deadlineEpochMs, event } = invocation
    this.#next.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadlineEpochMs),
      'lambda-runtime-invoked-function-arn': `arn:aws:lambda:local:000000000000:function:${functionName}`,
      'lambda-runtime-trace-id': event.headers['x-amzn-trace-id'] ?? '',
    })
    this.#next.end(JSON.stringify(event))
    this.#next = undefined
  }
}

/** Passes a streamed response on. One that broke off, or that ends with an error in its trailers, fails. */
async function receive(request: IncomingMessage, response: ViewerResponse): Promise<void> {
  response.open(request.headers['content-type'] ?? '')
  try {
    for await (const bytes of request as AsyncIterable<Buffer>) {
      await new Promise<void>((resolve) => response.send(new Uint8Array(bytes), resolve))
    }
  } catch {
    response.fail()
    return
  }
  if (request.trailers['lambda-runtime-function-error-type'] === undefined) response.end()
  else response.fail()
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
