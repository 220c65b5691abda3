// How runs and problems become items of the Problems table and come back: keys, schemas, and the cutting of large values.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import * as z from 'zod'
import { runEventSchema, type StoredEvent } from '../contract/events.ts'
import { generationRequestSchema, generationStatuses } from '../contract/generation.ts'
import { eventsKeptDays } from '../contract/limits.ts'
import { problemDocumentSchema, testCaseSchema, type ProblemDocument, type TestCase } from '../contract/problem.ts'
import { stageSchema, type Stage } from '../contract/verification.ts'
import { AppError } from '../errors.ts'
import { lazily } from '../lazily.ts'
import type { Lease, NewRun, ProblemSummary, RunRecord } from '../ports.ts'
import { completedShards } from './problems-table-definition.ts'

export type ItemKey = { readonly problemId: string; readonly kind: string }

// ---- keys

const seqDigits = 9
const largestSeq = 10 ** seqDigits - 1
/** Runs that are under way are spread over this many partitions; who looks for them reads all. */
const runningShards = 8
const eventPrefix = 'EVENT#'
export const metaKind = 'META'
const leaseKind = 'LEASE'

export function metaKey(problemId: string): ItemKey {
  return { problemId, kind: metaKind }
}

/** A `requestId` has no `#`, so no two pairs share a key. */
export function claimKey(creatorId: string, requestId: string): ItemKey {
  return { problemId: `REQUEST#${creatorId}#${requestId}`, kind: 'CLAIM' }
}

/** A group of events is filed under its last seq, so that one range of keys holds everything after a given event. */
function eventKind(lastSeq: number): string {
  return `${eventPrefix}${place(lastSeq)}`
}

/** A number that sorts as a text. */
function place(value: number): string {
  return String(value).padStart(seqDigits, '0')
}

/** Whether an item holds events. */
export function isGroup(item: Readonly<Record<string, unknown>>): boolean {
  return String(item['kind']).startsWith(eventPrefix)
}

/** First and last `kind` of the groups that hold events above `afterSeq`. */
export function kindsAfter(afterSeq: number): [string, string] {
  return [eventKind(Math.min(afterSeq + 1, largestSeq)), eventKind(largestSeq)]
}

export function leaseKey(problemId: string): ItemKey {
  return { problemId, kind: leaseKind }
}

/** `LEASE` and `META` sort right behind the events: reading backwards from `META` meets the last group third. */
export const kindsUpToMeta: [string, string] = [eventPrefix, metaKind]

/** Partitions of the completed index. */
export const completedPartitions: readonly string[] = Array.from({ length: completedShards }, (_, shard) =>
  completedPartition(shard),
)

function completedPartition(shard: number): string {
  return `COMPLETED#${shard}`
}

export function completedPartitionOf(problemId: string): string {
  return completedPartition(shardOf(problemId, completedShards))
}

/** Ids that are made one after the other spread evenly. */
function shardOf(problemId: string, shards: number): number {
  return createHash('sha256').update(problemId).digest().readUInt32BE() % shards
}

/** An entry that is there as long as the run is under way. Its `kind` is the run's id, which begins with its time. */
export function runningKey(problemId: string): ItemKey {
  return { problemId: runningPartition(shardOf(problemId, runningShards)), kind: problemId }
}

/** Partitions of the runs that are under way. */
export const runningPartitions: readonly string[] = Array.from({ length: runningShards }, (_, shard) =>
  runningPartition(shard),
)

function runningPartition(shard: number): string {
  return `RUNNING#${shard}`
}

/** The key of who asked for a run, sealed; there as long as the run is under way. */
export function sealedKeyKey(problemId: string): ItemKey {
  return { problemId, kind: 'SEALED' }
}

// ---- items

/** Days after which the table forgets what nobody needs any more. */
const keptDays = {
  /** What a run's next owner would need. */
  unfinished: 7,
  /** The events of a run, and all of one that came to nothing. */
  log: eventsKeptDays,
}

/** When an item written at that time is over, as {@link problemsTable}'s time to live. */
export function expiry(what: keyof typeof keptDays, at: string): { readonly expiresAt: number } {
  return { expiresAt: Math.floor(Date.parse(at) / 1_000) + keptDays[what] * 86_400 }
}

