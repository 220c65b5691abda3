// What a run asks of the model, counted at the model: whatever becomes of the pipeline, what was asked for is on the books.
import type { Model, ModelCall, ModelOutcome, ModelPart, Spending } from '../ports.ts'
import type { JournalEntry } from './journal.ts'
import { costOf } from './prices.ts'

/** Endings of calls that no provider bills. */
const unpaid: readonly ModelOutcome['kind'][] = ['rate-limited', 'unavailable', 'key-refused', 'request-refused']

/** The books of one run. */
export class Books {
  #calls = 0
  #tokens = 0
  #costUsd = 0

  /** `earlier` is what former owners of the run wrote down. */
  constructor(earlier: readonly JournalEntry[]) {
    for (const entry of earlier) {
      if (entry.kind !== 'call') continue
      this.#calls += 1
      this.#book(entry.outcome, entry.record.model)
    }
  }

  /** The model, each of whose calls is booked. One that is broken off counts as paid, with an unknown price. */
  watched(model: Model): Model {
    return { name: model.name, generate: (call, signal) => this.#generate(model, call, signal) }
  }

  /** All so far. */
  get spending(): Omit<Spending, 'creatorId' | 'requestId' | 'createdAt'> {
    return { isPaid: this.#calls > 0, tokens: this.#tokens, costUsd: this.#costUsd }
  }

  async *#generate(model: Model, call: ModelCall, signal: AbortSignal): AsyncGenerator<ModelPart, ModelOutcome> {
    this.#calls += 1
    const outcome = yield* model.generate(call, signal)
    this.#book(outcome, model.name)
    return outcome
  }

  #book({ kind, model, usage }: ModelOutcome, configured: string): void {
    if (unpaid.includes(kind)) this.#calls -= 1
    if (usage === undefined) return
    this.#tokens += usage.promptTokens + usage.outputTokens + usage.thinkingTokens
    this.#costUsd += costOf(model ?? configured, usage) ?? 0
  }
}
