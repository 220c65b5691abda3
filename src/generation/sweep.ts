// Runs that nobody makes and nobody reads: finds them, and goes on with them or ends them; and frees the places they had.
import type { Ports } from '../ports.ts'
import { leaseMs, LeaseWatch, leastMsLeft } from './lease.ts'
import { goOn } from './run.ts'

/** Most runs that are looked at in one sweep, the oldest first. */
const mostWatched = 1_000
/** Most runs that one sweep goes on with, and leases it reads at once; the next one finds the others. */
const mostTakenOver = 8

export interface SweepResult {
  /** Runs under way. */
  readonly watched: number
  /** Of these, ids of those that nobody made; all of them are over or handed on by now. */
  readonly takenOver: readonly string[]
}

/**
 * One sweep: looks at every run under way twice, a lease apart, and goes on with those whose owner is gone. Resolves when
 * they are over, or handed over because `msLeft` says so. Throws AppError `storage-unavailable`.
 */
export async function sweep(ports: Ports, msLeft: () => number, signal: AbortSignal): Promise<SweepResult> {
  const ids = await ports.runs.running(mostWatched)
  const watches = new Map(ids.map((problemId) => [problemId, new LeaseWatch(problemId, ports)]))
  const owned: Promise<unknown>[] = []
  const takenOver: string[] = []

  /** Looks that are under way: each may end with a run to be made. */
  let looking = 0

  async function lookAtNext(waiting: Iterator<[string, LeaseWatch]>): Promise<void> {
    while (takenOver.length + looking < mostTakenOver && msLeft() >= leastMsLeft) {
      const next = waiting.next()
      if (next.done === true) return
      const [problemId, watch] = next.value
      looking += 1
      const lease = await watch.takeOver()
      const taken = lease === undefined ? undefined : await goOn(lease, msLeft(), ports)
      looking -= 1
      if (lease !== undefined) watches.delete(problemId)
      if (lease !== undefined && !watch.isGivenUp) ports.log.metrics({ OrphanedRuns: 1 }, { problemId })
      if (taken === undefined) continue
      takenOver.push(problemId)
      owned.push(taken.done)
    }
  }

  async function look(): Promise<void> {
    const waiting = watches.entries()
    await Promise.all(Array.from({ length: mostTakenOver }, () => lookAtNext(waiting)))
  }

  await ports.quotas.freePlaces()
  await look()
  if (watches.size > 0 && takenOver.length < mostTakenOver) {
    await ports.clock.sleep(leaseMs, signal)
    await look()
  }
  await Promise.all(owned)
  return { watched: ids.length, takenOver }
}
