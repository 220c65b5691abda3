// Owners in processes of their own, killed at some places and stopped at one; `npm run bench -- kills` takes every place.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Blow, type KillHarness, startKillHarness } from '../support/kill-harness.ts'
import { onceMistaken } from '../support/tiny-author.ts'

let harness: KillHarness

beforeAll(async () => {
  harness = await startKillHarness(onceMistaken)
})
afterAll(() => harness.close())

it('a run whose owner is killed or stopped goes on elsewhere as if nothing had happened', async () => {
  const { events, appends } = harness.whole
  const blows: Blow[] = [
    { kind: 'killed', afterEvents: 1 },
    { kind: 'killed', afterEvents: Math.round(events * 0.6) },
    { kind: 'killed-before-append', append: Math.round(appends * 0.3) },
    { kind: 'killed-after-append', append: Math.round(appends * 0.5) },
    { kind: 'frozen', afterEvents: Math.round(events * 0.4) },
    // Comes back when somebody else has completed the run.
    { kind: 'frozen', afterEvents: events - 6 },
  ]
  const results = await Promise.all(blows.map((blow) => harness.hit(blow)))
  expect(
    results.flatMap(({ blow, violations }) => violations.map((what) => `${JSON.stringify(blow)}: ${what}`)),
  ).toEqual([])
  expect(results.map(({ wasOver }) => wasOver)).toEqual(blows.map(() => false))
})