export const metaSchema = lazily(() =>
  z.object({
    problemId: z.string().min(1),
    kind: z.literal(metaKind),
    creatorId: z.string().min(1),
    requestId: z.string().optional(),
    status: z.enum(generationStatuses),
    request: generationRequestSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    errorMessage: z.string().optional(),
    cancelRequested: z.boolean().optional(),
    isOwnKey: z.boolean().optional(),
    isCounted: z.boolean().optional(),
    /** Only of a published problem. */
    revision: z.string().optional(),
  }),
)
type Meta = z.infer<ReturnType<typeof metaSchema>>

export const leaseSchema = lazily(() =>
  z.object({
    term: z.int().min(1),
    beat: z.int().min(0),
    next: z.int().min(1),
    isFree: z.boolean(),
  }),
)

/** The term of who claims a run. */
export const firstTerm = 1

/** The lease of a run that begins. Apart from `META`, for it changes with every append. */
export function newLease({
  problemId,
  createdAt,
}: Pick<NewRun, 'problemId' | 'createdAt'>): z.infer<ReturnType<typeof leaseSchema>> & ItemKey {
  return {
    ...leaseKey(problemId),
    term: firstTerm,
    beat: 0,
    next: 1,
    isFree: false,
    ...expiry('log', createdAt),
  }
}

export const sealedKeySchema = lazily(() => z.object({ sealed: z.instanceof(Uint8Array) }))

export const claimSchema = lazily(() => z.object({ claimedId: z.string().min(1) }))

/** A claim as a refused write shows it: in the wire's own notation. */
export const refusedClaimSchema = lazily(() => z.object({ claimedId: z.object({ S: z.string().min(1) }) }))

/** What a list of finished problems needs; the rest of META is not in the index. */
export const summarySchema = lazily(() =>
  z.object({
    problemId: z.string().min(1),
    title: z.string(),
    algorithmType: z.string(),
    difficulty: z.string(),
    locale: z.string(),
    createdAt: z.iso.datetime(),
  }),
)

/** The head of a group: what is known without its events. */
export const groupHeadSchema = lazily(() => z.object({ stage: stageSchema, at: z.iso.datetime() }))

const storedEventSchema = lazily(() =>
  z.object({
    seq: z.int().min(1),
    type: z.enum(runEventSchema.options.map((option) => option.shape.type.value)),
    data: z.string(),
  }),
)

/** The events of a group are one string: a list of maps costs a multiple to send and to read. */
const eventsSchema = lazily(() =>
  z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(z.array(storedEventSchema()).min(1)),
)

const groupSchema = lazily(() =>
  groupHeadSchema()
    .extend({ kind: z.string(), events: eventsSchema() })
    .refine(
      (group) => isGapFree(group.events) && group.kind === eventKind(lastSeqOf(group.events)),
      'events with gaps',
    ),
)
type EventGroup = z.infer<ReturnType<typeof groupSchema>>
/** A group as it is stored. */
export type GroupItem = z.input<ReturnType<typeof groupSchema>> & ItemKey & { readonly expiresAt: number }

const bodySchema = lazily(() =>
  z.discriminatedUnion('encoding', [
    z.object({ encoding: z.literal('json'), body: z.string() }),
    z.object({ encoding: z.literal('gzip'), body: z.instanceof(Uint8Array) }),
  ]),
)
type Body = z.infer<ReturnType<typeof bodySchema>>

const chunkSchema = lazily(() => z.intersection(z.object({ chunks: z.int().min(1), sha256: z.string() }), bodySchema()))
type Chunk = z.infer<ReturnType<typeof chunkSchema>>

/** Parses what was stored. A broken item is a fault of the table; nothing of it is shown. */
export function parseStored<T>(schema: z.ZodType<T>, stored: unknown): T {
  const parsed = schema.safeParse(stored)
  if (parsed.success) return parsed.data
  throw broken(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', '))
}

function broken(what: string): AppError {
  return new AppError('storage-unavailable', 'A stored item could not be read.', { cause: new Error(what) })
}

// ---- runs

