// Where a server of ours can be reached.
import type { Server } from 'node:http'

/** Base URL of a listening loopback server. Throws when it does not listen on a port. */
export function loopbackUrl(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return `http://127.0.0.1:${address.port}`
}
