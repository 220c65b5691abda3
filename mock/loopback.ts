// Servers of ours: where one can be reached, and how it ends.
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Server as AnyServer } from 'node:net'

/** Base URL of a listening loopback server. Throws when it does not listen on a port. */
export function loopbackUrl(server: AnyServer): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return `http://127.0.0.1:${address.port}`
}

/** Ends a server and the connections to it; resolves when nothing is left of either. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
