// Every side effect of the service as a small interface: the list of all we touch.
import type { StoredEvent } from './contract/events.ts'
import type { BatchResult, ExecutionBatch, ExecutionResult } from './contract/execution.ts'
import type { GenerationRequest, GenerationStatus } from './contract/generation.ts'
import type { MetricName } from './contract/metrics.ts'
import type { ProblemDocument, TestCase } from './contract/problem.ts'
import type { Artefact, Stage } from './contract/verification.ts'

/** One question to the model. Messages are already rendered; `replySchema` is the OpenAPI subset of FACTS. */
export interface ModelCall {
  readonly callId: string
  readonly artefact: Artefact
  readonly system: string
  readonly user: string
  readonly replySchema: Record<string, unknown>
  readonly maxOutputTokens: number
  readonly temperature: number
}

/** Tokens as the provider counted them. */
export interface ModelUsage {
  readonly promptTokens: number
  readonly outputTokens: number
  readonly thinkingTokens: number
}

/** What a call shows while it runs. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'waiting'; readonly reason: 'rate-limited' | 'unavailable'; readonly waitMs: number }

/** How a call ended. Only `complete` has a whole reply. `model` is the provider's own name for what answered. */
export type ModelOutcome = {
  readonly model: string | undefined
  readonly usage: ModelUsage | undefined
} & (
  | { readonly kind: 'complete' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly reason: 'safety' | 'recitation' | 'blocked-prompt' | 'other' }
  | {
      readonly kind: 'interrupted'
      readonly reason: 'connection' | 'error-in-stream' | 'idle-timeout' | 'total-timeout'
    }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'key-refused' }
  | { readonly kind: 'request-refused' }
)

/** A language model. */
export interface Model {
  /** Configured name, for the report and the price table. */
  readonly name: string
  /**
   * Streams the reply and returns how it ended. Provider faults are outcomes, never exceptions.
   * Throws only `signal.reason`, within 250 ms of the abort.
   */
  generate(call: ModelCall, signal: AbortSignal): AsyncGenerator<ModelPart, ModelOutcome>
}

/** Opens the model with a caller's own key, or with the house key when none is given. */
export interface ModelProvider {
  /** Whether a house key is configured. */
  readonly hasHouseKey: boolean
  open(apiKey: string | undefined): Promise<Model>
}

/** Runs untrusted programs. */
export interface Executor {
  /**
   * Compiles once and runs every test. Tells each result as soon as it is known, in order. Throws AppError
   * `executor-unavailable` when it cannot, `bad-request` for what no executor takes; a limit exceeded is a result.
   */
  run(batch: ExecutionBatch, signal: AbortSignal, onResult?: (result: ExecutionResult) => void): Promise<BatchResult>
}

/** A run as the table knows it. */
export interface RunRecord {
  readonly problemId: string
  readonly creatorId: string
  readonly requestId: string | undefined
  readonly status: GenerationStatus
  readonly request: GenerationRequest
  readonly createdAt: string
  readonly updatedAt: string
  /** Public message of a FAILED run. */
  readonly errorMessage: string | undefined
  readonly cancelRequested: boolean
  /** Asked for with a key of the caller's own, which nobody else has. */
  readonly isOwnKey: boolean
  /** Counted by a quota. */
  readonly isCounted: boolean
}

/** The right to write a run's log. A later owner has a higher term, and what an earlier one writes is refused. */
export interface Lease {
  readonly problemId: string
  readonly term: number
}

/** A lease as everybody can see it. While its owner lives, one of the numbers grows every few seconds. */
export interface LeaseState {
  readonly term: number
  readonly beat: number
  /** The place of the event that comes next. */
  readonly next: number
  /** Its owner has given it up. */
  readonly isFree: boolean
}

export type NewRun = Pick<
  RunRecord,
  'problemId' | 'creatorId' | 'requestId' | 'request' | 'createdAt' | 'isOwnKey' | 'isCounted'
>

/** What a problem is found by when a later one is like it. */
export interface Likeness {
  /** Keys of parts of the signature; what shares one may be alike. At most 60. */
  readonly bands: readonly string[]
  readonly signature: Uint8Array
  /** Key of what its programs answer; absent where that says too little. */
  readonly behaviour?: string | undefined
}

