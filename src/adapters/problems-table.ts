// The run log and the library on DynamoDB: which requests each operation makes and what makes them safe to repeat.
import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../errors.ts'
import type {
  Clock,
  Log,
  ProblemStore,
  ProblemSummary,
  RunEnd,
  RunRecord,
  RunStore,
  SimilarityIndex,
} from '../ports.ts'
import { openTable, type DynamoDbConfig, type Table, type Write } from './dynamodb-table.ts'
import { problemsTable } from './problems-table-definition.ts'
import {
  chunkKinds,
  claimKey,
  completedPartitionOf,
  completedPartitions,
  documentFrom,
  eventGroup,
  groupHeadSchema,
  kindsAfter,
  kindsUpToMeta,
  metaKey,
  metaKind,
  metaSchema,
  newestFirst,
  newMeta,
  parseStored,
  refusedClaimSchema,
  revisionItems,
  runRecord,
  storedGroup,
  summarySchema,
  testsFrom,
  type GroupItem,
} from './problems-table-items.ts'
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
  /** Gives up its connections. */
  close(): void
}

/** Most chunks of a revision that are written at once. */
const parallelPuts = 4

/** Opens the Problems table. Nothing is sent before the first call. */
export function createProblemsTable({ client, tableName, clock, log }: ProblemsTableOptions): ProblemsTable {
  const table = openTable(client, tableName, problemsTable, { clock, log })
  return {
    runs: runStore(table, clock),
    problems: problemStore(table, log),
    similar: similarityIndex(table, log),
    close: () => table.close(),
  }
}

function runStore(table: Table, clock: Clock): RunStore {
  async function read(problemId: string): Promise<RunRecord | undefined> {
    const [meta, group] = await table.page('read', {
      partition: problemId,
      between: kindsUpToMeta,
      backwards: true,
      limit: 2,
      attributes: [...Object.keys(metaSchema.shape), ...Object.keys(groupHeadSchema.shape)],
    })
    if (meta?.['kind'] !== metaKind) return undefined
    const lastAppendAt = group === undefined ? undefined : parseStored(groupHeadSchema, group).at
    return runRecord(parseStored(metaSchema, meta), lastAppendAt)
  }

  async function isStored(group: GroupItem): Promise<boolean> {
    const item = await table.get('compare', { problemId: group.problemId, kind: group.kind })
    if (item === undefined) return false
    const { stage, events } = storedGroup(item)
    return stage === group.stage && isDeepStrictEqual(events, storedGroup(group).events)
  }

  return {
    read,

    async claim(run) {
      const writes: Write[] = [{ create: newMeta(run) }]
      if (run.requestId !== undefined) {
        writes.push({ create: { ...claimKey(run.creatorId, run.requestId), claimedId: run.problemId } })
      }
      // The token is this call's own: its repetition after a lost answer succeeds again, a second call does not.
      const refusal = await table.transact('claim', writes, clock.newId())
      if (refusal === undefined) return { created: true }
      const [, claim] = refusal
      if (claim?.failed !== true) throw new AppError('conflict', 'The problem id is taken.')
      const earlier = await read(parseStored(refusedClaimSchema, claim.stored).claimedId.S)
      if (earlier === undefined) throw new AppError('storage-unavailable', 'A claimed run is missing.')
      return { created: false, run: earlier }
    },

    async append(problemId, stage, events, at) {
      if (events.length === 0) return
      const group = eventGroup(problemId, stage, events, at)
      if ((await table.create('append', group)) || (await isStored(group))) return
      throw new AppError('storage-unavailable', 'Other events are stored in this place.')
    },

    async end(problemId, stage, events, end, at) {
      const group = eventGroup(problemId, stage, events, at)
      const change = {
        key: metaKey(problemId),
        set: { updatedAt: at, ...ending(end) },
        remove: ['cancelRequested'],
        when: { status: 'PROCESSING' },
      }
      // The index is written with the publication: it names no problem that cannot be read, and misses none that can.
      const writes: Write[] = [{ create: group }, { change }, ...entering(end)]
      const refusal = await table.transact('end', writes)
      if (refusal === undefined) return
      const [run, isSame] = await Promise.all([read(problemId), isStored(group)])
      if (run === undefined) throw new AppError('not-found', 'The run does not exist.')
      // This very end, stored by an attempt whose answer was lost longer ago than tokens are remembered.
      if (run.status === end.status && isSame) return
      if (run.status !== 'PROCESSING') throw new AppError('conflict', 'The run has already ended.')
      throw new AppError('storage-unavailable', 'Other events are stored in this place.')
    },

    async events(problemId, afterSeq) {
      const items = await table.page('events', { partition: problemId, between: kindsAfter(afterSeq) })
      return items.flatMap((item) => storedGroup(item).events).filter((event) => event.seq > afterSeq)
    },

    async stage(problemId) {
      const [group] = await table.page('stage', {
        partition: problemId,
        between: kindsAfter(0),
        backwards: true,
        limit: 1,
        attributes: Object.keys(groupHeadSchema.shape),
      })
      return group === undefined ? undefined : parseStored(groupHeadSchema, group).stage
    },

    requestCancel: (problemId) =>
      table.change('cancel', {
        key: metaKey(problemId),
        set: { cancelRequested: true },
        when: { status: 'PROCESSING' },
      }),
  }
}

/** What META learns at the end of a run; for a completed one this is the publication. */
function ending(end: RunEnd): Record<string, string> {
  if (end.status === 'CANCELLED') return { status: end.status }
  if (end.status === 'FAILED') return { status: end.status, errorMessage: end.errorMessage }
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
      const { status, revision } = parseStored(metaSchema, item)
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
    const parsed = summarySchema.safeParse(item)
    if (parsed.success) return [parsed.data]
    log.error('a listed item could not be read', { paths: parsed.error.issues.map((issue) => issue.path.join('.')) })
    return []
  }
}
