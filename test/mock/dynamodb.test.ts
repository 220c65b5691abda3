// What the DynamoDB stand-in does, seen through the real SDK clients.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as aMoment } from 'node:timers/promises'
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type AttributeValue,
  type CreateTableCommandInput,
  type TableDescription,
} from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DeleteCommandInput,
  type GetCommandInput,
  type PutCommandInput,
  type QueryCommandInput,
  type TransactGetCommandOutput,
  type TransactWriteCommandInput,
  type TransactWriteCommandOutput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { knownGaps } from '../../mock/dynamodb/known-gaps.ts'
import { DataFolderInUseError, startDynamoDb } from '../../mock/dynamodb/server.ts'
import type { DynamoDbStandIn, TableFault, TableRequest } from '../../mock/dynamodb/server.ts'

type Row = Record<string, unknown>
type Actions = NonNullable<TransactWriteCommandInput['TransactItems']>
type Key = Record<'pk' | 'sk', string>

/** What the clock of the shared stand-in shows; tests move it forward. */
let nowMs = 90_000
let standIn: DynamoDbStandIn
let client: DynamoDBDocumentClient

function connect(endpoint: string, maxAttempts = 1): DynamoDBDocumentClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const plain = new DynamoDBClient({ endpoint, region: 'ap-northeast-2', credentials, maxAttempts })
  return DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } })
}

beforeAll(async () => {
  standIn = await startDynamoDb({ now: () => nowMs })
  client = connect(standIn.endpoint)
})

afterEach(() => standIn.setFault(undefined))

afterAll(async () => {
  client.destroy()
  await standIn.close()
})

/** The key of an item that is alone in its partition. */
const key = (pk: string): Key => ({ pk, sk: '-' })

const attribute = (AttributeName: string, AttributeType: 'S' | 'N' = 'S') => ({ AttributeName, AttributeType })
const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
]

/** One table with key pk and sk, and the index byKind on kind and rank, which projects title. */
class Table {
  readonly name: string
  readonly #client: DynamoDBDocumentClient

  constructor(name: string, from = client) {
    this.name = name
    this.#client = from
  }

  async create(more: Partial<CreateTableCommandInput> = {}): Promise<TableDescription | undefined> {
    const projected = { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['title'] }
    const command = new CreateTableCommand({
      TableName: this.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [attribute('pk'), attribute('sk'), attribute('kind'), attribute('rank', 'N')],
      KeySchema: keys('pk', 'sk'),
      GlobalSecondaryIndexes: [{ IndexName: 'byKind', KeySchema: keys('kind', 'rank'), Projection: projected }],
      ...more,
    })
    return (await this.#client.send(command)).TableDescription
  }

  async describe(): Promise<TableDescription | undefined> {
    return (await this.#client.send(new DescribeTableCommand({ TableName: this.name }))).Table
  }

  put(at: string | Key, attributes: Row = {}, more: Partial<PutCommandInput> = {}) {
    const Item = { ...(typeof at === 'string' ? key(at) : at), ...attributes }
    return this.#client.send(new PutCommand({ TableName: this.name, Item, ...more }))
  }

  async get(pk: string): Promise<Row | undefined> {
    return (await this.read(pk, { ConsistentRead: true })).Item
  }

  read(pk: string, more: Partial<GetCommandInput> = {}) {
    return this.#client.send(new GetCommand({ TableName: this.name, Key: key(pk), ...more }))
  }

  update(pk: string, expression: string, values?: Row, more: Partial<UpdateCommandInput> = {}) {
    const input = { TableName: this.name, Key: key(pk), UpdateExpression: expression, ...more }
    return this.#client.send(new UpdateCommand(values ? { ...input, ExpressionAttributeValues: values } : input))
  }

  delete(pk: string, more: Partial<DeleteCommandInput> = {}) {
    return this.#client.send(new DeleteCommand({ TableName: this.name, Key: key(pk), ...more }))
  }

  /** Every page of a partition of the table. */
  partition(pk: string, more: Partial<QueryCommandInput> = {}): Promise<Row[][]> {
    return this.#pages({ KeyConditionExpression: 'pk = :key', ExpressionAttributeValues: { ':key': pk }, ...more })
  }

  /** Every page of a partition of the index. */
  byKind(kind: string, more: Partial<QueryCommandInput> = {}): Promise<Row[][]> {
    const ExpressionAttributeValues = { ':key': kind }
    const input = { IndexName: 'byKind', KeyConditionExpression: 'kind = :key', ExpressionAttributeValues }
    return this.#pages({ ...input, ...more })
  }

  async #pages(input: Partial<QueryCommandInput>): Promise<Row[][]> {
    const pages: Row[][] = []
    let ExclusiveStartKey: Row | undefined
    do {
      const page = await this.#client.send(new QueryCommand({ TableName: this.name, ExclusiveStartKey, ...input }))
      pages.push(page.Items ?? [])
      ExclusiveStartKey = page.LastEvaluatedKey
    } while (ExclusiveStartKey !== undefined)
    return pages
  }

  timeToLive(AttributeName: string, Enabled = true) {
    const TimeToLiveSpecification = { AttributeName, Enabled }
    return this.#client.send(new UpdateTimeToLiveCommand({ TableName: this.name, TimeToLiveSpecification }))
  }

  async timeToLiveNow(): Promise<unknown> {
    const command = new DescribeTimeToLiveCommand({ TableName: this.name })
    return (await this.#client.send(command)).TimeToLiveDescription
  }

  // Actions of a transaction.

  putting(pk: string, attributes: Row = {}, more: Row = {}) {
    return { Put: { TableName: this.name, Item: { ...key(pk), ...attributes }, ...more } }
  }

  adding(pk: string, by = 1) {
    const ExpressionAttributeValues = { ':by': by }
    return {
      Update: { TableName: this.name, Key: key(pk), UpdateExpression: 'ADD amount :by', ExpressionAttributeValues },
    }
  }

  checking(pk: string, ConditionExpression: string) {
    return { ConditionCheck: { TableName: this.name, Key: key(pk), ConditionExpression } }
  }

  getting(pk: string, more: Row = {}) {
    return { Get: { TableName: this.name, Key: key(pk), ...more } }
  }
}

let tableCount = 0

/** A table of the test's own. */
async function newTable(more: Partial<CreateTableCommandInput> = {}, from = client): Promise<Table> {
  tableCount += 1
  const table = new Table(`table-${tableCount}`, from)
  await table.create(more)
  return table
}

function transact(
  actions: Actions,
  more: Partial<TransactWriteCommandInput> = {},
  from = client,
): Promise<TransactWriteCommandOutput> {
  return from.send(new TransactWriteCommand({ TransactItems: actions, ...more }))
}

function transactGet(
  gets: readonly ReturnType<Table['getting']>[],
  mode: 'NONE' | 'TOTAL' = 'NONE',
  from = client,
): Promise<TransactGetCommandOutput> {
  return from.send(new TransactGetCommand({ TransactItems: [...gets], ReturnConsumedCapacity: mode }))
}

/** So many results of the same work, numbered from 0. */
const times = <T>(count: number, work: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => work(n))
const succeeded = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )

/** The name and text of an error; vitest types its matchers as `any`. */
const error = (name: string, message?: string | RegExp): Row => {
  const text: unknown = message instanceof RegExp ? expect.stringMatching(message) : message
  return message === undefined ? { name } : { name, message: text }
}
const validation = (message?: string | RegExp): Row => error('ValidationException', message)
const conditionFailed = error('ConditionalCheckFailedException', 'The conditional request failed')
const missingTable = error('ResourceNotFoundException')
const cancelled = error('TransactionCanceledException')

/** One attribute of the items of each page. */
const inOrder = (pages: Row[][], attribute: string): unknown[][] =>
  pages.map((page) => page.map((item) => item[attribute]))

// Some of it in Korean: dynalite's own limit, which counts characters, must not be what is tested.
const ofSize = (bytes: number): Row => ({ text: '가'.repeat(100) + 'x'.repeat(bytes - 300) })

const post = async (body: string, headers: Record<string, string>, operation = 'ListTables'): Promise<Row> => {
  const target = { 'x-amz-target': `DynamoDB_20120810.${operation}` }
  const response = await fetch(standIn.endpoint, { method: 'POST', body, headers: { ...target, ...headers } })
  return { status: response.status, text: await response.text() }
}

const refusal = (type: string): Row => ({ status: 400, text: error('', new RegExp(`#${type}"`))['message'] })

/** Acts out a fault on the first so many requests from now on. */
const plant = (count: number, fault: TableFault): void => {
  standIn.resetRequests()
  standIn.setFault(({ index }) => (index < count ? fault : undefined))
}

/** Whether a condition holds on an item with these attributes. */
const holds = async (attributes: Row, ConditionExpression: string, values?: Row): Promise<boolean> => {
  const table = await newTable()
  await table.put('a', attributes)
  const condition = values ? { ConditionExpression, ExpressionAttributeValues: values } : { ConditionExpression }
  return succeeded(table.delete('a', condition))
}

describe('tables', () => {
  it('are described with their indexes once they are created', async () => {
    const table = await newTable()
    expect(await table.describe()).toMatchObject({
      TableName: table.name,
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'byKind', IndexStatus: 'ACTIVE' }],
    })
  })

