// The queries of the pages for whoever runs the service, on what the service really logs: they find what the text promises.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFunctionUrl } from '../../mock/function-url/server.ts'
import type { Author } from '../../mock/gemini/job.ts'
import { readPage } from '../support/documented-commands.ts'
import { type LogLine, runQuery } from '../support/logs-insights.ts'
import { generateUrl, read } from '../support/reading.ts'
import { startService, type Service } from '../support/service.ts'
import { planted, tinyAuthor } from '../support/tiny-author.ts'

/** The ids that the pages are written with. */
const written = {
  problemId: '01a1fe7c-6ae8-7637-b3f6-e4fb6f52bc0a',
  requestId: '7d0c1a52-4f0e-4f55-9f3a-0c6f6f1f8a11',
  logStream: '2026/11/22/[41]5c0e2a9d7f3b4b1e8a6d9f0c1b2a3d4e',
}

const queries = ['docs/operations.md', 'docs/troubleshooting.md'].flatMap((page) =>
  readPage(page).blocks.flatMap(({ language, code }) => (language === 'query' ? [code] : [])),
)
const asked = new Set<string>()

let service: Service
let lines: readonly LogLine[]
let completed: string
let failed: string
let failedIn: string | undefined
let requestId: string

/** The one query with these words in it, asked of the log. */
function find(words: string, of: readonly LogLine[] = lines): Readonly<Record<string, unknown>>[] {
  const [query, another] = queries.filter((one) => one.includes(words))
  if (query === undefined || another !== undefined) throw new Error(`not one query with ${words}`)
  asked.add(query)
  return runQuery(query.replaceAll(written.problemId, completed).replaceAll(written.requestId, requestId), of)
}

/** What the platform says of a function that does not end. */
async function killed(): Promise<string[]> {
  const said: string[] = []
  const url = await startFunctionUrl({
    environment: { kind: 'inline', handler: () => new Promise(() => undefined) },
    timeoutMs: 50,
    onLog: (line) => said.push(line),
  })
  await fetch(url.url)
  await url.close()
  return said
}

beforeAll(async () => {
  let isWrong = false
  const author: Author = (question) => {
    const reply = tinyAuthor(question)
    const spoilt = isWrong && question.job.artefact === 'reference'
    return spoilt ? { ...reply, code: planted('reference', 'answer += 1 if n == 1 else 0') } : reply
  }
  service = await startService({ author, scenario: { blueprint: [{ fault: '429', retryAfterSeconds: 0.01 }] } })
  completed = (await read(generateUrl(service))).problemId
  isWrong = true
  const failure = await read(generateUrl(service))
  failed = failure.problemId
  failedIn = failure.events.findLast((event) => event.type === 'progress')?.stage
  await service.idle()
  service.db.setFault(() => ({ kind: 'drop' }))
  const refused = await read(`${service.url}/generations/${randomUUID()}`)
  requestId = (refused.json as { requestId: string }).requestId
  service.db.setFault(undefined)
  const all = [...service.lines, ...(await killed())]
  lines = all.map((message, index) => ({
    timestampMs: 1_800_000_000_000 + index,
    logStream: written.logStream,
    message,
  }))
})
afterAll(() => service.close())

