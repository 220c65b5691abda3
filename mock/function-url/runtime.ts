// What runs inside an environment around the handler: the `awslambda` global, the context, one invocation.
import { inspect } from 'node:util'
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda'
import { DELIMITER_BYTES, PRELUDE_CONTENT_TYPE } from './prelude.ts'
import { OutgoingResponse, PRELUDE_HOOK, toHandlerStream, type ResponseUplink } from './response-stream.ts'

/** What the service hands to an environment for one request; plain data that crosses threads. */
export interface Invocation {
  readonly event: LambdaFunctionURLEvent
  readonly requestId: string
  readonly functionName: string
  readonly deadlineEpochMs: number
}

// The marks of the real runtime, so that a handler made for one works with the other.
const STREAMING_MARK = Symbol.for('aws.lambda.runtime.handler.streaming')
const STREAMING_MARK_VALUE = 'response'

/** Defines `globalThis.awslambda`, which has to exist before a handler file is loaded. */
export function installAwsLambdaGlobal(): void {
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: { from } } })
}

function streamifyResponse(handler: awslambda.StreamingHandler): awslambda.StreamingHandler {
  return Object.assign(handler, { [STREAMING_MARK]: STREAMING_MARK_VALUE })
}

function from<Stream extends Pick<OutgoingResponse, 'setContentType'>>(stream: Stream, prelude: unknown): Stream {
  stream.setContentType(PRELUDE_CONTENT_TYPE)
  // Serialized here and now: a caller that changes the object afterwards changes nothing.
  const json = JSON.stringify(prelude)
  Reflect.set(stream, PRELUDE_HOOK, (write: (chunk: string | Uint8Array) => void) => {
    write(json)
    write(new Uint8Array(DELIMITER_BYTES))
  })
  return stream
}

/** Whether the value was made by `awslambda.streamifyResponse`. */
export function isStreamingHandler(value: unknown): value is awslambda.StreamingHandler {
  return typeof value === 'function' && Reflect.get(value, STREAMING_MARK) === STREAMING_MARK_VALUE
}

/**
 * Calls the handler. Resolves, never rejects, when it has settled and its response is over: true unless it failed.
 * A failure goes to `log`; the uplink then gets no `end`.
 */
export async function runInvocation(
  handler: awslambda.StreamingHandler,
  invocation: Invocation,
  uplink: ResponseUplink,
  log: (line: string) => void,
): Promise<boolean> {
  const response = new OutgoingResponse(uplink)
  try {
    const returned: unknown = handler(invocation.event, toHandlerStream(response), toContext(invocation))
    if (!isThenable(returned)) throw new Error('Streaming does not support non-async handlers.')
    const result: unknown = await returned
    if (result !== undefined) log('Streaming handlers ignore return values.')
    // A handler that never ends its stream waits here until the service's time-out, as in the cloud.
    const error = await response.over
    if (error) throw error
    return true
  } catch (error) {
    log(`${invocation.requestId} Invoke Error ${inspect(error)}`)
    return false
  } finally {
    response.release()
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
}

function toContext({ requestId, functionName, deadlineEpochMs }: Invocation): Context {
  const context: Omit<Context, 'callbackWaitsForEmptyEventLoop' | 'done' | 'fail' | 'succeed'> = {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '2048',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => deadlineEpochMs - Date.now(),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node 24 has no callback handlers: what the type keeps for them is absent in the cloud, too
  return context as Context
}
