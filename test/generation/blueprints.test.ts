// Every blueprint of the scripted author passes every gate; seed, level and language change with the day. `npm run matrix` runs
// them all.
import { describe, expect, it } from 'vitest'
import { allBlueprints, runBlueprint } from '../support/matrix.ts'
import { rememberingExecutor } from '../support/pipeline.ts'

const locales = ['ko', 'en'] as const
const seed = Math.floor(Date.now() / 86_400_000) % 1_000

describe(`the scripted author, seed ${seed} (npm run matrix -- --seeds ${seed})`, () => {
  it.each(allBlueprints.map((blueprint, index) => [blueprint.id, blueprint, index] as const))(
    '%s passes all gates',
    async (_id, blueprint, index) => {
      const level = blueprint.levels[seed % blueprint.levels.length]
      if (level === undefined) throw new Error('no level')
      const { trouble } = await runBlueprint(
        blueprint,
        level,
        locales[(seed + index) % 2] ?? 'ko',
        seed,
        rememberingExecutor(),
      )
      expect(trouble).toBe('')
    },
    // A whole run, with other tests busy beside it.
    180_000,
  )
})
