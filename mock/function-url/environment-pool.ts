// Starts, reuses and throws away what stands for Lambda's execution environments, threads by default.
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { EnvironmentData, FromEnvironment, ToEnvironment } from './environment.ts'
import type { Invocation } from './runtime.ts'
import type { ViewerResponse } from './viewer-response.ts'

/** Runs one request at a time. */
export interface Environment {
  /** Resolves, never rejects, when the environment is free again or dead; the response is over or failed by then. */
  invoke(invocation: Invocation, response: ViewerResponse): Promise<void>
  /** Throws the environment away; a running invocation fails. */
  kill(): void
}

/** An environment that is used for one request after the other. */
export interface PooledEnvironment extends Environment {
  /** Resolves once the handler file is loaded; rejects when the environment ends before that. */
  readonly ready: Promise<void>
  /** Resolves when nothing of it is left. */
  readonly gone: Promise<void>
  /** Whether it can serve another request. */
  readonly isAlive: boolean
  terminate(): Promise<void>
}

export interface EnvironmentPoolOptions {
  readonly start: () => PooledEnvironment
  readonly maxEnvironments: number
  readonly maxQueued: number
}

export interface ThreadOptions {
  readonly handlerUrl: string
  readonly env: Readonly<Record<string, string>>
  readonly initTimeoutMs: number
  readonly log: (line: string) => void
}

interface Waiter {
  readonly resolve: (environment: PooledEnvironment | undefined) => void
  readonly reject: (reason: unknown) => void
}

/** At most `maxEnvironments` environments; requests beyond them wait in a queue of `maxQueued`. */
export class EnvironmentPool {
  readonly #options: EnvironmentPoolOptions
  readonly #all = new Set<PooledEnvironment>()
  readonly #idle: PooledEnvironment[] = []
  readonly #queue: Waiter[] = []
  #isClosed = false

  constructor(options: EnvironmentPoolOptions) {
    this.#options = options
  }

