// Runs programs in the executor function: one Invoke per batch, or several when a payload or the time would be too much.
import type { LambdaClient } from '@aws-sdk/client-lambda'
import { batchResultSchema, type BatchResult, type ExecutionBatch } from '../contract/execution.ts'
import { AppError } from '../errors.ts'
import type { Executor, Log } from '../ports.ts'

/** A request or reply may have 6 MB; the rest is for what cannot be foreseen. */
const payloadLimitBytes = 5_500_000
/** Of a run's reply besides its output: figures, a short standard error, JSON. */
const replyOverheadBytes = 1_024
/** CPU time that the runs of one invocation may need together; the function itself has 300 s. */
const invocationCpuMs = 240_000
/** Longest wait for one invocation, retries included. */
const invocationGuardMs = 330_000
/** Throttles and failures of the service are tried again by the SDK. */
const maxAttempts = 4

export interface LambdaExecutorOptions {
  readonly functionArn: string
  /** Instead of the region's own endpoint; on loopback no credentials are looked for. */
  readonly endpoint?: string
  /** Default: the region in the ARN, else what the SDK finds. */
  readonly region?: string
  readonly log: Log
}

/** An executor in a Lambda function that takes an `ExecutionBatch` and replies with a `BatchResult`, both as JSON. */
export function createLambdaExecutor(options: LambdaExecutorOptions): Executor {
  let opened: Promise<LambdaClient> | undefined
  return {
    async run(batch, signal) {
      signal.throwIfAborted()
      opened ??= openClient(options)
      const client = await opened
      const parts = splitInputs(batch)
      const results: BatchResult['results'] = []
      for (let inputs = parts.shift(); inputs !== undefined; inputs = parts.shift()) {
        const reply = await invoke(client, options, { ...batch, inputs }, signal)
        if (reply === 'reply-too-large') {
          if (inputs.length < 2) throw unavailable('An output is too large to be sent back by the executor.')
          const middle = Math.ceil(inputs.length / 2)
          parts.unshift(inputs.slice(0, middle), inputs.slice(middle))
          continue
        }
        if (!reply.compile.ok) return reply
        results.push(...reply.results)
      }
      return { version: 1, compile: { ok: true, log: '' }, results }
    },
  }
}

async function openClient({ functionArn, endpoint, region }: LambdaExecutorOptions): Promise<LambdaClient> {
  const { LambdaClient } = await import('@aws-sdk/client-lambda')
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

/** The inputs in order, in as few parts as requests, expected replies and time allow; one part when there are none. */
function splitInputs(batch: ExecutionBatch): string[][] {
  const frameBytes = jsonBytes({ ...batch, inputs: [] })
  const parts: string[][] = []
  let part: string[] = []
  let requestBytes = frameBytes
  let replyBytes = 0
  for (const input of batch.inputs) {
    const inputBytes = jsonBytes(input) + 1
    // Nobody knows an output beforehand; most are no longer than their input. A reply that still gets too large is halved.
    const outputBytes = Math.min(batch.limits.outputBytes, inputBytes) + replyOverheadBytes
    if (frameBytes + inputBytes > payloadLimitBytes)
      throw unavailable('An input is too large to be sent to the executor.')
    const full =
      requestBytes + inputBytes > payloadLimitBytes ||
      replyBytes + outputBytes > payloadLimitBytes ||
      (part.length + 1) * batch.limits.cpuMs > invocationCpuMs
    if (full && part.length > 0) {
      parts.push(part)
      part = []
      requestBytes = frameBytes
      replyBytes = 0
    }
    part.push(input)
    requestBytes += inputBytes
    replyBytes += outputBytes
  }
  return [...parts, part]
}

async function invoke(
  client: LambdaClient,
  { functionArn, log }: LambdaExecutorOptions,
  batch: ExecutionBatch,
  signal: AbortSignal,
): Promise<BatchResult | 'reply-too-large'> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda')
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(invocationGuardMs)])
  const command = new InvokeCommand({
    FunctionName: functionArn,
    InvocationType: 'RequestResponse',
    Payload: Buffer.from(JSON.stringify(batch)),
  })
  let functionError: string | undefined
  try {
    // The SDK does not look at the signal while it waits between two attempts.
    const output = await orAborted(client.send(command, { abortSignal }), abortSignal)
    const reply = JSON.parse(output.Payload?.transformToString() ?? '') as unknown
    if (output.FunctionError === undefined) return checkedReply(reply, batch)
    functionError = errorTypeOf(reply)
  } catch (cause) {
    signal.throwIfAborted()
    log.warn('The executor function could not be used', { error: nameOf(cause) })
    throw unavailable('The executor cannot be reached or gave no valid answer.', cause)
  }
  if (functionError === 'Function.ResponseSizeTooLarge') return 'reply-too-large'
  log.warn('The executor function failed', { errorType: functionError })
  throw unavailable('The executor failed.', new Error(`function error: ${functionError}`))
}

function checkedReply(reply: unknown, batch: ExecutionBatch): BatchResult {
  const result = batchResultSchema.parse(reply)
  const expected = result.compile.ok ? batch.inputs.length : 0
  if (result.results.length !== expected) throw new Error(`${result.results.length} results for ${expected} runs`)
  return result
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
