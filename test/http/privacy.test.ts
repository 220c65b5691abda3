// What is whose: what others see of a run, what is left of somebody who leaves, and how often one person may come.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type IssuerKey,
  makeIssuerKey,
  signToken,
  standInClientId,
  standInIssuer,
  userIdOf,
} from '../../mock/issuer/key.ts'
import { type IssuerStandIn, startIssuer } from '../../mock/issuer/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createProblemsTable, type ProblemsTable } from '../../src/adapters/problems-table.ts'
import { publicProblemSchema } from '../../src/contract/problem.ts'
import { newRun, problem, publish, twoTests } from '../adapters/problems-table.contract.ts'
import { quietLog } from '../support/quiet-log.ts'
import { open, read, type Reading } from '../support/reading.ts'
import { startService, type Service } from '../support/service.ts'
import { tinyReplies } from '../support/tiny-author.ts'

let key: IssuerKey
let issuer: IssuerStandIn
let service: Service
let table: ProblemsTable

beforeAll(async () => {
  key = await makeIssuerKey()
  issuer = await startIssuer({ keys: [key] })
  service = await startService({
    env: {
      COGNITO_ISSUER_URL: standInIssuer,
      COGNITO_APP_CLIENT_ID: standInClientId,
      COGNITO_JWKS_URL: issuer.jwksUrl,
    },
    scenario: {
      statement: [{ fault: 'slow', chunkDelayMs: 1 }, { fault: 'slow', chunkDelayMs: 1 }, { fault: 'hang' }],
    },
  })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = { endpoint: service.db.endpoint, region: 'ap-northeast-2', credentials }
  table = createProblemsTable({ client, tableName: 'alpaco-Problems-test', clock: systemClock, log: quietLog })
})
afterAll(async () => {
  table.close()
  await service.close()
  await issuer.close()
})

async function as(name: string): Promise<Record<string, string>> {
  const issuedAtSeconds = Math.floor(Date.now() / 1_000)
  const token = await signToken(key, name, { issuedAtSeconds, lifetimeSeconds: 3_600 })
  return { 'x-custom-auth-token': `Bearer ${token}`, accept: 'text/event-stream' }
}

const wish = '소원으로 적은 말'
const body = (requestId: string): string =>
  JSON.stringify({ algorithm_type: 'graph', difficulty: 'easy', requestId, prompt: wish })

async function ask(name: string, method: string, path: string, more: Record<string, string> = {}): Promise<Reading> {
  return read(service.url + path, { method, headers: { ...(await as(name)), ...more } })
}

async function runOf(name: string, requestId: string): Promise<Reading> {
  return read(`${service.url}/generate`, { method: 'POST', headers: await as(name), body: body(requestId) })
}

describe('a published problem', () => {
  let run: Reading
  beforeAll(async () => {
    run = await runOf('alice', 'first')
  })

  it('is shown to others as a solver gets it: one event, no answer in it', async () => {
    const path = `/generations/${run.problemId}`
    const status = await ask('bob', 'GET', path)
    expect(status.json).toMatchObject({ status: 'COMPLETED', problemId: run.problemId })
    const shown = await ask('bob', 'GET', `${path}/events`)
    expect(shown.frames.map(({ id, type }) => [id, type])).toEqual([[`${run.problemId}:1`, 'problem']])
    const event = JSON.parse(shown.frames[0]?.data ?? '') as { problem: unknown }
    expect(publicProblemSchema.parse(event.problem)).toMatchObject({ title: tinyReplies.blueprint.title })
    for (const secret of ['solution_code', 'test_cases', 'test_generator_code', 'programs', 'verification', wish]) {
      expect(shown.text).not.toContain(secret)
    }
    const lastEventId = { 'last-event-id': `${run.problemId}:1` }
    expect((await ask('bob', 'GET', `${path}/events`, lastEventId)).status).toBe(204)
    expect((await ask('bob', 'GET', `${path}/events`, { 'last-event-id': `${run.problemId}:2` })).status).toBe(400)
  })

  it('keeps its tests, its cancellation and its events on the way to its creator', async () => {
    const path = `/generations/${run.problemId}`
    expect((await ask('bob', 'GET', `${path}/tests`)).status).toBe(404)
    expect((await ask('bob', 'DELETE', path)).status).toBe(404)
    expect((await ask('bob', 'GET', `/generate?lastEventId=${run.problemId}:3`)).status).toBe(404)
  })
})