/** What ends a run, stored in one transaction with its last events. */
export type RunEnd =
  | {
      readonly status: 'COMPLETED'
      readonly problem: ProblemDocument
      readonly revision: string
      /** Enters the problem into the {@link SimilarityIndex}. */
      readonly likeness?: Likeness
    }
  | { readonly status: 'FAILED'; readonly errorMessage: string }
  | { readonly status: 'CANCELLED' }

/** What one user, and all of them together, may ask for on a day (UTC). */
export interface QuotaLimits {
  readonly runs: number
  readonly tokens: number
  readonly costUsd: number
  /** Of everybody: runs at the same time, and money. */
  readonly running: number
  readonly totalCostUsd: number
}

/** Which limit stands in the way, and how far it is used. */
export interface QuotaRefusal {
  readonly limit: keyof QuotaLimits
  readonly most: number
  readonly used: number
}

/** Counts what is asked for. Throws AppError `storage-unavailable` when the table fails. */
export interface QuotaStore {
  /** Counts a run before it is claimed; undefined when it may begin. Asking again for the same run, or with the same `requestId`, counts once. */
  take(
    run: Pick<RunRecord, 'problemId' | 'creatorId' | 'requestId' | 'createdAt' | 'isOwnKey'>,
    limits: QuotaLimits,
  ): Promise<QuotaRefusal | undefined>
  /** Takes out runs that are over, and those of functions that ended between counting a run and claiming it. */
  freePlaces(): Promise<void>
  /** As if a run that came to nothing had not been asked for; `hasTwin`: there is one with its `requestId`, which goes on counting. */
  giveBack(run: Pick<RunRecord, 'problemId' | 'creatorId' | 'requestId' | 'createdAt'>, hasTwin: boolean): Promise<void>
}

/** What a run has cost, booked with its end. */
export interface Spending extends Pick<RunRecord, 'creatorId' | 'requestId' | 'createdAt'> {
  /** False for a run that asked the model for nothing: then it does not count. */
  readonly isPaid: boolean
  readonly tokens: number
  readonly costUsd: number
}

/** The run log: the truth about every generation. All methods throw AppError `storage-unavailable` when the table fails. */
export interface RunStore {
  /**
   * Creates the run, which the caller owns then, or finds the one that already has this creator's `requestId`. A sealed
   * key is kept until the run ends.
   */
  claim(
    run: NewRun,
    sealedKey?: Uint8Array,
  ): Promise<{ created: true; lease: Lease } | { created: false; run: RunRecord }>
  /** The run that already has this creator's `requestId`. */
  claimed(creatorId: string, requestId: string): Promise<RunRecord | undefined>
  /** The caller's own key with which a run was claimed, as long as the run is under way. */
  sealedKey(problemId: string): Promise<Uint8Array | undefined>
  /** Ids of runs that are under way, oldest first. */
  running(limit: number): Promise<string[]>
  /** Strongly consistent. */
  read(problemId: string): Promise<RunRecord | undefined>
  /**
   * Appends events that follow what is stored, together with notes for whoever goes on with the run; one write whatever
   * their number. Throws AppError `lease-lost`.
   */
  append(
    lease: Lease,
    stage: Stage,
    events: readonly StoredEvent[],
    at: string,
    notes?: readonly string[],
  ): Promise<void>
  /** All notes, in the order in which they were stored. */
  notes(problemId: string): Promise<string[]>
  /**
   * Appends the last events, ends the run and books what it has cost in one transaction. Refused when the run has already
   * ended. Throws AppError `lease-lost`.
   */
  end(
    lease: Lease,
    stage: Stage,
    events: readonly StoredEvent[],
    end: RunEnd,
    at: string,
    spending?: Spending,
  ): Promise<void>
  /** Shows that the owner lives, by a number that grows; false when the lease is somebody else's by now. */
  renew(lease: Lease, beat: number): Promise<boolean>
  /** Gives the lease up, so that nobody has to wait for it. */
  release(lease: Lease): Promise<void>
  /** Undefined for a run that nobody claimed. */
  leaseOf(problemId: string): Promise<LeaseState | undefined>
  /** Takes the lease over if it still is as it was seen; of many who try, one gets it. */
  takeOver(problemId: string, seen: LeaseState): Promise<Lease | undefined>
  /** Events with a seq above `afterSeq`, in order, as many as one page holds; strongly consistent. */
  events(problemId: string, afterSeq: number): Promise<StoredEvent[]>
  /** The stage of the last append. */
  stage(problemId: string): Promise<Stage | undefined>
  /** Asks the owner to stop. False when the run has already ended. */
  requestCancel(problemId: string): Promise<boolean>
  /** Ids of what one creator asked for, newest first; may miss what was asked for within the last second. */
  ofCreator(creatorId: string, limit: number): Promise<string[]>
  /**
   * Removes all of a run that is over. A published problem stays, without whoever asked for it, what they wrote, and the
   * events. Doing it again changes nothing.
   */
  forget(problemId: string): Promise<'removed' | 'anonymised'>
}

