// Runs programs in the executor function: one Invoke per batch, or several when a payload or the time would be too much.
import type { LambdaClient } from '@aws-sdk/client-lambda'
import {
  requestTestsLimit,
  type BatchResult,
  type ExecutionBatch,
  type ExecutionResult,
} from '../contract/execution.ts'
import { AppError } from '../errors.ts'
import { parseBatch, violation } from '../executor/batch.ts'
import { encodeRequest, encodeTest, openReply, type ExecutionRequest } from '../executor/wire.ts'
import type { Executor, Log } from '../ports.ts'

/** A request or reply may have 6 MB; the rest is for what cannot be foreseen. */
const payloadLimitBytes = 5_500_000
/** The function itself has 300 s. */
const callWallMs = 200_000
/** Longest wait for one invocation, retries included. */
const invocationGuardMs = 330_000
/** Throttles and failures of the service are tried again by the SDK. */
const maxAttempts = 4
/** Errors of the function that mean that its process is gone, or hung: a program may have done that. */
const deaths: ReadonlySet<string> = new Set([
  'Runtime.ExitError',
  'Runtime.Unknown',
  'Sandbox.Timedout',
  'Sandbox.Failure',
])

export interface LambdaExecutorOptions {
  readonly functionArn: string
  /** Instead of the region's own endpoint; on loopback no credentials are looked for. */
  readonly endpoint?: string
  /** Default: the region in the ARN, else what the SDK finds. */
  readonly region?: string
  readonly log: Log
}

/** An executor in a Lambda function that takes an `ExecutionRequest` and replies with an `ExecutionReply`, both as JSON. */
export function createLambdaExecutor(options: LambdaExecutorOptions): Executor {
  let opened: Promise<LambdaClient> | undefined
  return {
    async run(given, signal, onResult = () => undefined) {
      const batch = parseBatch(given)
      signal.throwIfAborted()
      opened ??= openClient(options)
      const client = await opened
      const ask = (request: ExecutionRequest): Promise<BatchResult | 'died'> => invoke(client, options, request, signal)
      return new RemoteBatch(batch, ask, onResult).result()
    },
  }
}

/** One batch in as many calls as it needs. */
class RemoteBatch {
  readonly #batch: ExecutionBatch
  readonly #ask: (request: ExecutionRequest) => Promise<BatchResult | 'died'>
  readonly #onResult: (result: ExecutionResult) => void
  readonly #results: ExecutionResult[] = []
  /** Of the first call: the others find the program compiled, or say nothing new. */
  #compile: BatchResult['compile'] | undefined
  /** How often the function died since the last result. */
  #deaths = 0
  #isHostile = false

  constructor(
    batch: ExecutionBatch,
    ask: (request: ExecutionRequest) => Promise<BatchResult | 'died'>,
    onResult: (result: ExecutionResult) => void,
  ) {
    this.#batch = batch
    this.#ask = ask
    this.#onResult = onResult
  }

