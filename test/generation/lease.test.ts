// A run whose owner is gone: how its readers notice, on a real table and by a clock that the test puts forward.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/clock.ts'
import type { ProblemsTable } from '../../src/adapters/problems-table.ts'
import { runEventSchema, type RunEvent } from '../../src/contract/events.ts'
import { keepLease, LeaseWatch } from '../../src/generation/lease.ts'
import { followRun } from '../../src/generation/run.ts'
import { RunLog } from '../../src/generation/run-log.ts'
import type { Clock, NewRun, Ports } from '../../src/ports.ts'
import { claimed, later, newRun, owner, progress } from '../adapters/problems-table.contract.ts'
import { raceForLease } from '../support/lease-race.ts'
import { HandMadeClock } from '../support/hand-made-clock.ts'
import { idlePorts } from '../support/idle-ports.ts'
import { openTestTable } from '../support/table.ts'

const never = new AbortController().signal

let opened: Awaited<ReturnType<typeof openTestTable>>
let table: ProblemsTable
let elapsedMs: number

beforeAll(async () => {
  opened = await openTestTable()
  ;({ table } = opened)
})
beforeEach(() => {
  elapsedMs = 0
})
afterAll(() => opened.close())

/** A run of this very moment that nobody else can go on with. */
function orphan(): Partial<NewRun> {
  return { isOwnKey: true, createdAt: new Date().toISOString() }
}

/** What a reader needs, with a clock on which every pause is over at once; `onPause` is what happens meanwhile. */
function reader(onPause: () => Promise<unknown> = async () => undefined): Ports {
  const clock: Clock = {
    ...systemClock,
    elapsed: () => elapsedMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      elapsedMs += ms
      await onPause()
    },
  }
  return idlePorts(table, clock)
}

/** What a reader sees from the beginning; only the terminal event is one of ours. */
async function readAll(problemId: string, ports: Ports): Promise<{ seqs: number[]; last: RunEvent }> {
  const seqs: number[] = []
  let data = ''
  for await (const events of followRun(problemId, 0, ports, never, () => 600_000)) {
    seqs.push(...events.map(({ seq }) => seq))
    data = events.at(-1)?.data ?? data
  }
  return { seqs, last: runEventSchema.parse(JSON.parse(data)) }
}

// What was asked for with a key of the caller's own cannot be gone on with: whoever takes it over ends it.
describe('a run whose owner shows no sign of life', () => {
  it('is ended by its reader after 20 seconds, behind all that was stored', async () => {
    const { problemId } = await claimed(table.runs, orphan())
    await table.runs.append(owner(problemId), 'proof', progress(problemId, 1, 3), later)
    const { seqs, last } = await readAll(problemId, reader())
    expect(seqs).toEqual([1, 2, 3, 4])
    expect(last).toMatchObject({
      type: 'failed',
      code: 'abandoned',
      retryable: true,
      evidence: ['who made it is gone, and nobody else has the key it was asked for with'],
    })
    expect(elapsedMs).toBeGreaterThanOrEqual(20_000)
    expect(elapsedMs).toBeLessThan(27_000)
    expect(await table.runs.read(problemId)).toMatchObject({ status: 'FAILED' })
    expect(await table.runs.stage(problemId)).toBe('proof')
  })

  it('is ended as cancelled when that was asked for', async () => {
    const { problemId } = await claimed(table.runs, orphan())
    await table.runs.requestCancel(problemId)
    expect(await readAll(problemId, reader())).toMatchObject({ seqs: [1], last: { type: 'cancelled' } })
  })

  it('is given up when it is an hour old, or twelve owners did not bring it to its end', async () => {
    const old = await claimed(table.runs, { createdAt: new Date(Date.now() - 3_700_000).toISOString() })
    const { last } = await readAll(old.problemId, reader())
    expect(last).toMatchObject({ code: 'abandoned', evidence: ['it is older than 60 minutes'] })

    const { problemId } = await claimed(table.runs, { createdAt: new Date().toISOString() })
    for (let term = 1; term < 12; term += 1) {
      const seen = await table.runs.leaseOf(problemId)
      if (seen !== undefined) await table.runs.takeOver(problemId, seen)
    }
    await table.runs.release({ problemId, term: 12 })
    const tired = await readAll(problemId, reader())
    expect(tired.last).toMatchObject({ evidence: ['12 owners did not bring it to its end'] })
  })

  it('speaks the language of its request', async () => {
    const run = newRun()
    await table.runs.claim({ ...run, ...orphan(), request: { ...run.request, locale: 'en' } })
    const { last } = await readAll(run.problemId, reader())
    expect(last).toMatchObject({ message: 'What was making it stopped in the middle. Please try again.' })
  })

  it('is ended at once when its owner gave it up', async () => {
    const { problemId } = await claimed(table.runs, orphan())
    await table.runs.release(owner(problemId))
    expect(await readAll(problemId, reader())).toMatchObject({ seqs: [1], last: { code: 'abandoned' } })
    expect(elapsedMs).toBeLessThan(1_000)
  })

  it('has one end, whoever reads along', async () => {
    const { problemId } = await claimed(table.runs, orphan())
    await table.runs.append(owner(problemId), 'proof', progress(problemId, 1, 2), later)
    const all = await Promise.all(Array.from({ length: 8 }, () => readAll(problemId, reader())))
    for (const seen of all) expect(seen).toEqual(all[0])
    expect(await table.runs.events(problemId, 2)).toHaveLength(1)
  })
})

