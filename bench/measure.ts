// What the benchmarks share: medians, CPU time, and a row of the printed table.

/** One measured figure with what it is compared to. */
export interface Figure {
  readonly name: string
  readonly value: string
  /** What is asked for; without one the figure is for information, a peer's for instance. */
  readonly target?: string
  readonly met?: boolean
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** CPU milliseconds (user and system) that this process spends in `work`. */
export async function cpuMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
