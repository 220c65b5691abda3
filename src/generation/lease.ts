// Who may make a run: an owner shows that it lives, and everybody else can tell when it has stopped doing so.
import type { Clock, Lease, LeaseState, Log, RunStore } from '../ports.ts'

/** An owner that has stored nothing for this long shows by another write that it lives. */
const heartbeatMs = 5_000
/** An owner that has shown no sign of life for this long, as its observer's own clock measures, has lost the run. */
export const leaseMs = 20_000
/** Less time is not worth taking a run over for, in milliseconds. */
export const leastMsLeft = 30_000

interface LeasePorts {
  readonly runs: Pick<RunStore, 'renew' | 'leaseOf' | 'takeOver'>
  readonly clock: Clock
  readonly log: Log
}

/** Shows that the owner lives until the signal is aborted; tells `onLost` when the run is somebody else's by now. */
export async function keepLease(
  lease: Lease,
  lastSignOfLife: () => number,
  onLost: () => void,
  { runs, clock, log }: LeasePorts,
  signal: AbortSignal,
): Promise<void> {
  for (let beat = 1; !signal.aborted; beat += 1) {
    try {
      await clock.sleep(heartbeatMs, signal)
      if (clock.elapsed() - lastSignOfLife() < heartbeatMs) continue
      if (!(await runs.renew(lease, beat))) return onLost()
    } catch (error) {
      // Whoever takes the run over meanwhile refuses the next append.
      if (!signal.aborted) log.warn('the lease cannot be renewed', { problemId: lease.problemId, error })
    }
  }
}

/**
 * Watches a lease from outside. No two machines' clocks are compared: an owner is gone when nothing about its lease has
 * changed between two looks that lie far enough apart.
 */
export class LeaseWatch {
  readonly #problemId: string
  readonly #ports: LeasePorts
  #seen: LeaseState | undefined
  #seenAt = 0
  #looksAgainAt = Number.NEGATIVE_INFINITY

  constructor(problemId: string, ports: LeasePorts) {
    this.#problemId = problemId
    this.#ports = ports
  }

  /** Takes the run over when its owner is gone or has given it up. To be asked often: it looks seldom. Never throws. */
  async takeOver(): Promise<Lease | undefined> {
    const { runs, clock, log } = this.#ports
    const now = clock.elapsed()
    if (now < this.#looksAgainAt) return undefined
    this.#looksAgainAt = now + heartbeatMs
    try {
      const state = await runs.leaseOf(this.#problemId)
      if (state === undefined || !this.#isOver(state, now)) return undefined
      return await runs.takeOver(this.#problemId, state)
    } catch (error) {
      log.warn('the lease cannot be read', { problemId: this.#problemId, error })
      return undefined
    }
  }

  /** Whether the owner had said that it gives the run up, when it was last looked at. */
  get isGivenUp(): boolean {
    return this.#seen?.isFree === true
  }

  #isOver(state: LeaseState, now: number): boolean {
    const { term, beat, next } = this.#seen ?? {}
    if (state.term !== term || state.beat !== beat || state.next !== next) {
      this.#seen = state
      this.#seenAt = now
    }
    return state.isFree || now - this.#seenAt >= leaseMs
  }
}
