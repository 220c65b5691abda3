// The run log and the library on DynamoDB: which requests each operation makes and what makes them safe to repeat.
import { isDeepStrictEqual } from 'node:util'
import type { StoredEvent } from '../contract/events.ts'
import type { GenerationRequest } from '../contract/generation.ts'
import { AppError } from '../errors.ts'
import type {
  Clock,
  Lease,
  LeaseState,
  Log,
  ProblemStore,
  ProblemSummary,
  QuotaStore,
  RunEnd,
  RunRecord,
  RunStore,
  SimilarityIndex,
} from '../ports.ts'
import { type Change, openTable, type DynamoDbConfig, type Table, type Write } from './dynamodb-table.ts'
import { problemsTable } from './problems-table-definition.ts'
import {
  chunkKinds,
  claimKey,
  claimSchema,
  completedPartitionOf,
  completedPartitions,
  documentFrom,
  eventGroup,
  expiry,
  firstTerm,
  groupHeadSchema,
  isGroup,
  isOfProblem,
  kindsAfter,
  kindsUpToMeta,
  leaseKey,
  leaseSchema,
  metaKey,
  metaKind,
  metaSchema,
  newestFirst,
  noteItems,
  noteKinds,
  notesFrom,
  newLease,
  newMeta,
  parseStored,
  refusedClaimSchema,
  revisionItems,
  runningKey,
  runningPartitions,
  runRecord,
  sealedKeyKey,
  sealedKeySchema,
  storedGroup,
  summarySchema,
  testsFrom,
  type GroupItem,
} from './problems-table-items.ts'
import { detachRequest, quotaStore, spendingWrites } from './problems-table-quotas.ts'
import { similarityIndex, similarityItems } from './problems-table-similarity.ts'

interface ProblemsTableOptions {
  readonly client: DynamoDbConfig
  readonly tableName: string
  readonly clock: Clock
  readonly log: Log
}

export interface ProblemsTable {
  readonly runs: RunStore
  readonly problems: ProblemStore
  readonly similar: SimilarityIndex
  readonly quotas: QuotaStore
  /** Gives up its connections. */
  close(): void
}

/** Most items that are written, or removed, at once. */
const parallelPuts = 4

/** Opens the Problems table. Nothing is sent before the first call. */
export function createProblemsTable({ client, tableName, clock, log }: ProblemsTableOptions): ProblemsTable {
  const table = openTable(client, tableName, problemsTable, { clock, log })
  return {
    runs: runStore(table, clock),
    problems: problemStore(table, log),
    similar: similarityIndex(table, log),
    quotas: quotaStore(table, clock),
    close: () => table.close(),
  }
}