  it('cannot be created twice', async () => {
    const table = await newTable()
    await expect(table.create()).rejects.toMatchObject(error('ResourceInUseException'))
  })

  it('take their items, index entries and settings with them when they are deleted', async () => {
    const table = await newTable()
    await table.put('a', { kind: 'k', rank: 1 })
    await table.timeToLive('until')
    await client.send(new DeleteTableCommand({ TableName: table.name }))

    await expect(table.get('a')).rejects.toMatchObject(missingTable)
    expect((await client.send(new ListTablesCommand({}))).TableNames).not.toContain(table.name)
    await table.create()
    expect(await table.get('a')).toBeUndefined()
    expect(await table.byKind('k')).toEqual([[]])
    await table.timeToLive('until')
  })

  it('can be tagged', async () => {
    const table = await newTable()
    const ResourceArn = (await table.describe())?.TableArn
    await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'stage', Value: 'local' }] }))
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn }))
    expect(Tags).toEqual([{ Key: 'stage', Value: 'local' }])
  })

  it('that are missing are reported as such by every kind of operation', async () => {
    const table = new Table('no-such-table')
    await expect(table.get('a')).rejects.toMatchObject(missingTable)
    await expect(table.put('a')).rejects.toMatchObject(missingTable)
    await expect(table.partition('a')).rejects.toMatchObject(missingTable)
    await expect(table.timeToLiveNow()).rejects.toMatchObject(missingTable)
    await expect(table.timeToLive('until')).rejects.toMatchObject(missingTable)
    await expect(transact([table.putting('a')])).rejects.toMatchObject(missingTable)
    await expect(transactGet([table.getting('a')])).rejects.toMatchObject(missingTable)
  })
})

describe('items', () => {
  it('come back as they were put, whatever their types', async () => {
    const table = await newTable()
    const attributes = {
      text: '가나다 \u{1F600} "quoted"',
      empty: '',
      number: -12.5,
      yes: true,
      nothing: null,
      bytes: new Uint8Array([0, 255, 10]),
      list: [1, 'two', [false]],
      map: { deep: { deeper: ['x'] } },
      set: new Set(['a', 'b']),
    }
    await table.put('a', attributes)
    expect(await table.get('a')).toEqual({ ...key('a'), ...attributes })
  })

  it('are replaced by a second put and tell the first one when asked', async () => {
    const table = await newTable()
    await table.put('a', { old: 1 })
    const { Attributes } = await table.put('a', { fresh: 2 }, { ReturnValues: 'ALL_OLD' })
    expect(Attributes).toEqual({ ...key('a'), old: 1 })
    expect(await table.get('a')).toEqual({ ...key('a'), fresh: 2 })
  })

  it('can be read in parts', async () => {
    const table = await newTable()
    await table.put('a', { title: 't', steps: [{ at: 1 }, { at: 2 }], more: { x: 1, y: 2 } })
    const { Item } = await table.read('a', {
      ProjectionExpression: '#title, steps[1].#at, more.y',
      ExpressionAttributeNames: { '#title': 'title', '#at': 'at' },
    })
    expect(Item).toEqual({ title: 't', steps: [{ at: 2 }], more: { y: 2 } })
  })

  it('can be written and read in batches', async () => {
    const table = await newTable()
    await table.put('old')
    const puts = ['a', 'b', 'c'].map((pk) => ({ PutRequest: { Item: key(pk) } }))
    const requests = [...puts, { DeleteRequest: { Key: key('old') } }]
    await client.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }))
    const Keys = ['a', 'b', 'c', 'old'].map(key)
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table.name]: { Keys } } }))
    expect(Responses?.[table.name]?.map((item) => String(item['pk'])).sort()).toEqual(['a', 'b', 'c'])
  })

  it('must have the type of key that the table declares', async () => {
    const table = await newTable()
    const work = table.read('a', { Key: { pk: 1, sk: '-' } })
    await expect(work).rejects.toMatchObject(validation('The provided key element does not match the schema'))
  })
})

describe('updates', () => {
  it('set, add, remove and delete in one go and tell the new values', async () => {
    const table = await newTable()
    await table.put('a', { amount: 1, gone: 'x', tags: new Set(['red', 'blue']), steps: ['first'] })
    const { Attributes } = await table.update(
      'a',
      'SET steps = list_append(steps, :more), seen = if_not_exists(seen, :zero) + :one ADD amount :one REMOVE gone DELETE tags :red',
      { ':more': ['second'], ':zero': 0, ':one': 1, ':red': new Set(['red']) },
      { ReturnValues: 'ALL_NEW' },
    )
    expect(Attributes).toEqual({ ...key('a'), amount: 2, tags: new Set(['blue']), steps: ['first', 'second'], seen: 1 })
  })

  it('create an item that is not there', async () => {
    const table = await newTable()
    await table.update('a', 'ADD amount :by', { ':by': 5 })
    expect(await table.get('a')).toEqual({ ...key('a'), amount: 5 })
  })

  it('see every attribute as it was before the update', async () => {
    const table = await newTable()
    await table.put('a', { one: 1, two: 2 })
    await table.update('a', 'SET one = two, two = one')
    expect(await table.get('a')).toEqual({ ...key('a'), one: 2, two: 1 })
  })

  it('remove several elements of a list by the places they had before the update', async () => {
    const table = await newTable()
    await table.put('a', { steps: ['a', 'b', 'c', 'd', 'e'], deeper: { steps: [1, 2, 3] } })
    const expression = 'REMOVE steps[0], deeper.steps[1], steps[2], steps[1] SET steps[4] = :e'
    await table.update('a', expression, { ':e': 'E' })
    expect(await table.get('a')).toEqual({ ...key('a'), steps: ['d', 'E'], deeper: { steps: [1, 3] } })
  })

  it('fail where an operand is missing or of the wrong type', async () => {
    const table = await newTable()
    await table.put('a', { title: 't' })
    const one = { ':one': 1 }
    const missing = 'The provided expression refers to an attribute that does not exist in the item'
    await expect(table.update('a', 'SET amount = amount + :one', one)).rejects.toMatchObject(validation(missing))
    const mistyped = 'An operand in the update expression has an incorrect data type'
    await expect(table.update('a', 'SET title = title + :one', one)).rejects.toMatchObject(validation(mistyped))
    const unreachable = 'The document path provided in the update expression is invalid for update'
    await expect(table.update('a', 'SET steps.deep = :one', one)).rejects.toMatchObject(validation(unreachable))
  })

  it('cannot change a key', async () => {
    const table = await newTable()
    const problem = validation(/Cannot update attribute pk. This attribute is part of the key$/)
    await expect(table.update('a', 'SET pk = :pk', { ':pk': 'b' })).rejects.toMatchObject(problem)
  })
})