export interface ProblemSummary {
  readonly problemId: string
  readonly title: string
  readonly algorithmType: string
  readonly difficulty: string
  readonly locale: string
  readonly createdAt: string
}

/** Finished problems. A staged revision is invisible until {@link RunStore.end} publishes it. */
export interface ProblemStore {
  stage(revision: string, document: ProblemDocument, tests: readonly TestCase[]): Promise<void>
  /** The published problem with its tests, or undefined. */
  read(problemId: string): Promise<{ document: ProblemDocument; tests: TestCase[] } | undefined>
  /** Newest first. */
  list(limit: number): Promise<ProblemSummary[]>
}

/** A stored problem that may be like another one. */
export interface SimilarProblem extends Pick<Likeness, 'signature' | 'behaviour'> {
  readonly problemId: string
  readonly title: string
}

/** Published problems by what they are like; {@link RunStore.end} enters them. */
export interface SimilarityIndex {
  /**
   * Every problem once that shares a band or the behaviour, most in common first. Approximate: of very many that share
   * the same one, some. Throws AppError `storage-unavailable` when the table fails.
   */
  near(query: Pick<Likeness, 'bands' | 'behaviour'>): Promise<SimilarProblem[]>
}

/** Keeps a caller's own key for whoever goes on with the run, so that nobody else can read it. */
export interface KeySealer {
  /** Bound to the run: as the key of another one it cannot be opened. Throws AppError `sealing-unavailable`. */
  seal(key: string, problemId: string): Promise<Uint8Array>
  /** Throws AppError `sealing-unavailable`. */
  open(sealed: Uint8Array, problemId: string): Promise<string>
}

/** Whose a request is, from a verified token only. */
export interface Identity {
  /** Never changes, and no two people share it. */
  readonly userId: string
  /** What others see. */
  readonly name: string
  /** The one user of this machine, who needs no token. */
  readonly isLocal?: true
}

/** What a token is worth. */
export type TokenVerdict =
  | { readonly ok: true; readonly identity: Identity; readonly expiresAt: Date }
  | { readonly ok: false; readonly reason: 'expired' | 'refused' }

/** Tells whose a token is. */
export interface TokenVerifier {
  /** Throws AppError `identity-unavailable` when the issuer's keys cannot be had. */
  verify(token: string): Promise<TokenVerdict>
}

/** Time and chance. */
export interface Clock {
  now(): Date
  /** Monotonic milliseconds. */
  elapsed(): number
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** A signal that aborts after `ms`; does not keep the process alive. */
  timeout(ms: number): AbortSignal
  /** UUID version 7. */
  newId(): string
}

/** Structured log; never gets a key, a token, a user's text or a program. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
  /** Figures that alarms and the dashboard look at; `about` finds the line and is no figure. */
  metrics(values: Readonly<Partial<Record<MetricName, number>>>, about?: Readonly<Record<string, string>>): void
}

export interface Ports {
  readonly models: ModelProvider
  readonly executor: Executor
  readonly runs: RunStore
  readonly problems: ProblemStore
  readonly similar: SimilarityIndex
  readonly quotas: QuotaStore
  /** Without one, nobody goes on with a run that was asked for with a key of the caller's own. */
  readonly sealer: KeySealer | undefined
  /** Undefined where nobody has to say who they are: in a local run. */
  readonly tokens: TokenVerifier | undefined
  readonly clock: Clock
  readonly log: Log
}
