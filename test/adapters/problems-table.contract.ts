// What every store of runs and problems has to do, whatever it is made of.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/clock.ts'
import type { StoredEvent } from '../../src/contract/events.ts'
import type { ProblemDocument, TestCase } from '../../src/contract/problem.ts'
import type {
  Lease,
  Likeness,
  NewRun,
  ProblemStore,
  QuotaLimits,
  QuotaStore,
  RunStore,
  SimilarityIndex,
} from '../../src/ports.ts'

export interface Stores {
  readonly runs: RunStore
  readonly problems: ProblemStore
  readonly similar: SimilarityIndex
  readonly quotas: QuotaStore
}

/** Items are over some days after their time: what is tested has to be of today. */
const today = new Date().toISOString().slice(0, 10)

/** A run that nobody has claimed, asked for at 03:00 unless said otherwise. */
export function newRun(overrides: Partial<NewRun> = {}): NewRun {
  return {
    problemId: systemClock.newId(),
    creatorId: `creator-${systemClock.newId()}`,
    requestId: undefined,
    request: {
      topic: 'graph',
      level: 'medium',
      algorithmType: '그래프',
      difficulty: '보통',
      language: 'python',
      locale: 'ko',
    },
    createdAt: `${today}T03:00:00.000Z`,
    isOwnKey: false,
    isCounted: false,
    ...overrides,
  }
}

/** The right of who claimed the run first. */
export function owner(problemId: string): Lease {
  return { problemId, term: 1 }
}

/** A run that is being worked on. */
export async function claimed(runs: RunStore, overrides: Partial<NewRun> = {}): Promise<NewRun> {
  const run = newRun(overrides)
  await runs.claim(run)
  return run
}

export const later = `${today}T03:01:00.000Z`
export const latest = `${today}T03:02:00.000Z`

/** Events `from` to `to`, each with different data. */
export function progress(problemId: string, from: number, to: number): StoredEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    type: 'progress',
    data: JSON.stringify({ problemId, seq: from + index, message: `단계 ${from + index}`, note: '' }),
  }))
}

export function lastEvent(problemId: string, seq: number, type: StoredEvent['type']): StoredEvent {
  return { seq, type, data: JSON.stringify({ type, problemId, seq }) }
}

/** A small problem as the pipeline would publish it. */
export function problem(problemId: string, overrides: Partial<ProblemDocument> = {}): ProblemDocument {
  return {
    schemaVersion: 1,
    problemId,
    slug: 'islands',
    title: '섬의 개수',
    description: '격자에서 섬의 개수를 구하시오.',
    constraints: '1 ≤ N ≤ 100',
    input_format: 'N',
    output_format: '섬의 개수',
    examples: [{ input: '1\n', output: '1\n' }],
    algorithm_type: '그래프',
    difficulty: '보통',
    topic: 'graph',
    level: 'medium',
    language: 'python',
    locale: 'ko',
    author: 'scripted stand-in',
    limits: { timeMs: 2_000, memoryBytes: 268_435_456, provisional: true },
    checker: { kind: 'tokens' },
    starter_code: {},
    tests: { count: 2, bytes: 60 },
    createdAt: '2026-11-20T03:00:00.000Z',
    solution_code: 'print(input())\n',
    test_generator_code: '',
    test_origins: [
      { from: 'spec', family: 'boundary', name: 'smallest' },
      { from: 'generator', strategy: 'random', seed: 7 },
    ],
    programs: [{ role: 'reference', language: 'python', source: 'print(input())\n', idea: 'echo' }],
    input_spec: { version: 1, blocks: [{ kind: 'permutation', name: 'p', length: '5' }] },
    verification: {
      level: 'basic',
      gatesRun: [],
      gatesNotRun: [{ gate: 'G20', title: 'new' }],
      repairs: [],
      calls: [],
      totals: {
        calls: 0,
        promptTokens: 0,
        outputTokens: 0,
        thinkingTokens: 0,
        costUsd: 0,
        executorBatches: 0,
        executions: 0,
        cpuMs: 0,
        elapsedMs: 0.5,
      },
      limits: {
        provisional: true,
        slowestReferenceCpuMs: 12.5,
        largestReferenceMemoryBytes: 9_000_000,
        rule: { factor: 3, inputs: 10, stepMs: 500, leastMs: 1_000 },
      },
      matrix: [{ role: 'reference', program: 0, verdicts: 'AA.', timesMs: [1, 2, -1], memoryMiB: [9, 9, -1] }],
      mutation: { mutants: 0, killed: 0, equivalent: 0, inputsTried: 0, survivors: [], unkilled: [], hunted: 0 },
      coverage: [],
      difficulty: { claimed: 'medium', measured: 'medium', reasons: [] },
      prices: { date: '2026-11-01', source: 'list', known: false },
      versions: {},
      seeds: { sampler: 's', hashSeeds: [1, 2] },
    },
    ...overrides,
  }
}

export const twoTests: TestCase[] = [
  { input: '1\n', output: '1\n' },
  { input: '', output: '' },
]

/** Everything a follower of the run reads from `afterSeq` on. */
export async function replay(runs: RunStore, problemId: string, afterSeq: number): Promise<StoredEvent[]> {
  const all: StoredEvent[] = []
  for (;;) {
    const more = await runs.events(problemId, all.at(-1)?.seq ?? afterSeq)
    if (more.length === 0) return all
    all.push(...more)
  }
}

