// Runs that nobody makes and nobody reads: which of them a sweep finds, on a real table and by a clock that it puts forward.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/clock.ts'
import type { ProblemsTable } from '../../src/adapters/problems-table.ts'
import { sweep } from '../../src/generation/sweep.ts'
import type { Clock, Ports } from '../../src/ports.ts'
import { claimed, lastEvent, later, owner } from '../adapters/problems-table.contract.ts'
import { idlePorts } from '../support/idle-ports.ts'
import { openTestTable } from '../support/table.ts'

let opened: Awaited<ReturnType<typeof openTestTable>>
let table: ProblemsTable

beforeAll(async () => {
  opened = await openTestTable()
  ;({ table } = opened)
})
afterEach(async () => {
  for (const problemId of await table.runs.running(100)) {
    const { term = 1, next = 1 } = (await table.runs.leaseOf(problemId)) ?? {}
    const last = [lastEvent(problemId, next, 'cancelled')]
    await table.runs.end({ problemId, term }, 'proof', last, { status: 'CANCELLED' }, later)
  }
})
afterAll(() => opened.close())

/** A sweeper whose pauses are over at once; `onPause` is what happens meanwhile. */
function sweeper(onPause: () => Promise<unknown> = async () => undefined): Ports {
  let elapsedMs = 0
  const clock: Clock = {
    ...systemClock,
    elapsed: () => elapsedMs,
    async sleep(ms) {
      elapsedMs += ms
      await onPause()
    },
  }
  return idlePorts(table, clock)
}

/** Runs of this moment that a new owner ends at once: nobody has the key they were asked for with. */
async function runsUnderWay(count: number): Promise<string[]> {
  const of = { isOwnKey: true, createdAt: new Date().toISOString() }
  const runs = await Promise.all(Array.from({ length: count }, () => claimed(table.runs, of)))
  return runs.map(({ problemId }) => problemId).toSorted()
}

async function statuses(ids: readonly string[]): Promise<(string | undefined)[]> {
  return Promise.all(ids.map(async (problemId) => (await table.runs.read(problemId))?.status))
}

const sweepWith = (ports: Ports, msLeft = 600_000) => sweep(ports, () => msLeft, new AbortController().signal)

describe('a sweep', () => {
  it('ends what nobody makes, and leaves alone what is being made', async () => {
    const [silent = '', free = '', alive = ''] = await runsUnderWay(3)
    await table.runs.release(owner(free))
    const result = await sweepWith(sweeper(() => table.runs.renew(owner(alive), 1)))
    expect(result.watched).toBe(3)
    expect(result.takenOver).toEqual([free, silent])
    expect(await statuses([silent, free, alive])).toEqual(['FAILED', 'FAILED', 'PROCESSING'])
    expect(await table.runs.running(10)).toEqual([alive])
  })

  it('does not wait where there is nothing to wait for', async () => {
    const [free = ''] = await runsUnderWay(1)
    await table.runs.release(owner(free))
    const result = await sweepWith(
      sweeper(() => {
        throw new Error('waits')
      }),
    )
    expect(result).toEqual({ watched: 1, takenOver: [free] })
    expect(await sweepWith(sweeper())).toEqual({ watched: 0, takenOver: [] })
  })

  it('takes eight at most, the oldest first, and the next one the others', async () => {
    const ids = await runsUnderWay(11)
    expect((await sweepWith(sweeper())).takenOver.toSorted()).toEqual(ids.slice(0, 8))
    expect((await sweepWith(sweeper())).takenOver.toSorted()).toEqual(ids.slice(8))
    expect(new Set(await statuses(ids))).toEqual(new Set(['FAILED']))
  })

  it('takes nothing when there is no time to make it', async () => {
    const ids = await runsUnderWay(2)
    expect(await sweepWith(sweeper(), 20_000)).toEqual({ watched: 2, takenOver: [] })
    expect(await statuses(ids)).toEqual(['PROCESSING', 'PROCESSING'])
  })

  it('and another one at the same time give each run one end', async () => {
    const ids = await runsUnderWay(6)
    const results = await Promise.all([sweepWith(sweeper()), sweepWith(sweeper()), sweepWith(sweeper())])
    expect(results.flatMap(({ takenOver }) => takenOver).toSorted()).toEqual(ids)
    for (const problemId of ids) expect(await table.runs.events(problemId, 0)).toHaveLength(1)
  })
})