describe('conditions', () => {
  it('let a put through only when they hold', async () => {
    const table = await newTable()
    const create = { ConditionExpression: 'attribute_not_exists(pk)' }
    await table.put('a', {}, create)
    await expect(table.put('a', {}, create)).rejects.toMatchObject(conditionFailed)
  })

  it.each([
    ['version = :three AND note = :open', true],
    ['version BETWEEN :two AND :three', true],
    ['note IN (:x, :open)', true],
    ['begins_with(note, :op) AND contains(steps, :x) AND size(steps) < :two', true],
    ['NOT version = :three', false],
    ['version < :three OR attribute_exists(absent)', false],
    ['absent = :three', false],
    ['absent <> :three', true],
  ])('compare, combine and negate: %s', async (condition, holds) => {
    const table = await newTable()
    await table.put('a', { version: 3, note: 'open', steps: ['x'] })
    const values = Object.entries({ ':two': 2, ':three': 3, ':open': 'open', ':x': 'x', ':op': 'op' })
    const used = values.filter(([name]) => new RegExp(`${name}\\b`).test(condition))
    const more = { ConditionExpression: condition, ExpressionAttributeValues: Object.fromEntries(used) }
    const outcome: unknown = await table.delete('a', more).catch((thrown: unknown) => thrown)
    expect(outcome).toMatchObject(holds ? { $metadata: { httpStatusCode: 200 } } : conditionFailed)
  })

  it('tell the item they failed on when asked to, for put, update and delete', async () => {
    const table = await newTable()
    await table.put('a', { note: 'first' })
    const never = {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }
    const failure = { ...conditionFailed, Item: { pk: { S: 'a' }, sk: { S: '-' }, note: { S: 'first' } } }
    await expect(table.put('a', {}, never)).rejects.toMatchObject(failure)
    await expect(table.update('a', 'REMOVE note', undefined, never)).rejects.toMatchObject(failure)
    await expect(table.delete('a', never)).rejects.toMatchObject(failure)
    expect(await table.get('a')).toEqual({ ...key('a'), note: 'first' })
  })

  it('tell no item when there was none or nobody asked', async () => {
    const table = await newTable()
    await table.put('a')
    const condition = { ConditionExpression: 'attribute_exists(absent)' }
    const asked = { ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }
    for (const attempt of [() => table.put('a', {}, condition), () => table.put('b', {}, asked)]) {
      const failure: unknown = await attempt().catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject(conditionFailed)
      expect(failure).not.toHaveProperty('Item.pk')
    }
  })
})

describe('queries', () => {
  it('return a partition in the order of its sort key, forwards and backwards', async () => {
    const table = await newTable()
    for (const sk of ['b', 'a', 'ab', 'c']) await table.put({ pk: 'p', sk })
    expect(inOrder(await table.partition('p'), 'sk')).toEqual([['a', 'ab', 'b', 'c']])
    const reversed = await table.partition('p', { ScanIndexForward: false })
    expect(inOrder(reversed, 'sk')).toEqual([['c', 'b', 'ab', 'a']])
  })

  it('select a range of sort keys and filter what they have read', async () => {
    const table = await newTable()
    for (let n = 0; n < 6; n += 1) await table.put({ pk: 'p', sk: `run#${n}` }, { even: n % 2 === 0 })
    await table.put({ pk: 'p', sk: 'other' })
    const reply = await client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :run)',
        FilterExpression: 'even = :yes',
        ExpressionAttributeValues: { ':pk': 'p', ':run': 'run#', ':yes': true },
      }),
    )
    expect(reply.Items?.map((item) => String(item['sk']))).toEqual(['run#0', 'run#2', 'run#4'])
    expect(reply).toMatchObject({ Count: 3, ScannedCount: 6 })
  })

  it('read an index in the order of its numbers, with what it projects and only of items that have its key', async () => {
    const table = await newTable()
    for (const rank of [10, 9, -1, 0.5]) await table.put(`r${rank}`, { kind: 'k', rank, title: 't', body: 'b' })
    await table.put('sparse', { kind: 'k' })
    const [items = []] = await table.byKind('k')
    expect(items.map((item) => item['rank'])).toEqual([-1, 0.5, 9, 10])
    expect(items[0]).toEqual({ ...key('r-1'), kind: 'k', rank: -1, title: 't' })
  })

  it('follow an item that moves within an index, leaves it or is deleted', async () => {
    const table = await newTable()
    await table.put('a', { kind: 'open', rank: 1 })
    await table.put('b', { kind: 'open', rank: 2 })
    await table.update('a', 'SET kind = :done', { ':done': 'done' })
    expect(await table.byKind('done')).toMatchObject([[{ pk: 'a' }]])
    await table.update('a', 'REMOVE kind')
    await table.delete('b')
    expect(await table.byKind('done')).toEqual([[]])
    expect(await table.byKind('open')).toEqual([[]])
  })

  it('give back a key to go on from, by limit, on a table and on an index, in both directions', async () => {
    const table = await newTable()
    for (let rank = 0; rank < 7; rank += 1) await table.put({ pk: 'p', sk: `s${rank}` }, { kind: 'k', rank })
    const forwards = await table.partition('p', { Limit: 3 })
    expect(inOrder(forwards, 'rank')).toEqual([[0, 1, 2], [3, 4, 5], [6]])
    const backwards = await table.byKind('k', { Limit: 3, ScanIndexForward: false })
    expect(inOrder(backwards, 'rank')).toEqual([[6, 5, 4], [3, 2, 1], [0]])
  })

  it.each([
    ['ASCII', 'x'.repeat(150_000)],
    ['Korean', '가'.repeat(50_000)],
  ])('end a page at 1 MB, counted in bytes and not in characters: %s', async (_language, title) => {
    const table = await newTable()
    for (let rank = 0; rank < 10; rank += 1) await table.put({ pk: 'p', sk: `${rank}` }, { kind: 'k', rank, title })
    expect((await table.partition('p')).map((page) => page.length)).toEqual([7, 3])
    expect((await table.byKind('k')).map((page) => page.length)).toEqual([7, 3])
  })

  it('count without returning items', async () => {
    const table = await newTable()
    await table.put('a')
    expect(await table.partition('a', { Select: 'COUNT' })).toEqual([[]])
    const reply = await client.send(new ScanCommand({ TableName: table.name, Select: 'COUNT' }))
    expect(reply).toMatchObject({ Count: 1 })
  })

  it('find every item exactly once when a scan is split and paged', async () => {
    const table = await newTable()
    await Promise.all(times(40, (n) => table.put(`item-${n}`)))
    const found: string[] = []
    for (const Segment of [0, 1, 2]) {
      const input = { TableName: table.name, Segment, TotalSegments: 3, Limit: 4 }
      let ExclusiveStartKey: Row | undefined
      do {
        const page = await client.send(new ScanCommand({ ...input, ExclusiveStartKey }))
        found.push(...(page.Items ?? []).map((item) => String(item['pk'])))
        ExclusiveStartKey = page.LastEvaluatedKey
      } while (ExclusiveStartKey !== undefined)
    }
    expect(found.sort()).toEqual(times(40, (n) => `item-${n}`).sort())
  })
})

