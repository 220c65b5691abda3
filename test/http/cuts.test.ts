// Readers whose connections break all the time, at any byte: each of them has the whole run in the end, once.
import { EventSource, type FetchLike } from 'eventsource'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chance } from '../judge/random.ts'
import { startCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { generateUrl, open, type Frame } from '../support/reading.ts'
import { expectGrammar, expectStoredAsStreamed } from '../support/run-checks.ts'
import { startService, type Service } from '../support/service.ts'

/** No connection is spared before that many were cut. */
const leastCuts = 1_000
const leastOfEachPlace = 25
const readerCount = 25
/** Of a connection before it is cut, or before a place to cut it is looked for: the answer's head, and a few events. */
const mostBytes = 1_200
/** Longer than a busy machine takes. */
const limitMs = 300_000

const { below, pick } = chance(20_260_801)

let service: Service
let proxy: CuttingProxy

beforeAll(async () => {
  // Slow enough for readers to break off and come back while the model writes.
  service = await startService({ chunkCharacters: 8, chunkDelayMs: 12, tableApart: true })
  // Nobody tells a function that its reader has gone. Through this address it hands over 600 ms after it began, so that
  // those that nobody reads do not all follow the run to its end.
  const target = await service.another({ timeoutMs: 30_600 })
  proxy = await startCuttingProxy({
    target,
    nextCut: () => {
      const isSpared = proxy.cuts.length >= leastCuts && below(3) === 0
      return {
        afterBytes: isSpared ? Number.POSITIVE_INFINITY : 1 + below(mostBytes),
        within: pick([undefined, undefined, undefined, 'framing', 'id', 'character']),
      }
    },
  })
})
afterAll(async () => {
  await proxy.close()
  await service.close()
})

/** The package waits for three seconds before it asks again unless the stream says otherwise, which ours leaves to its readers. */
const impatient: FetchLike = async (url, init) => {
  const response = await fetch(url, init)
  if (response.status !== 200 || response.body === null) return response
  const { body, status, headers } = response
  const withRetry = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('retry: 20\n\n')
    yield* body
  }
  return new Response(ReadableStream.from(withRetry()), { status, headers })
}

interface Reader {
  readonly seen: readonly Frame[]
  /** How often it lost its connection and asked again. */
  readonly returns: number
  /** The status that it stopped at. */
  readonly status: number | undefined
}

/** Reads until the EventSource is closed for good, or until it is plain that something is wrong: that may never end. */
async function readToTheEnd(url: string): Promise<Reader> {
  const source = new EventSource(url, { fetch: impatient })
  const seen: Frame[] = []
  let [returns, returnsAfterEnd] = [0, 0]
  return new Promise((resolve) => {
    const stop = (status?: number): void => {
      source.close()
      resolve({ seen, returns, status })
    }
    for (const type of ['progress', 'gate', 'delta', 'problem', 'failed', 'cancelled', 'message']) {
      source.addEventListener(type, ({ lastEventId, data }) => {
        seen.push({ id: lastEventId, type, data: String(data) })
        if (!lastEventId.endsWith(`:${seen.length}`)) stop()
      })
    }
    source.addEventListener('error', ({ code }) => {
      if (source.readyState === EventSource.CLOSED) return stop(code)
      returns += 1
      // The connection that would tell it to stop is cut as well, but not that often.
      if (seen.at(-1)?.type === 'problem') returnsAfterEnd += 1
      if (returnsAfterEnd > 50) stop()
    })
  })
}

it(
  'a thousand connections are cut anywhere, and every reader has every event once',
  async () => {
    const owner = await open(generateUrl(service, { requestId: 'cut' }))
    const url = generateUrl(proxy, { requestId: 'cut' })
    const readers = Promise.all(Array.from({ length: readerCount }, () => readToTheEnd(url)))
    await owner.whole()
    const cutsWhileLive = proxy.cuts.length
    expectGrammar(owner)
    expect(owner.last.type).toBe('problem')
    await expectStoredAsStreamed(service, owner)
    for (const { seen, status, returns } of await readers) {
      expect(seen).toEqual(owner.frames)
      expect(status).toBe(204)
      expect(returns).toBeGreaterThan(10)
    }

    expect(proxy.cuts.length).toBeGreaterThanOrEqual(leastCuts)
    expect(cutsWhileLive).toBeGreaterThan(leastCuts / 10)
    for (const place of ['head', 'framing', 'id', 'character', 'elsewhere'] as const) {
      expect(proxy.cuts.filter((cut) => cut === place).length, place).toBeGreaterThan(leastOfEachPlace)
    }

    // Whoever comes back goes on with the one run.
    expect(await service.runIds()).toEqual([owner.problemId])
    expect(service.gemini.requests).toHaveLength(7)
  },
  limitMs,
)
