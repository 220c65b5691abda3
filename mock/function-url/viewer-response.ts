// The service's side of a response: takes the runtime's bytes, reads the prelude, answers the viewer.
import { validateHeaderName, validateHeaderValue, type ServerResponse } from 'node:http'
import { PRELUDE_CONTENT_TYPE, PreludeParser, type Prelude } from './prelude.ts'

// The service frames the body itself; what a function says about the connection is not passed on.
const FRAMING_HEADERS = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'])

const DEFAULT_CONTENT_TYPE = 'application/octet-stream'

/** One viewer's response; every call after its end, or after the viewer has gone, is swallowed. */
export class ViewerResponse {
  readonly #response: ServerResponse
  readonly #holdSmallWrites: boolean
  readonly #log: (line: string) => void
  readonly #untaken = new Set<() => void>()
  #contentType = DEFAULT_CONTENT_TYPE
  #parser: PreludeParser | undefined
  #held: Uint8Array | undefined
  #isClosed = false

  constructor(
    response: ServerResponse,
    options: { readonly holdSmallWrites: boolean; readonly log: (line: string) => void },
  ) {
    this.#response = response
    this.#holdSmallWrites = options.holdSmallWrites
    this.#log = options.log
    response.once('close', () => {
      this.#isClosed = true
      for (const taken of this.#untaken) taken()
      this.#untaken.clear()
    })
  }

  /** The function has begun to answer with this content type. */
  open(contentType: string): void {
    if (contentType === PRELUDE_CONTENT_TYPE) this.#parser = new PreludeParser()
    else this.#contentType = contentType
  }

  /** Passes bytes on; `taken` is called once, when they have left this process or nobody wants them any more. */
  send(bytes: Uint8Array, taken: () => void): void {
    if (!this.#holdSmallWrites) {
      this.#forward(bytes, taken)
      return
    }
    const earlier = this.#held
    this.#held = bytes
    if (earlier) this.#forward(earlier, taken)
    else taken()
  }

  /** The function has ended its response. */
  end(): void {
    if (this.#held) this.#forward(this.#held, () => undefined)
    if (this.#isClosed) return
    if (this.#parser && !this.#parser.isEmpty) {
      this.#refuseBadPrelude('the response ended before the delimiter')
      return
    }
    // A prelude that was announced but never written: the service answers as if it had not been announced.
    if (!this.#response.headersSent) this.#sendHead(200, [['content-type', this.#contentType]])
    this.#isClosed = true
    this.#response.end()
  }

  /** The function failed: 502 when the viewer has seen nothing yet, else its connection breaks after what was written. */
  fail(): void {
    if (!this.#response.headersSent) {
      this.refuse(502, 'Internal Server Error')
      return
    }
    if (this.#isClosed) return
    this.#isClosed = true
    this.#response.socket?.destroySoon()
  }

  /** Answers in the service's own name. */
  refuse(statusCode: number, body: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    // The service labels its plain-text error bodies as JSON.
    this.#response
      .writeHead(statusCode, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body)
  }

  #forward(bytes: Uint8Array, taken: () => void): void {
    const body = this.#isClosed ? undefined : this.#readHead(bytes)
    if (!body || body.length === 0) {
      taken()
      return
    }
    const takenOnce = (): void => {
      if (this.#untaken.delete(takenOnce)) taken()
    }
    this.#untaken.add(takenOnce)
    this.#response.write(body, takenOnce)
  }

  /** Answers the head as soon as it is known; returns what of the bytes is body. */
  #readHead(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#response.headersSent) return bytes
    if (!this.#parser) {
      this.#sendHead(200, [['content-type', this.#contentType]])
      return bytes
    }
    const progress = this.#parser.push(bytes)
    if (progress.state === 'incomplete') return undefined
    this.#parser = undefined
    if (progress.state === 'complete') return this.#sendPrelude(progress.prelude) ? progress.body : undefined
    this.#refuseBadPrelude(progress.reason)
    return undefined
  }

  #sendPrelude({ statusCode, headers, cookies }: Prelude): boolean {
    const fields: [string, string][] = [['content-type', headers.get('content-type') ?? DEFAULT_CONTENT_TYPE]]
    for (const [name, value] of headers) {
      if (name !== 'content-type' && !FRAMING_HEADERS.has(name)) fields.push([name, value])
    }
    for (const cookie of cookies) fields.push(['set-cookie', cookie])
    try {
      for (const [name, value] of fields) {
        validateHeaderName(name)
        validateHeaderValue(name, value)
      }
    } catch (error) {
      this.#refuseBadPrelude(String(error))
      return false
    }
    this.#sendHead(statusCode, fields)
    return true
  }

  #sendHead(statusCode: number, fields: readonly [string, string][]): void {
    for (const [name, value] of fields) this.#response.appendHeader(name, value)
    this.#response.statusCode = statusCode
    this.#response.flushHeaders()
  }

  #refuseBadPrelude(reason: string): void {
    this.#log(`Malformed response prelude: ${reason}`)
    this.refuse(502, 'Internal Server Error')
  }
}
