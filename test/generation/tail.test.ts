// What readers of a run in one process share, on a real table and by a clock that the test puts forward.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProblemsTable } from '../../src/adapters/problems-table.ts'
import type { StoredEvent } from '../../src/contract/events.ts'
import { RunTails, type TailReader } from '../../src/generation/tail.ts'
import type { Lease, RunStore } from '../../src/ports.ts'
import {
  claimed,
  lastEvent,
  later,
  newRun,
  owner,
  problem,
  progress,
  publish,
} from '../adapters/problems-table.contract.ts'
import { HandMadeClock } from '../support/hand-made-clock.ts'
import { quietLog } from '../support/quiet-log.ts'
import { openTestTable } from '../support/table.ts'

/** How long a reader elsewhere may wait for news; see the pauses of the tail. */
const pauseMs = 1_000

let opened: Awaited<ReturnType<typeof openTestTable>>
let table: ProblemsTable
let clock: HandMadeClock
let tails: RunTails
let problemId: string

beforeAll(async () => {
  opened = await openTestTable()
  ;({ table } = opened)
})
beforeEach(async () => {
  clock = new HandMadeClock()
  tails = new RunTails({ runs: table.runs, problems: table.problems, clock, log: quietLog })
  ;({ problemId } = await claimed(table.runs))
})
afterAll(() => opened.close())

/** Requests since the last `resetRequests`. */
const looks = (): number => opened.standIn.requests.length

const append = (runs: RunStore, from: number, to: number): Promise<void> =>
  runs.append(owner(problemId), 'proof', progress(problemId, from, to), later)

const end = (runs: RunStore, seq: number): Promise<void> =>
  runs.end(
    owner(problemId),
    'proof',
    [lastEvent(problemId, seq, 'failed')],
    { status: 'FAILED', errorMessage: 'no' },
    later,
  )

/** A reader that takes all it can get. */
class Reading {
  readonly events: StoredEvent[] = []
  /** In the lists in which they came. */
  readonly lists: (readonly StoredEvent[])[] = []
  readonly leases: Lease[] = []
  readonly leaving = new AbortController()
  readonly over: Promise<unknown>

  constructor(after = 0, reader: Partial<TailReader> = {}) {
    this.over = this.#read(after, reader)
    this.over.catch(() => undefined)
  }

  get seqs(): number[] {
    return this.events.map(({ seq }) => seq)
  }

  async #read(after: number, reader: Partial<TailReader>): Promise<void> {
    const { signal } = this.leaving
    const goOn = async (lease: Lease): Promise<void> => void this.leases.push(lease)
    for await (const events of tails.follow(problemId, after, { signal, msLeft: () => 0, goOn, ...reader })) {
      this.lists.push(events)
      this.events.push(...events)
    }
  }
}

/** Until it is so, however busy the machine is. */
const until = (condition: () => boolean | Promise<boolean>): Promise<boolean> =>
  vi.waitUntil(condition, { interval: 1, timeout: 60_000 })

/** Until all have read up to there, and the loop that looks for more is at rest. */
async function allAt(seq: number, ...readings: readonly Reading[]): Promise<void> {
  await until(() => readings.every(({ seqs }) => seqs.at(-1) === seq) && clock.sleepers === 1)
}

const to = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

/** With few of these, a run is longer than what is kept of it. */
const long = (seq: number): StoredEvent => ({ seq, type: 'delta', data: JSON.stringify('x'.repeat(60_000)) })

/** Two readers who have read the first two events, and hear what the owner stores. */
async function upToDate(): Promise<Reading[]> {
  await append(tails.runs, 1, 1)
  const readings = [new Reading(), new Reading()]
  await allAt(1, ...readings)
  await append(tails.runs, 2, 2)
  await until(() => readings.every(({ seqs }) => seqs.at(-1) === 2))
  await clock.goOn(pauseMs)
  await allAt(2, ...readings)
  opened.standIn.resetRequests()
  return readings
}

