// The public keys of a token issuer, fetched over HTTP and kept: seldom asked for, and used on when the issuer is away.
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { importJWK } from 'jose'
import * as z from 'zod'
import { AppError } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'

/** Keys of this age are asked for again, in the background. */
const freshMs = 10 * 60_000
/** Keys of this age are used no more: by then an issuer may have withdrawn one. */
const staleMs = 24 * 3_600_000
/** Requests in a row, whoever names unknown keys; one more becomes possible with each pause. */
const burst = { requests: 6, pauseMs: 10_000 }
const answerLimitMs = 3_000
const answerLimitBytes = 64 * 1024

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kid: z.string().min(1), kty: z.string() })).max(50) })
/** What RS256 is verified with; a set may hold keys of other kinds. */
const signatureKeySchema = z.object({
  kid: z.string(),
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  alg: z.literal('RS256').optional(),
  use: z.literal('sig').optional(),
})

type PublicKey = Awaited<ReturnType<typeof importJWK>>

/** The keys at an address (RFC 7517), by their `kid`. */
export class IssuerKeys {
  readonly #url: string
  readonly #clock: Clock
  readonly #log: Log
  #keys = new Map<string, PublicKey>()
  #fetchedAt = Number.NEGATIVE_INFINITY
  #fetching: Promise<void> | undefined
  #requestsLeft: number = burst.requests
  #countedAt: number

  constructor(url: string, clock: Clock, log: Log) {
    this.#url = url
    this.#clock = clock
    this.#log = log
    this.#countedAt = clock.elapsed()
  }

  /** Asks for the keys already, for whoever is going to name one. */
  prepare(): void {
    this.#refresh().catch(() => undefined)
  }

  /** The key of this name; undefined when the issuer has none. Throws AppError `identity-unavailable` when nobody can tell. */
  async key(kid: string): Promise<PublicKey | undefined> {
    const age = this.#clock.elapsed() - this.#fetchedAt
    const known = age < staleMs ? this.#keys.get(kid) : undefined
    if (known !== undefined) {
      if (age > freshMs && this.#mayAsk()) void this.#refresh().catch(() => undefined)
      return known
    }
    // A key that nobody knows may be new. Whether it is cannot be told while the issuer must not be asked.
    if (this.#fetching === undefined && !this.#mayAsk()) throw unavailable(new Error('asked too often'))
    await this.#refresh()
    return this.#keys.get(kid)
  }

  #mayAsk(): boolean {
    const earned = Math.floor((this.#clock.elapsed() - this.#countedAt) / burst.pauseMs)
    if (earned > 0) {
      this.#requestsLeft = Math.min(burst.requests, this.#requestsLeft + earned)
      this.#countedAt += earned * burst.pauseMs
    }
    return this.#requestsLeft > 0
  }

  async #refresh(): Promise<void> {
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = undefined))
    await this.#fetching
  }

  async #fetch(): Promise<void> {
    this.#requestsLeft -= 1
    try {
      const { keys } = keySetSchema.parse(JSON.parse(await textAt(this.#url, this.#clock.timeout(answerLimitMs))))
      const usable = keys.flatMap((key) => signatureKeySchema.safeParse(key).data ?? [])
      const imported = usable.map(async ({ kid, kty, n, e }) => [kid, await importJWK({ kty, n, e }, 'RS256')] as const)
      this.#keys = new Map(await Promise.all(imported))
      this.#fetchedAt = this.#clock.elapsed()
    } catch (error) {
      this.#log.warn('the keys of the token issuer cannot be read', { error })
      throw unavailable(error)
    }
  }
}

/** What is at an address. By Node's own client, which the table's has loaded already: the first `fetch` loads twelve megabytes more. */
async function textAt(url: string, signal: AbortSignal): Promise<string> {
  const { get } = url.startsWith('https:') ? https : http
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  get(url, { signal, headers: { accept: 'application/json' } }, resolve).on('error', reject)
  const response = await promise
  const chunks: Buffer[] = []
  let length = 0
  try {
    // Redirections are no answer either.
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`)
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.byteLength
      if (length > answerLimitBytes) throw new Error(`more than ${answerLimitBytes} bytes`)
      chunks.push(chunk)
    }
  } finally {
    response.destroy()
  }
  return Buffer.concat(chunks).toString('utf8')
}

function unavailable(cause: unknown): AppError {
  return new AppError('identity-unavailable', 'Tokens cannot be verified at the moment', { cause })
}