/** Claims a run, stages its problem and publishes it. */
export async function publish(
  { runs, problems }: Pick<Stores, 'runs' | 'problems'>,
  run: NewRun,
  document: ProblemDocument,
  tests: readonly TestCase[] = twoTests,
  likeness?: Likeness,
  at = later,
): Promise<void> {
  await runs.claim(run)
  await problems.stage('r1', document, tests)
  const end = {
    status: 'COMPLETED',
    problem: document,
    revision: 'r1',
    ...(likeness === undefined ? {} : { likeness }),
  } as const
  await runs.end(owner(run.problemId), 'publish', [lastEvent(run.problemId, 1, 'problem')], end, at)
}

/** A run of somebody that counts, and is claimed; undefined when it is refused. */
async function counted(
  { runs, quotas }: Stores,
  limits: QuotaLimits,
  createdAt: string,
  creatorId: string,
): Promise<NewRun | undefined> {
  const run = newRun({ creatorId, createdAt })
  if ((await quotas.take(run, limits)) !== undefined) return undefined
  await runs.claim(run)
  return run
}

/** Ends such a run. */
async function endCounted(
  { runs }: Stores,
  { problemId, creatorId, requestId, createdAt }: NewRun,
  isPaid: boolean,
  tokens: number,
  costUsd: number,
): Promise<void> {
  const last = [lastEvent(problemId, 1, 'cancelled')]
  const spending = { creatorId, requestId, createdAt, isPaid, tokens, costUsd }
  await runs.end(owner(problemId), 'blueprint', last, { status: 'CANCELLED' }, later, spending)
}

/** A text that does not pack well. */
function large(length: number): string {
  return Array.from({ length }, () => Math.floor(Math.random() * 36).toString(36)).join('')
}

/** What a problem is found by; the signature is made of one byte. */
export function likenessOf(bands: readonly string[], byte: number, behaviour?: string): Likeness {
  return { bands, signature: new Uint8Array(512).fill(byte), behaviour }
}

function minuteOf(minute: number): string {
  return `${today}T04:${String(minute).padStart(2, '0')}:00.000Z`
}

