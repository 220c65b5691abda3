// How often one person may come back: a bucket of tokens for each, in the memory of this process. Who reconnects all the time
// meets the same few processes; a counter in the table would cost a write for every read.
import type { Clock } from '../ports.ts'

/** Requests at once, and then one more in this time. */
const mostAtOnce = 120
const refillMs = 200
/** People remembered; who came longest ago is forgotten first. */
const mostPeople = 10_000

interface Bucket {
  tokens: number
  /** When `tokens` was right. */
  at: number
}

export class RateLimit {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Lets a request in (0), or says after how many seconds the next one may come. */
  take(userId: string): number {
    const now = this.#clock.elapsed()
    const bucket = this.#buckets.get(userId) ?? { tokens: mostAtOnce, at: now }
    const tokens = Math.min(mostAtOnce, bucket.tokens + (now - bucket.at) / refillMs)
    // As the newest, so that the first in the map are those who came longest ago.
    this.#buckets.delete(userId)
    this.#buckets.set(userId, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
    if (this.#buckets.size > mostPeople) this.#forgetOldest()
    return tokens < 1 ? Math.max(1, Math.ceil(((1 - tokens) * refillMs) / 1_000)) : 0
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
