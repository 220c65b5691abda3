// Whoever goes on with a run repeats nothing that is in its journal, and comes to the same end, wherever the last owner stopped.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Author } from '../../mock/gemini/job.ts'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import type { ProblemDocument } from '../../src/contract/problem.ts'
import { contentHash } from '../../src/generation/draft.ts'
import { entryJson, Journal, type JournalEntry, parseEntry } from '../../src/generation/journal.ts'
import type { Executor } from '../../src/ports.ts'
import { type PipelineRunResult, rememberingExecutor, runScenario } from '../support/pipeline.ts'
import { planted, tinyAuthor } from '../support/tiny-author.ts'
import { quietLog } from '../support/quiet-log.ts'

/** The reference is wrong at first, and right once it is told so. */
const author: Author = (question) => {
  const reply = tinyAuthor(question)
  const isWrong = question.job.artefact === 'reference' && question.finding === undefined
  return isWrong ? { ...reply, code: planted('reference', 'answer += 1 if n == 1 else 0') } : reply
}

const remembering = rememberingExecutor(createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] }))

interface Owner extends PipelineRunResult {
  readonly entries: readonly JournalEntry[]
  /** Hashes of the batches that were executed. */
  readonly batches: readonly string[]
}

/** A run by somebody who finds this journal. */
async function owner(earlier: readonly JournalEntry[]): Promise<Owner> {
  const entries: JournalEntry[] = []
  const batches: string[] = []
  const executor: Executor = {
    run(batch, signal, onResult) {
      batches.push(contentHash(batch))
      return remembering.run(batch, signal, onResult)
    },
  }
  // As it is stored and read.
  const journal = new Journal(
    earlier.map((entry) => parseEntry(entryJson(entry))),
    (entry) => entries.push(entry),
  )
  const suffix = earlier.length === 0 ? '' : '~2'
  const run = await runScenario({ author, executor, parts: { journal, callSuffix: suffix } })
  return { ...run, entries, batches }
}

/** What of a problem does not depend on when and in how many sittings it was made. */
function lasting(end: PipelineRunResult['end']): unknown {
  if (!end.ok) throw new Error(end.code)
  const { problemId: _id, createdAt: _at, verification, ...problem } = end.publication.document
  return { ...problem, verification: timeless(verification) }
}

function timeless(verification: ProblemDocument['verification']): unknown {
  const { gatesRun, calls, totals, ...rest } = verification
  const { elapsedMs: _elapsed, cpuMs: _cpu, compileMs: _compile, ...counts } = totals
  return {
    ...rest,
    gatesRun: gatesRun.map(({ durationMs: _duration, ...record }) => record),
    calls: calls.map(({ durationMs: _duration, callId, ...record }) => ({ ...record, callId: callId.split('~')[0] })),
    counts,
  }
}

describe('a run that somebody else goes on with', () => {
  let whole: Owner
  beforeAll(async () => {
    whole = await owner([])
  })

  it('leaves all that it did in its journal', () => {
    expect(whole.failed).toEqual(['G9'])
    const count = (kind: JournalEntry['kind']): number => whole.entries.filter((entry) => entry.kind === kind).length
    expect(count('call')).toBe(whole.calls.length)
    expect(count('gate')).toBe(whole.events.filter(({ type }) => type === 'gate').length)
    expect(count('batch')).toBe(whole.batches.length)
  })

  it('is gone on with from every fifth entry without repeating what is in it, and ends the same', async () => {
    for (let length = 0; length <= whole.entries.length; length += 5) {
      const earlier = whole.entries.slice(0, length)
      const keys = (kind: JournalEntry['kind']): string[] =>
        earlier.flatMap((entry) => (entry.kind === kind ? [entry.key] : []))
      const next = await owner(earlier)
      expect(lasting(next.end), `after ${length} entries`).toEqual(lasting(whole.end))
      // Calls, gates and batches: what is known is not done again, and the rest is done once.
      expect([...keys('call'), ...next.calls].toSorted()).toEqual(whole.calls.toSorted())
      const gates = next.events.filter(({ type }) => type === 'gate').length
      expect(keys('gate').length + gates).toBe(whole.events.filter(({ type }) => type === 'gate').length)
      expect(next.batches.filter((hash) => keys('batch').includes(hash))).toEqual([])
    }
  })
})
