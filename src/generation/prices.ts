// What a model's tokens cost. One table, with its date and source.
import type { ModelUsage } from '../ports.ts'

/** Where the figures are from; shown in every report. */
export const priceSource = {
  date: '2026-10',
  source:
    'Gemini API price list, paid tier, prompts up to 200,000 tokens: Gemini 2.5 as published in March 2026, Gemini 3 as reported in October 2026',
} as const

/** US dollars for a million tokens, by the beginning of the model's name. Thinking tokens are billed as output. */
const dollarsPerMillion: readonly { prefix: string; prompt: number; output: number }[] = [
  { prefix: 'gemini-2.5-pro', prompt: 1.25, output: 10 },
  { prefix: 'gemini-2.5-flash-lite', prompt: 0.1, output: 0.4 },
  { prefix: 'gemini-2.5-flash', prompt: 0.3, output: 2.5 },
  // What Google answers with where those are asked for and gone. The first is half as dear until the end of 2026.
  { prefix: 'gemini-3.8-flash', prompt: 1.5, output: 7.5 },
  { prefix: 'gemini-3.5-flash-lite', prompt: 0.3, output: 2.5 },
  { prefix: 'scripted stand-in', prompt: 0, output: 0 },
]

/** What the dearest Gemini model for text costs (gemini-3.1-pro-preview with longer prompts than ours). */
const unknownModel = { prompt: 4, output: 18 }

/** Whether the table knows what the model costs. */
export function hasPrice(model: string): boolean {
  return priceOf(model) !== undefined
}

/** What limits take a call of a model without a price to cost, in US dollars: rather too much, so that nobody gets round them. */
export function highestCostOf(usage: ModelUsage): number {
  return costAt(unknownModel, usage)
}

/** Cost of a call in US dollars, or undefined for a model that the table does not know. */
export function costOf(model: string, usage: ModelUsage): number | undefined {
  const price = priceOf(model)
  return price === undefined ? undefined : costAt(price, usage)
}

function priceOf(model: string): typeof unknownModel | undefined {
  return dollarsPerMillion.find(({ prefix }) => model.startsWith(prefix))
}

function costAt(price: typeof unknownModel, usage: ModelUsage): number {
  const output = usage.outputTokens + usage.thinkingTokens
  return (usage.promptTokens * price.prompt + output * price.output) / 1_000_000
}
