// What the readers of a run in one process share: its latest events, and one loop that looks for more. While its owner stores
// from the same process, that is listened to and the table is left alone.
import { isTerminal, type StoredEvent } from '../contract/events.ts'
import type { Lease, Ports, RunRecord, RunStore } from '../ports.ts'
import { LeaseWatch, leastMsLeft } from './lease.ts'
import { readEvents } from './problem-event.ts'

/** Between two looks at a run that lives elsewhere; longer while nothing comes. With those at its lease, under two requests a second. */
const pauseMs = { least: 700, most: 1_000 }
/** An owner in this process that has not even shown for this long that it lives is looked for in the table. */
const silenceMs = 10_000
/** Characters of events that are kept for those who are a little behind; whoever is further behind reads the table. */
const recentLimit = 128 * 1024
/** A page with so many characters was not the last one, or nearly: no pause before the next. */
const largePage = 256 * 1024

type TailPorts = Pick<Ports, 'runs' | 'problems' | 'clock' | 'log'>

/** Who reads a run. */
export interface TailReader {
  /** Ends the reading. */
  readonly signal: AbortSignal
  /** Milliseconds in which this reader could make the run itself. */
  msLeft(): number
  /** Makes the run, or ends it; resolves when that is under way. Never throws. */
  goOn(lease: Lease): Promise<void>
}

/** The runs that are being read in this process. */
export class RunTails {
  /** For the owners of runs in this process: what they store here reaches readers without a look at the table. */
  readonly runs: RunStore
  readonly #ports: TailPorts
  readonly #tails = new Map<string, Tail>()
  readonly #asked = new Map<string, Promise<RunRecord | undefined>>()

  constructor(ports: TailPorts) {
    this.#ports = ports
    this.runs = this.#overheard(ports.runs)
  }

  /**
   * Events with a seq above `after`, in order, until the terminal one or the reader's signal; readers who are equally far get
   * the same lists. One of the readers goes on with the run when its owner is gone. Throws what the table throws.
   */
  async *follow(problemId: string, after: number, reader: TailReader): AsyncGenerator<readonly StoredEvent[]> {
    const tail = this.#tailOf(problemId, after)
    tail.enter(reader)
    try {
      for (let seen = after; ;) {
        const events = await tail.next(seen, reader.signal)
        const last = events.at(-1)
        if (last === undefined) return
        seen = last.seq
        yield events
        if (isTerminal(last.type)) return
      }
    } finally {
      await tail.leave(reader)
      if (tail.isIdle && this.#tails.get(problemId) === tail) this.#tails.delete(problemId)
    }
  }

  /** The run as the table knows it. Those who ask while the answer is on its way get the same one. */
  runOf(problemId: string): Promise<RunRecord | undefined> {
    const underWay = this.#asked.get(problemId)
    if (underWay !== undefined) return underWay
    const run = this.#ports.runs.read(problemId).finally(() => this.#asked.delete(problemId))
    this.#asked.set(problemId, run)
    return run
  }

  #tailOf(problemId: string, after: number): Tail {
    const known = this.#tails.get(problemId)
    if (known !== undefined && !known.isBroken) return known
    const tail = new Tail(problemId, after, this.#ports)
    this.#tails.set(problemId, tail)
    return tail
  }

  #overheard(runs: RunStore): RunStore {
    const writing = async <T>(problemId: string, write: Promise<T>): Promise<T> => {
      try {
        return await write
      } catch (error) {
        // It may be stored nevertheless, or somebody else owns the run.
        this.#tails.get(problemId)?.doubt()
        throw error
      }
    }
    return {
      ...runs,
      append: async (lease, stage, events, at, notes) => {
        await writing(lease.problemId, runs.append(lease, stage, events, at, notes))
        this.#tails.get(lease.problemId)?.hear(events)
      },
      end: async (lease, stage, events, end, at, spending) => {
        await writing(lease.problemId, runs.end(lease, stage, events, end, at, spending))
        this.#tails.get(lease.problemId)?.hear(events)
      },
      renew: async (lease, beat) => {
        const isStillOurs = await writing(lease.problemId, runs.renew(lease, beat))
        if (isStillOurs) this.#tails.get(lease.problemId)?.hear([])
        else this.#tails.get(lease.problemId)?.doubt()
        return isStillOurs
      },
      release: async (lease) => {
        await runs.release(lease)
        this.#tails.get(lease.problemId)?.doubt()
      },
    }
  }
}

/** The end of one run's log, as far as it is known in this process. */
class Tail {
  readonly #problemId: string
  readonly #ports: TailPorts
  readonly #watch: LeaseWatch
  readonly #readers = new Map<TailReader, () => void>()
  /** The newest events, without gaps. */
  readonly #recent: StoredEvent[] = []
  /** What was handed out of the recent events, by the seq before it. */
  readonly #handedOut = new Map<number, readonly StoredEvent[]>()
  /** The seq before that of the first recent event. */
  #from: number
  /** The seq of the newest event that is known. */
  #position: number
  /** When an owner in this process was last heard; then `#position` was the end of the log. */
  #heardAt = Number.NEGATIVE_INFINITY
  /** Pages of the table that are being read, by the seq before them: who asks for the same at the same time waits for the same. */
  readonly #pages = new Map<number, Promise<StoredEvent[]>>()
  #failure: { readonly error: unknown } | undefined
  #isOver = false
  #isLooking = false
  /** Resolves when there is anything new for readers. */
  #news = Promise.withResolvers<undefined>()
  /** Ends the pause of the loop. */
  #hurry = new AbortController()
  #goingOn: Promise<boolean> | undefined

