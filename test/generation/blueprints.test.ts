// Every blueprint of the scripted author passes every gate in both languages; the seed changes with the day.
import { describe, expect, it } from 'vitest'
import { allBlueprints, runBlueprint } from '../support/matrix.ts'
import { rememberingExecutor } from '../support/pipeline.ts'

const seed = Math.floor(Date.now() / 86_400_000) % 1_000

describe(`the scripted author, seed ${seed} (npm run matrix -- --seeds ${seed})`, () => {
  it.each(allBlueprints.map((blueprint) => [blueprint.id, blueprint] as const))(
    '%s passes all gates in Korean and English',
    async (_id, blueprint) => {
      const level = blueprint.levels[seed % blueprint.levels.length]
      if (level === undefined) throw new Error('no level')
      const executor = rememberingExecutor()
      for (const locale of ['ko', 'en'] as const) {
        expect((await runBlueprint(blueprint, level, locale, seed, executor)).trouble).toBe('')
      }
    },
  )
})