describe('a query finds', () => {
  it('what happened to one run, in order, and nothing of another', () => {
    const rows = find('data.owner')
    expect(rows.map((row) => row['message'])).toEqual(['run begun', 'run ended'])
    expect(rows[0]).toMatchObject({ 'data.owner': 'new', service: 'generator', '@logStream': written.logStream })
    expect(rows[1]).toMatchObject({ 'data.outcome': 'completed' })
    expect(rows[1]?.['@timestamp']).toBeGreaterThan(Number(rows[0]?.['@timestamp']))
  })

  it('what else went wrong in the same environment', () => {
    const rows = find('@logStream =')
    expect(rows.map((row) => row['message'])).toEqual(
      expect.arrayContaining(['model request failed', 'table request failed']),
    )
    expect(
      find(
        '@logStream =',
        lines.map((line) => ({ ...line, logStream: 'another' })),
      ),
    ).toEqual([])
  })

  it('what one run cost', () => {
    const [row, ...others] = find('sum(InputTokens)')
    expect(others).toEqual([])
    expect(row).toMatchObject({ service: 'generator', usd: expect.any(Number) as number })
    for (const figure of ['calls', 'input', 'output']) expect(row?.[figure]).toBeGreaterThan(0)
  })

  it('the latest failures', () => {
    const [row, ...others] = find('fields @timestamp, data.problemId')
    expect(others).toEqual([])
    expect(row).toMatchObject({ 'data.problemId': failed, 'data.code': 'verification-failed' })
    expect(row?.['data.durationMs']).toBeGreaterThan(0)
  })

  it('of what runs fail, and where', () => {
    const [row, ...others] = find('by data.code, data.stage')
    expect(others).toEqual([])
    expect(row).toMatchObject({ 'data.code': 'verification-failed', 'data.stage': failedIn, runs: 1 })
  })

  it('how runs end, how long they take and what they cost', () => {
    const rows = find('by data.outcome')
    expect(new Set(rows.map((row) => row['data.outcome']))).toEqual(new Set(['completed', 'failed']))
    for (const row of rows) {
      expect(row['runs']).toBe(1)
      expect(row['p95']).toBeGreaterThan(0)
      expect(row['usd']).toBeTypeOf('number')
    }
  })

  it('what the provider refused', () =>
    expect(find('model request failed')).toEqual([{ 'data.kind': 'quota', refusals: 1 }]))

  it('the request behind an error', () => {
    const [row, ...others] = find('data.requestId')
    expect(others).toEqual([])
    expect(row).toMatchObject({ message: 'request failed', 'data.error.code': 'storage-unavailable' })
    expect(row?.['data.error.cause.name']).toBeTypeOf('string')
  })

  it('everything that went wrong on our side', () =>
    expect(find('by service, message')).toEqual([{ service: 'generator', message: 'request failed', lines: 1 }]))

  it('what Lambda says about functions that did not come to their end', () => {
    const rows = find('Task timed out')
    expect(rows.map((row) => row['@message'])).toEqual([
      expect.stringMatching(/^\S+ Task timed out after 0\.05 seconds$/),
    ])
  })

  it('runs that have begun and not ended', () => {
    expect(find('latest(message)')).toEqual([])
    const cut = lines.filter(({ message }) => !message.includes('run ended') || !message.includes(failed))
    expect(find('latest(message)', cut)).toMatchObject([{ 'data.problemId': failed, last: 'run begun' }])
  })

  it('something, each of those that the pages have', () =>
    expect(queries.filter((query) => !asked.has(query))).toEqual([]))
})

describe('the evaluator', () => {
  const some = [3, 1, 2].map((n): LogLine => ({
    timestampMs: n,
    logStream: 'one',
    message: JSON.stringify({ n, deep: { on: n > 1 ? 'a' : 'b' } }),
  }))

  it('sorts, limits, groups', () => {
    expect(runQuery('fields n | sort n desc | limit 2', some)).toEqual([{ n: 3 }, { n: 2 }])
    expect(
      runQuery('filter deep.on = "a" | stats pct(n, 50) as p, sum(n) as s, avg(n) as m, max(n) as x by deep.on', some),
    ).toEqual([{ 'deep.on': 'a', p: 2, s: 5, m: 2.5, x: 3 }])
  })

  it.each([
    ['display n', 'no such command'],
    ['filter n ~ 1', 'not understood'],
    ['stats mode(n) as m', 'no such figure'],
    ['stats sum(n)', 'a word expected'],
    ['fields n |', 'a word expected'],
  ])('refuses %s', (query, why) => expect(() => runQuery(query, some)).toThrow(why))
})
