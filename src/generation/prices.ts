// What a model's tokens cost. One table, with its date and source.
import type { ModelUsage } from '../ports.ts'

/** Where the figures are from; shown in every report. */
export const priceSource = {
  date: '2026-03',
  source: 'Gemini API price list, paid tier, prompts up to 200,000 tokens, as published in March 2026',
} as const

/** US dollars for a million tokens, by the beginning of the model's name. Thinking tokens are billed as output. */
const dollarsPerMillion: readonly { prefix: string; prompt: number; output: number }[] = [
  { prefix: 'gemini-2.5-pro', prompt: 1.25, output: 10 },
  { prefix: 'gemini-2.5-flash-lite', prompt: 0.1, output: 0.4 },
  { prefix: 'gemini-2.5-flash', prompt: 0.3, output: 2.5 },
  { prefix: 'scripted stand-in', prompt: 0, output: 0 },
]

/** The most that a call can have cost, in US dollars, whatever the model: for limits, which no unknown price may get round. */
export function highestCostOf(usage: ModelUsage): number {
  return Math.max(...dollarsPerMillion.map(({ prefix }) => costOf(prefix, usage) ?? 0))
}

/** Cost of a call in US dollars, or undefined for a model that the table does not know. */
export function costOf(model: string, usage: ModelUsage): number | undefined {
  const price = dollarsPerMillion.find(({ prefix }) => model.startsWith(prefix))
  if (price === undefined) return undefined
  const output = usage.outputTokens + usage.thinkingTokens
  return (usage.promptTokens * price.prompt + output * price.output) / 1_000_000
}
