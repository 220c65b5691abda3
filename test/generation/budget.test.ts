// What a run may spend.
import { expect, it } from 'vitest'
import { Budget, defaultLimits } from '../../src/generation/budget.ts'

it.each([
  ['the price of a call', 0.9, true],
  ['the highest price, where nobody knows that of the model', undefined, false],
])('%s counts towards the limit in dollars', (_what, costUsd, mayGoOn) => {
  const budget = new Budget({ ...defaultLimits, costUsd: 1 })
  budget.book({ promptTokens: 100_000, outputTokens: 40_000, thinkingTokens: 0 }, costUsd)
  expect(budget.takeCall()).toEqual(mayGoOn ? { ok: true } : { ok: false, limit: '1 US dollars' })
})