export function newMeta(run: NewRun): Meta {
  return {
    ...metaKey(run.problemId),
    kind: metaKind,
    creatorId: run.creatorId,
    requestId: run.requestId,
    status: 'PROCESSING',
    request: run.request,
    createdAt: run.createdAt,
    updatedAt: run.createdAt,
    isOwnKey: run.isOwnKey,
    isCounted: run.isCounted,
  }
}

/** `lastAppendAt` is when the newest group was stored: appending does not touch META, the end of a run tells both. */
export function runRecord(meta: Meta, lastAppendAt: string | undefined): RunRecord {
  return {
    problemId: meta.problemId,
    creatorId: meta.creatorId,
    requestId: meta.requestId,
    status: meta.status,
    request: meta.request,
    createdAt: meta.createdAt,
    updatedAt: lastAppendAt ?? meta.updatedAt,
    errorMessage: meta.errorMessage,
    cancelRequested: meta.cancelRequested === true,
    isOwnKey: meta.isOwnKey === true,
    isCounted: meta.isCounted === true,
  }
}

/** DynamoDB refuses items above 400 KB, names and overhead included. */
const groupLimitBytes = 380 * 1024

/** One group as an item. Throws RangeError when there is no event, a gap between them, or more than one item holds. */
export function eventGroup(problemId: string, stage: Stage, events: readonly StoredEvent[], at: string): GroupItem {
  if (events.length === 0 || !isGapFree(events)) throw new RangeError('A group needs events without gaps.')
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event.data)) + 50, 0)
  if (bytes > groupLimitBytes) throw new RangeError(`A group of ${bytes} bytes is above ${groupLimitBytes}.`)
  const lastSeq = lastSeqOf(events)
  if (lastSeq > largestSeq) throw new RangeError(`No event comes after ${largestSeq}.`)
  return {
    problemId,
    kind: eventKind(lastSeq),
    stage,
    at,
    ...expiry('log', at),
    events: JSON.stringify(events.map(({ seq, type, data }) => ({ seq, type, data }))),
  }
}

export function storedGroup(stored: unknown): EventGroup {
  return parseStored(groupSchema(), stored)
}

function isGapFree(events: readonly StoredEvent[]): boolean {
  return events.every((event, index) => event.seq === (events[0]?.seq ?? 0) + index)
}

function lastSeqOf(events: readonly StoredEvent[]): number {
  return events.at(-1)?.seq ?? 0
}

// ---- notes

const notePrefix = 'NOTE#'
const noteSchema = lazily(() => z.object({ body: z.instanceof(Uint8Array) }))

/** First and last `kind` of the notes of a run. */
export const noteKinds: [string, string] = [notePrefix, `${notePrefix}~`]

/** Notes as items, packed together as far as they fit; `number` counts up. */
export async function noteItems(
  lease: Lease,
  notes: readonly string[],
  at: string,
  number: () => number,
): Promise<(z.infer<ReturnType<typeof noteSchema>> & ItemKey & { expiresAt: number })[]> {
  if (notes.length === 0) return []
  const body = await zipped(JSON.stringify(notes))
  if (body.length > chunkLimitBytes) {
    // One that does not fit alone is left out: what it says has to be found out again then.
    if (notes.length === 1) return []
    const half = Math.ceil(notes.length / 2)
    const [first, second] = [notes.slice(0, half), notes.slice(half)]
    return [...(await noteItems(lease, first, at, number)), ...(await noteItems(lease, second, at, number))]
  }
  const kind = `${notePrefix}${place(lease.term)}#${place(number())}`
  return [{ problemId: lease.problemId, kind, body, ...expiry('unfinished', at) }]
}

/** The notes in one item. */
export async function notesFrom(item: unknown): Promise<string[]> {
  const { body } = parseStored(noteSchema(), item)
  return parseStored(z.array(z.string()), parsedJson(await unzipped(body)))
}

// ---- problems

const plainLimitBytes = 300 * 1024
const chunkLimitBytes = 350 * 1024
/** No stored value unpacks to more than this. */
const unpackedLimitBytes = 256 * 1024 * 1024
const largestChunk = 9_999

/** What a revision consists of: the document, and its tests. */
type Part = 'PROBLEM' | 'TESTS'

/** Whether an item belongs to a problem, not to the run that made it. */
export function isOfProblem(kind: string): boolean {
  return kind.startsWith('PROBLEM#') || kind.startsWith('TESTS#')
}

