// Quotas as items of the Problems table: for each day one of every user and one of all. Whatever is counted is counted once.
import * as z from 'zod'
import type { Clock, QuotaLimits, QuotaRefusal, QuotaStore, RunRecord, Spending } from '../ports.ts'
import type { Table, Write } from './dynamodb-table.ts'
import { type ItemKey, metaKey, metaSchema } from './problems-table-items.ts'

/** A day is kept this long, for who wants to know; then the table forgets it. */
const keptSeconds = 7 * 86_400
/** Places of runs that are over without having said so are looked for at most this often, the oldest first. */
const searchPauseMs = 30_000
const mostSearched = 25
/** A run without META is one that is just being claimed, unless it is older than this. */
const claimLimitMs = 60_000
const dayMs = 86_400_000

const million = 1_000_000
const setSchema = z.instanceof(Set).transform((members) => [...members].map(String))
const userSchema = z.object({
  runs: setSchema.default([]),
  tokens: z.number().default(0),
  microUsd: z.number().default(0),
})
const allSchema = z.object({ running: setSchema.default([]), microUsd: z.number().default(0) })

type Counted = Parameters<QuotaStore['take']>[0]

const kind = 'QUOTA'

function userKey({ creatorId, createdAt }: Pick<RunRecord, 'creatorId' | 'createdAt'>): ItemKey {
  return { problemId: `QUOTA#USER#${creatorId}#${createdAt.slice(0, 10)}`, kind }
}

/** A run counts among those of the day it was asked for on: what is left behind by accident is gone with that day. */
function allKey({ createdAt }: Pick<RunRecord, 'createdAt'>): ItemKey {
  return { problemId: `QUOTA#ALL#${createdAt.slice(0, 10)}`, kind }
}

/** Who asks again with a requestId, before there is a run to join even, takes no second place. */
function memberOf({ problemId, requestId }: Pick<Counted, 'problemId' | 'requestId'>): string {
  return requestId === undefined ? problemId : `request ${requestId}`
}

/** The writes that book the end of a run. */
export function spendingWrites(problemId: string, spending: Spending): Write[] {
  const microUsd = Math.round(spending.costUsd * million)
  const out = spending.isPaid ? {} : { without: { set: 'runs', member: memberOf({ problemId, ...spending }) } }
  return [
    { tally: { key: userKey(spending), add: { tokens: spending.tokens, microUsd }, ...out } },
    { tally: { key: allKey(spending), add: { microUsd }, without: { set: 'running', member: problemId } } },
  ]
}

/** Quotas on an opened table. */
export function quotaStore(table: Table, clock: Clock): QuotaStore {
  let searched = { place: '', at: 0 }

  async function takeOfUser(run: Counted, limits: QuotaLimits): Promise<QuotaRefusal | undefined> {
    const { runs: most, tokens, costUsd } = limits
    const microUsd = costUsd * million
    const entry = { key: userKey(run), set: 'runs', member: memberOf(run), most, below: { tokens, microUsd } }
    if (await table.enter('quota', { ...entry, also: expiry(run) })) return undefined
    const used = userSchema.parse((await table.get('quota', userKey(run))) ?? {})
    if (used.tokens >= tokens) return { limit: 'tokens', most: tokens, used: used.tokens }
    if (used.microUsd >= microUsd) return { limit: 'costUsd', most: costUsd, used: used.microUsd / million }
    return { limit: 'runs', most, used: used.runs.length }
  }

  async function takeOfAll(run: Counted, limits: QuotaLimits): Promise<QuotaRefusal | undefined> {
    const { running: most, totalCostUsd } = limits
    const microUsd = totalCostUsd * million
    const entry = { key: allKey(run), set: 'running', member: run.problemId, most, below: { microUsd } }
    if (await table.enter('quota', { ...entry, also: expiry(run) })) return undefined
    const used = allSchema.parse((await table.get('quota', allKey(run))) ?? {})
    if (used.microUsd >= microUsd) return { limit: 'totalCostUsd', most: totalCostUsd, used: used.microUsd / million }
    const isFreed = await freePlaces(run, used.running)
    if (isFreed && (await table.enter('quota', { ...entry, also: expiry(run) }))) return undefined
    return { limit: 'running', most, used: used.running.length }
  }

  /** Takes out runs that are over: their function may have ended before it could say so. */
  async function freePlaces(run: Counted, running: readonly string[]): Promise<boolean> {
    const { problemId: place } = allKey(run)
    const at = clock.elapsed()
    if (searched.place === place && at - searched.at < searchPauseMs) return false
    searched = { place, at }
    // Ids begin with the time at which they were made.
    return takeOut(run, running.toSorted().slice(0, mostSearched))
  }

  /** Takes those of the runs out that are over; whether there were any. */
  async function takeOut(day: Pick<RunRecord, 'createdAt'>, running: readonly string[]): Promise<boolean> {
    const over = await Promise.all(running.map(async (problemId) => ((await isOver(problemId)) ? [problemId] : [])))
    const gone = over.flat()
    await Promise.all(gone.map((problemId) => table.leave('quota', allKey(day), 'running', problemId)))
    return gone.length > 0
  }

  async function isOver(problemId: string): Promise<boolean> {
    const meta = metaSchema.safeParse(await table.get('quota', metaKey(problemId))).data
    if (meta !== undefined) return meta.status !== 'PROCESSING' && meta.status !== 'QUEUED'
    const madeAt = Number.parseInt(problemId.replaceAll('-', '').slice(0, 12), 16)
    return clock.now().getTime() - madeAt > claimLimitMs
  }

  return {
    async take(run, limits) {
      const refusal = await takeOfUser(run, limits)
      if (refusal !== undefined) return refusal
      const refusedByAll = await takeOfAll(run, limits)
      if (refusedByAll !== undefined) await table.leave('quota', userKey(run), 'runs', memberOf(run))
      return refusedByAll
    },

    async freePlaces() {
      const now = clock.now().getTime()
      for (const at of [now, now - dayMs]) {
        const day = { createdAt: new Date(at).toISOString() }
        const { running } = allSchema.parse((await table.get('quota', allKey(day))) ?? {})
        for (let from = 0; from < running.length; from += mostSearched) {
          await takeOut(day, running.slice(from, from + mostSearched))
        }
      }
    },

    async giveBack(run) {
      // Whoever made the run of this requestId has the place among the user's own.
      if (run.requestId === undefined) await table.leave('quota', userKey(run), 'runs', run.problemId)
      await table.leave('quota', allKey(run), 'running', run.problemId)
    },
  }
}

function expiry({ createdAt }: Pick<RunRecord, 'createdAt'>): { expiresAt: number } {
  return { expiresAt: Math.floor(Date.parse(createdAt) / 1_000) + keptSeconds }
}
