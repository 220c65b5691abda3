// A site as a browser sees it: a page and the API under one origin, with every request noted and a network that can break.
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { loopbackUrl } from '../../mock/loopback.ts'

/** A request of the browser to the API. */
export interface SiteRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Of the answer; undefined until there is one. */
  status: number | undefined
}

export interface Site {
  /** With the port, no trailing slash; `http://localhost`, which browsers trust with cookies that are `Secure`. */
  readonly origin: string
  /** The same server for a browser: another site. */
  readonly otherOrigin: string
  /** What was asked of the API, in order. */
  readonly requests: readonly SiteRequest[]
  /** Breaks every connection that an answer is coming through. */
  cut(): void
  close(): Promise<void>
}

/** Answered at once with an event stream that has ended: an EventSource asks again and again. */
export const endedStreamPath = '/ended-stream'

/** Starts the site; what is not the page or {@link endedStreamPath} is answered by the API. */
export async function startSite(apiUrl: string, page: string): Promise<Site> {
  const requests: SiteRequest[] = []
  const answering = new Set<ServerResponse>()
  const server = createServer({ noDelay: true }, (request, response) => {
    const path = request.url ?? '/'
    if (path === '/' || path.startsWith('/?')) return void response.setHeader('content-type', 'text/html').end(page)
    if (path === '/favicon.ico') return void response.writeHead(404).end()
    const noted: SiteRequest = { method: request.method ?? '', path, headers: request.headers, status: undefined }
    requests.push(noted)
    if (path === endedStreamPath) return void response.setHeader('content-type', 'text/event-stream').end()
    answering.add(response)
    response.once('close', () => answering.delete(response))
    pass(request, response, apiUrl, noted)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const otherOrigin = loopbackUrl(server)
  return {
    origin: otherOrigin.replace('127.0.0.1', 'localhost'),
    otherOrigin,
    requests,
    cut() {
      for (const response of answering) response.destroy()
    },
    close: () => closeServer(server),
  }
}

function pass(request: IncomingMessage, response: ServerResponse, apiUrl: string, noted: SiteRequest): void {
  const onward = httpRequest(new URL(noted.path, apiUrl), { method: request.method, headers: request.headers })
  onward.once('response', (answer) => {
    noted.status = answer.statusCode
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    response.flushHeaders()
    answer.on('error', () => response.destroy())
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  response.once('close', () => onward.destroy())
  request.pipe(onward)
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
