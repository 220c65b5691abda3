// The page about prompts speaks of the prompts as they are: a new version of a text is a reason to look at its rules again.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { prompts } from '../../src/generation/prompts/prompts.ts'

const page = readFileSync(new URL('../../docs/prompts.md', import.meta.url), 'utf8')

it.each(Object.values(prompts).map(({ version }) => version))('docs/prompts.md gives the reasons for %s', (version) => {
  expect(page).toContain(`\`${version}\``)
})
