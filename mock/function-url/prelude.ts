// Reads the head of a streamed response (JSON, eight NUL bytes, body) from bytes that may be cut anywhere.

/** The content type that announces a prelude; without it the whole response is body. */
export const PRELUDE_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response'

/** NUL bytes between the prelude and the body. */
export const DELIMITER_BYTES = 8

// The service does not publish its bound. This one is far above any header set that proxies let through.
const MAX_PRELUDE_BYTES = 64 * 1024

export interface Prelude {
  readonly statusCode: number
  readonly headers: ReadonlyMap<string, string>
  readonly cookies: readonly string[]
}

type PreludeProgress =
  | { readonly state: 'incomplete' }
  | { readonly state: 'complete'; readonly prelude: Prelude; readonly body: Uint8Array }
  | { readonly state: 'malformed'; readonly reason: string }

/** Collects bytes until the prelude is complete; not to be used after it answered `complete` or `malformed`. */
export class PreludeParser {
  #bytes: Buffer = Buffer.alloc(0)

  /** Whether not a single byte has arrived. */
  get isEmpty(): boolean {
    return this.#bytes.length === 0
  }

  /** Takes the next bytes; `body` of a `complete` answer is what followed the delimiter so far. */
  push(bytes: Uint8Array): PreludeProgress {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    // JSON never holds a raw NUL: the first one starts the delimiter, and NULs of the body come after all eight.
    const jsonLength = this.#bytes.indexOf(0)
    if ((jsonLength === -1 ? this.#bytes.length : jsonLength) > MAX_PRELUDE_BYTES) {
      return { state: 'malformed', reason: `no delimiter within ${MAX_PRELUDE_BYTES} bytes` }
    }
    if (jsonLength === -1) return { state: 'incomplete' }
    const bodyStart = jsonLength + DELIMITER_BYTES
    const delimiter = this.#bytes.subarray(jsonLength, bodyStart)
    if (delimiter.some((byte) => byte !== 0))
      return { state: 'malformed', reason: 'delimiter shorter than 8 NUL bytes' }
    if (delimiter.length < DELIMITER_BYTES) return { state: 'incomplete' }
    try {
      const prelude = parsePrelude(this.#bytes.toString('utf8', 0, jsonLength))
      return { state: 'complete', prelude, body: this.#bytes.subarray(bodyStart) }
    } catch (error) {
      return { state: 'malformed', reason: error instanceof Error ? error.message : String(error) }
    }
  }
}

function parsePrelude(json: string): Prelude {
  const value: unknown = JSON.parse(json)
  if (!isRecord(value)) throw new TypeError('the prelude is not an object')
  const { statusCode = 200, headers = {}, cookies = [] } = value
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    throw new TypeError(`statusCode ${JSON.stringify(statusCode)} is not an integer from 200 to 599`)
  }
  if (!isRecord(headers)) throw new TypeError('headers is not an object')
  if (!Array.isArray(cookies) || !cookies.every((cookie) => typeof cookie === 'string')) {
    throw new TypeError('cookies is not an array of strings')
  }
  return { statusCode, headers: new Map(Object.entries(headers).map(toHeader)), cookies }
}

function toHeader([name, value]: [string, unknown]): [string, string] {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new TypeError(`header ${name} is not a string`)
  }
  return [name.toLowerCase(), String(value)]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
