// One run from claim to terminal event: who owns it makes it, everybody else reads along.
import { type EventType, type FailureCode, isTerminal, type StoredEvent } from '../contract/events.ts'
import type { GenerationRequest } from '../contract/generation.ts'
import type { ProblemDocument, TestCase } from '../contract/problem.ts'
import type { Stage } from '../contract/verification.ts'
import { AppError } from '../errors.ts'
import { lazily } from '../lazily.ts'
import type { Lease, Model, Ports, RunEnd, RunRecord, Spending } from '../ports.ts'
import { Books } from './books.ts'
import { entryJson, Journal, type JournalEntry, parseEntry } from './journal.ts'
import { keepLease } from './lease.ts'
import { Measures, type RunOutcome } from './measures.ts'
import { cancelledMessage, failureMessage } from './messages.ts'
import type { PipelineEnd } from './pipeline.ts'
import { withProblem } from './problem-event.ts'
import { progressOf, toldProgress } from './progress.ts'
import { type LogBody, RunLog, storedEvent } from './run-log.ts'
import { RunTails } from './tail.ts'

/** An owner hands its run over this long before its function's end: what it has in hand then has time to be stored. */
export const ownerReserveMs = 45_000
/** How often the owner looks whether it was asked to stop. */
const cancelPollMs = 1_000

/** Why a run was stopped from outside the pipeline. */
class Stop extends Error {
  readonly kind: 'cancelled' | 'deadline' | 'storage' | 'lost'

  constructor(kind: Stop['kind']) {
    super(kind)
    this.kind = kind
  }
}

/** How a run ends: the event that says so, and what the table keeps. */
interface Ending {
  readonly body: LogBody
  readonly end: RunEnd
}

/** A run and the right to make it. */
export interface OwnedRun extends Pick<
  RunRecord,
  'problemId' | 'creatorId' | 'requestId' | 'request' | 'createdAt' | 'isOwnKey' | 'isCounted'
> {
  readonly lease: Lease
  /** Milliseconds until the owner has to be done, or hands the run over. */
  readonly deadlineMs: number
}

/** What former owners of a run left in the table. */
interface Earlier {
  readonly entries: readonly JournalEntry[]
  readonly events: readonly StoredEvent[]
  /** The stage of the last events. */
  readonly stage: Stage
}

/** A run that this process makes. */
export interface RunInProgress {
  /** Its events as they are stored; ends after the terminal one, or when `done` says why there is none. */
  events(): AsyncGenerator<StoredEvent[]>
  readonly done: Promise<RunOutcome>
}

/** Most of the code: loaded by who is about to make a run. */
const loadPipeline = () => import('./pipeline.ts')

/** Makes what makes runs ready, once, for who is about to make the first one and waits for the table. */
export const preparePipeline = lazily(async () => {
  const { rehearse } = await loadPipeline()
  await rehearse()
})

/** Starts making a claimed run, or goes on with one that somebody else has begun. */
export function startRun(run: OwnedRun, model: Promise<Model>, ports: Ports, earlier?: Earlier): RunInProgress {
  const abort = new AbortController()
  const events = earlier?.events ?? []
  const log = new RunLog(
    run.lease,
    ports.runs,
    ports.clock,
    (error) => {
      const isLost = isLeaseLost(error)
      ports.log[isLost ? 'warn' : 'error']('event log cannot be written', { problemId: run.problemId, error })
      abort.abort(new Stop(isLost ? 'lost' : 'storage'))
    },
    { seq: events.at(-1)?.seq ?? 0, stage: earlier?.stage ?? 'blueprint' },
  )
  let finished: { document: ProblemDocument; tests: readonly TestCase[] } | undefined
  const done = own(run, model, ports, log, abort, earlier, (problem) => {
    finished = problem
  })
  return {
    done,
    events: async function* () {
      for await (const events of log.follow()) {
        yield events.map((event) =>
          event.type === 'problem' && finished !== undefined ? withProblem(event, finished) : event,
        )
      }
    },
  }
}

