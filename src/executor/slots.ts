// A few places to work in, first come, first served; and being alone, for what must not be disturbed or disturb.

/** A place that is held, with what its holders leave in it for the next. */
export interface Slot<T> {
  readonly index: number
  value: T | undefined
  /** Waits until nobody else works, and keeps everybody else waiting until the work is done. */
  alone<R>(signal: AbortSignal, work: () => Promise<R>): Promise<R>
  release(): void
}

export interface Slots<T> {
  /** Throws the signal's reason when that comes first. */
  take(signal: AbortSignal): Promise<Slot<T>>
  /** What is in the places now. */
  all(): T[]
  /** Empties the places and returns what was in them. */
  clear(): T[]
}

interface Waiter {
  readonly wantsAlone: boolean
  readonly begin: () => void
}

export function createSlots<T>(count: number): Slots<T> {
  const values = Array.from({ length: count }, (): T | undefined => undefined)
  const free = values.map((_, index) => index)
  const waiting: Waiter[] = []
  let working = 0
  let isSomebodyAlone = false

  function next(): void {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const mayBegin = first.wantsAlone ? working === 0 : !isSomebodyAlone && free.length > 0
      if (!mayBegin) return
      waiting.shift()
      working += 1
      isSomebodyAlone = first.wantsAlone
      first.begin()
    }
  }

  /** Resolves to a free place, or to none for who holds one and wants to be alone. */
  async function wait(wantsAlone: boolean, signal: AbortSignal): Promise<number | undefined> {
    signal.throwIfAborted()
    const turn = Promise.withResolvers<number | undefined>()
    // Taken at once: whoever is asked for next must not see the place as free.
    const waiter: Waiter = { wantsAlone, begin: () => turn.resolve(wantsAlone ? undefined : free.pop()) }
    // Who wants to be alone already holds a place: nobody who waits for one may stand in its way.
    const ordinary = wantsAlone ? waiting.findIndex((other) => !other.wantsAlone) : -1
    waiting.splice(ordinary < 0 ? waiting.length : ordinary, 0, waiter)
    const leave = (): void => {
      const place = waiting.indexOf(waiter)
      if (place < 0) return
      waiting.splice(place, 1)
      turn.reject(signal.reason)
      next()
    }
    signal.addEventListener('abort', leave, { once: true })
    next()
    return turn.promise.finally(() => signal.removeEventListener('abort', leave))
  }

  function hold(index: number): Slot<T> {
    return {
      index,
      get value() {
        return values[index]
      },
      set value(value) {
        values[index] = value
      },
      async alone(signal, work) {
        working -= 1
        try {
          await wait(true, signal)
        } catch (error) {
          working += 1
          throw error
        }
        try {
          return await work()
        } finally {
          isSomebodyAlone = false
          next()
        }
      },
      release() {
        working -= 1
        free.push(index)
        next()
      },
    }
  }

  const filled = (): T[] => values.filter((value) => value !== undefined)
  return {
    async take(signal) {
      // `next` made sure that there is one.
      return hold((await wait(false, signal)) ?? 0)
    },
    all: filled,
    clear() {
      const held = filled()
      values.fill(undefined)
      return held
    },
  }
}