  constructor(problemId: string, after: number, ports: TailPorts) {
    this.#problemId = problemId
    this.#ports = ports
    this.#watch = new LeaseWatch(problemId, ports)
    this.#from = after
    this.#position = after
  }

  get isIdle(): boolean {
    return this.#readers.size === 0
  }

  /** Whether the table could not be read: then nothing more comes from here. */
  get isBroken(): boolean {
    return this.#failure !== undefined
  }

  enter(reader: TailReader): void {
    const onAbort = (): void => this.#tell()
    reader.signal.addEventListener('abort', onAbort, { once: true })
    this.#readers.set(reader, onAbort)
    if (!this.#isLooking) void this.#look()
  }

  /** Forgets a reader; resolves when nothing that the reader was asked to do is still about to begin. */
  async leave(reader: TailReader): Promise<void> {
    reader.signal.removeEventListener('abort', this.#readers.get(reader) ?? (() => undefined))
    this.#readers.delete(reader)
    if (this.isIdle) this.#hurry.abort()
    await this.#goingOn
  }

  /** What comes after `seen`, as soon as there is anything; nothing when the signal is aborted. */
  async next(seen: number, signal: AbortSignal): Promise<readonly StoredEvent[]> {
    while (!signal.aborted) {
      const isBehind = seen < this.#from
      const events = isBehind ? await this.#page(seen) : this.#recentAfter(seen)
      if (events.length > 0) return events
      if (this.#failure !== undefined) throw this.#failure.error
      if (!isBehind) await this.#news.promise
    }
    return []
  }

  /** What an owner in this process has just stored; nothing but a sign of life when there are no events. */
  hear(events: readonly StoredEvent[]): void {
    // The problem itself has to be read from the table.
    const problem = events.findIndex(({ type }) => type === 'problem')
    this.#add(problem === -1 ? events : events.slice(0, problem))
    const last = events.at(-1)
    // A sign of life alone does not tell where the log ends.
    const isUpToDate = last === undefined ? this.#heardForMs() > 0 : last.seq === this.#position
    if (isUpToDate) this.#heardAt = this.#ports.clock.elapsed()
    else if (last !== undefined) this.doubt()
  }

  /** Looks at the table at once. */
  doubt(): void {
    this.#heardAt = Number.NEGATIVE_INFINITY
    this.#hurry.abort()
  }

  /** Looks for events until the last one is there or the last reader has left. */
  async #look(): Promise<void> {
    this.#isLooking = true
    let pause = pauseMs.least
    try {
      while (!this.#isOver && !this.isIdle) {
        const heardForMs = this.#heardForMs()
        if (heardForMs > 0) {
          await this.#pause(heardForMs)
          continue
        }
        const page = await this.#page(this.#position)
        const isNew = this.#add(page)
        if (this.#isOver || this.isIdle) return
        if (isNew && lengthOf(page) > largePage) continue
        if (!isNew) {
          this.#goingOn = this.#goOn()
          if (await this.#goingOn) continue
        }
        pause = isNew ? pauseMs.least : Math.min(pauseMs.most, pause * 1.2)
        await this.#pause(pause)
      }
    } catch (error) {
      this.#failure = { error }
      this.#tell()
    } finally {
      this.#isLooking = false
    }
  }

  async #pause(ms: number): Promise<void> {
    if (this.isIdle || this.#isOver) return
    this.#hurry = new AbortController()
    await this.#ports.clock.sleep(ms, this.#hurry.signal).catch(() => undefined)
  }

  /** Lets the reader who has most time go on with the run when its owner is gone; whether that is under way. */
  async #goOn(): Promise<boolean> {
    const [reader] = [...this.#readers.keys()].toSorted((a, b) => b.msLeft() - a.msLeft())
    if (reader === undefined || reader.msLeft() < leastMsLeft) return false
    const lease = await this.#watch.takeOver()
    if (lease === undefined) return false
    await reader.goOn(lease)
    return true
  }

  /** For how much longer an owner in this process counts as alive. */
  #heardForMs(): number {
    return this.#heardAt + silenceMs - this.#ports.clock.elapsed()
  }

  #recentAfter(seen: number): readonly StoredEvent[] {
    const known = this.#handedOut.get(seen)
    if (known !== undefined) return known
    const events = this.#recent.slice(Math.max(0, seen - this.#from))
    this.#handedOut.set(seen, events)
    return events
  }

  #page(after: number): Promise<StoredEvent[]> {
    const underWay = this.#pages.get(after)
    if (underWay !== undefined) return underWay
    const page = readEvents(this.#problemId, after, this.#ports).finally(() => this.#pages.delete(after))
    this.#pages.set(after, page)
    return page
  }

  /** Takes what comes right behind the newest event that is known; whether there was any. */
  #add(events: readonly StoredEvent[]): boolean {
    const added = events.filter(({ seq }) => seq > this.#position)
    const [first] = added
    if (first?.seq !== this.#position + 1) return false
    this.#handedOut.clear()
    this.#recent.push(...added)
    this.#position += added.length
    // What has just come is kept whatever its size: those who are up to date are about to take it.
    for (let excess = lengthOf(this.#recent) - recentLimit; excess > 0 && this.#recent.length > added.length;) {
      excess -= this.#recent.shift()?.data.length ?? 0
    }
    this.#from = this.#position - this.#recent.length
    this.#isOver = added.some(({ type }) => isTerminal(type))
    if (this.#isOver) this.#hurry.abort()
    this.#tell()
    return true
  }

  #tell(): void {
    const { resolve } = this.#news
    this.#news = Promise.withResolvers()
    resolve(undefined)
  }
}

function lengthOf(events: readonly StoredEvent[]): number {
  return events.reduce((sum, { data }) => sum + data.length, 0)
}