describe('who leaves', () => {
  it('takes everything along but published problems, which belong to nobody then', async () => {
    const mine = await runOf('carol', 'one')
    // The third statement is not written: this run is under way.
    const headers = await as('carol')
    const second = await open(`${service.url}/generate`, { method: 'POST', headers, body: body('two') })
    await second.until(({ events }) => events.some(({ type }) => type === 'progress'))

    const first = await ask('carol', 'DELETE', '/me')
    expect(first.status).toBe(202)
    expect(first.json).toEqual({ removed: 0, anonymised: 1, pending: 1 })
    await second.whole()
    expect(second.last.type).toBe('cancelled')
    const again = await ask('carol', 'DELETE', '/me')
    expect(again.status).toBe(200)
    expect(again.json).toEqual({ removed: 1, anonymised: 0, pending: 0 })
    expect((await ask('carol', 'DELETE', '/me')).json).toEqual({ removed: 0, anonymised: 0, pending: 0 })

    const ids = await service.runIds()
    expect(ids).toContain(mine.problemId)
    expect(ids).not.toContain(second.problemId)
    expect((await ask('carol', 'GET', `/generations/${second.problemId}`)).status).toBe(404)
    // The problem is there for everybody, as a solver gets it, for who made it as well.
    const shown = await ask('carol', 'GET', `/generations/${mine.problemId}/events`)
    expect(shown.frames).toHaveLength(1)
    expect((await service.stored(mine.problemId))?.problem?.tests.length).toBeGreaterThan(10)
    // What is counted of a day is kept for a week, and names nobody's words.
    const dump = (await service.dump()).replaceAll(/\{"problemId":"QUOTA#[^}]*\}/g, '')
    expect(dump).not.toContain(userIdOf('carol'))
    expect(dump.split(wish)).toHaveLength(2)
  })

  it('has to say who that is', async () => {
    expect((await ask('dave', 'GET', '/me')).status).toBe(405)
    const crossSite = { cookie: `__Host-alpaco-session=${(await as('dave'))['x-custom-auth-token']?.slice(7) ?? ''}` }
    expect((await read(`${service.url}/me`, { method: 'DELETE', headers: crossSite })).status).toBe(403)
  })
})

it('a run of more than a month ago says that its events are gone', async () => {
  const old = new Date(Date.now() - 31 * 86_400_000).toISOString()
  const run = newRun({ creatorId: userIdOf('alice'), createdAt: old })
  await publish(table, run, problem(run.problemId), twoTests, undefined, old)
  const answer = await ask('alice', 'GET', `/generations/${run.problemId}/events`)
  expect(answer.status).toBe(404)
  expect(answer.json).toMatchObject({ message: 'Events are no longer kept' })
  expect((await ask('alice', 'GET', `/generations/${run.problemId}/tests`)).status).toBe(200)
})

it('who comes back all the time is told to wait, and costs the table nothing', async () => {
  const headers = await as('eve')
  const path = `${service.url}/generations/${systemClock.newId()}/events`
  service.db.resetRequests()
  const statuses: number[] = []
  let waits: string | null = null
  for (let sent = 0; sent < 1_000; sent += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => read(path, { headers })))
    statuses.push(...answers.map(({ status }) => status))
    waits = answers.at(-1)?.headers.get('retry-after') ?? waits
  }
  const letIn = statuses.filter((status) => status === 404).length
  expect(statuses.filter((status) => status === 429)).toHaveLength(1_000 - letIn)
  // 120 at once, and five a second: nobody needs two minutes for a thousand requests.
  expect(letIn).toBeGreaterThanOrEqual(120)
  expect(letIn).toBeLessThan(720)
  expect(waits).toBe('1')
  expect(service.db.requests.length).toBeLessThanOrEqual(letIn)
  expect((await ask('frank', 'GET', `/generations/${systemClock.newId()}`)).status).toBe(404)
})
