// The owner's side of a run's log: gives events their place and time, merges deltas, appends in groups, then shows them.
import { type EventBody, isTerminal, type StoredEvent } from '../contract/events.ts'
import type { Stage } from '../contract/verification.ts'
import type { Clock, Lease, RunEnd, RunStore, Spending } from '../ports.ts'

/**
 * Appends that carry nothing but deltas keep this distance; what a call says meanwhile is one event. Half of it, which is how
 * long text waits, has to stay below 150 ms (npm run bench -- streams); a smaller one makes many lone requests, each of which
 * costs several times one in a burst (npm run bench -- event-log).
 */
const deltaSpacingMs = 220
/** Notes alone wait this long for events to go with. */
const noteSpacingMs = 2_000
/** Most characters of one append; an item of the table holds 400 KB, and a character is up to three bytes. */
const groupLimit = 90_000
/** Most characters of the notes of one append: a transaction holds 4 MB, and they are packed. */
const notesLimit = 1_500_000
/** A longer delta is cut in two, so that one event always fits a group. */
const deltaLimit = 30_000

/** An event on its way into the log. The problem itself stands beside the log and is put in on reading. */
export type LogBody = Exclude<EventBody, { type: 'problem' }> | { readonly type: 'problem' }

/** What waits to be appended: an event, notes, or an event with the notes that are stored together with it. */
interface Waiting {
  readonly event?: StoredEvent
  readonly notes: readonly string[]
}

interface Pending {
  readonly body: Extract<EventBody, { type: 'delta' }>
  text: string
}

/**
 * Appends first, shows afterwards. One append is in flight at a time; what arrives meanwhile goes into the next one.
 * When an append fails the log is closed, `onFailure` is told once, and nothing more is shown.
 */
export class RunLog {
  readonly #lease: Lease
  readonly #runs: RunStore
  readonly #clock: Clock
  readonly #onFailure: (error: unknown) => void
  readonly #shown: StoredEvent[] = []
  readonly #deltas = new Map<string, Pending>()
  #queue: Waiting[] = []
  /** Notes for the next event. */
  #bound: string[] = []
  #stage: Stage
  /** Place of the last event that was made. */
  #seq: number
  #pumping: Promise<void> | undefined
  #lastAppendAt = Number.NEGATIVE_INFINITY
  #lastEventsAt = Number.NEGATIVE_INFINITY
  /** Ends the wait between two appends of deltas. */
  #hurry: AbortController | undefined
  #failed = false
  #closing = false
  #ended = false
  #abandoned = false
  #wake: (() => void)[] = []

  /** `before` is where the log of a run ends that somebody else has begun. */
  constructor(
    lease: Lease,
    runs: RunStore,
    clock: Clock,
    onFailure: (error: unknown) => void,
    before: { readonly seq: number; readonly stage: Stage } = { seq: 0, stage: 'blueprint' },
  ) {
    this.#lease = lease
    this.#runs = runs
    this.#clock = clock
    this.#onFailure = onFailure
    this.#seq = before.seq
    this.#stage = before.stage
  }

  /** When events were stored last, by the clock's own milliseconds: notes alone do not move the lease on. */
  get lastEventsAt(): number {
    return this.#lastEventsAt
  }