describe('limits', () => {
  // The key's names and values take 6 bytes, the attribute's name 4.
  const largest = 400 * 1024 - 10
  const tooLarge = validation('Item size has exceeded the maximum allowed size')

  it('an item may have 400 KB and not a byte more, by put, batch and update', async () => {
    const table = await newTable()
    await table.put('a', ofSize(largest))
    await expect(table.put('a', ofSize(largest + 1))).rejects.toMatchObject(tooLarge)
    const requests = [{ PutRequest: { Item: { ...key('a'), ...ofSize(largest + 1) } } }]
    const batch = new BatchWriteCommand({ RequestItems: { [table.name]: requests } })
    await expect(client.send(batch)).rejects.toMatchObject(tooLarge)
    const grown = validation('Item size to update has exceeded the maximum allowed size')
    await expect(table.update('a', 'SET one = :one', { ':one': 1 })).rejects.toMatchObject(grown)
  })

  it('the size of an item is counted in bytes: a third of the characters in Korean', async () => {
    const table = await newTable()
    const characters = Math.floor(largest / 3)
    await table.put('a', { text: '가'.repeat(characters) })
    await expect(table.put('a', { text: '가'.repeat(characters + 1) })).rejects.toMatchObject(tooLarge)
  })

  it('a number costs a byte and one for every two digits', async () => {
    const table = await newTable()
    // With its name 1 + 1 + 19 bytes.
    const n = 12345678901234567890123456789012345678n
    await table.put('a', { ...ofSize(largest - 21), n })
    await expect(table.put('a', { ...ofSize(largest - 20), n })).rejects.toMatchObject(tooLarge)
  })

  it('an expression may have 4 KB', async () => {
    const table = await newTable()
    await expect(table.update('a', `REMOVE ${'a'.repeat(4090)}`)).rejects.toMatchObject(
      validation(
        'Invalid UpdateExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
      ),
    )
  })

  it('a key cannot be empty, in the table or in an index', async () => {
    const table = await newTable()
    await expect(table.put('')).rejects.toMatchObject(validation(/cannot contain an empty string value. Key: pk$/))
    const put = validation(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byKind, IndexKey: kind',
    )
    await expect(table.put('a', { kind: '', rank: 1 })).rejects.toMatchObject(put)
    const update = validation(/attempted to update a secondary index key to a value that is not supported/)
    await expect(table.update('a', 'SET kind = :empty', { ':empty': '' })).rejects.toMatchObject(update)
    expect(await table.get('a')).toBeUndefined()
  })

  it('an index key must have the declared type', async () => {
    const table = await newTable()
    const problem = validation(/Type mismatch for Index Key rank Expected: N Actual: S IndexName: byKind$/)
    await expect(table.put('a', { kind: 'k', rank: 'first' })).rejects.toMatchObject(problem)
  })
})

describe('transactions', () => {
  it('put, update, delete and check in several tables at once', async () => {
    const [one, two] = [await newTable(), await newTable()]
    await one.put('counter', { amount: 1 })
    await one.put('gone')
    await two.put('guard')
    await transact([
      two.putting('fresh', { kind: 'k', rank: 1 }),
      one.adding('counter'),
      { Delete: { TableName: one.name, Key: key('gone') } },
      two.checking('guard', 'attribute_exists(pk)'),
    ])
    expect(await one.get('counter')).toEqual({ ...key('counter'), amount: 2 })
    expect(await one.get('gone')).toBeUndefined()
    expect(await two.get('guard')).toEqual(key('guard'))
    expect(await two.byKind('k')).toMatchObject([[{ pk: 'fresh' }]])
  })

  it('are cancelled as a whole with a reason for each action, in order', async () => {
    const table = await newTable()
    await table.put('taken', { kind: 'k', rank: 1 })
    const create = { ConditionExpression: 'attribute_not_exists(pk)' }
    const work = transact([
      table.putting('fresh', { kind: 'k', rank: 2 }),
      table.putting('taken', {}, { ...create, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      { Update: { TableName: table.name, Key: key('new'), UpdateExpression: 'SET one = two' } },
      table.checking('missing', 'attribute_exists(pk)'),
    ])
    const conditionalCheck = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }
    const missing = 'The provided expression refers to an attribute that does not exist in the item'
    await expect(work).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        { ...conditionalCheck, Item: { pk: { S: 'taken' }, sk: { S: '-' }, kind: { S: 'k' }, rank: { N: '1' } } },
        { Code: 'ValidationError', Message: missing },
        conditionalCheck,
      ],
    })
    expect(await table.get('fresh')).toBeUndefined()
    expect(await table.byKind('k')).toMatchObject([[{ pk: 'taken' }]])
  })

  it('leave nothing behind when the last of a hundred actions fails', async () => {
    const table = await newTable()
    await Promise.all(times(50, (n) => table.put(`old-${n}`, { kind: 'k', rank: n })))
    const before = await table.byKind('k')
    const both = { UpdateExpression: 'ADD amount :by, #rank :by', ExpressionAttributeNames: { '#rank': 'rank' } }
    const updates = times(50, (n) => ({ Update: { ...table.adding(`old-${n}`).Update, ...both } }))
    const puts = times(49, (n) => table.putting(`new-${n}`, { kind: 'k', rank: n }))
    const last = { Delete: { TableName: table.name, Key: { pk: 'half a key' } } }
    await expect(transact([...updates, ...puts, last])).rejects.toMatchObject(cancelled)
    expect(await table.byKind('k')).toEqual(before)
    expect(await table.get('old-0')).toEqual({ ...key('old-0'), kind: 'k', rank: 0 })
    await transact([...updates, ...puts])
    expect(await table.get('old-0')).toEqual({ ...key('old-0'), kind: 'k', rank: 1, amount: 1 })
  })

  it('may have 1 to 100 actions', async () => {
    const table = await newTable()
    const puts = times(101, (n) => table.putting(`item-${n}`))
    await transact(puts.slice(1))
    const most = /'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/
    await expect(transact(puts)).rejects.toMatchObject(validation(most))
    const least =
      "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1"
    await expect(transact([])).rejects.toMatchObject(validation(least))
  })

  it('may have 4 MB of items', async () => {
    const table = await newTable()
    const puts = times(12, (n) => table.putting(`item-${n}`, { text: 'x'.repeat(350_000) }))
    await transact(puts.slice(2))
    await expect(transact(puts)).rejects.toMatchObject(validation())
  })

  it('cannot name an item twice', async () => {
    const table = await newTable()
    const problem = validation('Transaction request cannot include multiple operations on one item')
    const twice = [table.checking('a', 'attribute_exists(pk)'), table.putting('a')]
    await expect(transact(twice)).rejects.toMatchObject(problem)
    await expect(transactGet([table.getting('a'), table.getting('a')])).rejects.toMatchObject(problem)
  })

  it('have one kind of action in each place, with all it needs', async () => {
    const table = await newTable()
    const both = { ...table.putting('a'), ...table.adding('a') }
    const problem = validation('TransactItems can only contain one of Check, Put, Update or Delete')
    await expect(transact([both])).rejects.toMatchObject(problem)
    const unconditional = { TableName: table.name, Key: key('a'), ConditionExpression: undefined }
    await expect(transact([{ ConditionCheck: unconditional }])).rejects.toMatchObject(
      validation(/'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy/),
    )
  })

  it('are refused without reasons for what is wrong with the request itself', async () => {
    const table = await newTable()
    const unreadable = { ConditionExpression: 'not an expression (' }
    await expect(transact([table.putting('a', {}, unreadable)])).rejects.toMatchObject(validation())
    await expect(transact([table.putting('')])).rejects.toMatchObject(validation())
    await expect(transact([table.putting('a', { kind: '', rank: 1 })])).rejects.toMatchObject(validation())
    await expect(transact([table.putting('a', { text: 'x'.repeat(410_000) })])).rejects.toMatchObject(validation())
    await expect(transact([table.putting('a', { sk: 1 })])).rejects.toMatchObject(cancelled)
  })

  it('with a token are applied once, and refused when the token comes back with something else', async () => {
    const table = await newTable()
    await transact([table.adding('a')], { ClientRequestToken: 'token' })
    await transact([table.adding('a')], { ClientRequestToken: 'token' })
    expect(await table.get('a')).toMatchObject({ amount: 1 })
    const different = transact([table.adding('a', 2)], { ClientRequestToken: 'token' })
    await expect(different).rejects.toMatchObject(error('IdempotentParameterMismatchException'))
    await transact([table.adding('a', 2)], { ClientRequestToken: 'another token' })
    await transact([table.adding('a')], { ClientRequestToken: 'token' })
    expect(await table.get('a')).toMatchObject({ amount: 3 })
  })

  it('forget a token after ten minutes', async () => {
    const table = await newTable()
    const token = { ClientRequestToken: 'ten minutes' }
    await transact([table.adding('a')], token)
    nowMs += 10 * 60_000 - 1
    await transact([table.adding('a')], token)
    expect(await table.get('a')).toMatchObject({ amount: 1 })
    nowMs += 1
    await transact([table.adding('a')], token)
    expect(await table.get('a')).toMatchObject({ amount: 2 })
  })

  it('do not remember the token of a transaction that was cancelled', async () => {
    const table = await newTable()
    const token = { ClientRequestToken: 'cancelled' }
    const actions = [table.adding('a'), table.checking('b', 'attribute_exists(pk)')]
    await expect(transact(actions, token)).rejects.toMatchObject(cancelled)
    await table.put('b')
    await transact(actions, token)
    expect(await table.get('a')).toMatchObject({ amount: 1 })
  })

  it('read items together, in order, in parts, and nothing for one that is missing', async () => {
    const [one, two] = [await newTable(), await newTable()]
    await one.put('a', { title: 't', body: 'b' })
    await two.put('b', { title: 'u' })
    const part = one.getting('a', { ProjectionExpression: 'title' })
    const { Responses } = await transactGet([two.getting('b'), one.getting('missing'), part])
    expect(Responses).toEqual([{ Item: { ...key('b'), title: 'u' } }, {}, { Item: { title: 't' } }])
  })

  it('that read are cancelled for a key of the wrong shape', async () => {
    const table = await newTable()
    const gets = [table.getting('a'), table.getting('b', { Key: { pk: 'b' } })]
    const mismatch = { Code: 'ValidationError', Message: 'The provided key element does not match the schema' }
    await expect(transactGet(gets)).rejects.toMatchObject({
      ...cancelled,
      CancellationReasons: [{ Code: 'None' }, mismatch],
    })
  })
})

