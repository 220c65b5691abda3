// Gemini behind `ModelProvider`: which key to use, when to try again, when to give up. The request itself is gemini-request.ts.
import type { Clock, Log, Model, ModelCall, ModelOutcome, ModelPart, ModelProvider } from '../ports.ts'
import { isSendable, KeyPool } from './gemini-keys.ts'
import { ask, loadLibrary, Timeout, type Answer, type Library } from './gemini-request.ts'
import type { SecretKeys } from './secret-keys.ts'

export interface GeminiOptions {
  /** The house keys, or the secret that has them. */
  readonly apiKeys: readonly string[] | SecretKeys
  readonly modelName: string
  /** Scheme and host, without the API version. */
  readonly baseUrl: string
  readonly clock: Clock
  readonly log: Log
  /** Longest silence while a reply is awaited; 60 s. */
  readonly idleTimeoutMs?: number
  /** Longest call, waits and retries included; 240 s. */
  readonly totalTimeoutMs?: number
  /** Further tries of a call after 429, 5xx and connections that broke before any text, beside one for each further key; 4. */
  readonly maxRetries?: number
  /** A call that is told to wait longer gives up with `rate-limited`; 60 s. */
  readonly maxRetryWaitMs?: number
  /** Uniform in [0, 1): the jitter. */
  readonly random?: () => number
}

/** Exponential back-off with full jitter: a random part of 1 s, 2 s, 4 s … (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
const firstBackOffMs = 1_000
const longestBackOffMs = 30_000
/** A day's quota does not come back within a call; asking once an hour finds out when it has. */
const dailyCoolDownMs = 60 * 60 * 1_000

/** Models of one name behind the house keys or a caller's own. LangChain is loaded when the first one is opened. */
export function createGeminiProvider(options: GeminiOptions): ModelProvider {
  const { apiKeys } = options
  const house = 'pool' in apiKeys ? apiKeys : new KeyPool(apiKeys)
  return {
    hasHouseKey: !(house instanceof KeyPool) || house.size > 0,
    async open(apiKey) {
      const own = apiKey === undefined ? undefined : new KeyPool([apiKey])
      const pool = own ?? (house instanceof KeyPool ? house : house.pool())
      // What our caller has asked others goes out first: this takes a while.
      await new Promise((resolve) => setImmediate(resolve))
      const [library, keys] = await Promise.all([loadLibrary(), pool])
      const onNoKey = (): void => {
        if (own === undefined && !(house instanceof KeyPool)) house.doubt()
      }
      return new GeminiModel(options, library, keys, onNoKey)
    },
  }
}

class GeminiModel implements Model {
  readonly name: string
  readonly #options: GeminiOptions
  readonly #library: Library
  readonly #keys: KeyPool
  readonly #onNoKey: () => void

  constructor(options: GeminiOptions, library: Library, keys: KeyPool, onNoKey: () => void) {
    this.name = options.modelName
    this.#options = options
    this.#library = library
    this.#keys = keys
    this.#onNoKey = onNoKey
  }

  async *generate(call: ModelCall, signal: AbortSignal): AsyncGenerator<ModelPart, ModelOutcome> {
    signal.throwIfAborted()
    const { clock, totalTimeoutMs = 240_000 } = this.#options
    const limit = new AbortController()
    const onAbort = (): void => limit.abort(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    clock.sleep(totalTimeoutMs, limit.signal).then(
      () => limit.abort(new Timeout('total-timeout')),
      () => undefined, // The call was over first.
    )
    try {
      return yield* this.#untilAnswered(call, limit.signal, clock.elapsed() + totalTimeoutMs)
    } catch (error) {
      if (!signal.aborted && error instanceof Timeout) {
        return { ...nothingReported, kind: 'interrupted', reason: error.reason }
      }
      throw error
    } finally {
      signal.removeEventListener('abort', onAbort)
      // Stops the timer and whatever is under way, also when the reader has left.
      limit.abort()
    }
  }

  /** Asks until there is an outcome. Throws the signal's reason. */
  async *#untilAnswered(
    call: ModelCall,
    signal: AbortSignal,
    deadlineMs: number,
  ): AsyncGenerator<ModelPart, ModelOutcome> {
    const { clock, maxRetries = 4, maxRetryWaitMs = 60_000, random = Math.random } = this.#options
    const refusedKeys = new Set<string>()
    let failures = 0
    for (;;) {
      const choice = this.#keys.choose(clock.elapsed(), refusedKeys)
      if (choice.kind === 'none') {
        this.#onNoKey()
        return { ...nothingReported, kind: 'key-refused' }
      }
      const longestWaitMs = deadlineMs - clock.elapsed()
      if (choice.kind === 'wait') {
        const { waitMs } = choice
        if (waitMs > Math.min(maxRetryWaitMs, longestWaitMs)) {
          return { ...nothingReported, kind: 'rate-limited', retryAfterMs: waitMs }
        }
        yield { type: 'waiting', reason: 'rate-limited', waitMs }
        await clock.sleep(waitMs, signal)
        continue
      }
      const { key } = choice
      const answer = yield* this.#ask(call, key, signal)
      if ('outcome' in answer) {
        this.#keys.judge(key, true)
        return answer.outcome
      }
      const { failure } = answer
      this.#options.log.warn('model request failed', { callId: call.callId, keyNumber: choice.number, ...failure })
      if (failure.kind === 'request-refused') return { ...nothingReported, kind: 'request-refused' }
      if (failure.kind === 'key-refused') {
        this.#keys.judge(key, false)
        refusedKeys.add(key)
        continue
      }
      failures += 1
      const last = failures > maxRetries + this.#keys.size - 1
      const backOffMs = Math.round(random() * Math.min(longestBackOffMs, firstBackOffMs * 2 ** (failures - 1)))
      if (failure.kind === 'quota') {
        const told = failure.daily ? dailyCoolDownMs : failure.retryAfterMs
        this.#keys.coolDown(key, clock.elapsed() + (told ?? backOffMs))
        // The next turn takes a free key at once, or waits for the first one to become free.
        if (last) return { ...nothingReported, kind: 'rate-limited', retryAfterMs: told }
        continue
      }
      if (last || backOffMs > longestWaitMs) return { ...nothingReported, kind: 'unavailable' }
      yield { type: 'waiting', reason: 'unavailable', waitMs: backOffMs }
      await clock.sleep(backOffMs, signal)
    }
  }

  async *#ask(call: ModelCall, key: string, signal: AbortSignal): AsyncGenerator<ModelPart, Answer> {
    if (!isSendable(key)) return { failure: { kind: 'key-refused' } }
    const { clock, modelName, idleTimeoutMs = 60_000 } = this.#options
    const baseUrl = this.#options.baseUrl.replace(/\/+$/, '')
    return yield* ask({ library: this.#library, clock, call, key, modelName, baseUrl, idleTimeoutMs }, signal)
  }
}

const nothingReported = { model: undefined, usage: undefined }