async function own(
  run: OwnedRun,
  model: Promise<Model>,
  ports: Ports,
  log: RunLog,
  abort: AbortController,
  earlier: Earlier | undefined,
  onPublished: (problem: { document: ProblemDocument; tests: readonly TestCase[] }) => void,
): Promise<RunOutcome> {
  const watching = new AbortController()
  void watchForCancel(run.problemId, ports, abort, watching.signal)
  const onLost = (): void => abort.abort(new Stop('lost'))
  void keepLease(run.lease, () => log.lastEventsAt, onLost, ports, watching.signal)
  void stopAt(run.deadlineMs, ports, abort, watching.signal)
  const revision = ports.clock.newId()
  const entries = earlier?.entries ?? []
  const books = new Books(entries, (entry) => log.note(entryJson(entry), false))
  const journal = new Journal(entries, (entry) => log.note(entryJson(entry), entry.kind === 'gate'))
  const told = progressOf(earlier?.events ?? [])
  const isTold = toldProgress(told)
  const measures = new Measures(run, told, ports)
  const over = (outcome: RunOutcome): RunOutcome => {
    measures.end(outcome, books.bill)
    return outcome
  }
  let end: Ending
  try {
    const { runPipeline } = await loadPipeline()
    const outcome = await runPipeline(run, {
      model: books.watched(await model),
      executor: ports.executor,
      clock: ports.clock,
      similar: ports.similar,
      signal: abort.signal,
      emit: (event) => {
        if (isTold(event)) return
        measures.add(event)
        log.emit(event)
      },
      journal,
      callSuffix: run.lease.term === 1 ? '' : `~${run.lease.term}`,
      store: ({ document, tests }) => ports.problems.stage(revision, document, tests),
    })
    end = terminal(outcome, revision, run.request)
    if (outcome.ok) onPublished(outcome.publication)
  } catch (thrown) {
    if (thrown instanceof Stop && thrown.kind === 'lost') return over(lost(log))
    const isTimeUp = thrown instanceof Stop && thrown.kind === 'deadline'
    if (isTimeUp && (await canGoOn(run, ports))) return over(await handOver(run, log, ports))
    end = stopped(thrown, run, ports)
  } finally {
    watching.abort()
  }
  return over(await store(run, ports, log, end, spendingOf(run, books)))
}

/** What the quota of who asked learns of a run that is over. */
function spendingOf(
  { creatorId, requestId, createdAt, isOwnKey, isCounted }: OwnedRun,
  books: Books,
): Spending | undefined {
  if (!isCounted) return undefined
  // With a key of one's own, tokens and money are none of our business.
  const own = isOwnKey ? { tokens: 0, costUsd: 0 } : {}
  return { creatorId, requestId, createdAt, ...books.spending, ...own }
}

/** The new owner tells what becomes of the run. */
function lost(log: RunLog): RunOutcome {
  log.abandon()
  return { how: 'lost' }
}

/** Whether another owner can take the run to its end: not without the key it was asked for with. */
async function canGoOn({ isOwnKey, problemId }: OwnedRun, { runs, sealer, log }: Ports): Promise<boolean> {
  if (!isOwnKey) return true
  if (sealer === undefined) return false
  try {
    return (await runs.sealedKey(problemId)) !== undefined
  } catch (error) {
    log.warn('the sealed key of a run cannot be found', { problemId, error })
    return false
  }
}

/** Stores what has come so far and leaves the run to whoever looks at it next. */
async function handOver({ lease }: OwnedRun, log: RunLog, ports: Ports): Promise<RunOutcome> {
  await log.leave()
  try {
    await ports.runs.release(lease)
  } catch (error) {
    // Then the next owner has to wait until the lease is over.
    ports.log.warn('the lease cannot be released', { problemId: lease.problemId, error })
  }
  return { how: 'handed-over' }
}

/** Stores the end of the run; falls back to a stored failure, and at last to one that cannot be stored. */
async function store(
  run: OwnedRun,
  ports: Ports,
  log: RunLog,
  end: Ending,
  spending: Spending | undefined,
): Promise<RunOutcome> {
  const failure = failed('storage-unavailable', true, [], run.request)
  for (const attempt of [end, failure]) {
    try {
      await log.end(attempt.body, attempt.end, spending)
      return outcomeOf(attempt.body)
    } catch (thrown) {
      if (isLeaseLost(thrown)) return lost(log)
      ports.log.error('end of the run cannot be stored', { problemId: run.problemId, error: thrown })
      // The write may have happened although its answer was lost: then the table is right, and it is shown.
      const stored = await storedEnd(run.problemId, ports)
      if (stored !== undefined) {
        log.showStored(stored)
        return outcomeOf(stored.at(-1) ?? failure.body)
      }
    }
  }
  log.abandon()
  await ports.runs.release(run.lease).catch(() => undefined)
  const { type, ...rest } = failure.body
  const at = ports.clock.now().toISOString()
  return { ...outcomeOf(failure.body), unstored: JSON.stringify({ type, problemId: run.problemId, at, ...rest }) }
}