function runStore(table: Table, clock: Clock): RunStore {
  /** Numbers the notes of this process; those of another one have another term. */
  let notesStored = 0

  async function read(problemId: string): Promise<RunRecord | undefined> {
    const [meta, ...before] = await table.page('read', {
      partition: problemId,
      between: kindsUpToMeta,
      backwards: true,
      limit: 3,
      attributes: [...Object.keys(metaSchema().shape), ...Object.keys(groupHeadSchema().shape)],
    })
    if (meta?.['kind'] !== metaKind) return undefined
    const group = before.find(isGroup)
    const lastAppendAt = group === undefined ? undefined : parseStored(groupHeadSchema(), group).at
    return runRecord(parseStored(metaSchema(), meta), lastAppendAt)
  }

  async function isStored(group: GroupItem): Promise<boolean> {
    const item = await table.get('compare', { problemId: group.problemId, kind: group.kind })
    if (item === undefined) return false
    const { stage, events } = storedGroup(item)
    return stage === group.stage && isDeepStrictEqual(events, storedGroup(group).events)
  }

  async function removeAll(items: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const waiting = oneByOne(items)
    const removers = Array.from({ length: parallelPuts }, async () => {
      for (const { problemId, kind } of waiting) await table.remove('forget', { problemId, kind })
    })
    await Promise.all(removers)
  }

  async function leaseOf(problemId: string): Promise<LeaseState | undefined> {
    const item = await table.get('lease', leaseKey(problemId))
    if (item === undefined) return undefined
    const { term, beat, next, isFree } = parseStored(leaseSchema(), item)
    return { term, beat, next, isFree }
  }

  /**
   * What comes after those events that are stored although the answer to their write was lost; undefined when that is not
   * how it is.
   */
  async function notStored(lease: Lease, events: readonly StoredEvent[]): Promise<readonly StoredEvent[] | undefined> {
    const { term, next } = (await leaseOf(lease.problemId)) ?? {}
    const known = events.filter(({ seq }) => seq < (next ?? 0))
    const [first] = known
    if (term !== lease.term || first === undefined || known.length === events.length) return undefined
    const stored = await eventsAfter(lease.problemId, first.seq - 1)
    return isDeepStrictEqual(stored, known) ? events.slice(known.length) : undefined
  }

  async function eventsAfter(problemId: string, afterSeq: number): Promise<StoredEvent[]> {
    const items = await table.page('events', { partition: problemId, between: kindsAfter(afterSeq) })
    return items.flatMap((item) => storedGroup(item).events).filter((event) => event.seq > afterSeq)
  }

  /** Why a write of an owner was refused. */
  async function refused({ problemId, term }: Lease): Promise<AppError> {
    const current = await leaseOf(problemId)
    return current === undefined || current.term === term
      ? new AppError('storage-unavailable', 'Other events are stored in this place.')
      : new AppError('lease-lost', 'Somebody else makes this run by now.')
  }

  return {
    read,

    async claim(run, sealedKey) {
      const { problemId, creatorId, requestId, createdAt } = run
      const writes: Write[] = [{ create: newMeta(run) }, { create: newLease(run) }, { put: runningKey(problemId) }]
      if (sealedKey !== undefined) {
        writes.push({ put: { ...sealedKeyKey(problemId), sealed: sealedKey, ...expiry('unfinished', createdAt) } })
      }
      if (requestId !== undefined) {
        const claim = { ...claimKey(creatorId, requestId), claimedId: problemId, ...expiry('log', createdAt) }
        writes.push({ create: claim, renews: true })
      }
      // The token is this call's own: its repetition after a lost answer succeeds again, a second call does not.
      const refusal = await table.transact('claim', writes, clock.newId())
      if (refusal === undefined) return { created: true, lease: { problemId: run.problemId, term: firstTerm } }
      const claim = requestId === undefined ? undefined : refusal.at(-1)
      if (claim?.failed !== true) throw new AppError('conflict', 'The problem id is taken.')
      const earlier = await read(parseStored(refusedClaimSchema(), claim.stored).claimedId.S)
      if (earlier === undefined) throw new AppError('storage-unavailable', 'A claimed run is missing.')
      return { created: false, run: earlier }
    },

    async running(limit) {
      const lists = await Promise.all(
        runningPartitions.map((partition) => table.all('running', { partition, limit, attributes: ['kind'] })),
      )
      // Ids begin with the time at which they were made.
      return lists
        .flat()
        .map(({ kind }) => String(kind))
        .sort()
        .slice(0, limit)
    },

    async sealedKey(problemId) {
      const item = await table.get('sealed key', sealedKeyKey(problemId))
      return item === undefined ? undefined : parseStored(sealedKeySchema(), item).sealed
    },

    async claimed(creatorId, requestId) {
      const claim = await table.get('claimed', claimKey(creatorId, requestId))
      return claim === undefined ? undefined : read(parseStored(claimSchema(), claim).claimedId)
    },

    async append(lease, stage, events, at, notes = []) {
      const kept = (await noteItems(lease, notes, at, () => ++notesStored)).map((put) => ({ put }))
      if (events.length === 0) {
        if (kept.length === 0) return
        const check = { key: leaseKey(lease.problemId), when: { term: lease.term } }
        if ((await table.transact('append', [{ check }, ...kept])) !== undefined) throw await refused(lease)
        return
      }
      const group = eventGroup(lease.problemId, stage, events, at)
      const writes: Write[] = [{ change: advance(lease, events) }, { create: group }, ...kept]
      if ((await table.transact('append', writes)) === undefined || (await isStored(group))) return
      const rest = await notStored(lease, events)
      if (rest === undefined) throw await refused(lease)
      return this.append(lease, stage, rest, at, notes)
    },

    async notes(problemId) {
      const items = await table.all('notes', { partition: problemId, between: noteKinds })
      return (await Promise.all(items.map(notesFrom))).flat()
    },

    async end(lease, stage, events, end, at, spending) {
      const { problemId } = lease
      const group = eventGroup(problemId, stage, events, at)
      const change = {
        key: metaKey(problemId),
        set: { updatedAt: at, ...ending(end, at) },
        remove: ['cancelRequested'],
        when: { status: 'PROCESSING' },
      }
      const booking = spending === undefined ? [] : spendingWrites(problemId, spending)
      // The index is written with the publication: it names no problem that cannot be read, and misses none that can.
      const writes: Write[] = [
        { change: advance(lease, events) },
        { create: group },
        { change },
        { remove: runningKey(problemId) },
        { remove: sealedKeyKey(problemId) },
        ...entering(end),
        ...booking,
      ]
      if ((await table.transact('end', writes)) === undefined) return
      const [run, isSame] = await Promise.all([read(problemId), isStored(group)])
      if (run === undefined) throw new AppError('not-found', 'The run does not exist.')
      // This very end, stored by an attempt whose answer was lost longer ago than tokens are remembered.
      if (run.status === end.status && isSame) return
      // To a former owner the run is somebody else's, ended or not.
      const refusal = await refused(lease)
      if (refusal.code === 'lease-lost') throw refusal
      if (run.status !== 'PROCESSING') throw new AppError('conflict', 'The run has already ended.')
      const rest = await notStored(lease, events)
      if (rest === undefined) throw refusal
      return this.end(lease, stage, rest, end, at, spending)
    },

    renew: ({ problemId, term }, beat) =>
      table.change('renew', { key: leaseKey(problemId), set: { beat }, when: { term } }),

    async release({ problemId, term }) {
      await table.change('release', { key: leaseKey(problemId), set: { isFree: true }, when: { term } })
    },

    leaseOf,

    async takeOver(problemId, seen) {
      const owner = clock.newId()
      const term = seen.term + 1
      const set = { term, beat: 0, isFree: false, owner }
      const taken = await table.change('take over', { key: leaseKey(problemId), set, when: { ...seen } })
      // The write may have been made although its answer was lost: then its repetition was refused.
      const isMine = taken || (await table.get('compare', leaseKey(problemId)))?.['owner'] === owner
      return isMine ? { problemId, term } : undefined
    },

    events: eventsAfter,

    async stage(problemId) {
      const [group] = await table.page('stage', {
        partition: problemId,
        between: kindsAfter(0),
        backwards: true,
        limit: 1,
        attributes: Object.keys(groupHeadSchema().shape),
      })
      return group === undefined ? undefined : parseStored(groupHeadSchema(), group).stage
    },

    requestCancel: (problemId) =>
      table.change('cancel', {
        key: metaKey(problemId),
        set: { cancelRequested: true },
        when: { status: 'PROCESSING' },
      }),

    async ofCreator(creatorId, limit) {
      const mine = { index: problemsTable.indexes.creator, partition: creatorId, backwards: true, limit }
      return (await table.all('mine', mine)).map(({ problemId }) => String(problemId))
    },

    async forget(problemId) {
      const meta = await table.get('forget', metaKey(problemId))
      if (meta === undefined) return 'removed'
      const { status, creatorId, requestId, request, createdAt } = parseStored(metaSchema(), meta)
      const isPublished = status === 'COMPLETED'
      const items = await table.all('forget', { partition: problemId, attributes: ['problemId', 'kind'] })
      const left = items.filter(({ kind }) => kind !== metaKind && !(isPublished && isOfProblem(String(kind))))
      await removeAll(left)
      if (requestId !== undefined) {
        await detachRequest(table, { problemId, creatorId, requestId, createdAt })
        await table.remove('forget', claimKey(creatorId, requestId))
      }
      // Last, for without it nobody would find the rest.
      if (!isPublished) await table.remove('forget', metaKey(problemId))
      else await table.change('forget', anonymous(problemId, request))
      return isPublished ? 'anonymised' : 'removed'
    },
  }
}

