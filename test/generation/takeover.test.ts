// An owner that stops for good in the middle of a run, at every place in turn, and a reader who goes on with it: on a real
// table and with the real adapters. The list of events comes out as if nothing had happened, and nothing known is done again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GeminiStandIn, startGemini } from '../../mock/gemini/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import type { ProblemsTable } from '../../src/adapters/problems-table.ts'
import { type RunEvent, runEventSchema } from '../../src/contract/events.ts'
import { contentHash } from '../../src/generation/draft.ts'
import { parseEntry } from '../../src/generation/journal.ts'
import { followRun, startRun } from '../../src/generation/run.ts'
import type { Clock, ModelProvider, Ports, RunStore } from '../../src/ports.ts'
import { newRun } from '../adapters/problems-table.contract.ts'
import { forgetLikeness } from '../support/forgetful-table.ts'
import { rememberingExecutor, testProvider } from '../support/pipeline.ts'
import { quietLog } from '../support/quiet-log.ts'
import { openTestTable } from '../support/table.ts'
import { onceMistaken } from '../support/tiny-author.ts'
import { told } from '../support/told.ts'

const never = new Promise<never>(() => undefined)
const remembering = rememberingExecutor()

let opened: Awaited<ReturnType<typeof openTestTable>>
let table: ProblemsTable
let gemini: GeminiStandIn

beforeAll(async () => {
  opened = await openTestTable({ answer: forgetLikeness })
  ;({ table } = opened)
  gemini = await startGemini({ author: onceMistaken, chunkCharacters: 300 })
})
afterAll(async () => {
  await gemini.close()
  await opened.close()
})

/** What an owner did. */
interface Deeds {
  readonly batches: string[]
  appends: number
}

/**
 * Real ports that stop for good at the given append: `before` it is made, or once it is `stored` and nobody was told.
 * A clock that runs fifty times as fast until somebody has taken a run over makes waiting for a lease short.
 */
function ports(
  deeds: Deeds,
  stop?: { at: number; when: 'before' | 'stored' },
): Ports & { slowDown(): void; stopped: Promise<void> } {
  let isStopped = false
  const { promise: stopped, resolve: onStopped } = Promise.withResolvers<undefined>()
  let pace = 50
  const clock: Clock = { ...systemClock, elapsed: () => systemClock.elapsed() * pace }
  const provider = testProvider(gemini.endpoint, 60_000)
  const models: ModelProvider = {
    hasHouseKey: true,
    async open(key) {
      const model = await provider.open(key)
      return {
        name: model.name,
        async *generate(call, signal) {
          if (isStopped) await never
          return yield* model.generate(call, signal)
        },
      }
    },
  }
  const runs: RunStore = {
    ...table.runs,
    async append(...append) {
      deeds.appends += 1
      if (isStopped) await never
      if (deeds.appends !== stop?.at) return table.runs.append(...append)
      isStopped = true
      if (stop.when === 'stored') await table.runs.append(...append)
      onStopped(undefined)
      return never
    },
    renew: async (...renewal) => (isStopped ? never : table.runs.renew(...renewal)),
  }
  return {
    models,
    executor: {
      async run(batch, signal, onResult) {
        if (isStopped) await never
        deeds.batches.push(contentHash(batch))
        return remembering.run(batch, signal, onResult)
      },
    },
    runs,
    problems: table.problems,
    similar: table.similar,
    quotas: table.quotas,
    sealer: undefined,
    tokens: undefined,
    clock,
    log: quietLog,
    slowDown: () => (pace = 1),
    stopped,
  }
}

/** A claimed run of the tiny problem. */
async function claimed() {
  const request = {
    topic: 'graph',
    level: 'easy',
    algorithmType: '그래프',
    difficulty: '쉬움',
    language: 'python',
    locale: 'ko',
  } as const
  const run = newRun({ request, createdAt: new Date().toISOString() })
  const claim = await table.runs.claim(run)
  if (!claim.created) throw new Error('not claimed')
  return { ...run, lease: claim.lease, deadlineMs: 600_000 }
}

const nobody = (): Deeds => ({ batches: [], appends: 0 })

/** Reads a run to its end, going on with it when its owner is gone. */
async function readOn(problemId: string, deeds: Deeds): Promise<RunEvent[]> {
  const mine = ports(deeds)
  const events: RunEvent[] = []
  const owned: Promise<unknown>[] = []
  const followed = followRun(
    problemId,
    0,
    mine,
    new AbortController().signal,
    () => 600_000,
    (done) => {
      mine.slowDown()
      owned.push(done)
    },
  )
  for await (const group of followed) events.push(...group.map(({ data }) => runEventSchema.parse(JSON.parse(data))))
  await Promise.all(owned)
  return events
}

describe('a run whose owner stops for good', () => {
  let whole: { deeds: Deeds; events: RunEvent[]; calls: number }
  beforeAll(async () => {
    const deeds = nobody()
    const asked = gemini.requests.length
    const run = await claimed()
    const mine = ports(deeds)
    mine.slowDown()
    await startRun(run, mine.models.open(undefined), mine).done
    whole = { deeds, events: await readOn(run.problemId, nobody()), calls: gemini.requests.length - asked }
  })

  it('has something to go wrong in it', () => {
    expect(whole.events.at(-1)?.type).toBe('problem')
    expect(whole.events.filter((event) => event.type === 'gate' && event.outcome === 'failed')).toHaveLength(1)
  })

  it.each(['before', 'stored'] as const)(
    '%s at any of its appends is gone on with as if nothing had happened',
    async (when) => {
      // How many appends there are depends on how quick the machine is.
      for (let at = 1; ; at += 1) {
        const where = `append ${at}`
        const [first, second] = [nobody(), nobody()]
        const run = await claimed()
        const asked = gemini.requests.length
        const stopping = ports(first, { at, when })
        stopping.slowDown()
        const { done } = startRun(run, stopping.models.open(undefined), stopping)
        const ended = await Promise.race([stopping.stopped, done])
        if (ended !== undefined) {
          expect(at).toBeGreaterThan(4)
          return
        }
        const known = (await table.runs.notes(run.problemId)).map(parseEntry)
        const keys = (kind: string): string[] => known.flatMap((entry) => (entry.kind === kind ? [entry.key] : []))
        const askedBefore = gemini.requests.length - asked

        const events = await readOn(run.problemId, second)
        expect(told(events), where).toEqual(told(whole.events))
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
        expect(
          second.batches.filter((hash) => keys('batch').includes(hash)),
          where,
        ).toEqual([])
        // Calls that were under way are asked for again; those that had ended are not.
        expect(gemini.requests.length - asked - askedBefore, where).toBe(whole.calls - keys('call').length)
      }
    },
  )
})
