// What a run may spend: repairs, model calls, tokens, money. Time is the abort signal's.
import { highestCostOf } from './prices.ts'
import type { Step } from './steps.ts'
import type { ModelUsage } from '../ports.ts'

/** Limits of one run, across all its owners. */
export interface BudgetLimits {
  readonly repairsPerStep: number
  readonly repairsPerRun: number
  readonly calls: number
  readonly tokens: number
  readonly costUsd: number
}

export const defaultLimits: BudgetLimits = {
  repairsPerStep: 2,
  repairsPerRun: 6,
  calls: 24,
  tokens: 600_000,
  costUsd: 2,
}

/** Keeps the books of one run. */
export class Budget {
  readonly #limits: BudgetLimits
  readonly #repairs = new Map<Step, number>()
  #calls = 0
  #tokens = 0
  #costUsd = 0

  constructor(limits: BudgetLimits) {
    this.#limits = limits
  }

  /** Takes one repair of a step, or says which limit stands in the way. */
  takeRepair(step: Step): { ok: true; number: number } | { ok: false; limit: string } {
    const number = (this.#repairs.get(step) ?? 0) + 1
    const total = [...this.#repairs.values()].reduce((sum, count) => sum + count, 0) + 1
    if (number > this.#limits.repairsPerStep)
      return { ok: false, limit: `${this.#limits.repairsPerStep} repairs a step` }
    if (total > this.#limits.repairsPerRun) return { ok: false, limit: `${this.#limits.repairsPerRun} repairs a run` }
    this.#repairs.set(step, number)
    return { ok: true, number }
  }

  /** Takes one model call, or says which limit has been reached. */
  takeCall(): { ok: true } | { ok: false; limit: string } {
    if (this.#calls >= this.#limits.calls) return { ok: false, limit: `${this.#limits.calls} model calls` }
    if (this.#tokens >= this.#limits.tokens) return { ok: false, limit: `${this.#limits.tokens} tokens` }
    if (this.#costUsd >= this.#limits.costUsd) return { ok: false, limit: `${this.#limits.costUsd} US dollars` }
    this.#calls += 1
    return { ok: true }
  }

  /** Books what a call used; a price that nobody knows counts as the highest. */
  book(usage: ModelUsage | undefined, costUsd: number | undefined): void {
    if (usage === undefined) return
    this.#tokens += usage.promptTokens + usage.outputTokens + usage.thinkingTokens
    this.#costUsd += costUsd ?? highestCostOf(usage)
  }
}
