// Every blueprint of the scripted author passes every gate: a third of them a day, so that three days in a row see all of them.
// Seed, level and language change with the day as well. `npm run matrix` runs them all.
import { describe, expect, it } from 'vitest'
import { allBlueprints, runBlueprint } from '../support/matrix.ts'
import { rememberingExecutor } from '../support/pipeline.ts'

const locales = ['ko', 'en'] as const
const thirds = 3
const day = Math.floor(Date.now() / 86_400_000)
const third = day % thirds
/** How often every blueprint has had its turn: what else changes goes by it, as the day of a blueprint's turn is always alike. */
const turn = Math.floor(day / thirds)
const seed = day % 1_000
const ofToday = allBlueprints.flatMap((blueprint, index) => (index % thirds === third ? [{ blueprint, index }] : []))

describe(`the scripted author, third ${third + 1} of ${thirds}, seed ${seed} (npm run matrix -- --seeds ${seed})`, () => {
  it.each(ofToday.map(({ blueprint, index }) => [blueprint.id, blueprint, index] as const))(
    '%s passes all gates',
    async (_id, blueprint, index) => {
      const level = blueprint.levels[turn % blueprint.levels.length]
      if (level === undefined) throw new Error('no level')
      const locale = locales[(Math.floor(turn / blueprint.levels.length) + index) % locales.length] ?? 'ko'
      const { trouble } = await runBlueprint(blueprint, level, locale, seed, rememberingExecutor())
      expect(trouble).toBe('')
    },
    // A whole run, with other tests busy beside it.
    180_000,
  )
})