/** A published run of nobody. Each is one's own creator, for all of nobody's would share one place of the index. */
function anonymous(problemId: string, { prompt: _words, ...request }: GenerationRequest): Change {
  return {
    key: metaKey(problemId),
    set: { creatorId: `nobody-${problemId}`, request },
    remove: ['requestId'],
    when: { status: 'COMPLETED' },
  }
}

/** The lease moves on with the events: only its owner can write them, and only where the last ones ended. */
function advance({ problemId, term }: Lease, events: readonly StoredEvent[]): Change {
  const [first, last] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0]
  return { key: leaseKey(problemId), set: { next: last + 1 }, when: { term, next: first } }
}

/** What META learns at the end of a run; for a completed one this is the publication. */
function ending(end: RunEnd, at: string): Record<string, string | number> {
  if (end.status === 'CANCELLED') return { status: end.status, ...expiry('log', at) }
  if (end.status === 'FAILED') return { status: end.status, errorMessage: end.errorMessage, ...expiry('log', at) }
  return {
    status: end.status,
    revision: end.revision,
    title: end.problem.title,
    algorithmType: end.problem.algorithm_type,
    difficulty: end.problem.difficulty,
    locale: end.problem.locale,
    completedShard: completedPartitionOf(end.problem.problemId),
  }
}

