// The owner of a run that lost it to somebody else: its writes are refused, and its reader is sent to the new one.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/clock.ts'
import { createProblemsTable, type ProblemsTable } from '../../src/adapters/problems-table.ts'
import { generateUrl, open, read } from '../support/reading.ts'
import { quietLog } from '../support/quiet-log.ts'
import { startService, type Service } from '../support/service.ts'

let service: Service
let table: ProblemsTable

beforeAll(async () => {
  service = await startService({ chunkCharacters: 40, chunkDelayMs: 20 })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  table = createProblemsTable({
    client: { endpoint: service.db.endpoint, region: 'ap-northeast-2', credentials },
    tableName: 'alpaco-Problems-test',
    clock: systemClock,
    log: quietLog,
  })
})
afterAll(async () => {
  table.close()
  await service.close()
})

it('stops without another word, and its reader goes on at the new owner', async () => {
  const first = await open(generateUrl(service), { headers: { 'x-goog-api-key': 'a-key-of-my-own' } })
  await first.until(({ frames }) => frames.length >= 5)
  const { problemId } = first
  let next: number | undefined
  // The owner writes all the time: whoever takes over has to be quicker.
  for (let tries = 0; next === undefined && tries < 200; tries += 1) {
    const seen = await table.runs.leaseOf(problemId)
    if (seen !== undefined && (await table.runs.takeOver(problemId, seen)) !== undefined) next = seen.next
  }
  await first.whole()
  expect(first.comments.at(-1)?.trim()).toBe('continues')
  await service.idle()
  const stored = await service.stored(problemId)
  expect(stored?.run.status).toBe('PROCESSING')
  expect(stored?.events.at(-1)?.seq).toBe((next ?? 0) - 1)
  expect(first.frames.at(-1)?.id).toBe(`${problemId}:${(next ?? 0) - 1}`)

  await table.runs.release({ problemId, term: 2 })
  const second = await read(`${service.url}/generations/${problemId}/events`, {
    headers: { 'last-event-id': first.frames.at(-1)?.id ?? '' },
  })
  expect(second.frames.map(({ id }) => id)).toEqual([`${problemId}:${next}`])
  expect(second.last).toMatchObject({ type: 'failed', code: 'abandoned' })
  const after = await read(`${service.url}/generations/${problemId}/events`, {
    headers: { 'last-event-id': `${problemId}:${next}` },
  })
  expect(after.status).toBe(204)
})