describe('capacity units', () => {
  const detailed = { ReturnConsumedCapacity: 'INDEXES' as const }
  const total = { ReturnConsumedCapacity: 'TOTAL' as const }

  it('of a write are one per started KB of the larger version, and those of the index entries that change', async () => {
    const table = await newTable()
    const write = async (attributes: Row): Promise<unknown> =>
      (await table.put('a', { kind: 'k', rank: 1, ...attributes }, detailed)).ConsumedCapacity
    const units = (sum: number, ofTable: number, ofIndex?: number): Row => ({
      TableName: table.name,
      CapacityUnits: sum,
      Table: { CapacityUnits: ofTable },
      ...(ofIndex !== undefined && { GlobalSecondaryIndexes: { byKind: { CapacityUnits: ofIndex } } }),
    })
    expect(await write({ body: '가'.repeat(700) })).toEqual(units(4, 3, 1))
    expect(await write({ body: 'short' })).toEqual(units(3, 3))
    expect(await write({ rank: 2 })).toEqual(units(3, 1, 2))
    expect(await write({ rank: 2, title: 't' })).toEqual(units(2, 1, 1))
    const { ConsumedCapacity } = await table.delete('a', total)
    expect(ConsumedCapacity).toEqual({ TableName: table.name, CapacityUnits: 2 })
  })

  it('of a transaction are double for the table, for a check as for a write, and of a repetition those of reading', async () => {
    const table = await newTable()
    const actions = [table.putting('a', { kind: 'k', rank: 1 }), table.checking('b', 'attribute_not_exists(pk)')]
    const options = { ClientRequestToken: 'capacity', ...detailed }
    expect((await transact(actions, options)).ConsumedCapacity).toEqual([
      {
        TableName: table.name,
        CapacityUnits: 5,
        WriteCapacityUnits: 5,
        Table: { CapacityUnits: 4, WriteCapacityUnits: 4 },
        GlobalSecondaryIndexes: { byKind: { CapacityUnits: 1 } },
      },
    ])
    const repetition = await transact(actions, options)
    expect(repetition.ConsumedCapacity).toMatchObject([{ CapacityUnits: 4, ReadCapacityUnits: 4 }])
  })

  it('of reads are one per started 4 KB, half of it when consistency does not matter', async () => {
    const table = await newTable()
    const entry = (units: number): Row => ({ TableName: table.name, CapacityUnits: units })
    await table.put('a', { body: 'x'.repeat(5000) })
    expect((await table.read('a', total)).ConsumedCapacity).toEqual(entry(1))
    expect((await table.read('a', { ConsistentRead: true, ...total })).ConsumedCapacity).toEqual(entry(2))
    expect((await table.read('missing', total)).ConsumedCapacity).toEqual(entry(0.5))
    const { ConsumedCapacity } = await transactGet([table.getting('a')], 'TOTAL')
    expect(ConsumedCapacity).toEqual([{ ...entry(4), ReadCapacityUnits: 4 }])
  })

  it('of a query are those of what it read, on the index that it read', async () => {
    const table = await newTable()
    await Promise.all(times(3, (rank) => table.put(`p${rank}`, { kind: 'k', rank, title: '가'.repeat(2000) })))
    const { ConsumedCapacity } = await client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :k',
        FilterExpression: 'attribute_not_exists(title)',
        ExpressionAttributeValues: { ':k': 'k' },
        ...detailed,
      }),
    )
    expect(ConsumedCapacity).toEqual({
      TableName: table.name,
      CapacityUnits: 2.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byKind: { CapacityUnits: 2.5 } },
    })
  })

  it('are not told unless asked for', async () => {
    const table = await newTable()
    expect((await table.put('a')).ConsumedCapacity).toBeUndefined()
    expect((await transact([table.putting('b')])).ConsumedCapacity).toBeUndefined()
  })
})