  /** An environment of the caller's own until `release`; undefined when throttled or abandoned. Rejects when the handler file cannot be loaded. */
  async acquire(abandoned: AbortSignal): Promise<PooledEnvironment | undefined> {
    if (this.#isClosed || abandoned.aborted) return undefined
    const warm = this.#idle.pop()
    if (warm) return warm
    if (this.#all.size < this.#options.maxEnvironments) return this.#start()
    if (this.#queue.length >= this.#options.maxQueued) return undefined
    const { promise, resolve, reject } = Promise.withResolvers<PooledEnvironment | undefined>()
    const waiter = { resolve, reject }
    this.#queue.push(waiter)
    abandoned.addEventListener('abort', () => {
      const position = this.#queue.indexOf(waiter)
      if (position !== -1) this.#queue.splice(position, 1)
      resolve(undefined)
    })
    return promise
  }

  /** Gives an environment back; a dead one is forgotten. */
  release(environment: PooledEnvironment): void {
    if (!environment.isAlive) return
    const waiter = this.#queue.shift()
    if (waiter) waiter.resolve(environment)
    else this.#idle.push(environment)
  }

  /** Has at least one environment started. Rejects when the handler file cannot be loaded. */
  async warm(): Promise<void> {
    if (this.#isClosed || this.#all.size > 0) return
    this.release(await this.#start())
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const waiter of this.#queue.splice(0)) waiter.resolve(undefined)
    await Promise.all([...this.#all].map((environment) => environment.terminate()))
  }

  async #start(): Promise<PooledEnvironment> {
    const environment = this.#options.start()
    this.#all.add(environment)
    void environment.gone.then(() => this.#forget(environment))
    await environment.ready
    return environment
  }

  #forget(environment: PooledEnvironment): void {
    this.#all.delete(environment)
    const position = this.#idle.indexOf(environment)
    if (position !== -1) this.#idle.splice(position, 1)
    const waiter = this.#isClosed ? undefined : this.#queue.shift()
    if (waiter) this.#start().then(waiter.resolve, waiter.reject)
  }
}

/** A thread. */
export class ThreadEnvironment implements PooledEnvironment {
  /** Resolves once the handler file is loaded; rejects when the thread ends before that. */
  readonly ready: Promise<void>
  /** Resolves when the thread has ended and its last message and last words were read. */
  readonly gone: Promise<void>

  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #log: (line: string) => void
  #lastError: unknown
  #isKilled = false
  #isGone = false
  #markReady: () => void = () => undefined
  #current:
    | {
        readonly requestId: string
        readonly response: ViewerResponse
        readonly finish: (completed: boolean) => void
      }
    | undefined

  constructor({ handlerUrl, env, initTimeoutMs, log }: ThreadOptions) {
    const { port1, port2 } = new MessageChannel()
    const workerData: EnvironmentData = { handlerUrl, port: port2 }
    this.#log = log
    this.#port = port1
    this.#worker = new Worker(new URL('./environment.ts', import.meta.url), {
      workerData,
      transferList: [port2],
      env: { ...env },
      // Flags of the process around it (a test runner's, say) are none of the function's business.
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    this.#worker.on('error', (error) => {
      this.#lastError = error
      log(`Uncaught Exception ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    })
    this.#port.on('message', (message: FromEnvironment) => this.#receive(message))
    this.gone = this.#untilGone()
    this.ready = this.#untilReady(initTimeoutMs)
  }

  /** Whether it can serve another request. */
  get isAlive(): boolean {
    return !this.#isKilled && !this.#isGone
  }

  async invoke(invocation: Invocation, response: ViewerResponse): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.#current = { requestId: invocation.requestId, response, finish: resolve }
    this.#send({ type: 'invoke', invocation })
    const completed = !this.#isGone && (await promise)
    this.#current = undefined
    if (!completed) response.fail()
  }

  kill(): void {
    void this.terminate()
  }

  async terminate(): Promise<void> {
    this.#isKilled = true
    await this.#worker.terminate()
    await this.gone
  }

  async #untilReady(timeoutMs: number): Promise<void> {
    const ready = new Promise<boolean>((resolve) => {
      this.#markReady = () => resolve(true)
    })
    const timer = setTimeout(() => this.kill(), timeoutMs)
    const isReady = await Promise.race([ready, this.gone])
    clearTimeout(timer)
    if (!isReady) throw new Error('The environment ended before its handler was loaded.', { cause: this.#lastError })
  }

  async #untilGone(): Promise<void> {
    // The port closes after its last message was read; the thread may end before that.
    const [exitCode] = await Promise.all([
      new Promise<number>((resolve) => this.#worker.once('exit', resolve)),
      new Promise<void>((resolve) => this.#port.once('close', resolve)),
      forwardLines(this.#worker.stdout, this.#log),
      forwardLines(this.#worker.stderr, this.#log),
    ])
    this.#isGone = true
    if (!this.#current) return
    if (!this.#isKilled) {
      this.#log(`${this.#current.requestId} Error: Runtime exited with error: exit status ${exitCode}`)
    }
    this.#current.finish(false)
  }

  #receive(message: FromEnvironment): void {
    if (message.type === 'ready') {
      this.#markReady()
      return
    }
    const current = this.#current
    // Left-over work of an earlier request; its stream has ended.
    if (message.requestId !== current?.requestId) return
    switch (message.type) {
      case 'open':
        current.response.open(message.contentType)
        break
      case 'bytes': {
        const { requestId, bytes } = message
        current.response.send(bytes, () => this.#send({ type: 'drained', requestId }))
        break
      }
      case 'end':
        current.response.end()
        break
      case 'settled':
        if (message.ends) current.response.end()
        current.finish(message.completed)
        break
    }
  }

  #send(message: ToEnvironment): void {
    this.#port.postMessage(message, [])
  }
}

function forwardLines(output: Readable, log: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: output, crlfDelay: Infinity })
  lines.on('line', log)
  return new Promise((resolve) => lines.once('close', resolve))
}
