// What a run's calls cost, whatever becomes of them.
import { describe, expect, it } from 'vitest'
import { Books } from '../../src/generation/books.ts'
import type { JournalEntry } from '../../src/generation/journal.ts'
import type { Model, ModelCall, ModelOutcome, ModelPart } from '../../src/ports.ts'

const call: ModelCall = {
  callId: 'blueprint-1',
  artefact: 'blueprint',
  system: 's'.repeat(60),
  user: 'u'.repeat(40),
  replySchema: {},
  maxOutputTokens: 100,
  temperature: 0,
}
const usage = { promptTokens: 1_000_000, outputTokens: 100_000, thinkingTokens: 100_000 }

/** A model that says these parts and then ends so, or waits for ever without an end. */
function model(name: string, parts: readonly ModelPart[], outcome?: ModelOutcome): Model {
  return {
    name,
    async *generate(_call, signal) {
      yield* parts
      if (outcome !== undefined) return outcome
      return new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        if (signal.aborted) reject(signal.reason)
      })
    },
  }
}

/** Asks, breaks off when the parts have come, and returns the books and what a later owner is told. */
async function brokenOff(parts: readonly ModelPart[]): Promise<{ books: Books; told: JournalEntry[] }> {
  const told: JournalEntry[] = []
  const books = new Books([], (entry) => told.push(entry))
  const abort = new AbortController()
  const written = books.watched(model('gemini-2.5-pro', parts)).generate(call, abort.signal)
  for (const part of parts) expect((await written.next()).value).toEqual(part)
  const end = written.next()
  abort.abort(new Error('cancelled'))
  await expect(end).rejects.toThrow('cancelled')
  return { books, told }
}

describe('the books of a run', () => {
  it.each([
    ['gemini-2.5-pro', 1.25 + 2],
    ['gemini-2.5-flash', 0.3 + 0.5],
    ['gemini-3.8-flash', 1.5 + 1.5],
    ['gemini-of-tomorrow', 4 + 3.6],
  ])('have the price of %s, and the highest one where it is not known', async (name, dollars) => {
    const books = new Books([])
    const written = books.watched(model(name, [], { model: name, usage, kind: 'complete' })).generate(call, never)
    await written.next()
    expect(books.spending.isPaid).toBe(true)
    expect(books.spending.tokens).toBe(1_200_000)
    expect(books.spending.costUsd).toBeCloseTo(dollars, 9)
  })

  it('have a call that was broken off, for a later owner too', async () => {
    const { books, told } = await brokenOff([{ type: 'text', text: 'x'.repeat(300) }])
    expect(books.spending).toMatchObject({ isPaid: true, tokens: 50 + 150 })
    expect(told).toMatchObject([{ kind: 'broken-off', key: 'blueprint-1', usage: { outputTokens: 150 } }])
    expect(new Books(told).spending).toEqual(books.spending)
  })

  it('have nothing of a call that the provider had refused when it was broken off', async () => {
    const { books, told } = await brokenOff([{ type: 'waiting', reason: 'rate-limited', waitMs: 1_000 }])
    expect(books.spending).toEqual({ isPaid: false, tokens: 0, costUsd: 0 })
    expect(told).toEqual([])
  })
})

const never = new AbortController().signal
