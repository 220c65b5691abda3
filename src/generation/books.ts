// What a run asks of the model, counted at the model: whatever becomes of the pipeline, what was asked for is on the books.
import type { Model, ModelCall, ModelOutcome, ModelPart, ModelUsage, Spending } from '../ports.ts'
import type { JournalEntry } from './journal.ts'
import { costOf, highestCostOf } from './prices.ts'

/** Endings of calls that no provider bills. */
const unpaid: readonly ModelOutcome['kind'][] = ['rate-limited', 'unavailable', 'key-refused', 'request-refused']

const brokenOff: ModelOutcome = { model: undefined, usage: undefined, kind: 'interrupted', reason: 'connection' }
/** Characters of a token, for calls that were broken off before the provider counted them: about half of what Gemini's are in English. */
const charactersPerToken = 2

/** What the calls of one owner of a run came to; tokens of thinking are output. */
export interface Bill {
  readonly calls: number
  /** Those without a whole reply. */
  readonly failedCalls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costUsd: number
}

/** The books of one run. */
export class Books {
  readonly #onBrokenOff: (entry: JournalEntry) => void
  #calls = 0
  #inputTokens = 0
  #outputTokens = 0
  #costUsd = 0
  #asked = 0
  #unanswered = 0
  readonly #before: Pick<Bill, 'inputTokens' | 'outputTokens' | 'costUsd'>

  /** `earlier` is what former owners of the run wrote down; `onBrokenOff` gets what a later one has to know of a call without an end. */
  constructor(earlier: readonly JournalEntry[], onBrokenOff: (entry: JournalEntry) => void = () => undefined) {
    this.#onBrokenOff = onBrokenOff
    for (const entry of earlier) {
      if (entry.kind !== 'call' && entry.kind !== 'broken-off') continue
      this.#calls += 1
      if (entry.kind === 'call') this.#book(entry.outcome, entry.record.model)
      else this.#add(entry.usage, entry.model)
    }
    this.#before = { inputTokens: this.#inputTokens, outputTokens: this.#outputTokens, costUsd: this.#costUsd }
  }

  /** The model, each of whose calls is booked, one that is broken off by what it must have cost. */
  watched(model: Model): Model {
    return { name: model.name, generate: (call, signal) => this.#generate(model, call, signal) }
  }

  /** All so far. */
  get spending(): Omit<Spending, 'creatorId' | 'requestId' | 'createdAt'> {
    return { isPaid: this.#calls > 0, tokens: this.#inputTokens + this.#outputTokens, costUsd: this.#costUsd }
  }

  /** What came after `earlier`. */
  get bill(): Bill {
    return {
      calls: this.#asked,
      failedCalls: this.#unanswered,
      inputTokens: this.#inputTokens - this.#before.inputTokens,
      outputTokens: this.#outputTokens - this.#before.outputTokens,
      costUsd: this.#costUsd - this.#before.costUsd,
    }
  }

  async *#generate(model: Model, call: ModelCall, signal: AbortSignal): AsyncGenerator<ModelPart, ModelOutcome> {
    this.#calls += 1
    this.#asked += 1
    let characters = 0
    let isBooked = false
    let isWaiting = false
    const written = model.generate(call, signal)
    try {
      let next = await written.next()
      while (next.done !== true) {
        isWaiting = next.value.type === 'waiting'
        if (next.value.type === 'text') characters += next.value.text.length
        yield next.value
        next = await written.next()
      }
      isBooked = true
      if (next.value.kind !== 'complete') this.#unanswered += 1
      this.#book(next.value, model.name)
      return next.value
    } finally {
      if (!isBooked) {
        this.#unanswered += 1
        await written.return(brokenOff).catch(() => undefined)
        // What the provider had refused so far is not billed.
        if (isWaiting && characters === 0) this.#calls -= 1
        else this.#breakOff(call, characters, model.name)
      }
    }
  }

  #breakOff({ callId, system, user }: ModelCall, characters: number, model: string): void {
    const usage: ModelUsage = {
      promptTokens: Math.ceil((system.length + user.length) / charactersPerToken),
      outputTokens: Math.ceil(characters / charactersPerToken),
      thinkingTokens: 0,
    }
    this.#add(usage, model)
    this.#onBrokenOff({ kind: 'broken-off', key: callId, model, usage })
  }

  #book({ kind, model, usage }: ModelOutcome, configured: string): void {
    if (unpaid.includes(kind)) this.#calls -= 1
    if (usage !== undefined) this.#add(usage, model ?? configured)
  }

  #add(usage: ModelUsage, model: string): void {
    this.#inputTokens += usage.promptTokens
    this.#outputTokens += usage.outputTokens + usage.thinkingTokens
    this.#costUsd += costOf(model, usage) ?? highestCostOf(usage)
  }
}
