// The only place that reads the clock, sets timers and draws random numbers.
import type { Clock } from '../ports.ts'

/** The machine's clock and randomness. */
export const systemClock: Clock = {
  now: () => new Date(),
  // The global `performance` is loaded when it is first looked at.
  elapsed: () => Number(process.hrtime.bigint()) / 1e6,
  timeout: (ms) => AbortSignal.timeout(ms),
  // Loaded when it is needed: the function's first answers do without.
  newId: () => uuidV7(Date.now(), process.getBuiltinModule('node:crypto').randomBytes(10)),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason)
        return
      }
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  },
}

/** RFC 9562, section 5.7: 48 bits of Unix milliseconds, version, 74 random bits. */
function uuidV7(unixMs: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(unixMs, 0, 6)
  bytes.set(random, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