/** What the last event of a run says of its end. */
function outcomeOf(event: { readonly type: EventType; readonly code?: FailureCode }): RunOutcome {
  if (event.type === 'problem') return { how: 'completed' }
  if (event.type === 'cancelled') return { how: 'cancelled' }
  return { how: 'failed', ...(event.code === undefined ? {} : { code: event.code }) }
}

function isLeaseLost(error: unknown): boolean {
  return error instanceof AppError && error.code === 'lease-lost'
}

async function storedEnd(problemId: string, ports: Ports): Promise<StoredEvent[] | undefined> {
  try {
    const record = await ports.runs.read(problemId)
    if (record === undefined || record.status === 'PROCESSING' || record.status === 'QUEUED') return undefined
    const events: StoredEvent[] = []
    while (!events.some(({ type }) => isTerminal(type))) {
      const page = await ports.runs.events(problemId, events.at(-1)?.seq ?? 0)
      if (page.length === 0) return undefined
      events.push(...page)
    }
    return events
  } catch (thrown) {
    ports.log.warn('end of the run cannot be read', { problemId, error: thrown })
    return undefined
  }
}

function terminal(outcome: PipelineEnd, revision: string, request: GenerationRequest): Ending {
  if (!outcome.ok) return failed(outcome.code, outcome.retryable, outcome.evidence, request)
  const { document, likeness } = outcome.publication
  // The event is stored without the problem, which stands beside it; reading puts it in (see withProblem).
  return { body: { type: 'problem' }, end: { status: 'COMPLETED', problem: document, revision, likeness } }
}

function failed(
  code: FailureCode,
  retryable: boolean,
  evidence: readonly string[],
  request: GenerationRequest,
): Ending {
  const message = failureMessage(code, request.locale)
  return {
    body: { type: 'failed', code, message, retryable, evidence: [...evidence] },
    end: { status: 'FAILED', errorMessage: message },
  }
}

function cancelled({ locale }: GenerationRequest): Ending {
  return { body: { type: 'cancelled', message: cancelledMessage(locale) }, end: { status: 'CANCELLED' } }
}

function stopped(thrown: unknown, run: OwnedRun, ports: Ports): Ending {
  const { request } = run
  if (thrown instanceof Stop && thrown.kind === 'cancelled') {
    return cancelled(request)
  }
  if (thrown instanceof Stop)
    return failed(thrown.kind === 'deadline' ? 'deadline' : 'storage-unavailable', true, [], request)
  const code = thrown instanceof AppError ? thrown.code : undefined
  const isAway = code === 'storage-unavailable' || code === 'model-unavailable'
  ports.log.error(isAway ? 'run failed for want of a service' : 'run failed on our side', {
    problemId: run.problemId,
    error: thrown,
  })
  return failed(isAway ? code : 'internal', isAway, [], request)
}

async function watchForCancel(
  problemId: string,
  ports: Ports,
  abort: AbortController,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await ports.clock.sleep(cancelPollMs, signal)
      const record = await ports.runs.read(problemId)
      if (record?.cancelRequested === true) abort.abort(new Stop('cancelled'))
    } catch (thrown) {
      // Not being able to look is no reason to stop: a table that stays away fails the next append.
      if (!signal.aborted) ports.log.warn('cannot look for a cancellation', { problemId, error: thrown })
    }
  }
}

async function stopAt(ms: number, ports: Ports, abort: AbortController, signal: AbortSignal): Promise<void> {
  await ports.clock.sleep(ms, signal).then(
    () => abort.abort(new Stop('deadline')),
    () => undefined,
  )
}

/**
 * Reads a run that lives anywhere: what is stored after `after`, then what follows, until the terminal event or the signal.
 * Goes on with it when its owner is gone and `msLeft` says that there is time; `onTakenOver` is told when that one is done.
 * Who reads with the same `tails` shares the looks at the table.
 */
