// The house keys in a secret of AWS Secrets Manager, which can be rotated without a deployment.
import * as z from 'zod'
import { commaSeparated } from '../comma-separated.ts'
import { AppError } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'
import { smallCalls } from './small-calls.ts'
import { KeyPool } from './gemini-keys.ts'

export interface SecretOptions {
  readonly arn: string
  /** Instead of the region's own endpoint. */
  readonly endpoint?: string | undefined
  readonly region: string
  readonly clock: Clock
  readonly log: Log
}

/** A rotated key is used after this long at the latest. */
const freshMs = 5 * 60_000

/** Several keys are separated by commas; a secret that was made as key and value has them under the variable's own name. */
const secretSchema = z.string().transform((text, context) => {
  const named = text.trimStart().startsWith('{') ? namedSchema.safeParse(text) : undefined
  if (named?.success === false) context.addIssue('not the keys, nor a JSON object with GOOGLE_AI_API_KEY')
  return commaSeparated(named?.data?.GOOGLE_AI_API_KEY ?? text)
})
const namedSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ GOOGLE_AI_API_KEY: z.string().min(1) }))

/** The keys in a secret: read when they are first asked for, and again when they are five minutes old. */
export class SecretKeys {
  readonly #options: SecretOptions
  #text = ''
  #pool: KeyPool | undefined
  #readAtMs = Number.NEGATIVE_INFINITY
  #reading: Promise<KeyPool> | undefined

  constructor(options: SecretOptions) {
    this.#options = options
  }

  /** Throws AppError `model-unavailable` while there is no key that was ever read. */
  async pool(): Promise<KeyPool> {
    if (this.#pool !== undefined && this.#options.clock.elapsed() - this.#readAtMs < freshMs) return this.#pool
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  /** The keys are asked for again the next time: the provider does not take them any more. */
  doubt(): void {
    this.#readAtMs = Number.NEGATIVE_INFINITY
  }

  async #read(): Promise<KeyPool> {
    const { clock, log } = this.#options
    try {
      const text = await this.#secret()
      // What is known of each key stays known while they are the same.
      if (this.#pool === undefined || text !== this.#text) this.#pool = new KeyPool(secretSchema.parse(text))
      this.#text = text
      this.#readAtMs = clock.elapsed()
    } catch (error) {
      // Neither the secret nor what is said about it goes any further than the kind of the error.
      log.error('the model key cannot be read', { error: error instanceof Error ? error.name : 'unknown' })
    }
    if (this.#pool === undefined) throw new AppError('model-unavailable', 'The model has no key at the moment.')
    return this.#pool
  }

  async #secret(): Promise<string> {
    const { arn, endpoint, region } = this.#options
    const { GetSecretValueCommand, SecretsManagerClient } = await import('./secrets-manager.ts')
    const client = new SecretsManagerClient(smallCalls({ region, endpoint }))
    try {
      const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
      if (text === undefined) throw new TypeError('the secret is no text')
      return text
    } finally {
      client.destroy()
    }
  }
}
