// Ctrl-C and its kin: the first one asks for an orderly end, another one ends the process at once.
import { systemClock } from '../adapters/clock.ts'

/** Why everything has to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  /** 128 plus the signal's number, as shells count. */
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`interrupted (${exitCode})`)
    this.exitCode = exitCode
  }
}

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

/**
 * npm passes a Ctrl-C on that the terminal has already sent to everybody: one key press arrives twice. Nobody presses
 * twice within this time.
 */
const sameKeyPressMs = 250

/** Between two looks whether npm is still there: it passes a SIGTERM on to nobody and leaves us alone. */
const npmWatchMs = 1_000

/** What is needed of `process`. */
export interface SignalSource {
  readonly ppid?: number
  on(signal: keyof typeof exitCodes, listener: () => void): unknown
  exit(code: number): void
}

/**
 * A signal that aborts with {@link Interrupted} at the first request to stop; later ones exit at once. Below npm its end
 * is such a request.
 */
export function interruptions(source: SignalSource, isBelowNpm = false): AbortSignal {
  const controller = new AbortController()
  let firstAt = 0
  const { ppid } = source
  if (isBelowNpm && ppid !== undefined) {
    const watch = setInterval(() => {
      if (source.ppid === ppid) return
      clearInterval(watch)
      controller.abort(new Interrupted(exitCodes.SIGTERM))
    }, npmWatchMs).unref()
  }
  for (const [name, exitCode] of [
    ['SIGHUP', exitCodes.SIGHUP],
    ['SIGINT', exitCodes.SIGINT],
    ['SIGTERM', exitCodes.SIGTERM],
  ] as const) {
    source.on(name, () => {
      if (!controller.signal.aborted) {
        firstAt = systemClock.elapsed()
        controller.abort(new Interrupted(exitCode))
      } else if (systemClock.elapsed() - firstAt > sameKeyPressMs) {
        // Running programs notice that this process is gone, and end.
        source.exit(exitCode)
      }
    })
  }
  return controller.signal
}
