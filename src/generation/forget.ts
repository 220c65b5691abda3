// What a person leaves behind: runs that are removed, and published problems that stay without their name.
import type { Ports } from '../ports.ts'

/** Runs that one request deals with. */
const mostAtOnce = 200

export interface Forgotten {
  /** Runs of which nothing is left. */
  readonly removed: number
  /** Published problems that are nobody's now. */
  readonly anonymised: number
  /** Runs that were still being made and are being cancelled, or for which there was no time: ask again. */
  readonly pending: number
}

/**
 * Removes everything of one person, as far as it gets while `mayGoOn`. Doing it again goes on where it ended. Throws
 * AppError `storage-unavailable`.
 */
export async function forgetPerson(
  userId: string,
  { runs }: Pick<Ports, 'runs'>,
  mayGoOn: () => boolean,
): Promise<Forgotten> {
  const ids = await runs.ofCreator(userId, mostAtOnce + 1)
  const counts = { removed: 0, anonymised: 0, pending: Math.max(0, ids.length - mostAtOnce) }
  for (const problemId of ids.slice(0, mostAtOnce)) {
    if (!mayGoOn()) counts.pending += 1
    else if (await runs.requestCancel(problemId)) counts.pending += 1
    else counts[await runs.forget(problemId)] += 1
  }
  return counts
}
