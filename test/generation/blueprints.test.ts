// Every blueprint of the scripted author passes every gate: a twelfth of them a day. Seed, level and language change with the day
// as well. `npm run matrix` runs them all.
import { describe, expect, it } from 'vitest'
import { allBlueprints, runBlueprint } from '../support/matrix.ts'
import { rememberingExecutor } from '../support/pipeline.ts'
import { day, isTodays } from '../support/turns.ts'

const locales = ['ko', 'en'] as const
const days = 12
/** How often every blueprint has had its turn: what else changes goes by it, as the day of a blueprint's turn is always alike. */
const turn = Math.floor(day / days)
const seed = day % 1_000
const ofToday = allBlueprints.flatMap((blueprint, index) => (isTodays(index, days) ? [{ blueprint, index }] : []))

describe(`the scripted author, seed ${seed} (npm run matrix -- --seeds ${seed})`, () => {
  it.each(ofToday.map(({ blueprint, index }) => [blueprint.id, blueprint, index] as const))(
    '%s passes all gates',
    async (_id, blueprint, index) => {
      const level = blueprint.levels[turn % blueprint.levels.length]
      if (level === undefined) throw new Error('no level')
      const locale = locales[(Math.floor(turn / blueprint.levels.length) + index) % locales.length] ?? 'ko'
      const { trouble } = await runBlueprint(blueprint, level, locale, seed, rememberingExecutor())
      expect(trouble).toBe('')
    },
  )
})
