// What the model's client asks its service with, once it is packaged: Node's own HTTP client, which the table's client has loaded
// already, in the form of `fetch` as far as that client uses it. The first real `fetch` of a process loads twelve megabytes,
// HTTP/2 among them, and takes longer than everything else between the claim and the first question.
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'

/** Headers of a request; a name that is added twice keeps the last value. */
export class Headers {
  readonly #values = new Map<string, string>()

  constructor(init?: Headers | Readonly<Record<string, string>>) {
    const entries = init instanceof Headers ? init.entries() : Object.entries(init ?? {})
    for (const [name, value] of entries) this.append(name, value)
  }

  append(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value)
  }

  entries(): IterableIterator<[string, string]> {
    return this.#values.entries()
  }
}

interface Request {
  readonly method: string
  readonly headers: Headers
  readonly body: string
  readonly signal?: AbortSignal
}

/** The part of a `Response` that the model's client looks at. */
interface Reply {
  readonly ok: boolean
  readonly status: number
  readonly statusText: string
  readonly body: ReturnType<typeof Readable.toWeb>
  json(): Promise<unknown>
}

/**
 * Resolves with the head of the answer. Redirections are answers like any other, and nothing is asked for compressed. Rejects with
 * the connection's error, or an `AbortError`; the body breaks off with them.
 */
export async function fetch(url: string, { method, headers, body, signal }: Request): Promise<Reply> {
  const aborted = new DOMException('This operation was aborted', 'AbortError')
  if (signal?.aborted === true) throw aborted
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  // A connection for each call: one that was kept while the function was frozen is dead without anybody having been told.
  const options = { method, headers: Object.fromEntries(headers.entries()), agent: false }
  const request = (url.startsWith('https:') ? https : http).request(url, options, resolve)
  request.on('error', reject)
  const onAbort = (): void => void request.destroy(aborted)
  signal?.addEventListener('abort', onAbort, { once: true })
  request.once('close', () => signal?.removeEventListener('abort', onAbort))
  request.end(body)
  const response = await promise
  signal?.removeEventListener('abort', onAbort)
  signal?.addEventListener('abort', () => response.destroy(aborted), { once: true })
  // Told to whoever reads the body, and to nobody where nobody does.
  response.on('error', () => undefined)
  const { statusCode: status = 0, statusMessage: statusText = '' } = response
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    get body() {
      return Readable.toWeb(response)
    },
    async json() {
      const chunks: Buffer[] = []
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
      return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
    },
  }
}