describe('time to live', () => {
  it('is off for a new table and keeps its attribute once it is on', async () => {
    const table = await newTable()
    expect(await table.timeToLiveNow()).toEqual({ TimeToLiveStatus: 'DISABLED' })
    const { TimeToLiveSpecification } = await table.timeToLive('until')
    expect(TimeToLiveSpecification).toEqual({ AttributeName: 'until', Enabled: true })
    expect(await table.timeToLiveNow()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'until' })
  })

  it('cannot be switched to what it is, or to another attribute', async () => {
    const table = await newTable()
    const refused = validation
    await expect(table.timeToLive('a', false)).rejects.toMatchObject(refused('TimeToLive is already disabled'))
    await table.timeToLive('a')
    await expect(table.timeToLive('a')).rejects.toMatchObject(refused('TimeToLive is already enabled'))
    const other = 'TimeToLive is active on a different AttributeName: current AttributeName is a'
    await expect(table.timeToLive('b')).rejects.toMatchObject(refused(other))
  })

  it('can be changed again only after half an hour', async () => {
    const table = await newTable()
    await table.timeToLive('a')
    const tooSoon = validation('Time to live has been modified multiple times within a fixed interval')
    await expect(table.timeToLive('a', false)).rejects.toMatchObject(tooSoon)
    nowMs += 30 * 60_000
    await table.timeToLive('a', false)
    expect(await table.timeToLiveNow()).toEqual({ TimeToLiveStatus: 'DISABLED' })
  })
})

// In memory the event loop alone keeps operations apart, mostly; with a folder they really overlap.
describe.each(['memory', 'folder'])('at the same time, with data in a %s,', (place) => {
  let busy: DynamoDbStandIn
  let crowd: DynamoDBDocumentClient
  let folder: string
  let table: Table

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alpaco-dynamodb-'))
    busy = await startDynamoDb(place === 'memory' ? {} : { path: folder })
    crowd = connect(busy.endpoint)
  })

  beforeEach(async () => {
    table = await newTable({}, crowd)
  })

  afterAll(async () => {
    crowd.destroy()
    await busy.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('a hundred transactions on two counters under a condition let exactly the right number through', async () => {
    await table.put('one', { amount: 0 })
    const limited = {
      Update: {
        ...table.adding('one').Update,
        ConditionExpression: 'amount < :most',
        ExpressionAttributeValues: { ':by': 1, ':most': 60 },
      },
    }
    const outcomes = await Promise.all(times(100, () => succeeded(transact([limited, table.adding('two')], {}, crowd))))
    expect(outcomes.filter(Boolean).length).toBe(60)
    expect(await table.get('one')).toMatchObject({ amount: 60 })
    expect(await table.get('two')).toMatchObject({ amount: 60 })
  })

  it('transfers between ten accounts neither lose nor make money, and no account goes below zero', async () => {
    const accounts = times(10, (n) => `account-${n}`)
    for (const account of accounts) await table.put(account, { amount: 2 })
    const transfer = (n: number): Promise<boolean> => {
      // Nearly all pay the first account, so that the others run out.
      const from = `account-${n % 10}`
      const to = n % 10 === 0 ? 'account-1' : 'account-0'
      const covered = { ...table.adding(from, -1).Update, ConditionExpression: 'amount > :zero' }
      const values = { ExpressionAttributeValues: { ':by': -1, ':zero': 0 } }
      const entry = table.putting('ledger', { sk: `${n}`, from, to })
      return succeeded(transact([{ Update: { ...covered, ...values } }, table.adding(to), entry], {}, crowd))
    }
    const outcomes = await Promise.all(times(100, transfer))
    const [ledger = []] = await table.partition('ledger')
    expect(ledger.length).toBe(outcomes.filter(Boolean).length)
    expect(ledger.length).toBeLessThan(100)
    for (const account of accounts) {
      const received = ledger.filter((entry) => entry['to'] === account).length
      const paid = ledger.filter((entry) => entry['from'] === account).length
      expect(await table.get(account)).toMatchObject({ amount: 2 + received - paid })
      expect(2 + received).toBeGreaterThanOrEqual(paid)
    }
  })

  it('single updates of one item all count', async () => {
    await Promise.all(times(100, () => table.update('a', 'ADD amount :one', { ':one': 1 })))
    expect(await table.get('a')).toMatchObject({ amount: 100 })
  })

  it('no read ever sees half of a transaction', async () => {
    // Twenty pairs, each of which always has a hundred together.
    const sides = times(40, (n) => ({ pk: 'pairs', sk: `${n}` }))
    const sums: number[] = []
    const see = (items: readonly (Row | undefined)[]): number =>
      sums.push(items.reduce((sum, item) => sum + Number(item?.['amount'] ?? 0), 0))
    const write = async (): Promise<void> => {
      for (let n = 1; n <= 60; n += 1) {
        const puts = sides.map((side, at) => {
          const amount = at % 2 === 0 ? n : 100 - n
          return table.putting('pairs', { ...side, amount, kind: 'pairs', rank: amount })
        })
        await transact(puts, {}, crowd)
      }
    }
    const writer = { isDone: false }
    const written = write().finally(() => (writer.isDone = true))
    while (!writer.isDone) {
      see((await table.partition('pairs')).flat())
      see((await table.byKind('pairs')).flat().map((entry) => ({ amount: entry['rank'] })))
      const gets = sides.map((side) => table.getting('pairs', { Key: side }))
      const { Responses } = await transactGet(gets, 'NONE', crowd)
      see((Responses ?? []).map((response) => response.Item))
    }
    await written
    expect(sums.length).toBeGreaterThan(10)
    expect(sums.filter((sum) => sum !== 0 && sum !== 2000)).toEqual([])
  })
})

