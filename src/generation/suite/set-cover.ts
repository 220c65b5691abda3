// Which tests a suite keeps: few of them, small ones, and together as strong as all candidates. Knows nothing of what a feature is.

/** A test that could be in the suite. */
export interface Candidate {
  readonly id: string
  /** Of its input, in bytes or any other unit. */
  readonly size: number
  /** What it does for the suite: a program it kills, a bound it reaches, a class of answers. */
  readonly features: ReadonlySet<string>
}

/**
 * Chooses at most `most` candidates that keep as many features as they can: greedy weighted set cover (Chvátal 1979),
 * in which a largest input counts as two smallest ones, then those that the others make superfluous are dropped. Equal
 * candidates are decided by size, then by their order. Returns ids in the candidates' order.
 * @param required ids that are chosen whatever they add; they count towards `most`, and stay even if they are more.
 */
export function chooseTests(
  candidates: readonly Candidate[],
  most: number,
  required: ReadonlySet<string> = new Set(),
): string[] {
  const largest = Math.max(1, ...candidates.map(({ size }) => size))
  const cost = ({ size }: Candidate): number => 1 + size / largest
  const chosen = new Set(candidates.filter(({ id }) => required.has(id)))
  const covered = new Set([...chosen].flatMap(({ features }) => [...features]))
  while (chosen.size < most) {
    const next = best(candidates, ({ features }) => countNew(features, covered), cost)
    if (next === undefined) break
    chosen.add(next)
    for (const feature of next.features) covered.add(feature)
  }
  for (const candidate of superfluous(chosen, required)) chosen.delete(candidate)
  return candidates.filter((candidate) => chosen.has(candidate)).map(({ id }) => id)
}

/** The candidate with the greatest gain for its cost; undefined when none gains anything. */
function best(
  candidates: readonly Candidate[],
  gain: (candidate: Candidate) => number,
  cost: (candidate: Candidate) => number,
): Candidate | undefined {
  let found: Candidate | undefined
  let highest = 0
  for (const candidate of candidates) {
    const worth = gain(candidate) / cost(candidate)
    const isSmaller = found !== undefined && worth === highest && candidate.size < found.size
    if (worth > highest || (worth > 0 && isSmaller)) {
      found = candidate
      highest = worth
    }
  }
  return found
}

function countNew(features: ReadonlySet<string>, covered: ReadonlySet<string>): number {
  let count = 0
  for (const feature of features) if (!covered.has(feature)) count += 1
  return count
}

/** Chosen candidates whose features all others have, too; the largest is asked first. */
function superfluous(chosen: ReadonlySet<Candidate>, required: ReadonlySet<string>): Candidate[] {
  const times = new Map<string, number>()
  for (const { features } of chosen) for (const feature of features) times.set(feature, (times.get(feature) ?? 0) + 1)
  const dropped: Candidate[] = []
  for (const candidate of [...chosen].sort((one, other) => other.size - one.size)) {
    if (required.has(candidate.id)) continue
    if (![...candidate.features].every((feature) => (times.get(feature) ?? 0) > 1)) continue
    for (const feature of candidate.features) times.set(feature, (times.get(feature) ?? 0) - 1)
    dropped.push(candidate)
  }
  return dropped
}
