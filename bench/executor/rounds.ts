// Several measurements in turn, so that whatever else the machine does meets all of them alike.
import { median } from '../measure.ts'

/** Runs every work once a round, after one round that does not count, and returns the values of each. */
export async function inTurn<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[]
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const value = await works[name]()
      if (round >= 0) values[name].push(value)
    }
  }
  return values
}

/** How many times as much `theirs` is, round by round. */
export function ratio(theirs: readonly number[], ours: readonly number[]): string {
  return `${median(theirs.map((value, round) => value / (ours[round] ?? Number.NaN))).toFixed(1)} ×`
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
}
