// A stand-in for a user pool's address on loopback: its key set, which can change, be slow, or not be there.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { closeServer, loopbackUrl } from '../loopback.ts'
import { type IssuerKey, publicPart } from './key.ts'

/** What goes wrong instead of the key set. */
export type IssuerFault = 'status-500' | 'not-json' | 'silent' | 'redirect' | 'huge' | 'empty-set'

export interface IssuerOptions {
  readonly keys: readonly IssuerKey[]
}

export interface IssuerStandIn {
  /** Address of the key set. */
  readonly jwksUrl: string
  /** How often it was asked for. */
  readonly requests: number
  /** Other keys from now on. */
  rotate(keys: readonly IssuerKey[]): void
  setFault(fault: IssuerFault | undefined): void
  close(): Promise<void>
}

const path = '/.well-known/jwks.json'

/** Starts the stand-in on loopback. */
export async function startIssuer(options: IssuerOptions): Promise<IssuerStandIn> {
  let { keys } = options
  let fault: IssuerFault | undefined
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    if (request.url !== path) response.writeHead(404).end()
    else if (fault === undefined) send(response, 200, JSON.stringify({ keys: keys.map(publicPart) }))
    else fail(response, fault)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `${loopbackUrl(server)}${path}`
  return {
    jwksUrl: url,
    get requests() {
      return requests
    },
    rotate(others) {
      keys = others
    },
    setFault(other) {
      fault = other
    },
    close: () => closeServer(server),
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

function fail(response: ServerResponse, fault: IssuerFault): void {
  switch (fault) {
    case 'status-500':
      return send(response, 500, '{}')
    case 'not-json':
      return send(response, 200, '<html>')
    case 'redirect':
      return void response.writeHead(302, { location: path }).end()
    case 'huge':
      return send(response, 200, JSON.stringify({ keys: [], padding: 'x'.repeat(1024 * 1024) }))
    case 'empty-set':
      return send(response, 200, '{"keys":[]}')
    case 'silent':
      return undefined
  }
}