  /** Takes an event; it will be appended, then shown. After the end, or after a failure, it is dropped. */
  emit(body: EventBody): void {
    if (this.#ended || this.#failed) return
    if (body.type === 'delta') {
      this.#merge(body)
      return
    }
    if (body.type === 'progress') this.#stage = body.stage
    this.#flushDeltas()
    this.#enqueue(body)
  }

  /** Keeps a note for whoever goes on with the run; `withNextEvent` stores it together with that, never one without the other. */
  note(note: string, withNextEvent: boolean): void {
    if (this.#ended || this.#failed) return
    if (withNextEvent) {
      this.#bound.push(note)
      return
    }
    // What the model wrote comes before the note that it has ended.
    this.#flushDeltas()
    this.#queue.push({ notes: [note] })
    this.#pumping ??= this.#pump()
  }

  /** Appends all that is waiting together with the terminal event, and ends the run, in one transaction. */
  async end(body: LogBody, end: RunEnd, spending?: Spending): Promise<void> {
    this.#closing = true
    this.#flushDeltas()
    this.#hurry?.abort()
    await this.#pumping
    // Nobody goes on with a run that is over. A terminal event that was refused before is made again with the same place.
    this.#queue = this.#queue.filter(({ event }) => event !== undefined && !isTerminal(event.type))
    const waiting = this.#queue.flatMap(({ event }) => event ?? [])
    this.#seq = waiting.at(-1)?.seq ?? this.#shown.at(-1)?.seq ?? this.#seq
    const terminal = this.#stored(body, this.#seq + 1)
    this.#ended = true
    const lastGroup = groups([...waiting, terminal])
    for (const group of lastGroup.slice(0, -1)) {
      await this.#runs.append(this.#lease, this.#stage, group, this.#now())
      this.#show(group)
      this.#queue = this.#queue.slice(group.length)
    }
    const last = lastGroup.at(-1) ?? [terminal]
    await this.#runs.end(this.#lease, this.#stage, last, end, this.#now(), spending)
    this.#show(last)
  }

  /** Appends all that is waiting and ends the stream of shown events: somebody else goes on. Never throws. */
  async leave(): Promise<void> {
    this.#closing = true
    this.#flushDeltas()
    this.#hurry?.abort()
    await this.#pumping
    this.abandon()
  }

  /** Ends the stream of shown events without a stored terminal event; used when the table cannot be written any more. */
  abandon(): void {
    this.#ended = true
    this.#abandoned = true
    this.#wakeAll()
  }

  /** Shows events that turned out to be stored already. */
  showStored(events: readonly StoredEvent[]): void {
    this.#show(events.filter(({ seq }) => seq > (this.#shown.at(-1)?.seq ?? 0)))
  }

  /** Events with a seq above `after`, as they are stored, until the terminal one or until the log is abandoned. */
  async *follow(after = 0): AsyncGenerator<StoredEvent[]> {
    let next = after
    while (true) {
      const ready = this.#shown.slice(next)
      if (ready.length > 0) {
        next += ready.length
        yield ready
      }
      if (ready.some(({ type }) => isTerminal(type))) return
      if (next < this.#shown.length) continue
      // A failed append is no end: the run is about to be ended, and that may still be stored.
      if (this.#abandoned) return
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }

  #merge(body: Extract<EventBody, { type: 'delta' }>): void {
    const pending = this.#deltas.get(body.callId)
    if (pending !== undefined) {
      pending.text += body.text
      return
    }
    this.#deltas.set(body.callId, { body, text: body.text })
    // Notes alone wait longer than text does.
    this.#hurry?.abort()
    this.#pumping ??= this.#pump()
  }

  #flushDeltas(): void {
    const pending = [...this.#deltas.values()]
    this.#deltas.clear()
    // In the order of the calls, not of arrival, so that two runs of one seed look the same.
    pending.sort((a, b) => (a.body.callId < b.body.callId ? -1 : 1))
    for (const { body, text } of pending) {
      for (const piece of pieces(text.toWellFormed())) this.#enqueue({ ...body, text: piece })
    }
  }

  #enqueue(body: LogBody): void {
    this.#seq += 1
    const isWatched = body.type === 'delta'
    this.#queue.push({ event: this.#stored(body, this.#seq), notes: isWatched ? [] : this.#bound })
    if (!isWatched) this.#bound = []
    this.#hurry?.abort()
    this.#pumping ??= this.#pump()
  }

  #stored(body: LogBody, seq: number): StoredEvent {
    return storedEvent(this.#lease.problemId, seq, this.#now(), body)
  }

  async #pump(): Promise<void> {
    try {
      // Lets everything of this turn of the event loop into the same group.
      await Promise.resolve()
      while ((this.#queue.length > 0 || this.#deltas.size > 0) && !this.#ended) {
        await this.#keepDistance()
        this.#flushDeltas()
        const count = fitting(this.#queue)
        const taken = this.#queue.slice(0, count)
        const group = taken.flatMap(({ event }) => event ?? [])
        const notes = taken.flatMap((waiting) => waiting.notes)
        this.#lastAppendAt = this.#clock.elapsed()
        if (group.length > 0) this.#lastEventsAt = this.#lastAppendAt
        await this.#runs.append(this.#lease, this.#stage, group, this.#now(), notes)
        this.#queue = this.#queue.slice(count)
        this.#show(group)
      }
    } catch (thrown) {
      this.#failed = true
      this.#onFailure(thrown)
    } finally {
      this.#pumping = undefined
    }
  }

  async #keepDistance(): Promise<void> {
    for (let isDisturbed = true; isDisturbed && !this.#closing;) {
      const waitMs = this.#lastAppendAt + this.#spacingMs() - this.#clock.elapsed()
      if (waitMs <= 0) return
      this.#hurry = new AbortController()
      isDisturbed = await this.#clock.sleep(waitMs, this.#hurry.signal).then(
        () => false,
        () => true,
      )
      this.#hurry = undefined
    }
  }

  /** How far from the last append what waits now may be. */
  #spacingMs(): number {
    const events = this.#queue.flatMap(({ event }) => event ?? [])
    if (events.some(({ type }) => type !== 'delta')) return 0
    return events.length === 0 && this.#deltas.size === 0 ? noteSpacingMs : deltaSpacingMs
  }

  #show(events: readonly StoredEvent[]): void {
    this.#shown.push(...events)
    this.#wakeAll()
  }

  #wakeAll(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }

  #now(): string {
    return this.#clock.now().toISOString()
  }
}

/** An event in its place, as every reader gets it. */
export function storedEvent(problemId: string, seq: number, at: string, body: LogBody): StoredEvent {
  const { type, ...rest } = body
  return { seq, type, data: JSON.stringify({ type, problemId, seq, at, ...rest }) }
}

/** How many of those that wait fit into one append; at least one. */
function fitting(queue: readonly Waiting[]): number {
  let [events, notes] = [0, 0]
  const tooMany = queue.findIndex((waiting) => {
    events += waiting.event?.data.length ?? 0
    notes += waiting.notes.reduce((sum, note) => sum + note.length, 0)
    return events > groupLimit || notes > notesLimit
  })
  return tooMany === -1 ? queue.length : Math.max(1, tooMany)
}

/** Cuts a list of events into groups that fit an item each. */
function groups(events: readonly StoredEvent[]): StoredEvent[][] {
  const cut: StoredEvent[][] = []
  let size = 0
  for (const event of events) {
    const group = cut.at(-1)
    if (group === undefined || size + event.data.length > groupLimit) {
      cut.push([event])
      size = event.data.length
    } else {
      group.push(event)
      size += event.data.length
    }
  }
  return cut
}

/** Cuts a text into pieces of at most `deltaLimit` characters, never inside a surrogate pair. */
function pieces(text: string): string[] {
  const cut: string[] = []
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + deltaLimit)
    if (to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to -= 1
    cut.push(text.slice(from, to))
    from = to
  }
  return cut
}