describe('planted faults', () => {
  const internal: TableFault = { kind: 'error', status: 500, type: 'InternalServerError', message: 'planted' }
  const throttling: TableFault = { ...internal, status: 400, type: 'ProvisionedThroughputExceededException' }
  let patient: DynamoDBDocumentClient

  beforeAll(() => {
    patient = connect(standIn.endpoint, 3)
  })

  afterAll(() => patient.destroy())

  it('an internal error reaches a client that tries once, and is overcome by one that tries again', async () => {
    const table = await newTable()
    plant(1, internal)
    await expect(table.put('a')).rejects.toMatchObject(error('InternalServerError', 'planted'))
    expect(await table.get('a')).toBeUndefined()
    plant(2, internal)
    const { $metadata } = await new Table(table.name, patient).put('a')
    expect($metadata.attempts).toBe(3)
    expect(await table.get('a')).toEqual(key('a'))
  })

  it('throttling is retried, and given up after the last attempt', async () => {
    const { name } = await newTable()
    plant(3, throttling)
    const work = new Table(name, patient).get('a')
    await expect(work).rejects.toMatchObject({ name: throttling.type, $metadata: { attempts: 3 } })
    expect(standIn.requests.length).toBe(3)
    plant(1, throttling)
    expect(await new Table(name, patient).get('a')).toBeUndefined()
    expect(standIn.requests.length).toBe(2)
  })

  it('a denied request is never tried again', async () => {
    const { name } = await newTable()
    plant(1, { kind: 'error', status: 400, type: 'AccessDeniedException', message: 'not allowed' })
    const denied = error('AccessDeniedException', 'not allowed')
    await expect(new Table(name, patient).get('a')).rejects.toMatchObject(denied)
    expect(standIn.requests.length).toBe(1)
  })

  it('a dropped connection has written nothing', async () => {
    const table = await newTable()
    plant(1, { kind: 'drop' })
    await expect(table.put('a')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await table.get('a')).toBeUndefined()
    plant(1, { kind: 'drop' })
    await new Table(table.name, patient).put('a')
    expect(standIn.requests.map((request) => request.operation)).toEqual(['PutItem', 'PutItem'])
    expect(await table.get('a')).toEqual(key('a'))
  })

  it('a connection dropped afterwards has written, so a repeated condition fails on its own write', async () => {
    const table = await newTable()
    const create = { ConditionExpression: 'attribute_not_exists(pk)' }
    plant(1, { kind: 'drop-after' })
    await expect(table.put('a', {}, create)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await table.get('a')).toEqual(key('a'))
    plant(1, { kind: 'drop-after' })
    await expect(new Table(table.name, patient).put('b', {}, create)).rejects.toMatchObject(conditionFailed)
    expect(await table.get('b')).toEqual(key('b'))
  })

  it('a transaction whose reply is lost is tried again with its token and applied once', async () => {
    const table = await newTable()
    plant(2, { kind: 'drop-after' })
    await transact([table.adding('a')], {}, patient)
    expect(standIn.requests.length).toBe(3)
    expect(await table.get('a')).toMatchObject({ amount: 1 })
  })

  it('a conflict can be planted with its reasons', async () => {
    const table = await newTable()
    const CancellationReasons = [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }]
    plant(1, { ...throttling, type: 'TransactionCanceledException', members: { CancellationReasons } })
    await expect(transact([table.adding('a')])).rejects.toMatchObject({ ...cancelled, CancellationReasons })
    expect(await table.get('a')).toBeUndefined()
  })

  it('a delayed request is overtaken by a later one', async () => {
    const table = await newTable()
    const order: string[] = []
    plant(1, { kind: 'delay', ms: 300 })
    const slow = table.put('slow').then(() => order.push('slow'))
    while (standIn.requests.length === 0) await aMoment()
    await table.put('fast').then(() => order.push('fast'))
    expect(await table.get('slow')).toBeUndefined()
    await slow
    expect(order).toEqual(['fast', 'slow'])
  })

  it('are chosen by operation, body and position, of requests that are all recorded', async () => {
    const table = await newTable()
    standIn.resetRequests()
    const seen: unknown[] = []
    standIn.setFault(({ operation, body, index }: TableRequest) => {
      seen.push([operation, index, body['TableName']])
      return operation === 'PutItem' && index === 1 ? internal : undefined
    })
    await table.put('a')
    await expect(table.put('b')).rejects.toMatchObject(error('InternalServerError'))
    await table.get('b')
    expect(seen).toEqual([
      ['PutItem', 0, table.name],
      ['PutItem', 1, table.name],
      ['GetItem', 2, table.name],
    ])
    const bytes = Buffer.byteLength(JSON.stringify({ TableName: table.name, Item: { pk: { S: 'a' }, sk: { S: '-' } } }))
    expect(standIn.requests.slice(0, 2)).toEqual(
      times(2, () => ({ operation: 'PutItem', tableName: table.name, bytes })),
    )
    standIn.resetRequests()
    expect(standIn.requests).toEqual([])
  })
})

describe('the wire', () => {
  it('refuses what is not JSON, not signed or not an operation, and answers a health check', async () => {
    const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=x' }
    expect(standIn.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await post('{}', signed)).toMatchObject({ status: 200 })
    expect(await post('{', signed)).toEqual(refusal('SerializationException'))
    expect(await post('{}', {})).toEqual(refusal('MissingAuthenticationTokenException'))
    expect(await post('{}', signed, 'Nonsense')).toEqual(refusal('UnknownOperationException'))
    expect((await fetch(standIn.endpoint)).status).toBe(200)
  })
})

describe('a defect in dynalite', () => {
  it('answers one request with status 500 and harms neither the data nor the requests after it', async () => {
    const table = await newTable()
    await table.put('a', { one: { x: 1 }, two: { x: 1 } })
    const breaking = { ConditionExpression: 'begins_with(one, two)' }
    const defect = error('InternalServerError', /^Stand-in defect: TypeError/)
    await expect(table.put('a', {}, breaking)).rejects.toMatchObject(defect)
    await table.update('a', 'REMOVE one')
    expect(await table.get('a')).toEqual({ ...key('a'), two: { x: 1 } })
  })
})