describe('readers of one run in one process', () => {
  it('cost the table as many looks as one of them, and get the same lists', async () => {
    await append(table.runs, 1, 3)
    opened.standIn.resetRequests()
    const readings = Array.from({ length: 20 }, () => new Reading())
    await allAt(3, ...readings)
    expect(looks()).toBe(1)
    await append(table.runs, 4, 6)
    await clock.goOn(pauseMs)
    await allAt(6, ...readings)
    // One of the requests is the append.
    expect(looks()).toBe(3)
    await end(table.runs, 7)
    await clock.goOn(pauseMs)
    await Promise.all(readings.map(({ over }) => over))
    expect(looks()).toBe(5)
    for (const { lists, seqs } of readings) {
      expect(seqs).toEqual(to(7))
      lists.forEach((list, index) => expect(list).toBe(readings[0]?.lists[index]))
    }
  })

  it('get all that comes after their position, whenever they join', async () => {
    await append(table.runs, 1, 5)
    const first = new Reading(2)
    await allAt(5, first)
    await append(table.runs, 6, 7)
    await clock.goOn(pauseMs)
    await allAt(7, first)
    opened.standIn.resetRequests()
    const within = new Reading(5)
    const atTheEnd = new Reading(7)
    await allAt(7, within)
    expect(looks()).toBe(0)
    const fromTheBeginning = [new Reading(), new Reading(), new Reading()]
    await allAt(7, ...fromTheBeginning)
    expect(looks()).toBe(1)
    await end(table.runs, 8)
    await clock.goOn(pauseMs)
    await Promise.all([first, within, atTheEnd, ...fromTheBeginning].map(({ over }) => over))
    expect(first.seqs).toEqual([3, 4, 5, 6, 7, 8])
    expect(within.seqs).toEqual([6, 7, 8])
    expect(atTheEnd.seqs).toEqual([8])
    for (const { seqs } of fromTheBeginning) expect(seqs).toEqual(to(8))
  })

  it('wait for nobody who is slow: that one reads from the table what the others need no more', async () => {
    await append(table.runs, 1, 1)
    const signal = new AbortController().signal
    const slow = tails.follow(problemId, 0, { signal, msLeft: () => 0, goOn: async () => undefined })
    const quick = new Reading()
    const first = await slow.next()
    await allAt(1, quick)
    for (const seq of [2, 3, 4, 5]) {
      await table.runs.append(owner(problemId), 'proof', [long(seq)], later)
      await clock.goOn(pauseMs)
      await allAt(seq, quick)
    }
    opened.standIn.resetRequests()
    const rest = await slow.next()
    expect(looks()).toBe(1)
    await end(table.runs, 6)
    await clock.goOn(pauseMs)
    const last = await slow.next()
    await quick.over
    const lists = [first, rest, last].map(({ value }) => value as StoredEvent[])
    expect(lists.map((events) => events.map(({ seq }) => seq))).toEqual([[1], [2, 3, 4, 5], [6]])
    expect(lists.flat()).toEqual(quick.events)
    expect(await slow.next()).toMatchObject({ done: true })
  })

  it('leave the table alone once the last of them has left', async () => {
    await append(table.runs, 1, 2)
    const readings = [new Reading(), new Reading()]
    await allAt(2, ...readings)
    opened.standIn.resetRequests()
    readings[0]?.leaving.abort()
    await readings[0]?.over
    expect(clock.sleepers).toBe(1)
    readings[1]?.leaving.abort()
    await readings[1]?.over
    await clock.goOn(0)
    expect(clock.sleepers).toBe(0)
    await clock.goOn(10 * pauseMs)
    expect(looks()).toBe(0)
  })

  it('are all told when the table cannot be read; whoever comes then begins anew', async () => {
    await append(table.runs, 1, 2)
    const readings = Array.from({ length: 5 }, () => new Reading())
    const signal = new AbortController().signal
    const slow = tails.follow(problemId, 0, { signal, msLeft: () => 0, goOn: async () => undefined })
    await slow.next()
    await allAt(2, ...readings)
    opened.standIn.setFault(() => ({ kind: 'error', status: 400, type: 'AccessDeniedException', message: 'no' }))
    await clock.goOn(pauseMs)
    for (const { over } of readings) await expect(over).rejects.toMatchObject({ code: 'storage-unavailable' })
    opened.standIn.setFault(undefined)
    const next = new Reading(1)
    await allAt(2, next)
    expect(next.seqs).toEqual([2])
    await expect(slow.next()).rejects.toMatchObject({ code: 'storage-unavailable' })
    await append(table.runs, 3, 3)
    await clock.goOn(pauseMs)
    await allAt(3, next)
    next.leaving.abort()
  })

  it('look fewer than two times a second, lease included', async () => {
    const reading = new Reading(0, { msLeft: () => 600_000 })
    await until(() => clock.sleepers === 1)
    opened.standIn.resetRequests()
    for (let ms = 0; ms < 15_000; ms += 50) {
      await clock.goOn(50)
      await until(() => clock.sleepers === 1)
    }
    expect(looks()).toBeGreaterThan(14)
    expect(looks()).toBeLessThan(30)
    reading.leaving.abort()
    await reading.over
  })

  it('learn whose the run is by one look, and nothing of a run that is not there', async () => {
    const run = await table.runs.read(problemId)
    opened.standIn.resetRequests()
    const answers = await Promise.all(Array.from({ length: 20 }, () => tails.runOf(problemId)))
    expect(looks()).toBe(1)
    for (const answer of answers) expect(answer).toEqual(run)
    await table.runs.requestCancel(problemId)
    expect(await tails.runOf(problemId)).toMatchObject({ cancelRequested: true })
    expect(await tails.runOf(newRun().problemId)).toBeUndefined()
  })

  it('see the problem that is published, and the same bytes', async () => {
    const run = newRun()
    ;({ problemId } = run)
    await publish(table, run, problem(problemId))
    const readings = [new Reading(), new Reading()]
    await Promise.all(readings.map(({ over }) => over))
    expect(JSON.parse(readings[0]?.events.at(-1)?.data ?? '')).toMatchObject({ problem: { title: '섬의 개수' } })
    expect(readings[1]?.events).toEqual(readings[0]?.events)
  })
})

