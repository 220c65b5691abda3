// The inside of a thread environment: loads the handler file once, then serves one request at a time over its port.
import { MessagePort, workerData } from 'node:worker_threads'
import type { ResponseUplink } from './response-stream.ts'
import { installAwsLambdaGlobal, isStreamingHandler, runInvocation, type Invocation } from './runtime.ts'

export interface EnvironmentData {
  readonly handlerUrl: string
  readonly port: MessagePort
}

export type ToEnvironment =
  | { readonly type: 'invoke'; readonly invocation: Invocation }
  | { readonly type: 'drained'; readonly requestId: string }

export type FromEnvironment =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly requestId: string; readonly contentType: string }
  | { readonly type: 'bytes'; readonly requestId: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end'; readonly requestId: string }
  | { readonly type: 'settled'; readonly requestId: string; readonly completed: boolean; readonly ends: boolean }

const { handlerUrl, port } = readEnvironmentData(workerData)
/** Per request, what to call as the service passes its bytes on; it may still do so when the handler has long returned. */
const undrained = new Map<string, (() => void)[]>()

function readEnvironmentData(data: unknown): EnvironmentData {
  if (typeof data !== 'object' || data === null || !('handlerUrl' in data) || !('port' in data)) {
    throw new TypeError('This file is the inside of an environment, not to be run by itself.')
  }
  const { handlerUrl, port } = data
  if (typeof handlerUrl !== 'string' || !(port instanceof MessagePort)) throw new TypeError('Bad environment data.')
  return { handlerUrl, port }
}

function post(message: FromEnvironment): void {
  port.postMessage(message, message.type === 'bytes' ? [message.bytes.buffer] : [])
}

async function loadHandler(): Promise<awslambda.StreamingHandler> {
  installAwsLambdaGlobal()
  const loaded: unknown = await import(handlerUrl)
  const exported: unknown = typeof loaded === 'object' && loaded !== null && Reflect.get(loaded, 'handler')
  if (isStreamingHandler(exported)) return exported
  throw new Error(`${handlerUrl} exports no handler made by awslambda.streamifyResponse`)
}

async function serve(handler: awslambda.StreamingHandler, invocation: Invocation): Promise<void> {
  const { requestId } = invocation
  // Most handlers return right after the end. One message for both lets the service reuse this environment for a viewer
  // that asks again as soon as it has its answer, instead of starting another one.
  let end: NodeJS.Immediate | undefined
  const callbacks: (() => void)[] = []
  for (const [earlier, left] of undrained) if (left.length === 0) undrained.delete(earlier)
  undrained.set(requestId, callbacks)
  const postEnd = (): void => {
    clearImmediate(end)
    end = undefined
    post({ type: 'end', requestId })
  }
  const uplink: ResponseUplink = {
    open: (contentType) => post({ type: 'open', requestId, contentType }),
    send: (bytes, drained) => {
      callbacks.push(drained)
      post({ type: 'bytes', requestId, bytes })
    },
    end: () => {
      end = setImmediate(postEnd)
    },
    fault: (reason) => {
      if (end) postEnd()
      // What it is in the runtime client: a rejection that nobody handles, unless the function listens for such.
      void Promise.reject(reason)
    },
  }
  const completed = await runInvocation(handler, invocation, uplink, (line) => console.error(line))
  clearImmediate(end)
  post({ type: 'settled', requestId, completed, ends: end !== undefined })
}

const handler = await loadHandler()
port.on('message', (message: ToEnvironment) => {
  switch (message.type) {
    case 'invoke':
      void serve(handler, message.invocation)
      break
    case 'drained':
      undrained.get(message.requestId)?.shift()?.()
      break
  }
})
post({ type: 'ready' })
