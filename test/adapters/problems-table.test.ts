// The Problems table on DynamoDB's wire protocol: the contract of the stores, and what only a table over a network has.
import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { DescribeTableCommand, DescribeTimeToLiveCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startDynamoDb, type DynamoDbStandIn, type TableFault } from '../../mock/dynamodb/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createDynamoDbClient } from '../../src/adapters/dynamodb-table.ts'
import { ensureTable } from '../../src/adapters/problems-table-definition.ts'
import { createProblemsTable, type ProblemsTable } from '../../src/adapters/problems-table.ts'
import { AppError } from '../../src/errors.ts'
import type { Log } from '../../src/ports.ts'
import {
  claimed,
  lastEvent,
  later,
  latest,
  likenessOf,
  newRun,
  owner,
  problem,
  progress,
  publish,
  replay,
  testStores,
  twoTests,
} from './problems-table.contract.ts'

const tableName = 'alpaco-Problems-test'
const secret = 'text of a user'
const strange = JSON.stringify({ [secret]: secret })
const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, metrics() {} }

function clientConfig(endpoint: string) {
  return { endpoint, region: 'ap-northeast-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
}

function openTable(standIn: DynamoDbStandIn, name: string, log: Log): ProblemsTable {
  return createProblemsTable({ client: clientConfig(standIn.endpoint), tableName: name, clock: systemClock, log })
}

testStores('Problems table', async () => {
  const standIn = await startDynamoDb()
  const setUp = createDynamoDbClient(clientConfig(standIn.endpoint))
  await ensureTable(setUp, tableName)
  setUp.destroy()
  const table = openTable(standIn, tableName, silentLog)
  return {
    ...table,
    async close() {
      table.close()
      await standIn.close()
    },
  }
})

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function names(schema: { AttributeName?: string | undefined }[] | undefined) {
  return schema?.map((key) => key.AttributeName)
}

function everyCall({ runs, problems, similar, quotas }: ProblemsTable): (() => Promise<unknown>)[] {
  const run = newRun({ requestId: 'unlucky' })
  const { problemId } = run
  return [
    () => runs.claim(run),
    () => runs.read(problemId),
    () => runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), later),
    () => runs.end(owner(problemId), 'proof', [lastEvent(problemId, 1, 'cancelled')], { status: 'CANCELLED' }, later),
    () => runs.events(problemId, 0),
    () => runs.stage(problemId),
    () => runs.leaseOf(problemId),
    () => runs.running(10),
    () => runs.sealedKey(problemId),
    () => runs.ofCreator(run.creatorId, 10),
    () => runs.forget(problemId),
    () => runs.renew(owner(problemId), 1),
    () => runs.release(owner(problemId)),
    () => runs.takeOver(problemId, { term: 1, beat: 0, next: 1, isFree: false }),
    () => runs.requestCancel(problemId),
    () => quotas.freePlaces(),
    () => problems.stage('r1', problem(problemId), twoTests),
    () => problems.read(problemId),
    () => problems.list(10),
    () => similar.near({ bands: ['b1', 'b2'], behaviour: 'acts' }),
  ]
}