describe('readers in the process of the owner', () => {
  it('hear what it stores, without a pause and without a look at the table', async () => {
    const readings = await upToDate()
    await append(tails.runs, 3, 4)
    await clock.goOn(0)
    for (const { seqs } of readings) expect(seqs).toEqual(to(4))
    await clock.goOn(9_000)
    expect(await tails.runs.renew(owner(problemId), 1)).toBe(true)
    await clock.goOn(9_000)
    await end(tails.runs, 5)
    await Promise.all(readings.map(({ over }) => over))
    // The append, the renewal and the end.
    expect(looks()).toBe(3)
    for (const { seqs } of readings) expect(seqs).toEqual(to(5))
  })

  it('see the problem at once when it has published it', async () => {
    const [reading] = await upToDate()
    const document = problem(problemId)
    await tails.runs.append(owner(problemId), 'publish', progress(problemId, 3, 3), later)
    await table.problems.stage('r1', document, [])
    const events = [...progress(problemId, 4, 4), lastEvent(problemId, 5, 'problem')]
    const published = { status: 'COMPLETED', problem: document, revision: 'r1' } as const
    await tails.runs.end(owner(problemId), 'publish', events, published, later)
    await reading?.over
    expect(reading?.seqs).toEqual(to(5))
    expect(JSON.parse(reading?.events.at(-1)?.data ?? '')).toMatchObject({ problem: { title: '섬의 개수' } })
  })

  it('look at the table again when it has been silent for ten seconds', async () => {
    const [reading] = await upToDate()
    // Somebody else has taken the run over, and the owner here does not know yet.
    await append(table.runs, 3, 3)
    await clock.goOn(8_500)
    expect(reading?.seqs).toEqual(to(2))
    await clock.goOn(1_500)
    await until(() => reading?.seqs.at(-1) === 3)
  })

  it('look at the table at once when it is refused, or has missed something', async () => {
    const readings = await upToDate()
    const seen = await table.runs.leaseOf(problemId)
    const lease = seen === undefined ? undefined : await table.runs.takeOver(problemId, seen)
    if (lease === undefined) throw new Error('not taken over')
    await table.runs.append(lease, 'proof', progress(problemId, 3, 3), later)
    await expect(append(tails.runs, 3, 4)).rejects.toMatchObject({ code: 'lease-lost' })
    await until(() => readings.every(({ seqs }) => seqs.at(-1) === 3))

    await table.runs.append(lease, 'proof', progress(problemId, 4, 4), later)
    await tails.runs.append(lease, 'proof', progress(problemId, 5, 5), later)
    await until(() => readings.every(({ seqs }) => seqs.at(-1) === 5))
    for (const { seqs } of readings) expect(seqs).toEqual(to(5))
  })
})

describe('a run without an owner', () => {
  it('is gone on with by the reader who has most time, and by nobody without enough', async () => {
    await append(table.runs, 1, 1)
    const short = new Reading(0, { msLeft: () => 20_000 })
    await allAt(1, short)
    await table.runs.release(owner(problemId))
    for (let pauses = 0; pauses < 20; pauses += 1) {
      await clock.goOn(pauseMs)
      await allAt(1, short)
    }
    expect(short.leases).toEqual([])
    const [some, most] = [new Reading(0, { msLeft: () => 40_000 }), new Reading(0, { msLeft: () => 50_000 })]
    await until(async () => {
      await clock.goOn(pauseMs)
      return most.leases.length > 0
    })
    expect(most.leases).toEqual([{ problemId, term: 2 }])
    expect([...short.leases, ...some.leases]).toEqual([])
  })

  it('is not left to a reader who is gone by then', async () => {
    const { promise: mayGoOn, resolve: letGoOn } = Promise.withResolvers<undefined>()
    let isAsked = false
    const reading = new Reading(0, {
      msLeft: () => 600_000,
      goOn: async () => {
        isAsked = true
        await mayGoOn
      },
    })
    await table.runs.release(owner(problemId))
    await until(async () => {
      await clock.goOn(pauseMs)
      return isAsked
    })
    let isOver = false
    void reading.over.then(() => (isOver = true))
    reading.leaving.abort()
    await clock.goOn(pauseMs)
    expect(isOver).toBe(false)
    letGoOn(undefined)
    await reading.over
  })
})
