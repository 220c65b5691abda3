// What Lambda is to a function's container: a runtime API on loopback, one process that takes invocations from it one at
// a time, and a new one in a new environment when it ends.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Longest wait for one answer: then the environment is ended, as the function's own time limit does. */
const timeoutMs = 120_000
/** Between two looks whether a program has stopped the function's process: that one will never answer. */
const lookMs = 1_000
const base = '/2018-06-01/runtime/invocation/'

/** Why an invocation got no answer, by Lambda's names; they are what a caller sees as the error's type. */
class FunctionError extends Error {
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

interface Invocation {
  readonly id: string
  readonly body: string
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: FunctionError) => void
}

export interface FunctionOptions {
  /** Program and arguments that start the container. */
  readonly command: readonly [string, ...string[]]
  readonly environment: Readonly<Record<string, string>>
}

export class ContainerFunction {
  readonly #options: FunctionOptions
  readonly #server: Server
  #process: ChildProcess | undefined
  #waiting: Invocation | undefined
  #running: Invocation | undefined
  #poll: ServerResponse | undefined
  #count = 0
  /** Every line that it printed. */
  readonly lines: string[] = []
  /** How often it was started. */
  starts = 0

  private constructor(options: FunctionOptions, server: Server) {
    this.#options = options
    this.#server = server
    server.on('request', (request, response) => void this.#serve(request, response))
  }

  static async open(options: FunctionOptions): Promise<ContainerFunction> {
    const server = createServer()
    server.keepAliveTimeout = 0
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new ContainerFunction(options, server)
  }

  /** Processes in the container by their ids outside of it, parents first. */
  processes(): number[] {
    const pid = this.#process?.pid
    return pid === undefined ? [] : processesBelow(pid)
  }

  /** One invocation; callers wait for its end before the next. Throws FunctionError. */
  async invoke(payload: unknown): Promise<unknown> {
    this.#count += 1
    const id = `00000000-0000-4000-8000-${String(this.#count).padStart(12, '0')}`
    const startedAt = performance.now()
    const timer = setInterval(() => {
      const isLate = performance.now() - startedAt > timeoutMs
      if (isLate || this.#isStopped()) this.#end('Sandbox.Timedout', 'the function did not answer in time')
    }, lookMs)
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting = { id, body: JSON.stringify(payload), resolve, reject }
        this.#process ??= this.#start()
        this.#handOut()
      })
    } finally {
      clearInterval(timer)
    }
  }

  /** Starts the container and waits until it asks for its first invocation. */
  async warmUp(): Promise<void> {
    this.#process ??= this.#start()
    const process = this.#process
    while (this.#poll === undefined) {
      if (process.exitCode !== null)
        throw new Error(`it ended with ${process.exitCode}:\n${this.lines.slice(-10).join('\n')}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    const process = this.#process
    if (process === undefined) return
    process.kill('SIGKILL')
    await once(process, 'exit')
  }

  #start(): ChildProcess {
    const [program, ...args] = this.#options.command
    const { port } = this.#server.address() as AddressInfo
    this.starts += 1
    const env = { ...this.#options.environment, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` }
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.lines.push(...text.trimEnd().split('\n')))
    }
    child.once('exit', (code, signal) => {
      this.#process = undefined
      this.#poll = undefined
      const what = `Error: Runtime exited with error: ${signal === null ? `exit status ${code}` : `signal: ${signal}`}`
      this.#fail('Runtime.ExitError', what)
    })
    return child
  }

  #end(name: string, message: string): void {
    this.#process?.kill('SIGKILL')
    this.#fail(name, message)
  }

  /** Whether its own process is: the first of the container, or the second where the first only collects orphans. */
  #isStopped(): boolean {
    const statuses = this.processes()
      .slice(0, 2)
      .map((pid) => readProc(`${pid}/status`))
    // Node calls its main thread so.
    return statuses.some((status) => /^Name:\s+(?:node|MainThread)$/m.test(status) && /^State:\s+T/m.test(status))
  }

  #fail(name: string, message: string): void {
    const failed = this.#running ?? this.#waiting
    this.#running = this.#waiting = undefined
    failed?.reject(new FunctionError(name, message))
  }

  #handOut(): void {
    const poll = this.#poll
    if (poll === undefined || this.#waiting === undefined) return
    this.#running = this.#waiting
    this.#waiting = this.#poll = undefined
    poll.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': this.#running.id,
      'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
    })
    poll.end(this.#running.body)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? ''
    if (request.method === 'GET' && url === `${base}next`) {
      this.#poll = response
      this.#handOut()
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
    const running = this.#running
    // An answer to what nobody asks any more: by a program that guessed an id, or one that came too late.
    if (running === undefined || !url.startsWith(`${base}${running.id}/`)) return void response.writeHead(400).end('{}')
    this.#running = undefined
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}')
    if (url.endsWith('/response')) return running.resolve(body)
    const { errorType = 'unknown', errorMessage = '' } = body as { errorType?: string; errorMessage?: string }
    running.reject(new FunctionError(errorType, errorMessage))
  }
}

function processesBelow(pid: number): number[] {
  const children = readProc(`${pid}/task/${pid}/children`).trim()
  return children === ''
    ? []
    : children.split(' ').flatMap((child) => [Number(child), ...processesBelow(Number(child))])
}

/** A file of a process; empty when that has ended meanwhile. */
function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8')
  } catch {
    return ''
  }
}