describe('a run whose owner lives', () => {
  const signs: readonly [string, (problemId: string, count: number) => Promise<unknown>][] = [
    ['renews its lease', (problemId, count) => table.runs.renew(owner(problemId), count)],
    [
      'stores events',
      (problemId, count) => table.runs.append(owner(problemId), 'proof', progress(problemId, count, count), later),
    ],
  ]

  it.each(signs)('is left alone as long as it %s', async (_what, show) => {
    const { problemId } = await claimed(table.runs, orphan())
    let signsShown = 0
    let isFirstLookOver = false
    const ports = reader(async () => {
      isFirstLookOver = true
      const wanted = Math.floor(elapsedMs / 15_000)
      if (wanted > signsShown && signsShown < 10) await show(problemId, ++signsShown)
    })
    const { last } = await readAll(problemId, ports)
    expect(isFirstLookOver).toBe(true)
    expect(last).toMatchObject({ type: 'failed', code: 'abandoned' })
    // Ten signs, fifteen seconds apart each, and then none.
    expect(elapsedMs).toBeGreaterThan(165_000)
    expect(elapsedMs).toBeLessThan(180_000)
  })
})

it('is given to one of twenty processes that want it at once, time after time', async () => {
  expect(await raceForLease(opened, 20, 20)).toEqual(Array.from({ length: 20 }, () => 1))
})

describe('an owner', () => {
  it('that stores nothing but notes is alive', async () => {
    const { problemId } = await claimed(table.runs, orphan())
    const lease = owner(problemId)
    const stopped = new AbortController()
    const [forOwner, forOthers] = [new HandMadeClock(), new HandMadeClock()]
    const clock = Object.assign(forOwner, { now: () => new Date() })
    const log = new RunLog(lease, table.runs, clock, (error) => {
      throw error
    })
    const ports = idlePorts(table, clock)
    const lost: string[] = []
    void keepLease(
      lease,
      () => log.lastEventsAt,
      () => lost.push('lost'),
      ports,
      stopped.signal,
    )
    const watch = new LeaseWatch(problemId, idlePorts(table, forOthers))
    const taken: unknown[] = []
    for (let second = 0; second < 45; second += 1) {
      log.note(`{"second":${second}}`, false)
      await Promise.all([forOwner.goOn(1_000), forOthers.goOn(1_000)])
      // The table answers in its own time.
      await systemClock.sleep(10)
      taken.push(await watch.takeOver())
    }
    stopped.abort()
    expect((await table.runs.notes(problemId)).length).toBeGreaterThan(15)
    expect(taken.filter((lease) => lease !== undefined)).toEqual([])
    expect(lost).toEqual([])
  })
})

describe('a run that cannot be gone on with', () => {
  const strange = JSON.stringify({ kind: 'batch', key: 'k', result: { version: 9 } })

  it('is ended when that was asked for, whatever its notes are', async () => {
    const { problemId } = await claimed(table.runs, { createdAt: new Date().toISOString() })
    await table.runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), later, [strange, 'no JSON'])
    await table.runs.requestCancel(problemId)
    expect((await readAll(problemId, reader())).last.type).toBe('cancelled')
  })

  it('is ended when that was asked for although its key cannot be opened', async () => {
    const { problemId } = await claimed(table.runs, orphan())
    await table.runs.requestCancel(problemId)
    const sealer = { seal: () => Promise.reject(new Error('away')), open: () => Promise.reject(new Error('away')) }
    expect((await readAll(problemId, { ...reader(), sealer })).last.type).toBe('cancelled')
  })
})
