// Several API keys of one owner: who is free, who has to cool down, who was refused. Holds keys and never logs them.

interface KeyState {
  readonly key: string
  /** 1, 2, …: how a log may call it. */
  readonly number: number
  freeAtMs: number
  /** Refused when it was last used. */
  suspect: boolean
}

/** A key that may be used now, how long to wait for one, or that there is none. Times are `Clock.elapsed` milliseconds. */
export type KeyChoice =
  | { readonly kind: 'key'; readonly key: string; readonly number: number }
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'none' }

/** The keys of one owner, shared by all calls, so that one call's 429 keeps the others off that key. */
export class KeyPool {
  readonly #keys: KeyState[]
  #turn = 0

  constructor(keys: readonly string[]) {
    const distinct = [...new Set(keys)].filter((key) => key !== '')
    this.#keys = distinct.map((key, index) => ({ key, number: index + 1, freeAtMs: 0, suspect: false }))
  }

  get size(): number {
    return this.#keys.length
  }

  /** The next free key in turn, keys that were refused lately last; never one of `without`. */
  choose(nowMs: number, without: ReadonlySet<string>): KeyChoice {
    const left = this.#keys.filter(({ key }) => !without.has(key))
    if (left.length === 0) return { kind: 'none' }
    // A timer may ring a fraction of a millisecond early; that is not worth a second wait.
    const free = left.filter((state) => state.freeAtMs - nowMs < 1)
    const candidates = free.some((state) => !state.suspect) ? free.filter((state) => !state.suspect) : free
    const chosen = candidates.find((state) => state.number > this.#turn) ?? candidates[0]
    if (chosen === undefined) {
      return { kind: 'wait', waitMs: Math.ceil(Math.min(...left.map((state) => state.freeAtMs)) - nowMs) }
    }
    this.#turn = chosen.number
    return { kind: 'key', key: chosen.key, number: chosen.number }
  }

  /** Keeps a key unused until then. */
  coolDown(key: string, untilMs: number): void {
    const state = this.#state(key)
    if (state !== undefined) state.freeAtMs = Math.max(state.freeAtMs, untilMs)
  }

  /** Remembers whether the provider took the key. */
  judge(key: string, accepted: boolean): void {
    const state = this.#state(key)
    if (state !== undefined) state.suspect = !accepted
  }

  #state(key: string): KeyState | undefined {
    return this.#keys.find((state) => state.key === key)
  }
}

/** Whether a key can travel in a header at all; a header built from any other text throws an error that quotes it. */
export function isSendable(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key)
}
