// Stands between one process and the table, and counts what goes through.
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

const reads: readonly string[] = ['GetItem', 'Query', 'BatchGetItem', 'Scan', 'TransactGetItems']

/** Requests to a table. */
export interface TableCosts {
  readonly reads: number
  readonly writes: number
}

/** Which of these operations of DynamoDB are reads and which writes. */
export function costsOf(operations: readonly string[]): TableCosts {
  const readCount = operations.filter((operation) => reads.includes(operation)).length
  return { reads: readCount, writes: operations.length - readCount }
}

export interface CountingProxy {
  readonly endpoint: string
  readonly costs: TableCosts
  close(): void
}

/** Passes everything on to the table at `endpoint`. */
export async function startCountingProxy(endpoint: string): Promise<CountingProxy> {
  const operations: string[] = []
  const agent = new Agent({ keepAlive: true })
  const server = createServer((incoming, response) => {
    operations.push(String(incoming.headers['x-amz-target']).split('.')[1] ?? '')
    const { method, headers, url = '/' } = incoming
    const outgoing = request(`${endpoint}${url}`, { method, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    // The client repeats what breaks, as it would without us.
    outgoing.on('error', () => response.destroy())
    incoming.pipe(outgoing)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get costs() {
      return costsOf(operations)
    },
    close() {
      server.close()
      server.closeAllConnections()
      agent.destroy()
    },
  }
}
