// A server on loopback for services that speak AWS JSON 1.1: an operation in `x-amz-target`, JSON both ways, errors by name.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { closeServer, loopbackUrl } from './loopback.ts'

/** What an operation answers: an object, or the name of an error. */
export type AwsJsonAnswer = object | string

export interface AwsJsonServer {
  readonly endpoint: string
  /** Names of the operations that were asked for. */
  readonly requests: readonly string[]
  /** An error instead of any answer: one by name, or nobody there. */
  setFault(fault: string | undefined): void
  close(): Promise<void>
}

/** Starts a service. An error is the service's own fault (500) when its name says so, else the caller's (400). */
export async function startAwsJson(
  operations: Readonly<Record<string, (asked: unknown) => AwsJsonAnswer>>,
): Promise<AwsJsonServer> {
  const requests: string[] = []
  let fault: string | undefined

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '')
    const asked: unknown = JSON.parse(await text(request))
    requests.push(operation)
    if (fault === 'disconnected') {
      response.destroy()
      return
    }
    const result = fault ?? operations[operation]?.(asked) ?? 'UnknownOperationException'
    const isFault = typeof result === 'string'
    const faultStatus = isFault && result.includes('Internal') ? 500 : 400
    response.writeHead(isFault ? faultStatus : 200, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
    })
    response.end(JSON.stringify(isFault ? { __type: result, message: result } : result))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: loopbackUrl(server),
    requests,
    setFault(other) {
      fault = other
    },
    close: () => closeServer(server),
  }
}