  async result(): Promise<BatchResult> {
    do {
      const request = this.#nextRequest()
      const reply = await this.#ask(request)
      if (reply === 'died') {
        this.#afterDeath()
      } else {
        const asked = request.tests.length
        if (reply.results.length > asked) throw unavailable('The executor gave more results than it was asked for.')
        this.#compile ??= reply.compile
        if (!reply.compile.ok) return { version: 1, compile: reply.compile, results: this.#results }
        if (reply.results.length === 0 && asked > 0)
          throw unavailable('An output is too large to be sent back by the executor.')
        this.#deaths = 0
        for (const result of reply.results) this.#add(result)
      }
    } while (this.#deaths > 0 || !this.#isDone())
    return { version: 1, compile: this.#compile ?? { ok: true, log: '', wallMs: 0 }, results: this.#results }
  }

  #add(result: ExecutionResult): void {
    this.#results.push(result)
    this.#onResult(result)
  }

  #isDone(): boolean {
    const last = this.#results.at(-1)
    const isStopped =
      this.#batch.stopOnFirstFailure === true &&
      last !== undefined &&
      (last.outcome !== 'exited' || last.exitCode !== 0)
    return isStopped || this.#results.length >= this.#batch.tests.length
  }

  /** After a death one test at a time is asked for, so that it is known whose fault the next one is. */
  #nextRequest(): ExecutionRequest {
    const frameBytes = jsonBytes(encodeRequest(this.#batch, [], callLimits))
    const most = this.#deaths > 0 || this.#isHostile ? 1 : requestTestsLimit
    const tests: ExecutionRequest['tests'] = []
    let bytes = frameBytes
    for (const test of this.#batch.tests.slice(this.#results.length, this.#results.length + most)) {
      const encoded = encodeTest(test)
      bytes += jsonBytes(encoded) + 1
      if (bytes > payloadLimitBytes) break
      tests.push(encoded)
    }
    if (tests.length === 0 && this.#batch.tests.length > 0)
      throw unavailable('An input is too large to be sent to the executor.')
    return encodeRequest(this.#batch, tests, callLimits)
  }

  #afterDeath(): void {
    this.#deaths += 1
    if (this.#deaths < 2 && !this.#isHostile) return
    if (this.#batch.tests.length === 0) throw unavailable('The executor died while it compiled the program.')
    // A function that dies of the first test twice, the second time of that one alone, dies of the program.
    this.#isHostile = true
    this.#deaths = 0
    this.#add(violation('ended the executor'))
  }
}

const callLimits = { wallMs: callWallMs, replyBytes: payloadLimitBytes } as const

async function openClient({ functionArn, endpoint, region }: LambdaExecutorOptions): Promise<LambdaClient> {
  const { LambdaClient } = await import('./lambda-invoke.ts')
  const home = region ?? /^arn:[^:]+:lambda:([^:]+):/.exec(functionArn)?.[1]
  return new LambdaClient({
    maxAttempts,
    requestHandler: { connectionTimeout: 5_000 },
    ...(home !== undefined && { region: home }),
    ...(endpoint !== undefined && { endpoint }),
    ...(endpoint !== undefined &&
      isLoopback(endpoint) && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  })
}

function isLoopback(endpoint: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname)
}

async function invoke(
  client: LambdaClient,
  { functionArn, log }: LambdaExecutorOptions,
  request: ExecutionRequest,
  signal: AbortSignal,
): Promise<BatchResult | 'died'> {
  const { InvokeCommand } = await import('./lambda-invoke.ts')
  // Not `AbortSignal.timeout`, which would hold what hangs on it until its time has come, long after the answer.
  const guard = new AbortController()
  const timer = setTimeout(() => guard.abort(new Error('no answer in time')), invocationGuardMs)
  const abortSignal = AbortSignal.any([signal, guard.signal])
  const command = new InvokeCommand({
    FunctionName: functionArn,
    InvocationType: 'RequestResponse',
    Payload: Buffer.from(JSON.stringify(request)),
  })
  let functionError: string | undefined
  try {
    // The SDK does not look at the signal while it waits between two attempts.
    const output = await orAborted(client.send(command, { abortSignal }), abortSignal)
    const reply = JSON.parse(output.Payload?.transformToString() ?? '') as unknown
    if (output.FunctionError === undefined) return openReply(request, reply)
    functionError = errorTypeOf(reply)
  } catch (cause) {
    signal.throwIfAborted()
    log.warn('The executor function could not be used', { error: nameOf(cause) })
    throw unavailable('The executor cannot be reached or gave no valid answer.', cause)
  } finally {
    clearTimeout(timer)
  }
  log.warn('The executor function failed', { errorType: functionError })
  if (deaths.has(functionError)) return 'died'
  throw unavailable('The executor failed.', new Error(`function error: ${functionError}`))
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  return Promise.race([work, aborted.promise]).finally(() => signal.removeEventListener('abort', onAbort))
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError('executor-unavailable', message, { cause })
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown
}

/** The type in a function error's payload; its message may quote a program and stays out of logs. */
function errorTypeOf(payload: unknown): string {
  const isObject = typeof payload === 'object' && payload !== null && 'errorType' in payload
  return isObject && typeof payload.errorType === 'string' ? payload.errorType : 'unknown'
}