export function followRun(
  problemId: string,
  after: number,
  ports: Ports,
  signal: AbortSignal,
  msLeft: () => number = () => 0,
  onTakenOver: (done: Promise<unknown>) => void = () => undefined,
  tails: RunTails = new RunTails(ports),
): AsyncGenerator<readonly StoredEvent[]> {
  const goOnHere = async (lease: Lease): Promise<void> => {
    const taken = await goOn(lease, msLeft(), ports)
    if (taken !== undefined) onTakenOver(taken.done)
  }
  return tails.follow(problemId, after, { signal, msLeft, goOn: goOnHere })
}

/** A run that so many owners, or so much time, did not bring to its end is given up. */
const mostOwners = 12
const longestMs = 3_600_000

/**
 * Goes on with a run that was taken over, or ends it; resolves when that is under way, `done` when it is over. Undefined
 * when the run is over already, or when that failed, which is left to the next one who looks. Never throws.
 */
export async function goOn(
  lease: Lease,
  msLeft: number,
  ports: Ports,
): Promise<{ readonly done: Promise<unknown> } | undefined> {
  const { problemId } = lease
  try {
    const run = await ports.runs.read(problemId)
    if (run?.status !== 'PROCESSING') return undefined
    const { runs } = ports
    const [events, notes, stage] = await Promise.all([
      allEvents(problemId, ports),
      runs.notes(problemId),
      runs.stage(problemId),
    ])
    const entries = notes.flatMap((note) => readable(note, problemId, ports))
    const earlier = { events, entries, stage: stage ?? ('blueprint' as const) }
    const owned = { ...run, lease, deadlineMs: msLeft }
    // Neither notes nor a key may stand in the way of an end.
    let hopeless = run.cancelRequested ? undefined : whyHopeless(owned, ports.clock.now())
    let ownKey: string | undefined
    if (!run.cancelRequested && hopeless === undefined && run.isOwnKey) {
      ownKey = await openedKey(problemId, ports)
      if (ownKey === undefined) hopeless = 'who made it is gone, and nobody else has the key it was asked for with'
    }
    if (run.cancelRequested || hopeless !== undefined) {
      await endOrphan(owned, hopeless, earlier, ports)
      return { done: Promise.resolve() }
    }
    return { done: startRun(owned, ports.models.open(ownKey), ports, earlier).done }
  } catch (error) {
    ports.log.warn('nobody goes on with a run', { problemId, error })
    return undefined
  }
}

/** A note of an earlier owner. One that another version of the service wrote counts as none: what it kept is made again. */
function readable(note: string, problemId: string, { log }: Ports): JournalEntry[] {
  try {
    return [parseEntry(note)]
  } catch (error) {
    log.warn('a note of an earlier owner cannot be read', { problemId, error })
    return []
  }
}

/** The key with which a run was asked for, for its new owner; undefined when nobody kept it. */
async function openedKey(problemId: string, { runs, sealer }: Ports): Promise<string | undefined> {
  const sealed = sealer === undefined ? undefined : await runs.sealedKey(problemId)
  return sealed === undefined ? undefined : sealer?.open(sealed, problemId)
}

/** Why nobody should go on with a run, in words; undefined when somebody should. */
function whyHopeless({ lease, createdAt }: OwnedRun, now: Date): string | undefined {
  if (lease.term > mostOwners) return `${mostOwners} owners did not bring it to its end`
  if (now.getTime() - Date.parse(createdAt) > longestMs) return `it is older than ${longestMs / 60_000} minutes`
  return undefined
}

async function allEvents(problemId: string, ports: Ports): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for (;;) {
    const page = await ports.runs.events(problemId, events.at(-1)?.seq ?? 0)
    if (page.length === 0) return events
    events.push(...page)
  }
}

/** Ends a run that nobody goes on with: as failed, or as cancelled when there is no reason for that. */
async function endOrphan(
  run: OwnedRun,
  why: string | undefined,
  { events, entries, stage }: Earlier,
  ports: Ports,
): Promise<void> {
  const { problemId, lease, request } = run
  const { body, end } = why === undefined ? cancelled(request) : failed('abandoned', true, [why], request)
  const at = ports.clock.now().toISOString()
  const last = storedEvent(problemId, (events.at(-1)?.seq ?? 0) + 1, at, body)
  const measures = new Measures(run, progressOf(events), ports)
  await ports.runs.end(lease, stage, [last], end, at, spendingOf(run, new Books(entries)))
  measures.end(outcomeOf(body))
}