/** First and last `kind` of one part of a revision. */
export function chunkKinds(part: Part, revision: string): [string, string] {
  return [chunkKind(part, revision, 0), chunkKind(part, revision, largestChunk)]
}

/** Throws RangeError for a revision whose name would reach into another one's kinds. */
function chunkKind(part: Part, revision: string, index: number): string {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(revision)) throw new RangeError('A revision is named by letters and digits.')
  if (index > largestChunk) throw new RangeError(`No chunk comes after ${largestChunk}.`)
  return `${part}#${revision}#${String(index).padStart(4, '0')}`
}

/** The items of a staged revision: the document readable while it is small, everything else packed. */
export async function revisionItems(
  revision: string,
  document: ProblemDocument,
  tests: readonly TestCase[],
): Promise<(Chunk & ItemKey)[]> {
  const { problemId } = document
  const json = JSON.stringify(document)
  const small = Buffer.byteLength(json) <= plainLimitBytes
  const documentChunks = small ? [{ encoding: 'json' as const, body: json }] : await packed(json)
  const testsJson = JSON.stringify(tests)
  const items = (part: Part, whole: string, bodies: Body[]): (Chunk & ItemKey)[] =>
    bodies.map((body, index) => ({
      problemId,
      kind: chunkKind(part, revision, index),
      // Every chunk names the whole it belongs to, so that a missing or a foreign one shows.
      chunks: bodies.length,
      sha256: sha256(whole),
      ...body,
    }))
  return [...items('PROBLEM', json, documentChunks), ...items('TESTS', testsJson, await packed(testsJson))]
}

async function packed(json: string): Promise<Body[]> {
  const bytes = await zipped(json)
  return Array.from({ length: Math.ceil(bytes.length / chunkLimitBytes) }, (_, index) => ({
    encoding: 'gzip',
    body: bytes.subarray(index * chunkLimitBytes, (index + 1) * chunkLimitBytes),
  }))
}

/** The document of a revision from its items in key order. */
export async function documentFrom(items: readonly unknown[]): Promise<ProblemDocument> {
  return parseStored(problemDocumentSchema, await valueFrom(items))
}

/** The tests of a revision from its items in key order. */
export async function testsFrom(items: readonly unknown[]): Promise<TestCase[]> {
  return parseStored(z.array(testCaseSchema), await valueFrom(items))
}

async function valueFrom(items: readonly unknown[]): Promise<unknown> {
  const chunks = items.map((item) => parseStored(chunkSchema(), item))
  const digest = chunks[0]?.sha256
  // Keys are in order and distinct, so as many as each one says are all of them; the digest proves their contents.
  if (digest === undefined || chunks.some((chunk) => chunk.chunks !== chunks.length)) throw broken('chunks are missing')
  const json = await unpacked(chunks)
  if (sha256(json) !== digest) throw broken('the digest differs')
  return parsedJson(json)
}

async function unpacked(chunks: readonly Chunk[]): Promise<string> {
  const plain = chunks[0]
  if (plain?.encoding === 'json') return plain.body
  return unzipped(
    Buffer.concat(chunks.map((chunk) => (chunk.encoding === 'gzip' ? chunk.body : Buffer.from(chunk.body)))),
  )
}

/** By a module of Node's that is large, and not needed by who only begins a run. */
async function zipped(text: string): Promise<Buffer<ArrayBuffer>> {
  const { gzip } = await import('node:zlib')
  return promisify(gzip)(text)
}

async function unzipped(bytes: Uint8Array): Promise<string> {
  const { gunzip } = await import('node:zlib')
  try {
    return (await promisify(gunzip)(bytes, { maxOutputLength: unpackedLimitBytes })).toString('utf8')
  } catch (error) {
    throw new AppError('storage-unavailable', 'A stored item could not be read.', { cause: error })
  }
}

function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    // The parser's message quotes what it read, which may be a user's text: it does not even become a cause.
    throw broken('not JSON')
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

// ---- lists

/** Newest first; problems of one instant in the order of their ids. Compares as the index does, by code units. */
export function newestFirst(a: ProblemSummary, b: ProblemSummary): number {
  return descending(a.createdAt, b.createdAt) || descending(a.problemId, b.problemId)
}

function descending(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? 1 : -1
}
