// What is too much for one `npm test` takes turns by the day: some of it each day, all of it in a few days in a row.
// With `ALPACO_TEST_ALL=1` all of it is run at once.

const wantsAll = process.env['ALPACO_TEST_ALL'] === '1'

/** Days since 1970-01-01, UTC. */
export const day = Math.floor(Date.now() / 86_400_000)

/** Whether the case with this index is one of today's, where every case has its turn once in so many days. */
export function isTodays(index: number, days: number): boolean {
  return wantsAll || (index + day) % days === 0
}
