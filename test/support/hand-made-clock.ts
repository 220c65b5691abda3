// A clock for tests of what waits: nothing takes time but what the test says.
import type { Clock } from '../../src/ports.ts'

/** A clock that stands still until it is told to go on. */
export class HandMadeClock implements Clock {
  #nowMs = 0
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = []

  now(): Date {
    return new Date(this.#nowMs)
  }

  elapsed(): number {
    return this.#nowMs
  }

  timeout(): AbortSignal {
    throw new Error('not scripted')
  }

  newId(): string {
    throw new Error('not scripted')
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const sleeper = { atMs: this.#nowMs + ms, wake: resolve }
    this.#sleepers.push(sleeper)
    signal?.addEventListener('abort', () => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
      reject(signal.reason)
    })
    return promise
  }

  /** How many wait. */
  get sleepers(): number {
    return this.#sleepers.length
  }

  async goOn(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await settled()
    for (;;) {
      const next = this.#sleepers.toSorted((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined || next.atMs > untilMs) break
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      this.#sleepers = this.#sleepers.filter((other) => other !== next)
      next.wake()
      await settled()
    }
    this.#nowMs = untilMs
  }
}

/** Lets everything happen that waits for nothing. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
