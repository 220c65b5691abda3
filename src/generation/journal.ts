// What a run has asked for, executed and proved so far, in a form that outlives its process: whoever goes on with the run
// begins where the last owner ended. Entries are found by what they are about, not by their order.
import * as z from 'zod'
import { batchResultSchema, type BatchResult } from '../contract/execution.ts'
import { artefactSchema, callRecordSchema, gateRecordSchema } from '../contract/verification.ts'
import type { ModelOutcome } from '../ports.ts'
import { lazily } from '../lazily.ts'

const usageSchema = lazily(() =>
  z.object({ promptTokens: z.number(), outputTokens: z.number(), thinkingTokens: z.number() }),
)
const endingSchema = lazily(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['complete', 'truncated', 'empty', 'unavailable', 'key-refused', 'request-refused']) }),
    z.object({ kind: z.literal('refused'), reason: z.enum(['safety', 'recitation', 'blocked-prompt', 'other']) }),
    z.object({
      kind: z.literal('interrupted'),
      reason: z.enum(['connection', 'error-in-stream', 'idle-timeout', 'total-timeout']),
    }),
    z.object({ kind: z.literal('rate-limited'), retryAfterMs: z.number().optional() }),
  ]),
)
const outcomeSchema = lazily(() =>
  z
    .object({ model: z.string().optional(), usage: usageSchema().optional(), ending: endingSchema() })
    .transform(({ model, usage, ending }): ModelOutcome => {
      const common = { model, usage }
      return ending.kind === 'rate-limited'
        ? { ...common, kind: ending.kind, retryAfterMs: ending.retryAfterMs }
        : { ...common, ...ending }
    }),
)

const verdictSchema = lazily(() =>
  z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('passed'), evidence: z.string() }),
    z.object({
      outcome: z.literal('failed'),
      reason: z.string(),
      evidence: z.string(),
      blame: z.array(artefactSchema).readonly(),
      finding: z.record(z.string(), z.unknown()).exactOptional(),
      isOpinion: z.literal(true).exactOptional(),
    }),
  ]),
)

/** Executions so far, in all. */
const countedSchema = lazily(() =>
  z.object({
    batches: z.number(),
    executions: z.number(),
    cpuMs: z.number(),
    compileMs: z.number(),
  }),
)

const journalEntrySchema = lazily(() =>
  z.discriminatedUnion('kind', [
    /** A finished model call; `key` is artefact and attempt. */
    z.object({
      kind: z.literal('call'),
      key: z.string(),
      record: callRecordSchema,
      text: z.string(),
      outcome: outcomeSchema(),
    }),
    /** A finished gate; `key` is gate, step, subject and attempt. */
    z.object({
      kind: z.literal('gate'),
      key: z.string(),
      record: gateRecordSchema,
      verdict: verdictSchema(),
      counted: countedSchema(),
      /** Each language with what its programs ran on. */
      ranOn: z.array(z.tuple([z.string(), z.string()])),
      elapsedMs: z.number(),
    }),
    /** A call without an end, with what it must have cost; `key` is its id. */
    z.object({ kind: z.literal('broken-off'), key: z.string(), model: z.string(), usage: usageSchema() }),
    /** A finished batch; `key` is the hash of what was run. */
    z.object({ kind: z.literal('batch'), key: z.string(), result: batchResultSchema }),
  ]),
)
export type JournalEntry = z.infer<ReturnType<typeof journalEntrySchema>>
type EntryOf<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>

/** An entry as it is written; {@link parseEntry} reads it. */
export function entryJson(entry: JournalEntry): string {
  if (entry.kind !== 'call') return JSON.stringify(entry)
  const { model, usage, ...ending } = entry.outcome
  return JSON.stringify({ ...entry, outcome: { model, usage, ending } })
}

/** Reads what {@link entryJson} wrote. Throws ZodError and SyntaxError. */
export function parseEntry(json: string): JournalEntry {
  return journalEntrySchema().parse(JSON.parse(json))
}

/** A larger result is not kept: executing again costs less than storing it. */
const largestResult = 200_000

/** The entries of one run, old and new. */
export class Journal {
  readonly #known = new Map<string, JournalEntry>()
  readonly #onEntry: (entry: JournalEntry) => void
  readonly #last: EntryOf<'gate'> | undefined
  readonly #unbooked: Set<string>

  /** `earlier` is what former owners wrote; `onEntry` is told of each new entry. */
  constructor(earlier: readonly JournalEntry[], onEntry: (entry: JournalEntry) => void) {
    for (const entry of earlier) this.#known.set(`${entry.kind} ${entry.key}`, entry)
    const last = earlier.findLastIndex((entry) => entry.kind === 'gate')
    const booked = earlier[last]
    this.#last = booked?.kind === 'gate' ? booked : undefined
    this.#unbooked = new Set(earlier.slice(last + 1).flatMap(({ kind, key }) => (kind === 'batch' ? [key] : [])))
    this.#onEntry = onEntry
  }

  /** Milliseconds that former owners spent. */
  get elapsedMs(): number {
    return this.#last?.elapsedMs ?? 0
  }

  call(key: string): EntryOf<'call'> | undefined {
    const entry = this.#known.get(`call ${key}`)
    return entry?.kind === 'call' ? entry : undefined
  }

  gate(key: string): EntryOf<'gate'> | undefined {
    const entry = this.#known.get(`gate ${key}`)
    return entry?.kind === 'gate' ? entry : undefined
  }

  /** `isNew` the first time for a batch of a gate that did not come to its end: it is on no gate's books yet. */
  batch(key: string): { result: BatchResult; isNew: boolean } | undefined {
    const entry = this.#known.get(`batch ${key}`)
    return entry?.kind === 'batch' ? { result: entry.result, isNew: this.#unbooked.delete(key) } : undefined
  }

  add(entry: JournalEntry): void {
    if (entry.kind === 'batch' && sizeOf(entry.result) > largestResult) return
    this.#onEntry(entry)
  }
}

function sizeOf({ compile, results }: BatchResult): number {
  return results.reduce((sum, { stdout, stderr }) => sum + stdout.length + stderr.length + 300, compile.log.length)
}