/** The entries by which a completed problem is found to be similar. */
function entering(end: RunEnd): Write[] {
  if (end.status !== 'COMPLETED' || end.likeness === undefined) return []
  const { problemId, title } = end.problem
  return similarityItems(problemId, title, end.likeness).map((put) => ({ put }))
}

/** Hands items to several loops; when one of them throws, it ends for all. An array's own iterator would go on. */
function* oneByOne<T>(items: readonly T[]): Generator<T> {
  yield* items
}

function problemStore(table: Table, log: Log): ProblemStore {
  return {
    async stage(revision, document, tests) {
      const waiting = oneByOne(await revisionItems(revision, document, tests))
      const writers = Array.from({ length: parallelPuts }, async () => {
        for (const item of waiting) await table.put('stage', item)
      })
      await Promise.all(writers)
    },

    async read(problemId) {
      const item = await table.get('read', metaKey(problemId))
      if (item === undefined) return undefined
      const { status, revision } = parseStored(metaSchema(), item)
      if (status !== 'COMPLETED') return undefined
      if (revision === undefined) throw new AppError('storage-unavailable', 'A published problem has no revision.')
      const [document, tests] = await Promise.all([
        table.all('read', { partition: problemId, between: chunkKinds('PROBLEM', revision) }).then(documentFrom),
        table.all('read', { partition: problemId, between: chunkKinds('TESTS', revision) }).then(testsFrom),
      ])
      return { document, tests }
    },

    async list(limit) {
      if (limit < 1) return []
      const newest = { index: problemsTable.indexes.completed, backwards: true, limit }
      const lists = await Promise.all(
        completedPartitions.map((partition) => table.all('list', { ...newest, partition })),
      )
      return lists.flat().flatMap(readable).sort(newestFirst).slice(0, limit)
    },
  }

  /** A list goes on without an item that cannot be read: one broken problem must not hide the library. */
  function readable(item: unknown): ProblemSummary[] {
    const parsed = summarySchema().safeParse(item)
    if (parsed.success) return [parsed.data]
    log.error('a listed item could not be read', { paths: parsed.error.issues.map((issue) => issue.path.join('.')) })
    return []
  }
}