describe('Problems table', () => {
  let standIn: DynamoDbStandIn
  let table: ProblemsTable
  let client: DynamoDBClient
  let documents: DynamoDBDocumentClient
  let logged: string[]

  beforeAll(async () => {
    standIn = await startDynamoDb()
    client = createDynamoDbClient(clientConfig(standIn.endpoint))
    documents = DynamoDBDocumentClient.from(client)
    await ensureTable(client, tableName)
  })
  // A new client for each test: the SDK gives one client a limited number of retries and few back for each success.
  beforeEach(() => {
    // A request of the test before may still fail: each test has a log of its own.
    const lines: string[] = []
    logged = lines
    const record = (message: string, fields?: Record<string, unknown>): void => {
      lines.push(`${message} ${JSON.stringify(fields)}`)
    }
    table = openTable(standIn, tableName, { ...silentLog, warn: record, error: record })
    standIn.resetRequests()
  })
  afterEach(() => {
    standIn.setFault(undefined)
    table.close()
  })
  afterAll(async () => {
    client.destroy()
    await standIn.close()
  })

  const operations = (): string[] => standIn.requests.map((request) => request.operation)

  /** The first `times` requests of an operation meet the fault. */
  function failing(operation: string, fault: TableFault, times = 1): void {
    let left = times
    standIn.setFault((request) => (request.operation === operation && left-- > 0 ? fault : undefined))
  }

  async function storedProblem(): Promise<string> {
    const run = newRun()
    await publish(table, run, problem(run.problemId))
    return run.problemId
  }

  async function spoil(problemId: string, kind: string, attributes: Record<string, unknown>): Promise<void> {
    for (const [attribute, value] of Object.entries(attributes)) {
      await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { problemId, kind },
          UpdateExpression: 'SET #a = :v',
          ExpressionAttributeNames: { '#a': attribute },
          ExpressionAttributeValues: { ':v': value },
        }),
      )
    }
  }

  /** The fault of a call, and whether the text of a user shows in it or in what was logged. */
  async function faultOf(call: () => Promise<unknown>): Promise<unknown> {
    const error: unknown = await call().catch((thrown: unknown) => thrown)
    if (!(error instanceof AppError)) return error
    const { code, message, details, cause } = error
    const visible = `${message} ${inspect(cause)} ${logged.join(' ')}`
    return { code, details, shows: visible.includes(secret) }
  }

  describe('its definition', () => {
    it('makes a table with both indexes, paid by request, whose items can expire', async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
      expect(names(Table?.KeySchema)).toEqual(['problemId', 'kind'])
      expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST')
      const indexes = Table?.GlobalSecondaryIndexes?.map((index) => [
        index.IndexName,
        names(index.KeySchema),
        index.Projection?.ProjectionType,
        index.Projection?.NonKeyAttributes?.toSorted(),
      ])
      expect(indexes?.toSorted()).toEqual([
        [
          'CompletedProblemsByCreatedAtGSI',
          ['completedShard', 'createdAt'],
          'INCLUDE',
          ['algorithmType', 'difficulty', 'locale', 'title'],
        ],
        [
          'CreatorIdCreatedAtGSI',
          ['creatorId', 'createdAt'],
          'INCLUDE',
          ['algorithmType', 'difficulty', 'locale', 'status', 'title'],
        ],
      ])
      const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }))
      expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt' })
    })

    it('is made once, however often and by however many at once it is ensured', async () => {
      const name = 'alpaco-Problems-ensured'
      await Promise.all([ensureTable(client, name), ensureTable(client, name)])
      standIn.resetRequests()
      await ensureTable(client, name)
      expect(operations()).not.toContain('CreateTable')
      expect(operations()).not.toContain('UpdateTimeToLive')
    })
  })

  describe('a write whose answer is lost', () => {
    const lost = { kind: 'drop-after' } as const

    it('still creates the run, with a requestId and without', async () => {
      for (const requestId of [undefined, 'lost']) {
        const run = newRun({ requestId })
        failing('TransactWriteItems', lost)
        expect(await table.runs.claim(run)).toMatchObject({ created: true })
        expect(await table.runs.read(run.problemId)).toMatchObject({ requestId, status: 'PROCESSING' })
      }
      expect(operations().filter((operation) => operation === 'TransactWriteItems')).toHaveLength(4)
    })

    it('still appends', async () => {
      const { problemId } = await claimed(table.runs)
      failing('TransactWriteItems', lost)
      standIn.resetRequests()
      await table.runs.append(owner(problemId), 'proof', progress(problemId, 1, 5), later)
      expect(operations()).toEqual(['TransactWriteItems', 'TransactWriteItems'])
      expect(await replay(table.runs, problemId, 0)).toEqual(progress(problemId, 1, 5))
    })

    it('still takes a run over', async () => {
      const { problemId } = await claimed(table.runs)
      const seen = await table.runs.leaseOf(problemId)
      if (seen === undefined) throw new Error('no lease')
      failing('UpdateItem', lost)
      expect(await table.runs.takeOver(problemId, seen)).toEqual({ problemId, term: 2 })
    })

    it('still ends the run', async () => {
      const run = newRun()
      const { problemId } = run
      await table.runs.claim(run)
      failing('TransactWriteItems', lost)
      const last = [lastEvent(problemId, 1, 'cancelled')]
      await table.runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, later)
      expect(await table.runs.read(problemId)).toMatchObject({ status: 'CANCELLED' })
      expect(await table.runs.events(problemId, 0)).toEqual(last)
    })

    it('is known again when every attempt was lost and the caller comes back, later even', async () => {
      for (const at of [later, latest]) {
        const run = newRun()
        const { problemId } = run
        await table.runs.claim(run)
        failing('TransactWriteItems', lost, 3)
        const last = [lastEvent(problemId, 1, 'cancelled')]
        const end = (at: string) => table.runs.end(owner(problemId), 'proof', last, { status: 'CANCELLED' }, at)
        await expect(end(later)).rejects.toMatchObject({ code: 'storage-unavailable' })
        await end(at)
        expect(await table.runs.read(problemId)).toMatchObject({ status: 'CANCELLED', updatedAt: later })
        expect(await table.runs.events(problemId, 0)).toEqual(last)
      }
    })

    it('still stages and publishes a problem', async () => {
      const run = newRun()
      standIn.setFault(({ index }) => (index % 2 === 0 ? lost : undefined))
      await publish(table, run, problem(run.problemId))
      standIn.setFault(undefined)
      expect(await table.problems.read(run.problemId)).toEqual({ document: problem(run.problemId), tests: twoTests })
    })
  })

  describe('a write that meets another one in flight', () => {
    const conflict = { kind: 'error', status: 400, message: 'Transaction is ongoing for the item' } as const
    const cancelled = {
      type: 'TransactionCanceledException',
      members: { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] },
    }

    it('is made when the other one is through', async () => {
      const run = newRun({ requestId: 'busy' })
      failing('TransactWriteItems', { ...conflict, ...cancelled }, 3)
      expect(await table.runs.claim(run)).toMatchObject({ created: true })
      failing('UpdateItem', { ...conflict, type: 'TransactionConflictException' }, 3)
      expect(await table.runs.requestCancel(run.problemId)).toBe(true)
    })

    it('is still known as made when its answer was lost before', async () => {
      const faults: TableFault[] = [{ kind: 'drop-after' }, { ...conflict, ...cancelled }]
      standIn.setFault(({ operation }) => (operation === 'TransactWriteItems' ? faults.shift() : undefined))
      expect(await table.runs.claim(newRun({ requestId: 'lost and busy' }))).toMatchObject({ created: true })
      expect(operations()).toEqual(['TransactWriteItems', 'TransactWriteItems', 'TransactWriteItems'])
    })

    it('is given up after five attempts', async () => {
      const run = newRun()
      await table.runs.claim(run)
      standIn.resetRequests()
      failing('UpdateItem', { ...conflict, type: 'TransactionConflictException' }, 99)
      await expect(table.runs.requestCancel(run.problemId)).rejects.toMatchObject({ code: 'storage-unavailable' })
      expect(operations()).toHaveLength(5)
    })
  })

  describe('its requests', () => {
    it('are one for each append, read, page of events, stage, claim, end and cancel', async () => {
      const run = newRun({ requestId: 'counted' })
      const { problemId } = run
      const expected: [() => Promise<unknown>, string][] = [
        [() => table.runs.claim(run), 'TransactWriteItems'],
        [() => table.runs.append(owner(problemId), 'proof', progress(problemId, 1, 500), later), 'TransactWriteItems'],
        [() => table.runs.read(problemId), 'Query'],
        [() => table.runs.events(problemId, 0), 'Query'],
        [() => table.runs.stage(problemId), 'Query'],
        [() => table.runs.leaseOf(problemId), 'GetItem'],
        [() => table.runs.renew(owner(problemId), 1), 'UpdateItem'],
        [() => table.runs.requestCancel(problemId), 'UpdateItem'],
        [
          () =>
            table.runs.end(
              owner(problemId),
              'proof',
              [lastEvent(problemId, 501, 'cancelled')],
              { status: 'CANCELLED' },
              latest,
            ),
          'TransactWriteItems',
        ],
      ]
      for (const [call, operation] of expected) {
        standIn.resetRequests()
        await call()
        expect(operations()).toEqual([operation])
      }
    })

    it('are one for each key of what may be similar, and none more for what is found', async () => {
      const run = newRun()
      await publish(table, run, problem(run.problemId), twoTests, likenessOf(['k1', 'k2', 'k3'], 1, 'acts'))
      expect(operations().filter((operation) => operation === 'TransactWriteItems')).toHaveLength(2)
      standIn.resetRequests()
      expect(await table.similar.near({ bands: ['k1', 'k2', 'k3'], behaviour: 'acts' })).toHaveLength(1)
      expect(operations()).toEqual(['Query', 'Query', 'Query', 'Query'])
    })

    it('store no more entries for a key, however many problems share it', async () => {
      for (let index = 0; index < 100; index += 1) {
        const run = newRun()
        await publish(table, run, problem(run.problemId), twoTests, likenessOf(['crowd'], 1))
      }
      const { Count } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'problemId = :partition',
          ExpressionAttributeValues: { ':partition': 'SIMILAR#BAND#crowd' },
          Select: 'COUNT',
        }),
      )
      expect(Count).toBeGreaterThan(30)
      expect(Count).toBeLessThanOrEqual(64)
    })

    it('enter a problem into the similarity index for two write units a key, however long its title', async () => {
      const run = newRun()
      const units: number[] = []
      const document = problem(run.problemId, { title: '🐢'.repeat(500) })
      const band = `1#00#${'x'.repeat(32)}`
      const behaviour = `1#${'x'.repeat(22)}`
      await publish(table, run, document, twoTests, likenessOf([band], 1, behaviour))
      for (const partition of [`BAND#${band}`, `BEHAVIOUR#${behaviour}`]) {
        const { Items: [item = {}] = [] } = await documents.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'problemId = :partition',
            ExpressionAttributeValues: { ':partition': `SIMILAR#${partition}` },
          }),
        )
        const { ConsumedCapacity } = await documents.send(
          new TransactWriteCommand({
            TransactItems: [{ Put: { TableName: tableName, Item: item } }],
            ReturnConsumedCapacity: 'TOTAL',
          }),
        )
        units.push(ConsumedCapacity?.[0]?.CapacityUnits ?? 0)
      }
      expect(units).toEqual([2, 2])
    })

    it('do not fetch the events to tell the stage or the state of a run', async () => {
      const run = newRun()
      await table.runs.claim(run)
      await table.runs.append(owner(run.problemId), 'proof', progress(run.problemId, 1, 500), later)
      const projections: unknown[] = []
      standIn.setFault(({ body }) => void projections.push(Object.values(body['ExpressionAttributeNames'] ?? {})))
      await table.runs.stage(run.problemId)
      await table.runs.read(run.problemId)
      expect(projections).toHaveLength(2)
      for (const names of projections) expect(names).not.toContain('events')
    })

    it('are strongly consistent, except for the list', async () => {
      const run = newRun({ requestId: 'consistent' })
      await publish(table, run, problem(run.problemId))
      const reads: unknown[] = []
      standIn.setFault(({ operation, body }) => {
        if (operation === 'Query' || operation === 'GetItem') reads.push(body['ConsistentRead'])
        return undefined
      })
      await table.runs.claim({ ...run, problemId: systemClock.newId() })
      await table.runs.read(run.problemId)
      await table.runs.events(run.problemId, 0)
      await table.runs.stage(run.problemId)
      await table.problems.read(run.problemId)
      expect(new Set(reads)).toEqual(new Set([true]))
    })
  })

  describe('its indexes', () => {
    it('hold finished problems only, spread over several shards, and every run of a creator once', async () => {
      const creatorId = 'prolific'
      const ids: string[] = []
      for (let index = 0; index < 20; index += 1) {
        const run = newRun({
          creatorId,
          requestId: `r${index}`,
          createdAt: later.replace('03:01:00', `05:00:${10 + index}`),
        })
        await (index % 2 === 0 ? publish(table, run, problem(run.problemId)) : table.runs.claim(run))
        if (index % 2 === 0) ids.push(run.problemId)
      }
      const { Items: made } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'CreatorIdCreatedAtGSI',
          KeyConditionExpression: 'creatorId = :creatorId',
          ExpressionAttributeValues: { ':creatorId': creatorId },
        }),
      )
      expect(made?.map((item) => String(item['kind']))).toEqual(Array.from({ length: 20 }, () => 'META'))
      const shards: number[] = []
      for (let shard = 0; shard < 8; shard += 1) {
        const { Items: found = [] } = await documents.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: 'CompletedProblemsByCreatedAtGSI',
            KeyConditionExpression: 'completedShard = :shard',
            ExpressionAttributeValues: { ':shard': `COMPLETED#${shard}` },
          }),
        )
        for (const item of found) if (ids.includes(String(item['problemId']))) shards.push(shard)
      }
      expect(shards).toHaveLength(10)
      expect(new Set(shards).size).toBeGreaterThan(2)
    })
  })

  describe('what was stored and is broken', () => {
    const hidden = { code: 'storage-unavailable', details: null, shows: false }

    it.each([
      ['a document that is no JSON', 'PROBLEM#r1#0000', { body: secret, sha256: sha256(secret) }],
      ['a document of another shape', 'PROBLEM#r1#0000', { body: strange, sha256: sha256(strange) }],
      ['a document of another digest', 'PROBLEM#r1#0000', { body: secret }],
      ['tests that do not unpack', 'TESTS#r1#0000', { body: new TextEncoder().encode(secret) }],
      ['tests of another shape', 'TESTS#r1#0000', { body: strange, encoding: 'json', sha256: sha256(strange) }],
      ['tests of another encoding', 'TESTS#r1#0000', { encoding: secret }],
      ['tests of another digest', 'TESTS#r1#0000', { sha256: secret }],
      ['tests of which chunks are missing', 'TESTS#r1#0000', { chunks: 2 }],
      ['a state nobody knows', 'META', { status: secret }],
      ['a revision that was never staged', 'META', { revision: 'r0' }],
    ])('is a fault that shows nothing of it: %s', async (_, kind, attributes) => {
      const problemId = await storedProblem()
      await spoil(problemId, kind, attributes)
      expect(await faultOf(() => table.problems.read(problemId))).toEqual(hidden)
    })

    it('is a fault that shows nothing of it: a missing half of a problem', async () => {
      for (const kind of ['TESTS#r1#0000', 'PROBLEM#r1#0000']) {
        const problemId = await storedProblem()
        await documents.send(new DeleteCommand({ TableName: tableName, Key: { problemId, kind } }))
        expect(await faultOf(() => table.problems.read(problemId))).toEqual(hidden)
      }
    })

    it.each([
      ['an unknown type', [{ seq: 1, type: secret, data: '' }]],
      ['another place than its key says', [{ seq: 2, type: 'delta', data: secret }]],
      ['none', []],
      ['no list', secret],
    ])('is a fault for who reads the events: %s', async (_, events) => {
      const { problemId } = await claimed(table.runs)
      await table.runs.append(owner(problemId), 'proof', progress(problemId, 1, 1), later)
      await spoil(problemId, 'EVENT#000000001', { events })
      expect(await faultOf(() => table.runs.events(problemId, 0))).toEqual(hidden)
    })

    it('is a fault for who reads the stage or the run', async () => {
      const run = newRun()
      await table.runs.claim(run)
      await table.runs.append(owner(run.problemId), 'proof', progress(run.problemId, 1, 1), later)
      await spoil(run.problemId, 'EVENT#000000001', { stage: secret })
      expect(await faultOf(() => table.runs.stage(run.problemId))).toEqual(hidden)
      expect(await faultOf(() => table.runs.read(run.problemId))).toEqual(hidden)
    })

    it('is a fault for who claims with the requestId of a run that is gone', async () => {
      const run = newRun({ requestId: 'gone' })
      await table.runs.claim(run)
      await documents.send(new DeleteCommand({ TableName: tableName, Key: { problemId: run.problemId, kind: 'META' } }))
      const again = { ...run, problemId: systemClock.newId() }
      expect(await faultOf(() => table.runs.claim(again))).toEqual(hidden)
    })

    it('is left out of the list, which goes on, and logged', async () => {
      const [good, bad] = [await storedProblem(), await storedProblem()]
      await spoil(bad, 'META', { title: 7 })
      const listed = (await table.problems.list(1_000)).map((found) => found.problemId)
      expect(listed).toContain(good)
      expect(listed).not.toContain(bad)
      expect(logged.join()).toContain('title')
    })

    it('is left out of what is similar, and logged', async () => {
      const ids: string[] = []
      for (const band of ['left-out', 'left-in']) {
        const run = newRun()
        await publish(table, run, problem(run.problemId), twoTests, likenessOf(['both', band], 1))
        ids.push(run.problemId)
      }
      const { Items: [entry] = [] } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'problemId = :partition',
          ExpressionAttributeValues: { ':partition': 'SIMILAR#BAND#left-out' },
        }),
      )
      await spoil(String(entry?.['problemId']), String(entry?.['kind']), { signature: secret })
      expect(await table.similar.near({ bands: ['left-out'] })).toEqual([])
      expect(await table.similar.near({ bands: ['left-in'] })).toMatchObject([{ problemId: ids[1] }])
      expect(logged.join()).toContain('signature')
      expect(logged.join()).not.toContain(secret)
    })

    it('is tolerated where a newer version stored more than is known here', async () => {
      const problemId = await storedProblem()
      for (const kind of ['META', 'EVENT#000000001', 'TESTS#r1#0000']) await spoil(problemId, kind, { leaseUntil: 1 })
      expect(await table.problems.read(problemId)).toBeDefined()
      expect(await table.runs.events(problemId, 0)).toHaveLength(1)
      expect(await table.runs.read(problemId)).toMatchObject({ status: 'COMPLETED' })
    })
  })

  describe('when it fails', () => {
    it.each<[string, TableFault]>([
      ['the connection breaks', { kind: 'drop' }],
      [
        'the service is out of order',
        { kind: 'error', status: 500, type: 'InternalServerError', message: 'foreign words' },
      ],
      [
        'the rights are missing',
        { kind: 'error', status: 400, type: 'AccessDeniedException', message: 'foreign words' },
      ],
    ])('every call says so and nothing else: %s', async (_, fault) => {
      standIn.setFault(() => fault)
      for (const call of everyCall(table)) {
        const error: unknown = await call().catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({
          code: 'storage-unavailable',
          message: 'The table could not be reached.',
          details: null,
        })
      }
      expect(logged.length).toBeGreaterThan(0)
      expect(logged.join()).not.toContain('foreign words')
    })

    it('a short disturbance is not noticed', async () => {
      const busy: TableFault = {
        kind: 'error',
        status: 400,
        type: 'ProvisionedThroughputExceededException',
        message: 'slow down',
      }
      const disturbances: TableFault[] = [{ kind: 'drop' }, busy, { ...busy, status: 503, type: 'ServiceUnavailable' }]
      for (const fault of disturbances) {
        const run = newRun()
        const seen = new Set<string>()
        standIn.setFault(({ operation }) => {
          if (seen.has(operation)) return undefined
          seen.add(operation)
          return fault
        })
        await publish(table, run, problem(run.problemId))
        expect(await table.problems.read(run.problemId)).toBeDefined()
        expect(await replay(table.runs, run.problemId, 0)).toHaveLength(1)
      }
      expect(logged).toEqual([])
    })

    it('a missing table is named as what it is', async () => {
      const missing = openTable(standIn, 'alpaco-Problems-missing', silentLog)
      for (const call of everyCall(missing)) {
        await expect(call()).rejects.toMatchObject({
          code: 'storage-unavailable',
          message: 'The table does not exist.',
          details: null,
        })
      }
      missing.close()
    })

    it('a problem whose staging broke off cannot be mistaken for a whole one', async () => {
      const run = newRun()
      await table.runs.claim(run)
      const tests = Array.from({ length: 2_000 }, (_, index) => ({
        input: systemClock.newId().repeat(20),
        output: `${index}`,
      }))
      let puts = 0
      standIn.setFault(({ operation }) => (operation === 'PutItem' && ++puts > 1 ? { kind: 'drop' } : undefined))
      await expect(table.problems.stage('r1', problem(run.problemId), tests)).rejects.toMatchObject({
        code: 'storage-unavailable',
      })
      standIn.setFault(undefined)
      expect(await table.problems.read(run.problemId)).toBeUndefined()
      await table.problems.stage('r1', problem(run.problemId), tests)
      const end = { status: 'COMPLETED', problem: problem(run.problemId), revision: 'r1' } as const
      await table.runs.end(owner(run.problemId), 'publish', [lastEvent(run.problemId, 1, 'problem')], end, later)
      expect((await table.problems.read(run.problemId))?.tests).toEqual(tests)
    })
  })
})