describe('a data folder', () => {
  const program = join(import.meta.dirname, '../../mock/dynamodb/main.ts')
  const children: ChildProcess[] = []
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alpaco-dynamodb-'))
  })

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs the stand-in in a process of its own and waits for what it says first. */
  const startProcess = async (path: string): Promise<{ child: ChildProcess; says: string }> => {
    const child = spawn(process.execPath, [program, '--port', '0', '--data', path], { stdio: 'pipe' })
    children.push(child)
    const says = await new Promise<string>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => resolve(text.toString()))
    })
    return { child, says }
  }

  it('keeps items, index entries, settings and tokens from one start to the next', async () => {
    const path = join(folder, 'restart', 'deep')
    const token = { ClientRequestToken: 'over a restart' }
    const first = await startDynamoDb({ path, now: () => 5000 })
    const before = connect(first.endpoint)
    const written = new Table('kept', before)
    await written.create()
    await written.put('a', { kind: 'k', rank: 1, title: '가' })
    await written.timeToLive('until')
    await transact([written.adding('counter')], token, before)
    before.destroy()
    await first.close()

    const second = await startDynamoDb({ path, now: () => 65_000 })
    const after = connect(second.endpoint)
    const kept = new Table('kept', after)
    await transact([kept.adding('counter')], token, after)
    expect(await kept.get('counter')).toMatchObject({ amount: 1 })
    expect(await kept.get('a')).toEqual({ ...key('a'), kind: 'k', rank: 1, title: '가' })
    expect(await kept.byKind('k')).toEqual([[{ ...key('a'), kind: 'k', rank: 1, title: '가' }]])
    expect(await kept.timeToLiveNow()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'until' })
    after.destroy()
    await second.close()
  })

  it('is refused with its name while another process holds it, and free once that has ended', async () => {
    const path = join(folder, 'held')
    const { child, says } = await startProcess(path)
    expect(says).toContain(path)
    const failure: unknown = await startDynamoDb({ path }).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(DataFolderInUseError)
    expect(failure).toMatchObject({ code: 'data-folder-in-use', folder: path })
    expect(String(failure)).toContain(path)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
    await (await startDynamoDb({ path })).close()
  })

  it('stays locked against other processes after this one has tried to open it twice', async () => {
    const path = join(folder, 'held-here')
    const holder = await startDynamoDb({ path })
    await expect(startDynamoDb({ path: join(path, '..', 'held-here') })).rejects.toBeInstanceOf(DataFolderInUseError)
    const { child, says } = await startProcess(path)
    expect(says).toContain(`The data folder ${path} is in use by another stand-in`)
    if (child.exitCode === null) await once(child, 'exit')
    expect(child.exitCode).toBe(1)
    await holder.close()
  })

  it('holds every acknowledged transaction, and no half of one, after the process was killed', async () => {
    const path = join(folder, 'killed')
    const { child, says } = await startProcess(path)
    const remote = connect(/http:\S+/.exec(says)?.[0] ?? says)
    const table = new Table('killed', remote)
    await table.create()
    let acknowledged = 0
    const keepWriting = async (): Promise<void> => {
      for (;;) {
        await transact([table.adding('one'), table.adding('two')], {}, remote)
        acknowledged += 1
        if (acknowledged === 60) child.kill('SIGKILL')
      }
    }
    await Promise.allSettled(times(3, keepWriting))
    remote.destroy()

    const survivor = await startDynamoDb({ path })
    const reader = connect(survivor.endpoint)
    const amount = Number((await new Table('killed', reader).get('one'))?.['amount'])
    expect(await new Table('killed', reader).get('two')).toMatchObject({ amount })
    expect(amount).toBeGreaterThanOrEqual(acknowledged)
    expect(amount).toBeLessThanOrEqual(acknowledged + 3)
    reader.destroy()
    await survivor.close()
  })

  it('is released when the port is taken', async () => {
    const path = join(folder, 'no-port')
    const port = Number(new URL(standIn.endpoint).port)
    await expect(startDynamoDb({ path, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await (await startDynamoDb({ path })).close()
  })

  it('has what was being written when it was closed', async () => {
    const path = join(folder, 'closing')
    const closing = await startDynamoDb({ path })
    const writer = connect(closing.endpoint)
    const table = new Table('closing', writer)
    await table.create()
    const writing = times(40, (n) => {
      const puts = times(50, (m) => table.putting(`item-${n}-${m}`))
      return succeeded(transact(puts, {}, writer))
    })
    while (closing.requests.length < 41) await aMoment()
    await closing.close()
    await Promise.all(writing)
    writer.destroy()

    const reopened = await startDynamoDb({ path })
    const reader = connect(reopened.endpoint)
    expect(await reader.send(new ScanCommand({ TableName: 'closing' }))).toMatchObject({ Count: 2000 })
    reader.destroy()
    await reopened.close()
  })

  it('is released by close even while requests wait, and close may be called twice', async () => {
    const path = join(folder, 'busy')
    const busy = await startDynamoDb({ path })
    const hasty = connect(busy.endpoint)
    const table = new Table('busy', hasty)
    await table.create()
    busy.setFault(() => ({ kind: 'delay', ms: 600_000 }))
    const waiting = table.get('a').catch((thrown: unknown) => thrown)
    while (busy.requests.length < 2) await aMoment()
    await Promise.all([busy.close(), busy.close()])
    expect(await waiting).toMatchObject({ code: 'ECONNRESET' })
    hasty.destroy()
    await (await startDynamoDb({ path })).close()
  })
})

describe('known gaps', () => {
  const unknownOperation = error('UnknownOperationException')

  const shown: Record<(typeof knownGaps)[number]['behaviour'], () => Promise<void>> = {
    'transactions on the same item at the same time': async () => {
      const table = await newTable()
      const outcomes = await Promise.all(times(20, () => succeeded(transact([table.adding('a')]))))
      expect(outcomes).not.toContain(false)
    },
    'expiry of items': async () => {
      const table = await newTable()
      await table.timeToLive('until')
      await table.put('a', { until: 1 })
      nowMs += 30 * 24 * 3_600_000
      expect(await table.get('a')).toEqual({ ...key('a'), until: 1 })
    },
    'readiness of a new table': async () => {
      const table = new Table('ready-at-once')
      expect(await table.create()).toMatchObject({ TableStatus: 'CREATING' })
      await table.put('a')
    },
    'freshness of a global secondary index': async () => {
      const table = await newTable()
      for (let rank = 0; rank < 20; rank += 1) {
        await table.put('a', { kind: 'k', rank })
        expect(await table.byKind('k')).toMatchObject([[{ rank }]])
      }
    },
    'adding an index to an on-demand table': async () => {
      const { name } = await newTable()
      const KeySchema = [{ AttributeName: 'sk', KeyType: 'HASH' as const }]
      const Create = { IndexName: 'later', KeySchema, Projection: { ProjectionType: 'ALL' as const } }
      const command = new UpdateTableCommand({ TableName: name, GlobalSecondaryIndexUpdates: [{ Create }] })
      await expect(client.send(command)).rejects.toMatchObject(validation())
    },
    'change streams': async () => {
      const table = await newTable({ StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } })
      expect(await table.describe()).not.toHaveProperty('LatestStreamArn')
    },
    'tags and deletion protection in CreateTable': async () => {
      const table = await newTable({ Tags: [{ Key: 'a', Value: 'b' }], DeletionProtectionEnabled: true })
      const description = await table.describe()
      expect(description).not.toHaveProperty('DeletionProtectionEnabled')
      const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: description?.TableArn }))
      expect(Tags).toEqual([])
    },
    'item count of a table': async () => {
      const table = await newTable()
      await table.put('a')
      expect(await table.describe()).toMatchObject({ ItemCount: 0 })
    },
    'PartiQL, backups and account limits': async () => {
      const { name } = await newTable()
      const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true }
      const backups = new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification })
      await expect(client.send(backups)).rejects.toMatchObject(unknownOperation)
      const statement = new ExecuteStatementCommand({ Statement: `SELECT * FROM "${name}"` })
      await expect(client.send(statement)).rejects.toMatchObject(unknownOperation)
      await expect(client.send(new DescribeLimitsCommand({}))).rejects.toMatchObject(unknownOperation)
    },
    'size of a BatchGetItem reply': async () => {
      const table = await newTable()
      const Keys = times(8, (n) => key(`big-${n}`))
      for (const { pk } of Keys) await table.put(pk, { text: 'x'.repeat(200_000) })
      const { UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: { [table.name]: { Keys } } }))
      expect(UnprocessedKeys?.[table.name]?.Keys?.length).toBe(1)
    },
    'conditions that compare lists or maps': async () => {
      expect(await holds({ steps: [1, 2] }, 'steps = :same', { ':same': [1, 2] })).toBe(false)
      expect(await holds({ more: { x: 1 } }, 'more = :same', { ':same': { x: 1 } })).toBe(false)
    },
    'conditions that compare two missing attributes': async () => {
      expect(await holds({}, 'absent = gone')).toBe(true)
    },
    'conditions on an empty string or false': async () => {
      expect(await holds({ note: '' }, 'size(note) = :zero', { ':zero': 0 })).toBe(false)
      expect(await holds({ done: false }, 'done IN (:no)', { ':no': false })).toBe(false)
      expect(await holds({ note: '' }, 'note BETWEEN :low AND :high', { ':low': '', ':high': 'z' })).toBe(false)
    },
    'ordering of truth values': async () => {
      expect(await holds({ done: false }, 'done < :yes', { ':yes': true })).toBe(true)
    },
    'precision of sums': async () => {
      const { name } = await newTable()
      const add = (N: string) =>
        client.send(
          new UpdateItemCommand({
            TableName: name,
            Key: { pk: { S: 'a' }, sk: { S: '-' } },
            UpdateExpression: 'ADD amount :n',
            ExpressionAttributeValues: { ':n': { N } },
            ReturnValues: 'UPDATED_NEW',
          }),
        )
      await add('1E50')
      expect((await add('1')).Attributes).toEqual({ amount: { N: `1${'0'.repeat(49)}1` } })
    },
    'depth of nesting': async () => {
      const { name } = await newTable()
      let deep: AttributeValue = { S: 'bottom' }
      for (let level = 0; level < 40; level += 1) deep = { L: [deep] }
      const Item = { pk: { S: 'a' }, sk: { S: '-' }, deep }
      const { $metadata } = await client.send(new PutItemCommand({ TableName: name, Item }))
      expect($metadata.httpStatusCode).toBe(200)
    },
    credentials: async () => {
      const credentials = { accessKeyId: 'somebody-else', secretAccessKey: 'wrong' }
      const stranger = new DynamoDBClient({ endpoint: standIn.endpoint, region: 'us-west-1', credentials })
      expect((await stranger.send(new ListTablesCommand({}))).TableNames).toBeDefined()
      stranger.destroy()
    },
  }

  it.each(knownGaps)('$behaviour: $standIn', async ({ behaviour, realService, standIn: here }) => {
    await shown[behaviour]()
    expect(here).not.toBe(realService)
  })
})
