// Quotas as items of the Problems table: for each day one of every user and one of all. Whatever is counted is counted once.
import * as z from 'zod'
import type { Clock, QuotaLimits, QuotaRefusal, QuotaStore, RunRecord, Spending } from '../ports.ts'
import type { Table, Write } from './dynamodb-table.ts'
import { type ItemKey, metaKey, metaSchema } from './problems-table-items.ts'
import { lazily } from '../lazily.ts'

/** A day is kept this long, for who wants to know; then the table forgets it. */
const keptSeconds = 7 * 86_400
/** Places of runs that are over without having said so are looked for at most this often, the oldest first. */
const searchPauseMs = 30_000
const mostSearched = 25
/** A run without META is one that is just being claimed, unless it is older than this. */
const claimLimitMs = 60_000
const dayMs = 86_400_000

const million = 1_000_000
const setSchema = lazily(() => z.instanceof(Set).transform((members) => [...members].map(String)))
const userSchema = lazily(() =>
  z.object({
    runs: setSchema().default([]),
    tokens: z.number().default(0),
    microUsd: z.number().default(0),
  }),
)
const allSchema = lazily(() => z.object({ running: setSchema().default([]), microUsd: z.number().default(0) }))

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

  /** Which of a user's own limits stands in the way of a run; with a key of one's own, tokens and money do not. */
  async function refusalOfUser(run: Counted, limits: QuotaLimits): Promise<QuotaRefusal | undefined> {
    const { runs: most, tokens, costUsd } = limits
    const used = userSchema().parse((await table.get('quota', userKey(run))) ?? {})
    if (!run.isOwnKey && used.tokens >= tokens) return { limit: 'tokens', most: tokens, used: used.tokens }
    if (!run.isOwnKey && used.microUsd >= costUsd * million)
      return { limit: 'costUsd', most: costUsd, used: used.microUsd / million }
    if (used.runs.length < most || used.runs.includes(memberOf(run))) return undefined
    return { limit: 'runs', most, used: used.runs.length }
  }

  async function takeOfUser(run: Counted, { runs: most, tokens, costUsd }: QuotaLimits): Promise<boolean> {
    const below: Record<string, number> = run.isOwnKey ? {} : { tokens, microUsd: costUsd * million }
    const entry = { key: userKey(run), set: 'runs', member: memberOf(run), most, below }
    return table.enter('quota', { ...entry, also: expiry(run) })
  }

  async function takeOfAll(run: Counted, limits: QuotaLimits): Promise<QuotaRefusal | undefined> {
    const { running: most, totalCostUsd } = limits
    const microUsd = totalCostUsd * million
    const below: Record<string, number> = run.isOwnKey ? {} : { microUsd }
    const entry = { key: allKey(run), set: 'running', member: run.problemId, most, below }
    if (await table.enter('quota', { ...entry, also: expiry(run) })) return undefined
    const used = allSchema().parse((await table.get('quota', allKey(run))) ?? {})
    if (!run.isOwnKey && used.microUsd >= microUsd)
      return { limit: 'totalCostUsd', most: totalCostUsd, used: used.microUsd / million }
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
    const meta = metaSchema().safeParse(await table.get('quota', metaKey(problemId))).data
    if (meta !== undefined) return meta.status !== 'PROCESSING' && meta.status !== 'QUEUED'
    const madeAt = Number.parseInt(problemId.replaceAll('-', '').slice(0, 12), 16)
    return clock.now().getTime() - madeAt > claimLimitMs
  }

  return {
    async take(run, limits) {
      // Whoever is over a limit of their own does not bother the item of all.
      const refusal = (await refusalOfUser(run, limits)) ?? (await takeOfAll(run, limits))
      if (refusal !== undefined || (await takeOfUser(run, limits))) return refusal
      await table.leave('quota', allKey(run), 'running', run.problemId)
      const { runs: most } = limits
      return (await refusalOfUser(run, limits)) ?? { limit: 'runs', most, used: most }
    },

    async freePlaces() {
      const now = clock.now().getTime()
      for (const at of [now, now - dayMs]) {
        const day = { createdAt: new Date(at).toISOString() }
        const { running } = allSchema().parse((await table.get('quota', allKey(day))) ?? {})
        for (let from = 0; from < running.length; from += mostSearched) {
          await takeOut(day, running.slice(from, from + mostSearched))
        }
      }
    },

    async giveBack(run, hasTwin) {
      if (!hasTwin) await table.leave('quota', userKey(run), 'runs', memberOf(run))
      await table.leave('quota', allKey(run), 'running', run.problemId)
    },
  }
}

/**
 * Lets a run that is forgotten go on counting under its own id: its `requestId` is free again, and a new run with that counts
 * anew.
 */
export async function detachRequest(
  table: Table,
  run: Pick<RunRecord, 'problemId' | 'creatorId' | 'createdAt'> & { readonly requestId: string },
): Promise<void> {
  const { runs } = userSchema().parse((await table.get('forget', userKey(run))) ?? {})
  if (!runs.includes(memberOf(run))) return
  const entry = { key: userKey(run), set: 'runs', member: run.problemId, most: Number.MAX_SAFE_INTEGER, below: {} }
  await table.enter('forget', { ...entry, also: expiry(run) })
  await table.leave('forget', userKey(run), 'runs', memberOf(run))
}

function expiry({ createdAt }: Pick<RunRecord, 'createdAt'>): { expiresAt: number } {
  return { expiresAt: Math.floor(Date.parse(createdAt) / 1_000) + keptSeconds }
}