/** The suite. `open` makes empty stores; `close` gives them up. */
export function testStores(name: string, open: () => Promise<Stores & { close(): Promise<void> }>): void {
  describe(`${name}: contract of the stores`, () => {
    let stores: Awaited<ReturnType<typeof open>>
    let runs: RunStore
    let problems: ProblemStore

    beforeAll(async () => {
      stores = await open()
      ;({ runs, problems } = stores)
    })
    afterAll(() => stores.close())

    describe('a claim', () => {
      it('creates a run that is being worked on and reads back as it was asked for', async () => {
        const run = newRun({ requestId: 'request-1' })
        expect(await runs.claim(run)).toMatchObject({ created: true })
        expect(await runs.read(run.problemId)).toEqual({
          ...run,
          status: 'PROCESSING',
          updatedAt: run.createdAt,
          errorMessage: undefined,
          cancelRequested: false,
        })
      })

      it('finds the run that already has the requestId, in whatever state it is', async () => {
        const run = newRun({ requestId: 'request-1' })
        await runs.claim(run)
        const again = { ...run, problemId: systemClock.newId(), createdAt: later }
        expect(await runs.claim(again)).toMatchObject({
          created: false,
          run: { problemId: run.problemId, status: 'PROCESSING', createdAt: run.createdAt },
        })
        const failed = { status: 'FAILED', errorMessage: 'no luck' } as const
        await runs.end(owner(run.problemId), 'proof', [lastEvent(run.problemId, 1, 'failed')], failed, later)
        expect(await runs.claim(again)).toMatchObject({ created: false, run: { status: 'FAILED' } })
        expect(await runs.read(again.problemId)).toBeUndefined()
      })

      it('answers its own repetition with the run', async () => {
        const run = newRun({ requestId: 'request-1' })
        await runs.claim(run)
        expect(await runs.claim(run)).toMatchObject({ created: false, run: { problemId: run.problemId } })
      })

      it('keeps the requestIds of different creators apart', async () => {
        expect(await runs.claim(newRun({ requestId: 'same' }))).toMatchObject({ created: true })
        expect(await runs.claim(newRun({ requestId: 'same' }))).toMatchObject({ created: true })
      })

      it('never joins runs without a requestId', async () => {
        const creatorId = 'nobody-in-particular'
        expect(await runs.claim(newRun({ creatorId }))).toMatchObject({ created: true })
        expect(await runs.claim(newRun({ creatorId }))).toMatchObject({ created: true })
      })

      it('is refused when its problemId belongs to another run', async () => {
        const run = newRun()
        await runs.claim(run)
        await expect(runs.claim(newRun({ problemId: run.problemId, requestId: 'mine' }))).rejects.toMatchObject({
          code: 'conflict',
        })
      })

      it('made 30 times at once with one requestId creates one run, which all of them get', async () => {
        const shared = newRun({ requestId: 'double-click' })
        const claims = Array.from({ length: 30 }, () => ({ ...shared, problemId: systemClock.newId() }))
        const answers = await Promise.all(claims.map((run) => runs.claim(run)))
        const ids = answers.map((answer, index) => (answer.created ? claims[index]?.problemId : answer.run.problemId))
        expect(answers.filter((answer) => answer.created)).toHaveLength(1)
        expect(new Set(ids).size).toBe(1)
      })

      it('keeps a request of optional fields exactly', async () => {
        const request = { prompt: '', language: 'python', locale: 'en', maxCostUsd: 0.25 } as const
        const run = newRun({ request })
        await runs.claim(run)
        expect((await runs.read(run.problemId))?.request).toEqual(request)
      })
    })

    describe('the events of a run', () => {
      it('are none, of no stage, for a run that has none or is unknown', async () => {
        const run = newRun()
        await runs.claim(run)
        for (const id of [run.problemId, systemClock.newId()]) {
          expect(await runs.events(id, 0)).toEqual([])
          expect(await runs.stage(id)).toBeUndefined()
        }
      })

      it('replay exactly from every seq, however 600 of them were grouped', async () => {
        const { problemId } = await claimed(runs)
        const all = progress(problemId, 1, 600)
        const sizes = [1, 2, 40, 7, 100, 1, 49]
        for (let from = 0, group = 0; from < 600; group += 1) {
          const to = Math.min(600, from + (sizes[group % sizes.length] ?? 1))
          await runs.append(owner(problemId), 'proof', all.slice(from, to), later)
          from = to
        }
        for (let after = 0; after <= 600; after += 1) {
          expect(await runs.events(problemId, after)).toEqual(all.slice(after))
        }
      })

      it('are read in several pages when there are many bytes of them', async () => {
        const { problemId } = await claimed(runs)
        const all = progress(problemId, 1, 12).map((event) => ({ ...event, data: event.data + ' '.repeat(250_000) }))
        for (const event of all) await runs.append(owner(problemId), 'proof', [event], later)
        const [page] = [await runs.events(problemId, 0)]
        expect(page.length).toBeLessThan(12)
        expect(await replay(runs, problemId, 0)).toEqual(all)
      })

      it('may be stored twice, once changes nothing', async () => {
        const { problemId } = await claimed(runs)
        const events = progress(problemId, 1, 3)
        await runs.append(owner(problemId), 'programs', events, later)
        await runs.append(owner(problemId), 'programs', events, latest)
        expect(await replay(runs, problemId, 0)).toEqual(events)
      })

      it('are not stored of who makes a place up', async () => {
        const { problemId } = await claimed(runs)
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 2), later)
        for (const from of [1, 2, 4]) {
          const others = progress('somebody else', from, from + 1)
          await expect(runs.append(owner(problemId), 'proof', others, later)).rejects.toMatchObject({
            code: 'storage-unavailable',
          })
        }
        expect(await replay(runs, problemId, 0)).toEqual(progress(problemId, 1, 2))
      })

      it('of which some are stored already are stored from there on', async () => {
        const { problemId } = await claimed(runs)
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 2), later)
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 5), later)
        const last = [...progress(problemId, 4, 6), lastEvent(problemId, 7, 'cancelled')]
        await runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, latest)
        expect(await replay(runs, problemId, 0)).toEqual([...progress(problemId, 1, 6), ...last.slice(-1)])
      })

      it('never replace others in their place', async () => {
        const { problemId } = await claimed(runs)
        await runs.append(owner(problemId), 'programs', progress(problemId, 1, 3), later)
        const others = progress('somebody else', 1, 3)
        await expect(runs.append(owner(problemId), 'programs', others, later)).rejects.toMatchObject({
          code: 'storage-unavailable',
        })
        expect(await replay(runs, problemId, 0)).toEqual(progress(problemId, 1, 3))
      })

      it('tell the stage of the last append, and when the run was last touched', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        await runs.append(owner(problemId), 'blueprint', progress(problemId, 1, 9), later)
        expect(await runs.stage(problemId)).toBe('blueprint')
        await runs.append(owner(problemId), 'programs', progress(problemId, 10, 10), latest)
        expect(await runs.stage(problemId)).toBe('programs')
        expect(await runs.read(problemId)).toMatchObject({ createdAt: run.createdAt, updatedAt: latest })
      })

      it('may be none: nothing is stored', async () => {
        const { problemId } = await claimed(runs)
        await runs.append(owner(problemId), 'blueprint', [], later)
        expect(await runs.stage(problemId)).toBeUndefined()
      })

      it('have no gaps, nor more bytes than one write takes', async () => {
        const { problemId } = await claimed(runs)
        const gap = [...progress(problemId, 1, 1), ...progress(problemId, 3, 3)]
        await expect(runs.append(owner(problemId), 'proof', gap, later)).rejects.toThrow('gaps')
        const large = [{ ...lastEvent(problemId, 1, 'delta'), data: '가'.repeat(150_000) }]
        await expect(runs.append(owner(problemId), 'proof', large, later)).rejects.toThrow('bytes')
        expect(await runs.events(problemId, 0)).toEqual([])
      })
    })

    describe('the lease of a run', () => {
      it('begins with who claims, and moves on with the events', async () => {
        const run = newRun()
        expect(await runs.claim(run)).toEqual({ created: true, lease: owner(run.problemId) })
        expect(await runs.leaseOf(run.problemId)).toEqual({ term: 1, beat: 0, next: 1, isFree: false })
        await runs.append(owner(run.problemId), 'proof', progress(run.problemId, 1, 4), later)
        expect(await runs.leaseOf(run.problemId)).toEqual({ term: 1, beat: 0, next: 5, isFree: false })
        expect(await runs.leaseOf(systemClock.newId())).toBeUndefined()
      })

      it('is renewed and given up by its owner only', async () => {
        const { problemId } = await claimed(runs)
        expect(await runs.renew(owner(problemId), 1)).toBe(true)
        expect(await runs.renew({ problemId, term: 2 }, 2)).toBe(false)
        await runs.release({ problemId, term: 2 })
        expect(await runs.leaseOf(problemId)).toEqual({ term: 1, beat: 1, next: 1, isFree: false })
        await runs.release(owner(problemId))
        expect(await runs.leaseOf(problemId)).toMatchObject({ isFree: true })
      })

      it('that somebody took over refuses all writes of the former owner, who is told why', async () => {
        const { problemId } = await claimed(runs)
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 2), later)
        const seen = await runs.leaseOf(problemId)
        if (seen === undefined) throw new Error('no lease')
        const next = await runs.takeOver(problemId, seen)
        expect(next).toEqual({ problemId, term: 2 })
        const lost = { code: 'lease-lost' }
        const last = [lastEvent(problemId, 3, 'cancelled')]
        const end = { status: 'CANCELLED' } as const
        await expect(runs.append(owner(problemId), 'proof', progress(problemId, 3, 3), later)).rejects.toMatchObject(
          lost,
        )
        await expect(runs.end(owner(problemId), 'proof', last, end, later)).rejects.toMatchObject(lost)
        expect(await runs.renew(owner(problemId), 1)).toBe(false)
        await runs.append({ problemId, term: 2 }, 'proof', progress(problemId, 3, 3), later)
        // At its old place and at the new one.
        await expect(runs.append(owner(problemId), 'proof', progress(problemId, 4, 4), later)).rejects.toMatchObject(
          lost,
        )
        expect(await replay(runs, problemId, 0)).toEqual(progress(problemId, 1, 3))
        // Nor is the end of the run the former owner's to show.
        await runs.end({ problemId, term: 2 }, 'proof', [lastEvent(problemId, 4, 'cancelled')], end, later)
        for (const seq of [3, 4, 5]) {
          const late = [lastEvent(problemId, seq, 'failed')]
          await expect(runs.end(owner(problemId), 'proof', late, end, latest)).rejects.toMatchObject(lost)
        }
      })

      it('is not taken over from an owner who showed a sign of life meanwhile', async () => {
        const { problemId } = await claimed(runs)
        const signs = [
          () => runs.renew(owner(problemId), 1),
          () => runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), later),
          () => runs.release(owner(problemId)),
        ]
        for (const sign of signs) {
          const seen = await runs.leaseOf(problemId)
          if (seen === undefined) throw new Error('no lease')
          await sign()
          expect(await runs.takeOver(problemId, seen)).toBeUndefined()
        }
      })

      it('goes to one of 20 who try at once, 20 times', async () => {
        const { problemId } = await claimed(runs)
        for (let term = 2; term <= 21; term += 1) {
          const seen = await runs.leaseOf(problemId)
          if (seen === undefined) throw new Error('no lease')
          const taken = await Promise.all(Array.from({ length: 20 }, () => runs.takeOver(problemId, seen)))
          expect(taken.filter((lease) => lease !== undefined)).toEqual([{ problemId, term }])
        }
      })
    })

    describe('notes', () => {
      it('come back in the order in which they were stored, with events and without, from owner to owner', async () => {
        const { problemId } = await claimed(runs)
        expect(await runs.notes(problemId)).toEqual([])
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), later, ['one', '둘'])
        await runs.append(owner(problemId), 'proof', [], later, ['three'])
        await runs.append(owner(problemId), 'proof', progress(problemId, 2, 2), later)
        const seen = await runs.leaseOf(problemId)
        if (seen === undefined) throw new Error('no lease')
        const next = await runs.takeOver(problemId, seen)
        if (next === undefined) throw new Error('not taken')
        await runs.append(next, 'proof', progress(problemId, 3, 3), later, ['four'])
        expect(await runs.notes(problemId)).toEqual(['one', '둘', 'three', 'four'])
        expect(await replay(runs, problemId, 0)).toEqual(progress(problemId, 1, 3))
      })

      it('of who lost the lease are refused, alone and with events', async () => {
        const { problemId } = await claimed(runs)
        const seen = await runs.leaseOf(problemId)
        if (seen === undefined) throw new Error('no lease')
        await runs.takeOver(problemId, seen)
        for (const events of [[], progress(problemId, 1, 1)]) {
          await expect(runs.append(owner(problemId), 'proof', events, later, ['mine'])).rejects.toMatchObject({
            code: 'lease-lost',
          })
        }
        expect(await runs.notes(problemId)).toEqual([])
      })

      it('may be many and large; one that no item holds is left out', async () => {
        const { problemId } = await claimed(runs)
        const notes = [large(300_000), 'small', large(300_000), large(900_000), large(200_000)]
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), later, notes)
        expect(await runs.notes(problemId)).toEqual(notes.filter(({ length }) => length < 900_000))
      })
    })

    describe('a run under way', () => {
      it('is found, the oldest first, until it ends', async () => {
        const mine = await Promise.all([1, 2, 3].map(() => claimed(runs)))
        const ids = mine.map(({ problemId }) => problemId).toSorted()
        const found = async () => (await runs.running(1_000)).filter((problemId) => ids.includes(problemId))
        expect(await found()).toEqual(ids)
        const [first = '', ...others] = ids
        await runs.end(owner(first), 'proof', [lastEvent(first, 1, 'cancelled')], { status: 'CANCELLED' }, later)
        expect(await found()).toEqual(others)
        expect(await runs.running(2)).toHaveLength(2)
      })

      it('keeps the sealed key it was claimed with until it ends', async () => {
        const run = newRun()
        const { problemId } = run
        const sealed = Uint8Array.of(1, 2, 255)
        await runs.claim(run, sealed)
        expect(await runs.sealedKey(problemId)).toEqual(sealed)
        const end = { status: 'CANCELLED' } as const
        await runs.end(owner(problemId), 'proof', [lastEvent(problemId, 1, 'cancelled')], end, later)
        expect(await runs.sealedKey(problemId)).toBeUndefined()
        expect(await runs.sealedKey((await claimed(runs)).problemId)).toBeUndefined()
      })
    })

    describe('after a month', () => {
      const createdAt = new Date(Date.now() - 31 * 86_400_000).toISOString()

      it('a run that came to nothing is forgotten, and its requestId may be used again', async () => {
        const run = await claimed(runs, { createdAt, requestId: 'old' })
        const { problemId } = run
        const failed = { status: 'FAILED', errorMessage: 'no luck' } as const
        await runs.end(owner(problemId), 'proof', [lastEvent(problemId, 1, 'failed')], failed, createdAt)
        expect(await runs.read(problemId)).toBeUndefined()
        expect(await runs.events(problemId, 0)).toEqual([])
        expect(await runs.claimed(run.creatorId, 'old')).toBeUndefined()
        const again = newRun({ creatorId: run.creatorId, requestId: 'old' })
        expect(await runs.claim(again)).toMatchObject({ created: true })
        expect(await runs.claimed(run.creatorId, 'old')).toMatchObject({ problemId: again.problemId })
      })

      it('of a finished one the problem is left, and not what was written on the way', async () => {
        const { problemId } = await claimed(runs, { createdAt })
        await problems.stage('r1', problem(problemId), twoTests)
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), createdAt, ['a note'])
        const end = { status: 'COMPLETED', problem: problem(problemId), revision: 'r1' } as const
        await runs.end(owner(problemId), 'publish', [lastEvent(problemId, 2, 'problem')], end, createdAt)
        expect(await runs.read(problemId)).toMatchObject({ status: 'COMPLETED' })
        expect((await problems.read(problemId))?.tests).toEqual(twoTests)
        expect(await runs.events(problemId, 0)).toEqual([])
        expect(await runs.notes(problemId)).toEqual([])
      })
    })

    describe('the end of a run', () => {
      it('stores the last events and the outcome together', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        await runs.append(owner(problemId), 'blueprint', progress(problemId, 1, 2), later)
        const last = [...progress(problemId, 3, 3), lastEvent(problemId, 4, 'failed')]
        await runs.end(
          owner(problemId),
          'proof',
          last,
          { status: 'FAILED', errorMessage: '검증에 실패했습니다.' },
          latest,
        )
        expect(await runs.read(problemId)).toMatchObject({
          status: 'FAILED',
          errorMessage: '검증에 실패했습니다.',
          updatedAt: latest,
        })
        expect(await replay(runs, problemId, 1)).toEqual([...progress(problemId, 2, 2), ...last])
        expect(await runs.stage(problemId)).toBe('proof')
      })

      it('is refused when the run has ended, and leaves nothing behind', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        await runs.end(
          owner(problemId),
          'proof',
          [lastEvent(problemId, 1, 'cancelled')],
          { status: 'CANCELLED' },
          later,
        )
        const failed = { status: 'FAILED', errorMessage: 'late' } as const
        for (const seq of [1, 2]) {
          await expect(
            runs.end(owner(problemId), 'proof', [lastEvent(problemId, seq, 'failed')], failed, latest),
          ).rejects.toMatchObject({ code: 'conflict' })
        }
        expect(await runs.read(problemId)).toMatchObject({ status: 'CANCELLED', updatedAt: later })
        expect(await replay(runs, problemId, 0)).toEqual([lastEvent(problemId, 1, 'cancelled')])
      })

      it('may be told again by the one that told it', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        const last = [lastEvent(problemId, 1, 'cancelled')]
        await runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, later)
        await runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, later)
        await runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, latest)
        expect(await runs.read(problemId)).toMatchObject({ status: 'CANCELLED', updatedAt: later })
      })

      it('is refused for a run that does not exist', async () => {
        const { problemId } = newRun()
        const last = [lastEvent(problemId, 1, 'cancelled')]
        await expect(runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, later)).rejects.toMatchObject({
          code: 'not-found',
        })
        expect(await runs.events(problemId, 0)).toEqual([])
        expect(await runs.read(problemId)).toBeUndefined()
      })

      it('is refused when other events are in its place, and the run goes on', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        await runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), later)
        const last = [lastEvent(problemId, 1, 'cancelled')]
        await expect(runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, later)).rejects.toMatchObject({
          code: 'storage-unavailable',
        })
        expect(await runs.read(problemId)).toMatchObject({ status: 'PROCESSING' })
      })

      it('is told once when ten tell different ones at the same time', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        const ends = Array.from({ length: 10 }, (_, index) =>
          runs.end(
            owner(problemId),
            'proof',
            [lastEvent(problemId, 1 + index, 'failed')],
            { status: 'FAILED', errorMessage: String(index) },
            later,
          ),
        )
        const results = await Promise.allSettled(ends)
        const winners = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
        expect(winners).toHaveLength(1)
        expect((await runs.read(problemId))?.errorMessage).toBe(String(winners[0]))
        expect(await runs.events(problemId, 0)).toHaveLength(1)
      })
    })

    describe('a wish to cancel', () => {
      it('is seen by whoever reads the run, and may be repeated', async () => {
        const run = newRun()
        await runs.claim(run)
        expect(await runs.requestCancel(run.problemId)).toBe(true)
        expect(await runs.requestCancel(run.problemId)).toBe(true)
        expect(await runs.read(run.problemId)).toMatchObject({ status: 'PROCESSING', cancelRequested: true })
      })

      it('comes too late for a run that has ended, and is gone with the end', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        await runs.requestCancel(problemId)
        await runs.end(
          owner(problemId),
          'proof',
          [lastEvent(problemId, 1, 'cancelled')],
          { status: 'CANCELLED' },
          later,
        )
        expect(await runs.requestCancel(problemId)).toBe(false)
        expect(await runs.read(problemId)).toMatchObject({ status: 'CANCELLED', cancelRequested: false })
      })

      it('is false for a run that does not exist, and makes none', async () => {
        const { problemId } = newRun()
        expect(await runs.requestCancel(problemId)).toBe(false)
        expect(await runs.read(problemId)).toBeUndefined()
      })
    })

    describe('a problem', () => {
      it('is invisible until its run ends well', async () => {
        const run = newRun()
        const { problemId } = run
        expect(await problems.read(problemId)).toBeUndefined()
        await runs.claim(run)
        await problems.stage('r1', problem(problemId), twoTests)
        expect(await problems.read(problemId)).toBeUndefined()
        expect((await problems.list(1_000)).map((found) => found.problemId)).not.toContain(problemId)
        const end = { status: 'FAILED', errorMessage: 'no' } as const
        await runs.end(owner(problemId), 'publish', [lastEvent(problemId, 1, 'failed')], end, later)
        expect(await problems.read(problemId)).toBeUndefined()
        expect((await problems.list(1_000)).map((found) => found.problemId)).not.toContain(problemId)
      })

      it('reads back as it was published', async () => {
        const run = newRun()
        await publish(stores, run, problem(run.problemId))
        expect(await problems.read(run.problemId)).toEqual({ document: problem(run.problemId), tests: twoTests })
        expect(await runs.read(run.problemId)).toMatchObject({ status: 'COMPLETED', updatedAt: later })
      })

      it('is the revision that was published, not one staged before or after it', async () => {
        const run = newRun()
        const { problemId } = run
        await runs.claim(run)
        for (const revision of ['1', '10', '1.1']) {
          await problems.stage(revision, problem(problemId, { title: revision }), [{ input: revision, output: '' }])
        }
        const end = { status: 'COMPLETED', problem: problem(problemId, { title: '1' }), revision: '1' } as const
        await runs.end(owner(problemId), 'publish', [lastEvent(problemId, 1, 'problem')], end, later)
        await problems.stage('2', problem(problemId, { title: '2' }), twoTests)
        expect(await problems.read(problemId)).toMatchObject({ document: { title: '1' }, tests: [{ input: '1' }] })
      })

      it('may have no tests, 1.5 MB of them that hardly pack, or a very long text', async () => {
        // A multiplicative congruential generator: its digits leave gzip little to save.
        let state = 1
        const noise = (length: number): string => {
          let text = ''
          while (text.length < length)
            text += String.fromCodePoint(33 + ((state = (state * 48_271) % 2_147_483_647) % 90))
          return text
        }
        const large = Array.from({ length: 30 }, () => ({ input: noise(50_000), output: '한\n' }))
        const long = '가나다 '.repeat(60_000) + noise(500_000)
        for (const [tests, description] of [
          [[], 'short'],
          [large, 'short'],
          [large, long],
        ] as const) {
          const run = newRun()
          const document = problem(run.problemId, { description })
          await publish(stores, run, document, tests)
          expect(await problems.read(run.problemId)).toEqual({ document, tests })
        }
      })
    })
  })

  describe(`${name}: the list of problems`, () => {
    it('shows finished problems only, newest first, as many as asked for', async () => {
      const stores = await open()
      try {
        // An order that is neither that of publication nor its opposite.
        const minutes = Array.from({ length: 20 }, (_, index) => (index * 7) % 20)
        const published = new Map<number, string>()
        for (const minute of minutes) {
          const run = newRun({ createdAt: minuteOf(minute) })
          await publish(stores, run, problem(run.problemId, { title: `문제 ${minute}` }))
          published.set(minute, run.problemId)
          await stores.runs.claim(newRun({ createdAt: minuteOf(minute) }))
        }
        const newestFirst = Array.from({ length: 20 }, (_, index) => 19 - index).map((minute) => ({
          problemId: published.get(minute),
          title: `문제 ${minute}`,
          algorithmType: '그래프',
          difficulty: '보통',
          locale: 'ko',
          createdAt: minuteOf(minute),
        }))
        expect(await stores.problems.list(100)).toEqual(newestFirst)
        expect(await stores.problems.list(5)).toEqual(newestFirst.slice(0, 5))
        expect(await stores.problems.list(1)).toEqual(newestFirst.slice(0, 1))
        expect(await stores.problems.list(0)).toEqual([])
      } finally {
        await stores.close()
      }
    })
  })

  describe(`${name}: the similarity index`, () => {
    let stores: Awaited<ReturnType<typeof open>>

    beforeAll(async () => {
      stores = await open()
    })
    afterAll(() => stores.close())

    async function published(title: string, likeness: Likeness, id?: string): Promise<string> {
      const run = newRun(id === undefined ? {} : { problemId: id })
      await publish(stores, run, problem(run.problemId, { title }), twoTests, likeness)
      return run.problemId
    }

    it('finds what was published by a shared band or the same behaviour, with all that is needed to compare', async () => {
      const byText = await published('등대', likenessOf(['a1', 'a2', 'a3'], 1, 'acts-1'))
      const byBehaviour = await published('쉼터', likenessOf(['a4', 'a5', 'a6'], 2, 'acts-2'))
      await published('모임', likenessOf(['a7', 'a8', 'a9'], 3, 'acts-3'))
      const lighthouse = {
        problemId: byText,
        title: '등대',
        signature: new Uint8Array(512).fill(1),
        behaviour: 'acts-1',
      }
      const shelter = {
        problemId: byBehaviour,
        title: '쉼터',
        signature: new Uint8Array(512).fill(2),
        behaviour: 'acts-2',
      }
      expect(await stores.similar.near({ bands: ['other', 'a2'] })).toEqual([lighthouse])
      expect(await stores.similar.near({ bands: ['other'], behaviour: 'acts-2' })).toEqual([shelter])
      expect(await stores.similar.near({ bands: [], behaviour: 'acts-9' })).toEqual([])
      expect(await stores.similar.near({ bands: [] })).toEqual([])
    })

    it('shows a problem once, and first what has most in common', async () => {
      // With these ids none takes another's place under a band, as one in 64 does.
      const start = '01900000-0000-7000-8000-00000000000'
      const one = await published('one', likenessOf(['b1', 'b2', 'b3'], 1), `${start}1`)
      const three = await published('three', likenessOf(['b1', 'b2', 'b3', 'b4', 'b5'], 2), `${start}2`)
      const two = await published('two', likenessOf(['b3', 'b4', 'b6'], 3), `${start}3`)
      const found = await stores.similar.near({ bands: ['b3', 'b4', 'b5', 'b3'] })
      expect(found.map(({ problemId }) => problemId)).toEqual([three, two, one])
      expect(found.map(({ behaviour }) => behaviour)).toEqual([undefined, undefined, undefined])
    })

    it('takes a band and a behaviour of the same name for different things', async () => {
      await published('band', likenessOf(['c1'], 1))
      expect(await stores.similar.near({ bands: [], behaviour: 'c1' })).toEqual([])
    })

    it('knows nothing of a problem that was only staged, or whose run did not end well', async () => {
      const staged = newRun()
      await stores.runs.claim(staged)
      await stores.problems.stage('r1', problem(staged.problemId), twoTests)
      const failed = newRun()
      await stores.runs.claim(failed)
      await stores.problems.stage('r1', problem(failed.problemId), twoTests)
      const cancelled = { status: 'CANCELLED' } as const
      await stores.runs.end(
        owner(failed.problemId),
        'publish',
        [lastEvent(failed.problemId, 1, 'cancelled')],
        cancelled,
        later,
      )
      const likeness = likenessOf(['d1'], 1)
      const late = { status: 'COMPLETED', problem: problem(failed.problemId), revision: 'r1', likeness } as const
      await expect(
        stores.runs.end(owner(failed.problemId), 'publish', [lastEvent(failed.problemId, 1, 'problem')], late, latest),
      ).rejects.toMatchObject({ code: 'conflict' })
      expect(await stores.similar.near({ bands: ['d1'] })).toEqual([])
    })

    it('is the same when the end of a run is told again', async () => {
      const run = newRun()
      const document = problem(run.problemId)
      const end = { status: 'COMPLETED', problem: document, revision: 'r1', likeness: likenessOf(['e1'], 1) } as const
      await publish(stores, run, document, twoTests, end.likeness)
      await stores.runs.end(owner(run.problemId), 'publish', [lastEvent(run.problemId, 1, 'problem')], end, latest)
      expect(await stores.similar.near({ bands: ['e1'] })).toHaveLength(1)
    })

    it('shows some of very many that share a band, the newest among them, and does not grow with them', async () => {
      const ids: string[] = []
      for (let index = 0; index < 120; index += 1) ids.push(await published('boilerplate', likenessOf(['f1'], 1)))
      const found = (await stores.similar.near({ bands: ['f1'] })).map(({ problemId }) => problemId)
      expect(found).toContain(ids.at(-1))
      expect(found.length).toBeGreaterThan(30)
      expect(found.length).toBeLessThanOrEqual(64)
    })

    it('refuses more keys than an end can hold, and the run goes on', async () => {
      const run = newRun()
      await stores.runs.claim(run)
      const bands = Array.from({ length: 61 }, (_, index) => `g${index}`)
      const end = { status: 'COMPLETED', problem: problem(run.problemId), revision: 'r1' } as const
      const last = [lastEvent(run.problemId, 1, 'problem')]
      await expect(
        stores.runs.end(
          owner(run.problemId),
          'publish',
          last,
          { ...end, likeness: likenessOf(bands, 1, 'acts') },
          later,
        ),
      ).rejects.toThrow('keys')
      expect(await stores.runs.read(run.problemId)).toMatchObject({ status: 'PROCESSING' })
      await stores.runs.end(
        owner(run.problemId),
        'publish',
        last,
        { ...end, likeness: likenessOf(bands.slice(1), 1, 'acts') },
        later,
      )
      expect(await stores.similar.near({ bands: ['g60'] })).toHaveLength(1)
    })

    describe('quotas', () => {
      const none = Number.MAX_SAFE_INTEGER
      const unlimited: QuotaLimits = { runs: none, tokens: none, costUsd: 1e6, running: none, totalCostUsd: 1e6 }
      // Each test has a day of its own: what counts is counted by day.
      let day = 0
      const newDay = (): string => new Date(Date.UTC(2030, 0, ++day, 12)).toISOString()
      it('let as many of 50 who ask at once begin as there is room for, and not one more', async () => {
        for (const limits of [
          { ...unlimited, runs: 7 },
          { ...unlimited, running: 7 },
        ]) {
          const createdAt = newDay()
          const asked = Array.from({ length: 50 }, () =>
            stores.quotas.take(newRun({ creatorId: 'a', createdAt }), limits),
          )
          const refused = (await Promise.all(asked)).filter((refusal) => refusal !== undefined)
          expect(refused).toHaveLength(43)
          expect(refused.at(-1)).toEqual({ limit: limits.runs === 7 ? 'runs' : 'running', most: 7, used: 7 })
        }
      })

      it('count a run once, however often it is asked for', async () => {
        const run = newRun({ createdAt: newDay() })
        for (let times = 0; times < 3; times += 1) {
          expect(await stores.quotas.take(run, { ...unlimited, runs: 1, running: 1 })).toBeUndefined()
        }
      })

      it('count what has one requestId once, and keep its place when one of them gives up', async () => {
        const createdAt = newDay()
        const limits = { ...unlimited, runs: 1 }
        const [first, second] = [1, 2].map(() => newRun({ creatorId: 'n', requestId: 'double click', createdAt }))
        if (first === undefined || second === undefined) throw new Error('no runs')
        expect(await stores.quotas.take(first, limits)).toBeUndefined()
        expect(await stores.quotas.take(second, limits)).toBeUndefined()
        await stores.quotas.giveBack(second, true)
        expect(await counted(stores, limits, createdAt, 'n')).toBeUndefined()
        await stores.runs.claim(first)
        await endCounted(stores, first, false, 0, 0)
        expect(await counted(stores, limits, createdAt, 'n')).toBeDefined()
      })

      it('are of each user and each day, but for those of all', async () => {
        const limits = { ...unlimited, runs: 1 }
        const [first, second] = [newDay(), newDay()]
        expect(await counted(stores, limits, first, 'b')).toBeDefined()
        expect(await counted(stores, limits, first, 'b')).toBeUndefined()
        expect(await counted(stores, limits, first, 'c')).toBeDefined()
        expect(await counted(stores, limits, second, 'b')).toBeDefined()
        expect(await counted(stores, { ...limits, running: 2 }, first, 'd')).toBeUndefined()
      })

      it('are as before when what was taken is given back, or refused by those of all', async () => {
        const createdAt = newDay()
        const run = newRun({ creatorId: 'e', createdAt })
        const limits = { ...unlimited, runs: 1, running: 1 }
        await stores.quotas.take(run, limits)
        await stores.quotas.giveBack(run, false)
        const other = await counted(stores, limits, createdAt, 'f')
        expect(other).toBeDefined()
        expect(await counted(stores, limits, createdAt, 'e')).toBeUndefined()
        await stores.quotas.giveBack(other ?? run, false)
        expect(await counted(stores, limits, createdAt, 'e')).toBeDefined()
      })

      it('get their place back with the end of a run, and its count when nothing was paid for', async () => {
        const createdAt = newDay()
        const limits = { ...unlimited, runs: 2, running: 1 }
        for (let times = 0; times < 3; times += 1) {
          const run = await counted(stores, limits, createdAt, 'g')
          if (run === undefined) throw new Error('refused')
          await endCounted(stores, run, false, 0, 0)
        }
        for (const isAllowed of [true, true, false]) {
          const run = await counted(stores, limits, createdAt, 'g')
          expect(run !== undefined).toBe(isAllowed)
          if (run !== undefined) await endCounted(stores, run, true, 10, 0.01)
        }
      })

      it('end with what was used: tokens and money of a user, money of all', async () => {
        const limits = { ...unlimited, tokens: 1_000, costUsd: 0.5, totalCostUsd: 0.9 }
        const createdAt = newDay()
        const spend = async (creatorId: string, tokens: number, costUsd: number): Promise<void> => {
          const run = await counted(stores, limits, createdAt, creatorId)
          if (run === undefined) throw new Error('refused')
          await endCounted(stores, run, true, tokens, costUsd)
        }
        await spend('h', 999, 0.1)
        await spend('h', 1, 0.1)
        const ask = (creatorId: string) => stores.quotas.take(newRun({ creatorId, createdAt }), limits)
        expect(await ask('h')).toEqual({ limit: 'tokens', most: 1_000, used: 1_000 })
        await spend('i', 1, 0.6)
        expect(await ask('i')).toEqual({ limit: 'costUsd', most: 0.5, used: 0.6 })
        await spend('j', 1, 0.1)
        expect(await ask('k')).toEqual({ limit: 'totalCostUsd', most: 0.9, used: 0.9 })
      })

      it('do not wait for runs that ended without saying so', async () => {
        const createdAt = newDay()
        const limits = { ...unlimited, running: 1 }
        const silent = await counted(stores, limits, createdAt, 'l')
        if (silent === undefined) throw new Error('refused')
        const last = [lastEvent(silent.problemId, 1, 'cancelled')]
        await stores.runs.end(owner(silent.problemId), 'blueprint', last, { status: 'CANCELLED' }, later)
        expect(await counted(stores, limits, createdAt, 'm')).toBeDefined()
      })

      it('of today and yesterday are freed of such runs when that is asked for, however lately it was looked for', async () => {
        const createdAt = new Date().toISOString()
        const limits = { ...unlimited, running: 2 }
        const silent = await counted(stores, limits, createdAt, 'n')
        const alive = await counted(stores, limits, createdAt, 'o')
        if (silent === undefined || alive === undefined) throw new Error('refused')
        expect(await counted(stores, limits, createdAt, 'p')).toBeUndefined()
        const last = [lastEvent(silent.problemId, 1, 'cancelled')]
        await stores.runs.end(owner(silent.problemId), 'blueprint', last, { status: 'CANCELLED' }, later)
        expect(await counted(stores, limits, createdAt, 'p')).toBeUndefined()
        await stores.quotas.freePlaces()
        expect(await counted(stores, limits, createdAt, 'p')).toBeDefined()
        expect(await counted(stores, limits, createdAt, 'q')).toBeUndefined()
      })
    })
  })
}
