// What a user may ask for on a day: who is refused, what is told, and what does not count.
import { afterEach, describe, expect, it } from 'vitest'
import { generateUrl, open, read, type Reading } from '../support/reading.ts'
import { startService, type Service, type ServiceOptions } from '../support/service.ts'

let service: Service
afterEach(() => service.close())

async function start(env: Readonly<Record<string, string>>, options: ServiceOptions = {}): Promise<void> {
  service = await startService({ ...options, env })
}

function ask(fields: Readonly<Record<string, string>> = {}, headers: Record<string, string> = {}): Promise<Reading> {
  return read(generateUrl(service, fields), { headers })
}

describe('a quota', () => {
  it('of runs refuses one more, says which, how far it is used and when it ends, and pays for nothing', async () => {
    await start({ QUOTA_RUNS_PER_DAY: '2' })
    for (let count = 0; count < 2; count += 1) expect((await ask()).last.type).toBe('problem')
    const calls = service.gemini.requests.length
    const refused = await ask({ locale: 'en' })
    expect(refused.status).toBe(429)
    expect(refused.json).toMatchObject({
      code: 'quota-exhausted',
      message: 'Too many requests',
      details: [{ field: 'runs', message: 'At most 2 runs a day.', most: 2, used: 2, left: 0 }],
    })
    const secondsLeft = Math.ceil((new Date().setUTCHours(24, 0, 0, 0) - Date.now()) / 1_000)
    expect(Math.abs(Number(refused.headers.get('retry-after')) - secondsLeft)).toBeLessThan(10)
    expect((await ask()).json).toMatchObject({ details: [{ message: '하루에 2번까지 만들 수 있습니다.' }] })
    expect(service.gemini.requests).toHaveLength(calls)
    expect(await service.runIds()).toHaveLength(2)
  })

  it('lets everybody go on reading their runs', async () => {
    await start({ QUOTA_RUNS_PER_DAY: '1' })
    const first = await ask({ requestId: 'mine' })
    const again = await ask({ requestId: 'mine' })
    expect(again.eventText).toBe(first.eventText)
    expect((await ask({ requestId: 'mine', difficulty: 'hard' })).status).toBe(409)
    expect((await ask({ requestId: 'other' })).status).toBe(429)
  })

  it('counts one run of 20 who ask for the same at once', async () => {
    await start({ QUOTA_RUNS_PER_DAY: '2' })
    const all = await Promise.all(Array.from({ length: 20 }, () => ask({ requestId: 'same' })))
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200))
    expect((await ask()).status).toBe(200)
    expect((await ask()).status).toBe(429)
    expect(await service.runIds()).toHaveLength(2)
  })

  it('does not count a run that ended before any call was paid for', async () => {
    const blueprint = [{ fault: 'bad-key' }, { fault: 'bad-key' }, { fault: 'bad-key' }]
    await start({ QUOTA_RUNS_PER_DAY: '1' }, { scenario: { blueprint } })
    for (let count = 0; count < 3; count += 1) expect((await ask()).last).toMatchObject({ code: 'model-key-refused' })
    expect((await ask()).last.type).toBe('problem')
    expect((await ask()).status).toBe(429)
  })

  it('of tokens is over when they are spent, but for those with a key of their own', async () => {
    await start({ QUOTA_TOKENS_PER_DAY: '1' })
    expect((await ask({}, { 'x-goog-api-key': 'a-key-of-my-own' })).last.type).toBe('problem')
    expect((await ask()).last.type).toBe('problem')
    expect((await ask()).json).toMatchObject({ details: [{ field: 'tokens', most: 1, left: 0 }] })
  })

  it('of runs at once asks to come back soon', async () => {
    await start({ QUOTA_RUNNING: '1' }, { chunkDelayMs: 30 })
    const first = ask()
    await expect.poll(async () => (await service.runIds()).length).toBe(1)
    const refused = await ask()
    expect({ status: refused.status, wait: refused.headers.get('retry-after') }).toEqual({ status: 429, wait: '30' })
    expect((await first).last.type).toBe('problem')
    expect((await ask()).status).toBe(200)
  })

  it('counts no run that could not be stored', async () => {
    await start({ QUOTA_RUNS_PER_DAY: '1', QUOTA_RUNNING: '1' })
    for (const requestId of [undefined, 'mine']) {
      service.db.setFault(({ operation }) =>
        operation === 'TransactWriteItems'
          ? { kind: 'error', status: 400, type: 'AccessDeniedException', message: 'no' }
          : undefined,
      )
      for (let count = 0; count < 3; count += 1)
        expect((await ask(requestId === undefined ? {} : { requestId })).status).toBe(503)
    }
    service.db.setFault(undefined)
    expect((await ask()).last.type).toBe('problem')
    expect((await ask()).json).toMatchObject({ details: [{ field: 'runs' }] })
  })

  it('goes on counting what its person has had forgotten, when it is asked for again with its requestId', async () => {
    await start({ QUOTA_RUNS_PER_DAY: '2' })
    for (let count = 0; count < 2; count += 1) {
      expect((await ask({ requestId: 'same' })).last.type).toBe('problem')
      expect((await read(`${service.url}/me`, { method: 'DELETE' })).status).toBe(200)
    }
    expect((await ask({ requestId: 'same' })).json).toMatchObject({ details: [{ field: 'runs', used: 2 }] })
  })

  it('of tokens and money counts a call that was cancelled by what it must have cost', async () => {
    await start({ QUOTA_TOKENS_PER_DAY: '100' }, { chunkDelayMs: 60, chunkCharacters: 60 })
    const reading = await open(generateUrl(service))
    await reading.until(({ events }) => events.some(({ type }) => type === 'delta'))
    await read(`${service.url}/generations/${reading.problemId}`, { method: 'DELETE' })
    expect((await reading.whole()).last.type).toBe('cancelled')
    expect((await ask()).json).toMatchObject({ details: [{ field: 'tokens' }] })
  })

  it('of tokens that is over is none of the business of who has a key of their own', async () => {
    await start({ QUOTA_TOKENS_PER_DAY: '1', QUOTA_TOTAL_USD_PER_DAY: '0.000001' })
    expect((await ask()).last.type).toBe('problem')
    expect((await ask()).status).toBe(429)
    expect((await ask({}, { 'x-goog-api-key': 'a-key-of-my-own' })).last.type).toBe('problem')
  })
})
