// What the DynamoDB stand-in does, seen through the real SDK clients.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
} from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { knownGaps } from '../../mock/dynamodb/known-gaps.ts'
import {
  DataFolderInUseError,
  startDynamoDb,
  type DynamoDbStandIn,
  type TableFault,
} from '../../mock/dynamodb/server.ts'

type Row = Record<string, unknown>

/** A minute and a half into a day: what the clock of the shared stand-in shows until a test moves it. */
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

function tableInput(TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'kind', AttributeType: 'S' },
      { AttributeName: 'rank', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byKind',
        KeySchema: [
          { AttributeName: 'kind', KeyType: 'HASH' },
          { AttributeName: 'rank', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] },
      },
    ],
    ...more,
  }
}

let tableCount = 0

/** A table of the test's own: key pk and sk, and the index byKind on kind and rank that projects title. */
async function newTable(more: Partial<CreateTableCommandInput> = {}): Promise<string> {
  tableCount += 1
  const name = `table-${tableCount}`
  await client.send(new CreateTableCommand(tableInput(name, more)))
  return name
}

function key(pk: string): { pk: string; sk: string } {
  return { pk, sk: '-' }
}

async function put(TableName: string, pk: string, attributes: Row = {}): Promise<void> {
  await client.send(new PutCommand({ TableName, Item: { ...key(pk), ...attributes } }))
}

async function get(TableName: string, pk: string, from = client): Promise<Row | undefined> {
  const { Item } = await from.send(new GetCommand({ TableName, Key: key(pk), ConsistentRead: true }))
  return Item
}

function increment(
  TableName: string,
  pk: string,
  by = 1,
): { TableName: string; Key: Row; UpdateExpression: string; ExpressionAttributeValues: Row } {
  return { TableName, Key: key(pk), UpdateExpression: 'ADD amount :by', ExpressionAttributeValues: { ':by': by } }
}

/** Every page of a query on one partition, or on a partition of the index byKind. */
async function pagesOf(TableName: string, value: string, more: Row = {}): Promise<Row[][]> {
  const byKind = more['IndexName'] === 'byKind'
  const pages: Row[][] = []
  let ExclusiveStartKey: Row | undefined
  do {
    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#key = :key',
        ExpressionAttributeNames: { '#key': byKind ? 'kind' : 'pk' },
        ExpressionAttributeValues: { ':key': value },
        ExclusiveStartKey,
        ...more,
      }),
    )
    pages.push(page.Items ?? [])
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey !== undefined)
  return pages
}

// vitest types its matchers as `any`.
const containing = (part: string): unknown => expect.stringContaining(part)
const matching = (pattern: string): unknown => expect.stringMatching(pattern)
const anyNumber: unknown = expect.any(Number)

const validation = (message: string): Row => ({ name: 'ValidationException', message })
const conditionFailed = { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' }

describe('tables', () => {
  it('are described with their indexes once they are created', async () => {
    const table = await newTable()
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }))
    expect(Table).toMatchObject({
      TableName: table,
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'byKind', IndexStatus: 'ACTIVE' }],
    })
  })

  it('cannot be created twice', async () => {
    const table = await newTable()
    const again = client.send(new CreateTableCommand(tableInput(table)))
    await expect(again).rejects.toMatchObject({ name: 'ResourceInUseException' })
  })

  it('take their items, index entries and settings with them when they are deleted', async () => {
    const table = await newTable()
    await put(table, 'a', { kind: 'k', rank: 1 })
    const ttl = { TableName: table, TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } }
    await client.send(new UpdateTimeToLiveCommand(ttl))
    await client.send(new DeleteTableCommand({ TableName: table }))

    await expect(get(table, 'a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    const { TableNames } = await client.send(new ListTablesCommand({}))
    expect(TableNames).not.toContain(table)

    await client.send(new CreateTableCommand(tableInput(table)))
    expect(await get(table, 'a')).toBeUndefined()
    expect(await pagesOf(table, 'k', { IndexName: 'byKind' })).toEqual([[]])
    await client.send(new UpdateTimeToLiveCommand(ttl))
  })

  it('can be tagged', async () => {
    const table = await newTable()
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }))
    const ResourceArn = Table?.TableArn
    await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'stage', Value: 'local' }] }))
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn }))
    expect(Tags).toEqual([{ Key: 'stage', Value: 'local' }])
  })

  it('that are missing are reported as such by every kind of operation', async () => {
    const TableName = 'no-such-table'
    const missing = { name: 'ResourceNotFoundException' }
    await expect(get(TableName, 'a')).rejects.toMatchObject(missing)
    await expect(put(TableName, 'a')).rejects.toMatchObject(missing)
    await expect(pagesOf(TableName, 'a')).rejects.toMatchObject(missing)
    const transaction = new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: key('a') } }] })
    await expect(client.send(transaction)).rejects.toMatchObject(missing)
    await expect(client.send(new DescribeTimeToLiveCommand({ TableName }))).rejects.toMatchObject(missing)
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
    await put(table, 'a', attributes)
    expect(await get(table, 'a')).toEqual({ ...key('a'), ...attributes })
  })

  it('are replaced by a second put and tell the first one when asked', async () => {
    const table = await newTable()
    await put(table, 'a', { old: 1 })
    const second = { TableName: table, Item: { ...key('a'), fresh: 2 }, ReturnValues: 'ALL_OLD' as const }
    const { Attributes } = await client.send(new PutCommand(second))
    expect(Attributes).toEqual({ ...key('a'), old: 1 })
    expect(await get(table, 'a')).toEqual({ ...key('a'), fresh: 2 })
  })

  it('can be read in parts', async () => {
    const table = await newTable()
    await put(table, 'a', { title: 't', steps: [{ at: 1 }, { at: 2 }], more: { x: 1, y: 2 } })
    const { Item } = await client.send(
      new GetCommand({
        TableName: table,
        Key: key('a'),
        ProjectionExpression: '#title, steps[1].#at, more.y',
        ExpressionAttributeNames: { '#title': 'title', '#at': 'at' },
      }),
    )
    expect(Item).toEqual({ title: 't', steps: [{ at: 2 }], more: { y: 2 } })
  })

  it('can be written and read in batches', async () => {
    const table = await newTable()
    await put(table, 'old')
    const requests = ['a', 'b', 'c'].map((pk) => ({ PutRequest: { Item: key(pk) } }))
    await client.send(
      new BatchWriteCommand({ RequestItems: { [table]: [...requests, { DeleteRequest: { Key: key('old') } }] } }),
    )
    const keys = ['a', 'b', 'c', 'old'].map(key)
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }))
    expect(Responses?.[table]?.map((item) => String(item['pk'])).sort()).toEqual(['a', 'b', 'c'])
  })

  it('must have the type of key that the table declares', async () => {
    const table = await newTable()
    const wrong = client.send(new GetCommand({ TableName: table, Key: { pk: 1, sk: '-' } }))
    await expect(wrong).rejects.toMatchObject(validation('The provided key element does not match the schema'))
  })
})

describe('updates', () => {
  it('set, add, remove and delete in one go and tell the new values', async () => {
    const table = await newTable()
    await put(table, 'a', { amount: 1, gone: 'x', tags: new Set(['red', 'blue']), log: ['first'] })
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: key('a'),
        UpdateExpression:
          'SET #log = list_append(#log, :more), seen = if_not_exists(seen, :zero) + :one ADD amount :one REMOVE gone DELETE tags :red',
        ExpressionAttributeNames: { '#log': 'log' },
        ExpressionAttributeValues: { ':more': ['second'], ':zero': 0, ':one': 1, ':red': new Set(['red']) },
        ReturnValues: 'ALL_NEW',
      }),
    )
    expect(Attributes).toEqual({ ...key('a'), amount: 2, tags: new Set(['blue']), log: ['first', 'second'], seen: 1 })
  })

  it('create an item that is not there', async () => {
    const table = await newTable()
    await client.send(new UpdateCommand(increment(table, 'a', 5)))
    expect(await get(table, 'a')).toEqual({ ...key('a'), amount: 5 })
  })

  it('see every attribute as it was before the update', async () => {
    const table = await newTable()
    await put(table, 'a', { one: 1, two: 2 })
    const UpdateExpression = 'SET one = two, two = one'
    await client.send(new UpdateCommand({ TableName: table, Key: key('a'), UpdateExpression }))
    expect(await get(table, 'a')).toEqual({ ...key('a'), one: 2, two: 1 })
  })

  it('remove several elements of a list by the places they had before the update', async () => {
    const table = await newTable()
    await put(table, 'a', { steps: ['a', 'b', 'c', 'd', 'e'], deeper: { steps: [1, 2, 3] } })
    const UpdateExpression = 'REMOVE steps[0], deeper.steps[1], steps[2], steps[1] SET steps[4] = :e'
    const ExpressionAttributeValues = { ':e': 'E' }
    await client.send(
      new UpdateCommand({ TableName: table, Key: key('a'), UpdateExpression, ExpressionAttributeValues }),
    )
    expect(await get(table, 'a')).toEqual({ ...key('a'), steps: ['d', 'E'], deeper: { steps: [1, 3] } })
  })

  it('fail where an operand is missing or of the wrong type', async () => {
    const table = await newTable()
    await put(table, 'a', { title: 't' })
    const update = (UpdateExpression: string): Promise<unknown> =>
      client.send(
        new UpdateCommand({
          TableName: table,
          Key: key('a'),
          UpdateExpression,
          ExpressionAttributeValues: { ':one': 1 },
        }),
      )
    await expect(update('SET amount = amount + :one')).rejects.toMatchObject(
      validation('The provided expression refers to an attribute that does not exist in the item'),
    )
    await expect(update('SET title = title + :one')).rejects.toMatchObject(
      validation('An operand in the update expression has an incorrect data type'),
    )
    await expect(update('SET map.deep = :one')).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('cannot change a key', async () => {
    const table = await newTable()
    const update = { TableName: table, Key: key('a'), UpdateExpression: 'SET pk = :pk' }
    const work = client.send(new UpdateCommand({ ...update, ExpressionAttributeValues: { ':pk': 'b' } }))
    await expect(work).rejects.toMatchObject({
      message: containing('Cannot update attribute pk. This attribute is part of the key'),
    })
  })
})

describe('conditions', () => {
  it('let a put through only when they hold', async () => {
    const table = await newTable()
    const create = { TableName: table, Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' }
    await client.send(new PutCommand(create))
    await expect(client.send(new PutCommand(create))).rejects.toMatchObject(conditionFailed)
  })

  it('compare, combine and negate', async () => {
    const table = await newTable()
    await put(table, 'a', { version: 3, status: 'open', tags: ['x'] })
    const holds = async (ConditionExpression: string): Promise<boolean> => {
      const values = { ':two': 2, ':three': 3, ':open': 'open', ':x': 'x', ':op': 'op' }
      const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(ConditionExpression))
      const update = { TableName: table, Key: key('a'), UpdateExpression: 'SET touched = :t', ConditionExpression }
      const names = ConditionExpression.includes('#s') ? { ExpressionAttributeNames: { '#s': 'status' } } : {}
      const ExpressionAttributeValues = { ...Object.fromEntries(used), ':t': true }
      return client.send(new UpdateCommand({ ...update, ...names, ExpressionAttributeValues })).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject(conditionFailed)
          return false
        },
      )
    }
    expect(await holds('version = :three AND #s = :open')).toBe(true)
    expect(await holds('version BETWEEN :two AND :three')).toBe(true)
    expect(await holds('#s IN (:x, :open)')).toBe(true)
    expect(await holds('begins_with(#s, :op) AND contains(tags, :x) AND size(tags) < :two')).toBe(true)
    expect(await holds('NOT version = :three')).toBe(false)
    expect(await holds('version < :three OR attribute_exists(absent)')).toBe(false)
    expect(await holds('absent = :three')).toBe(false)
    expect(await holds('absent <> :three')).toBe(true)
  })

  it('tell the item they failed on when asked to, for put, update and delete', async () => {
    const table = await newTable()
    await put(table, 'a', { holder: 'somebody' })
    const never = {
      TableName: table,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }
    const Item = { pk: { S: 'a' }, sk: { S: '-' }, holder: { S: 'somebody' } }
    const attempts = [
      () => client.send(new PutCommand({ ...never, Item: key('a') })),
      () => client.send(new UpdateCommand({ ...never, Key: key('a'), UpdateExpression: 'REMOVE holder' })),
      () => client.send(new DeleteCommand({ ...never, Key: key('a') })),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ ...conditionFailed, Item })
    expect(await get(table, 'a')).toEqual({ ...key('a'), holder: 'somebody' })
  })

  it('tell no item when there was none or nobody asked', async () => {
    const table = await newTable()
    await put(table, 'a')
    const condition = 'attribute_exists(absent)'
    const unasked = { TableName: table, Item: key('a'), ConditionExpression: condition }
    const nobody = { ...unasked, Item: key('b'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }
    for (const attempt of [unasked, nobody]) {
      const error: unknown = await client.send(new PutCommand(attempt)).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject(conditionFailed)
      expect(error).not.toHaveProperty('Item.pk')
    }
  })
})

describe('queries', () => {
  it('return a partition in the order of its sort key, forwards and backwards', async () => {
    const table = await newTable()
    for (const sk of ['b', 'a', 'ab', 'c'])
      await client.send(new PutCommand({ TableName: table, Item: { pk: 'p', sk } }))
    const sorted = (await pagesOf(table, 'p')).flat().map((item) => item['sk'])
    const reversed = (await pagesOf(table, 'p', { ScanIndexForward: false })).flat().map((item) => item['sk'])
    expect(sorted).toEqual(['a', 'ab', 'b', 'c'])
    expect(reversed).toEqual(['c', 'b', 'ab', 'a'])
  })

  it('select a range of sort keys and filter what they have read', async () => {
    const table = await newTable()
    for (let n = 0; n < 6; n += 1) {
      await client.send(new PutCommand({ TableName: table, Item: { pk: 'p', sk: `run#${n}`, even: n % 2 === 0 } }))
    }
    await client.send(new PutCommand({ TableName: table, Item: { pk: 'p', sk: 'other' } }))
    const reply = await client.send(
      new QueryCommand({
        TableName: table,
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
    const ranks = [10, 9, -1, 0.5]
    for (const rank of ranks) await put(table, `r${rank}`, { kind: 'k', rank, title: 't', body: 'b' })
    await put(table, 'sparse', { kind: 'k' })
    const items = (await pagesOf(table, 'k', { IndexName: 'byKind' })).flat()
    expect(items.map((item) => item['rank'])).toEqual([-1, 0.5, 9, 10])
    expect(items[0]).toEqual({ ...key('r-1'), kind: 'k', rank: -1, title: 't' })
  })

  it('follow an item that moves within an index, leaves it or is deleted', async () => {
    const table = await newTable()
    await put(table, 'a', { kind: 'open', rank: 1 })
    await put(table, 'b', { kind: 'open', rank: 2 })
    const move = { TableName: table, Key: key('a'), UpdateExpression: 'SET kind = :done' }
    await client.send(new UpdateCommand({ ...move, ExpressionAttributeValues: { ':done': 'done' } }))
    expect(await pagesOf(table, 'done', { IndexName: 'byKind' })).toMatchObject([[{ pk: 'a' }]])
    await client.send(new UpdateCommand({ TableName: table, Key: key('a'), UpdateExpression: 'REMOVE kind' }))
    await client.send(new DeleteCommand({ TableName: table, Key: key('b') }))
    expect(await pagesOf(table, 'done', { IndexName: 'byKind' })).toEqual([[]])
    expect(await pagesOf(table, 'open', { IndexName: 'byKind' })).toEqual([[]])
  })

  it('give back a key to go on from, by limit, on a table and on an index, in both directions', async () => {
    const table = await newTable()
    for (let rank = 0; rank < 7; rank += 1) {
      await client.send(new PutCommand({ TableName: table, Item: { pk: 'p', sk: `s${rank}`, kind: 'k', rank } }))
    }
    const ranks = (pages: Row[][]): unknown[][] => pages.map((page) => page.map((item) => item['rank']))
    expect(ranks(await pagesOf(table, 'p', { Limit: 3 }))).toEqual([[0, 1, 2], [3, 4, 5], [6]])
    const backwards = { IndexName: 'byKind', Limit: 3, ScanIndexForward: false }
    expect(ranks(await pagesOf(table, 'k', backwards))).toEqual([[6, 5, 4], [3, 2, 1], [0]])
  })

  it('end a page at 1 MB, counted in bytes and not in characters', async () => {
    const table = await newTable()
    for (const [pk, title] of [
      ['ascii', 'x'.repeat(150_000)],
      ['korean', '가'.repeat(50_000)],
    ] as const) {
      for (let rank = 0; rank < 10; rank += 1) {
        await client.send(new PutCommand({ TableName: table, Item: { pk, sk: `${rank}`, kind: pk, rank, title } }))
      }
      const sizes = (await pagesOf(table, pk)).map((page) => page.length)
      expect(sizes).toEqual([7, 3])
      expect((await pagesOf(table, pk, { IndexName: 'byKind' })).map((page) => page.length)).toEqual([7, 3])
    }
  })

  it('count without returning items', async () => {
    const table = await newTable()
    await put(table, 'a')
    const [page] = await pagesOf(table, 'a', { Select: 'COUNT' })
    expect(page).toEqual([])
    const reply = await client.send(new ScanCommand({ TableName: table, Select: 'COUNT' }))
    expect(reply.Count).toBe(1)
  })

  it('find every item exactly once when a scan is split and paged', async () => {
    const table = await newTable()
    for (let n = 0; n < 40; n += 1) await put(table, `item-${n}`)
    const found: string[] = []
    for (const Segment of [0, 1, 2]) {
      let ExclusiveStartKey: Row | undefined
      do {
        const page = await client.send(
          new ScanCommand({ TableName: table, Segment, TotalSegments: 3, Limit: 4, ExclusiveStartKey }),
        )
        found.push(...(page.Items ?? []).map((item) => String(item['pk'])))
        ExclusiveStartKey = page.LastEvaluatedKey
      } while (ExclusiveStartKey !== undefined)
    }
    expect(found.length).toBe(40)
    expect(new Set(found).size).toBe(40)
  })
})

describe('limits', () => {
  // pk, sk, their values and the attribute's name: 4 + 2 + 4 bytes.
  const largest = 400 * 1024 - 10

  it('an item may have 400 KB and not a byte more, by put, batch and update', async () => {
    const table = await newTable()
    const item = (bytes: number): Row => ({ pk: 'a', sk: '-', text: 'x'.repeat(bytes) })
    const tooLarge = validation('Item size has exceeded the maximum allowed size')
    await client.send(new PutCommand({ TableName: table, Item: item(largest) }))
    await expect(client.send(new PutCommand({ TableName: table, Item: item(largest + 1) }))).rejects.toMatchObject(
      tooLarge,
    )
    const RequestItems = { [table]: [{ PutRequest: { Item: item(largest + 1) } }] }
    await expect(client.send(new BatchWriteCommand({ RequestItems }))).rejects.toMatchObject(tooLarge)
    const update = { TableName: table, Key: key('a'), UpdateExpression: 'SET one = :one' }
    const work = client.send(new UpdateCommand({ ...update, ExpressionAttributeValues: { ':one': 1 } }))
    await expect(work).rejects.toMatchObject(validation('Item size to update has exceeded the maximum allowed size'))
  })

  it('the size of an item is counted in bytes: a third of the characters in Korean', async () => {
    const table = await newTable()
    const characters = Math.floor(largest / 3)
    await put(table, 'a', { text: '가'.repeat(characters) })
    await expect(put(table, 'a', { text: '가'.repeat(characters + 1) })).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })

  it('a number costs a byte and one for every two digits', async () => {
    const table = await newTable()
    // n and 38 digits: 1 + 20 bytes.
    const item = (bytes: number): Row => ({ text: 'x'.repeat(bytes - 21), n: 12345678901234567890123456789012345678n })
    await put(table, 'a', item(largest))
    await expect(put(table, 'a', item(largest + 1))).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('an expression may have 4 KB', async () => {
    const table = await newTable()
    const names = Array.from({ length: 600 }, (_, n) => `attribute${n}`)
    const update = { TableName: table, Key: key('a'), UpdateExpression: `REMOVE ${names.join(', ')}` }
    await expect(client.send(new UpdateCommand(update))).rejects.toMatchObject({
      message: containing('Expression size has exceeded the maximum allowed size'),
    })
  })

  it('a key cannot be empty, in the table or in an index', async () => {
    const table = await newTable()
    await expect(put(table, '')).rejects.toMatchObject({
      message: containing('cannot contain an empty string value. Key: pk'),
    })
    await expect(put(table, 'a', { kind: '', rank: 1 })).rejects.toMatchObject(
      validation(
        'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byKind, IndexKey: kind',
      ),
    )
    const update = { TableName: table, Key: key('a'), UpdateExpression: 'SET kind = :empty' }
    const work = client.send(new UpdateCommand({ ...update, ExpressionAttributeValues: { ':empty': '' } }))
    await expect(work).rejects.toMatchObject({
      message: containing('attempted to update a secondary index key to a value that is not supported'),
    })
    expect(await get(table, 'a')).toBeUndefined()
  })

  it('an index key must have the declared type', async () => {
    const table = await newTable()
    await expect(put(table, 'a', { kind: 'k', rank: 'first' })).rejects.toMatchObject({
      message: containing('Type mismatch for Index Key rank Expected: N Actual: S IndexName: byKind'),
    })
  })
})

describe('transactions', () => {
  it('put, update, delete and check in several tables at once', async () => {
    const [one, other] = [await newTable(), await newTable()]
    await put(one, 'counter', { amount: 1 })
    await put(one, 'gone')
    await put(other, 'guard', { open: true })
    await client.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName: other, Item: { ...key('fresh'), kind: 'k', rank: 1 } } },
          { Update: increment(one, 'counter') },
          { Delete: { TableName: one, Key: key('gone') } },
          {
            ConditionCheck: {
              TableName: other,
              Key: key('guard'),
              ConditionExpression: '#open = :yes',
              ExpressionAttributeNames: { '#open': 'open' },
              ExpressionAttributeValues: { ':yes': true },
            },
          },
        ],
      }),
    )
    expect(await get(one, 'counter')).toEqual({ ...key('counter'), amount: 2 })
    expect(await get(one, 'gone')).toBeUndefined()
    expect(await get(other, 'guard')).toEqual({ ...key('guard'), open: true })
    expect(await pagesOf(other, 'k', { IndexName: 'byKind' })).toMatchObject([[{ pk: 'fresh' }]])
  })

  it('are cancelled as a whole with a reason for each action, in order', async () => {
    const table = await newTable()
    await put(table, 'taken', { holder: 'somebody', kind: 'k', rank: 1 })
    const create = { TableName: table, ConditionExpression: 'attribute_not_exists(pk)' }
    const work = client.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName: table, Item: { ...key('fresh'), kind: 'k', rank: 2 } } },
          { Put: { ...create, Item: key('taken'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
          { Update: { TableName: table, Key: key('new'), UpdateExpression: 'SET one = two' } },
          { Delete: { ...create, Key: key('taken-too'), ConditionExpression: 'attribute_exists(pk)' } },
        ],
      }),
    )
    await expect(work).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError, ConditionalCheckFailed]',
    })
    const error: unknown = await work.catch((thrown: unknown) => thrown)
    expect(error).toHaveProperty('CancellationReasons', [
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { pk: { S: 'taken' }, sk: { S: '-' }, holder: { S: 'somebody' }, kind: { S: 'k' }, rank: { N: '1' } },
      },
      {
        Code: 'ValidationError',
        Message: 'The provided expression refers to an attribute that does not exist in the item',
      },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ])
    expect(await get(table, 'fresh')).toBeUndefined()
    expect(await pagesOf(table, 'k', { IndexName: 'byKind' })).toMatchObject([[{ pk: 'taken' }]])
  })

  it('leave nothing behind when the last of a hundred actions fails', async () => {
    const table = await newTable()
    for (let n = 0; n < 50; n += 1) await put(table, `old-${n}`, { kind: 'k', rank: n })
    const before = await pagesOf(table, 'k', { IndexName: 'byKind' })
    const updates = Array.from({ length: 50 }, (_, n) => ({
      Update: {
        ...increment(table, `old-${n}`),
        UpdateExpression: 'ADD amount :by, #rank :by',
        ExpressionAttributeNames: { '#rank': 'rank' },
      },
    }))
    const puts = Array.from({ length: 49 }, (_, n) => ({
      Put: { TableName: table, Item: { ...key(`new-${n}`), kind: 'k', rank: n } },
    }))
    const last = { Delete: { TableName: table, Key: { pk: 'half a key' } } }
    const work = client.send(new TransactWriteCommand({ TransactItems: [...updates, ...puts, last] }))
    await expect(work).rejects.toMatchObject({ name: 'TransactionCanceledException' })
    expect(await pagesOf(table, 'k', { IndexName: 'byKind' })).toEqual(before)
    const { Count } = await client.send(
      new ScanCommand({ TableName: table, FilterExpression: 'attribute_exists(amount)' }),
    )
    expect(Count).toBe(0)
  })

  it('may have 1 to 100 actions', async () => {
    const table = await newTable()
    const transact = (count: number): Promise<unknown> => {
      const puts = Array.from({ length: count }, (_, n) => ({ Put: { TableName: table, Item: key(`item-${n}`) } }))
      return client.send(new TransactWriteCommand({ TransactItems: puts }))
    }
    await transact(100)
    const constraint = (text: string): Row => ({
      name: 'ValidationException',
      message: matching(`'transactItems' failed to satisfy constraint: Member must have length ${text}$`),
    })
    await expect(transact(101)).rejects.toMatchObject(constraint('less than or equal to 100'))
    await expect(transact(0)).rejects.toMatchObject(constraint('greater than or equal to 1'))
  })

  it('may have 4 MB of items', async () => {
    const table = await newTable()
    const transact = (count: number): Promise<unknown> => {
      const text = 'x'.repeat(350_000)
      const puts = Array.from({ length: count }, (_, n) => ({
        Put: { TableName: table, Item: { ...key(`i${n}`), text } },
      }))
      return client.send(new TransactWriteCommand({ TransactItems: puts }))
    }
    await transact(10)
    await expect(transact(12)).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('cannot name an item twice', async () => {
    const table = await newTable()
    const check = { TableName: table, Key: key('a'), ConditionExpression: 'attribute_exists(pk)' }
    const twice = [{ ConditionCheck: check }, { Put: { TableName: table, Item: key('a') } }]
    await expect(client.send(new TransactWriteCommand({ TransactItems: twice }))).rejects.toMatchObject(
      validation('Transaction request cannot include multiple operations on one item'),
    )
  })

  it('have one kind of action in each place, with all it needs', async () => {
    const table = await newTable()
    const both = { Put: { TableName: table, Item: key('a') }, Delete: { TableName: table, Key: key('a') } }
    await expect(client.send(new TransactWriteCommand({ TransactItems: [both] }))).rejects.toMatchObject(
      validation('TransactItems can only contain one of Check, Put, Update or Delete'),
    )
    const unconditional = { TableName: table, Key: key('a'), ConditionExpression: undefined }
    const check = new TransactWriteCommand({ TransactItems: [{ ConditionCheck: unconditional }] })
    await expect(client.send(check)).rejects.toMatchObject({
      message: containing("'transactItems.1.member.conditionCheck.conditionExpression' failed"),
    })
  })

  it('are refused without reasons for what is wrong with the request itself', async () => {
    const table = await newTable()
    const transact = (Item: Row, ConditionExpression?: string): Promise<unknown> =>
      client.send(
        new TransactWriteCommand({ TransactItems: [{ Put: { TableName: table, Item, ConditionExpression } }] }),
      )
    const refused = { name: 'ValidationException' }
    await expect(transact(key('a'), 'not an expression (')).rejects.toMatchObject(refused)
    await expect(transact(key(''))).rejects.toMatchObject(refused)
    await expect(transact({ ...key('a'), kind: '', rank: 1 })).rejects.toMatchObject(refused)
    await expect(transact({ ...key('a'), text: 'x'.repeat(410_000) })).rejects.toMatchObject(refused)
    await expect(transact({ pk: 'a', sk: 1 })).rejects.toMatchObject({ name: 'TransactionCanceledException' })
  })

  it('with a token are applied once, and refused when the token comes back with something else', async () => {
    const table = await newTable()
    const send = (by: number, ClientRequestToken: string): Promise<unknown> =>
      client.send(
        new TransactWriteCommand({ ClientRequestToken, TransactItems: [{ Update: increment(table, 'a', by) }] }),
      )
    await send(1, 'token')
    await send(1, 'token')
    expect(await get(table, 'a')).toMatchObject({ amount: 1 })
    await expect(send(2, 'token')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' })
    await send(2, 'another token')
    expect(await get(table, 'a')).toMatchObject({ amount: 3 })
  })

  it('forget a token after ten minutes', async () => {
    const table = await newTable()
    const transaction = { ClientRequestToken: 'ten minutes', TransactItems: [{ Update: increment(table, 'a') }] }
    await client.send(new TransactWriteCommand(transaction))
    nowMs += 10 * 60_000 - 1
    await client.send(new TransactWriteCommand(transaction))
    expect(await get(table, 'a')).toMatchObject({ amount: 1 })
    nowMs += 1
    await client.send(new TransactWriteCommand(transaction))
    expect(await get(table, 'a')).toMatchObject({ amount: 2 })
  })

  it('do not remember the token of a transaction that was cancelled', async () => {
    const table = await newTable()
    const Update = { ...increment(table, 'a'), ConditionExpression: 'attribute_exists(pk)' }
    const transaction = { ClientRequestToken: 'cancelled', TransactItems: [{ Update }] }
    await expect(client.send(new TransactWriteCommand(transaction))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    })
    await put(table, 'a')
    await client.send(new TransactWriteCommand(transaction))
    expect(await get(table, 'a')).toMatchObject({ amount: 1 })
  })

  it('read items together, in order, in parts, and nothing for one that is missing', async () => {
    const [one, other] = [await newTable(), await newTable()]
    await put(one, 'a', { title: 't', body: 'b' })
    await put(other, 'b', { title: 'u' })
    const { Responses } = await client.send(
      new TransactGetCommand({
        TransactItems: [
          { Get: { TableName: other, Key: key('b') } },
          { Get: { TableName: one, Key: key('missing') } },
          { Get: { TableName: one, Key: key('a'), ProjectionExpression: 'title' } },
        ],
      }),
    )
    expect(Responses).toEqual([{ Item: { ...key('b'), title: 'u' } }, {}, { Item: { title: 't' } }])
  })

  it('that read are cancelled for a key of the wrong shape', async () => {
    const table = await newTable()
    const gets = [{ Get: { TableName: table, Key: key('a') } }, { Get: { TableName: table, Key: { pk: 'a' } } }]
    await expect(client.send(new TransactGetCommand({ TransactItems: gets }))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
      ],
    })
  })
})

describe('capacity units', () => {
  const ReturnConsumedCapacity = 'INDEXES' as const

  it('of a write are a unit per started KB of the larger version, and those of the index entries that change', async () => {
    const table = await newTable()
    const write = async (attributes: Row): Promise<unknown> => {
      const Item = { ...key('a'), kind: 'k', rank: 1, ...attributes }
      return (await client.send(new PutCommand({ TableName: table, Item, ReturnConsumedCapacity }))).ConsumedCapacity
    }
    const entry = (total: number, tableUnits: number, indexUnits?: number): Row => ({
      TableName: table,
      CapacityUnits: total,
      Table: { CapacityUnits: tableUnits },
      ...(indexUnits !== undefined && { GlobalSecondaryIndexes: { byKind: { CapacityUnits: indexUnits } } }),
    })
    expect(await write({ body: '가'.repeat(700) })).toEqual(entry(4, 3, 1))
    expect(await write({ body: 'short' })).toEqual(entry(3, 3))
    expect(await write({ body: 'short', rank: 2 })).toEqual(entry(3, 1, 2))
    expect(await write({ body: 'short', rank: 2, title: 't' })).toEqual(entry(2, 1, 1))
    const { ConsumedCapacity } = await client.send(
      new DeleteCommand({ TableName: table, Key: key('a'), ReturnConsumedCapacity: 'TOTAL' }),
    )
    expect(ConsumedCapacity).toEqual({ TableName: table, CapacityUnits: 2 })
  })

  it('of a transaction are double for the table, for a check as for a write', async () => {
    const table = await newTable()
    const send = (): Promise<{ ConsumedCapacity?: unknown }> =>
      client.send(
        new TransactWriteCommand({
          ClientRequestToken: 'capacity',
          ReturnConsumedCapacity,
          TransactItems: [
            { Put: { TableName: table, Item: { ...key('a'), kind: 'k', rank: 1 } } },
            { ConditionCheck: { TableName: table, Key: key('b'), ConditionExpression: 'attribute_not_exists(pk)' } },
          ],
        }),
      )
    expect((await send()).ConsumedCapacity).toEqual([
      {
        TableName: table,
        CapacityUnits: 5,
        WriteCapacityUnits: 5,
        Table: { CapacityUnits: 4, WriteCapacityUnits: 4 },
        GlobalSecondaryIndexes: { byKind: { CapacityUnits: 1 } },
      },
    ])
    expect((await send()).ConsumedCapacity).toMatchObject([{ CapacityUnits: 4, ReadCapacityUnits: 4 }])
  })

  it('of reads are a unit per started 4 KB, half of it when consistency does not matter', async () => {
    const table = await newTable()
    await put(table, 'a', { kind: 'k', rank: 1, body: 'x'.repeat(5000) })
    const Key = key('a')
    const total = { ReturnConsumedCapacity: 'TOTAL' as const }
    const eventual = await client.send(new GetCommand({ TableName: table, Key, ...total }))
    const consistent = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true, ...total }))
    const missing = await client.send(new GetCommand({ TableName: table, Key: key('missing'), ...total }))
    const together = await client.send(
      new TransactGetCommand({ TransactItems: [{ Get: { TableName: table, Key } }], ...total }),
    )
    expect(eventual.ConsumedCapacity).toEqual({ TableName: table, CapacityUnits: 1 })
    expect(consistent.ConsumedCapacity).toEqual({ TableName: table, CapacityUnits: 2 })
    expect(missing.ConsumedCapacity).toEqual({ TableName: table, CapacityUnits: 0.5 })
    expect(together.ConsumedCapacity).toEqual([{ TableName: table, CapacityUnits: 4, ReadCapacityUnits: 4 }])
  })

  it('of a query are those of what it read, on the index that it read', async () => {
    const table = await newTable()
    for (let rank = 0; rank < 3; rank += 1) await put(table, `p${rank}`, { kind: 'k', rank, title: '가'.repeat(2000) })
    const { ConsumedCapacity } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :k',
        FilterExpression: 'attribute_not_exists(title)',
        ExpressionAttributeValues: { ':k': 'k' },
        ReturnConsumedCapacity,
      }),
    )
    expect(ConsumedCapacity).toEqual({
      TableName: table,
      CapacityUnits: 2.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byKind: { CapacityUnits: 2.5 } },
    })
  })

  it('are not told unless asked for', async () => {
    const table = await newTable()
    const reply = await client.send(new PutCommand({ TableName: table, Item: key('a') }))
    expect(reply.ConsumedCapacity).toBeUndefined()
  })
})

describe('time to live', () => {
  async function describeTimeToLive(TableName: string): Promise<unknown> {
    return (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription
  }

  async function change(TableName: string, AttributeName: string, Enabled: boolean): Promise<unknown> {
    const TimeToLiveSpecification = { AttributeName, Enabled }
    return client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }))
  }

  it('is off for a new table and keeps its attribute once it is on', async () => {
    const table = await newTable()
    expect(await describeTimeToLive(table)).toEqual({ TimeToLiveStatus: 'DISABLED' })
    const reply = await change(table, 'expiresAt', true)
    expect(reply).toMatchObject({ TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } })
    expect(await describeTimeToLive(table)).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' })
  })

  it('cannot be switched to what it is, or to another attribute', async () => {
    const table = await newTable()
    await expect(change(table, 'a', false)).rejects.toMatchObject(validation('TimeToLive is already disabled'))
    await change(table, 'a', true)
    await expect(change(table, 'a', true)).rejects.toMatchObject(validation('TimeToLive is already enabled'))
    const other = validation('TimeToLive is active on a different AttributeName: current AttributeName is a')
    await expect(change(table, 'b', true)).rejects.toMatchObject(other)
  })

  it('can be changed again only after half an hour', async () => {
    const table = await newTable()
    await change(table, 'a', true)
    await expect(change(table, 'a', false)).rejects.toMatchObject(
      validation('Time to live has been modified multiple times within a fixed interval'),
    )
    nowMs += 30 * 60_000
    await change(table, 'a', false)
    expect(await describeTimeToLive(table)).toEqual({ TimeToLiveStatus: 'DISABLED' })
  })
})

describe('at the same time', () => {
  it('a hundred transactions on two counters under a condition let exactly the right number through', async () => {
    const table = await newTable()
    const transact = (): Promise<unknown> =>
      client.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                ...increment(table, 'one'),
                ConditionExpression: 'attribute_not_exists(amount) OR amount < :most',
                ExpressionAttributeValues: { ':by': 1, ':most': 60 },
              },
            },
            { Update: increment(table, 'other') },
          ],
        }),
      )
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, transact))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled').length).toBe(60)
    expect(await get(table, 'one')).toMatchObject({ amount: 60 })
    expect(await get(table, 'other')).toMatchObject({ amount: 60 })
  })

  it('transfers between ten accounts neither lose nor make money, and no account goes below zero', async () => {
    const table = await newTable()
    for (let n = 0; n < 10; n += 1) await put(table, `account-${n}`, { amount: 3 })
    const transfer = async (n: number): Promise<boolean> => {
      const [from, to] = [
        `account-${n % 10}`,
        `account-${(n * 7 + 3) % 10 === n % 10 ? (n + 1) % 10 : (n * 7 + 3) % 10}`,
      ]
      const covered = { ConditionExpression: 'amount > :by', ExpressionAttributeValues: { ':by': 1, ':less': -1 } }
      const less = { ...increment(table, from), UpdateExpression: 'ADD amount :less', ...covered }
      const row = { TableName: table, Item: { pk: 'ledger', sk: `${n}`, from, to } }
      const work = client.send(
        new TransactWriteCommand({ TransactItems: [{ Update: less }, { Update: increment(table, to) }, { Put: row }] }),
      )
      return work.then(
        () => true,
        () => false,
      )
    }
    const done = (await Promise.all(Array.from({ length: 100 }, (_, n) => transfer(n)))).filter(Boolean).length
    const ledger = (await pagesOf(table, 'ledger')).flat()
    expect(ledger.length).toBe(done)
    let sum = 0
    for (let n = 0; n < 10; n += 1) {
      const name = `account-${n}`
      const amount = Number((await get(table, name))?.['amount'])
      const received = ledger.filter((row) => row['to'] === name).length
      const paid = ledger.filter((row) => row['from'] === name).length
      expect(amount).toBe(3 + received - paid)
      expect(amount).toBeGreaterThan(0)
      sum += amount
    }
    expect(sum).toBe(30)
  })

  it('single updates of one item all count', async () => {
    const table = await newTable()
    await Promise.all(Array.from({ length: 100 }, () => client.send(new UpdateCommand(increment(table, 'a')))))
    expect(await get(table, 'a')).toMatchObject({ amount: 100 })
  })

  it('no read ever sees half of a transaction', async () => {
    const table = await newTable()
    const rows = ['one', 'other'].map((sk) => ({ pk: 'pair', sk }))
    const write = async (): Promise<void> => {
      for (let amount = 1; amount <= 60; amount += 1) {
        const puts = rows.map((row) => ({
          Put: { TableName: table, Item: { ...row, amount, kind: 'pair', rank: amount } },
        }))
        await client.send(new TransactWriteCommand({ TransactItems: puts }))
      }
    }
    let writing = true
    let reads = 0
    const check = (items: readonly (Row | undefined)[]): void => {
      expect(new Set(items.map((item) => item?.['amount'])).size).toBeLessThan(2)
      expect([0, 2]).toContain(items.filter((item) => item !== undefined).length)
      reads += 1
    }
    const read = async (): Promise<void> => {
      while (writing) {
        check((await pagesOf(table, 'pair')).flat())
        check((await pagesOf(table, 'pair', { IndexName: 'byKind' })).flat())
        const gets = rows.map((Key) => ({ Get: { TableName: table, Key } }))
        const { Responses } = await client.send(new TransactGetCommand({ TransactItems: gets }))
        check((Responses ?? []).map((response) => response.Item))
      }
    }
    const reader = read()
    await write().finally(() => {
      writing = false
    })
    await reader
    expect(reads).toBeGreaterThan(10)
  })
})

describe('planted faults', () => {
  const failing: TableFault = { kind: 'error', status: 500, type: 'InternalServerError', message: 'planted' }

  /** Acts out a fault on the first so many requests. */
  function faultFor(count: number, fault: TableFault): void {
    standIn.resetRequests()
    standIn.setFault(({ index }) => (index < count ? fault : undefined))
  }

  async function tryThrice<T>(work: (patient: DynamoDBDocumentClient) => Promise<T>): Promise<T> {
    const patient = connect(standIn.endpoint, 3)
    return work(patient).finally(() => patient.destroy())
  }

  it('an internal error reaches a client that tries once, and is overcome by one that tries again', async () => {
    const table = await newTable()
    const command = new PutCommand({ TableName: table, Item: key('a') })
    faultFor(1, failing)
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InternalServerError', message: 'planted' })
    expect(await get(table, 'a')).toBeUndefined()
    faultFor(2, failing)
    const { $metadata } = await tryThrice((patient) => patient.send(command))
    expect($metadata.attempts).toBe(3)
    expect(await get(table, 'a')).toEqual(key('a'))
  })

  it('throttling is retried, and given up after the last attempt', async () => {
    const table = await newTable()
    const throttled: TableFault = {
      kind: 'error',
      status: 400,
      type: 'ProvisionedThroughputExceededException',
      message: 'planted',
    }
    faultFor(3, throttled)
    await expect(tryThrice((patient) => get(table, 'a', patient))).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      $metadata: { attempts: 3 },
    })
    expect(standIn.requests.length).toBe(3)
    faultFor(1, throttled)
    expect(await tryThrice((patient) => get(table, 'a', patient))).toBeUndefined()
  })

  it('a denied request is never tried again', async () => {
    const table = await newTable()
    faultFor(1, { kind: 'error', status: 400, type: 'AccessDeniedException', message: 'not allowed' })
    await expect(tryThrice((patient) => get(table, 'a', patient))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'not allowed',
    })
    expect(standIn.requests.length).toBe(1)
  })

  it('a dropped connection has written nothing', async () => {
    const table = await newTable()
    const command = new PutCommand({ TableName: table, Item: key('a') })
    faultFor(1, { kind: 'drop' })
    await expect(client.send(command)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await get(table, 'a')).toBeUndefined()
    faultFor(1, { kind: 'drop' })
    await tryThrice((patient) => patient.send(command))
    expect(standIn.requests.map((request) => request.operation)).toEqual(['PutItem', 'PutItem'])
    expect(await get(table, 'a')).toEqual(key('a'))
  })

  it('a connection dropped afterwards has written, so a repeated condition fails on its own write', async () => {
    const table = await newTable()
    const create = { TableName: table, Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' }
    faultFor(1, { kind: 'drop-after' })
    await expect(client.send(new PutCommand(create))).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await get(table, 'a')).toEqual(key('a'))
    faultFor(1, { kind: 'drop-after' })
    const again = new PutCommand({ ...create, Item: key('b') })
    await expect(tryThrice((patient) => patient.send(again))).rejects.toMatchObject(conditionFailed)
    expect(await get(table, 'b')).toEqual(key('b'))
  })

  it('a transaction whose reply is lost is tried again with its token and applied once', async () => {
    const table = await newTable()
    faultFor(2, { kind: 'drop-after' })
    await tryThrice((patient) =>
      patient.send(new TransactWriteCommand({ TransactItems: [{ Update: increment(table, 'a') }] })),
    )
    expect(standIn.requests.length).toBe(3)
    expect(await get(table, 'a')).toMatchObject({ amount: 1 })
  })

  it('a conflict can be planted with its reasons', async () => {
    const table = await newTable()
    const reasons = [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }]
    faultFor(1, {
      kind: 'error',
      status: 400,
      type: 'TransactionCanceledException',
      message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]',
      members: { CancellationReasons: reasons },
    })
    const transaction = new TransactWriteCommand({ TransactItems: [{ Update: increment(table, 'a') }] })
    await expect(client.send(transaction)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: reasons,
    })
  })

  it('a delayed request is overtaken by a later one', async () => {
    const table = await newTable()
    const order: string[] = []
    faultFor(1, { kind: 'delay', ms: 300 })
    const slow = put(table, 'slow').then(() => order.push('slow'))
    while (standIn.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await put(table, 'fast').then(() => order.push('fast'))
    expect(await get(table, 'slow')).toBeUndefined()
    await slow
    expect(order).toEqual(['fast', 'slow'])
  })

  it('are chosen by operation, body and position, of requests that are all recorded', async () => {
    const table = await newTable()
    standIn.resetRequests()
    const seen: unknown[] = []
    standIn.setFault(({ operation, body, index }) => {
      seen.push({ operation, index, pk: body['Item'] })
      return operation === 'PutItem' && index === 1 ? failing : undefined
    })
    await put(table, 'a')
    await expect(put(table, 'b')).rejects.toMatchObject({ name: 'InternalServerError' })
    await get(table, 'b')
    const item = (pk: string): Row => ({ pk: { S: pk }, sk: { S: '-' } })
    expect(seen).toEqual([
      { operation: 'PutItem', index: 0, pk: item('a') },
      { operation: 'PutItem', index: 1, pk: item('b') },
      { operation: 'GetItem', index: 2, pk: undefined },
    ])
    expect(standIn.requests).toMatchObject([
      { operation: 'PutItem', tableName: table, bytes: anyNumber },
      { operation: 'PutItem', tableName: table },
      { operation: 'GetItem', tableName: table },
    ])
    standIn.resetRequests()
    expect(standIn.requests).toEqual([])
  })
})

describe('the wire', () => {
  const post = (body: string, headers: Record<string, string>): Promise<Response> =>
    fetch(standIn.endpoint, {
      method: 'POST',
      body,
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables', ...headers },
    })

  it('answers on the loopback address only', () => {
    expect(standIn.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('refuses what is not JSON, not signed or not an operation, and tells a health check that it lives', async () => {
    const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=x' }
    expect(await (await post('{', signed)).json()).toMatchObject({
      __type: matching('#SerializationException$'),
    })
    expect(await (await post('{}', {})).json()).toMatchObject({
      __type: matching('#MissingAuthenticationTokenException$'),
    })
    const unknown = await post('{}', { ...signed, 'x-amz-target': 'DynamoDB_20120810.Nonsense' })
    expect(unknown.status).toBe(400)
    expect(await unknown.json()).toMatchObject({ __type: matching('#UnknownOperationException$') })
    expect((await fetch(standIn.endpoint)).status).toBe(200)
  })
})

describe('a data folder', () => {
  let folder: string
  const children: ChildProcess[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alpaco-dynamodb-'))
  })

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs the stand-in in a process of its own and waits for what it says first. */
  async function startProcess(path: string): Promise<{ child: ChildProcess; says: string }> {
    const program = join(import.meta.dirname, '../../mock/dynamodb/main.ts')
    const child = spawn(process.execPath, [program, '--port', '0', '--data', path], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    const says = await new Promise<string>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => resolve(text.toString()))
    })
    return { child, says }
  }

  function endpointIn(text: string): string {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? `no endpoint in: ${text}`
  }

  it('keeps items, index entries, settings and tokens from one start to the next', async () => {
    const path = join(folder, 'restart', 'deep')
    let clock = 5_000
    const transaction = {
      ClientRequestToken: 'over a restart',
      TransactItems: [{ Update: increment('kept', 'counter') }],
    }
    const first = await startDynamoDb({ path, now: () => clock })
    const before = connect(first.endpoint)
    await before.send(new CreateTableCommand(tableInput('kept')))
    await before.send(new PutCommand({ TableName: 'kept', Item: { ...key('a'), kind: 'k', rank: 1, title: '가' } }))
    const TimeToLiveSpecification = { AttributeName: 'until', Enabled: true }
    await before.send(new UpdateTimeToLiveCommand({ TableName: 'kept', TimeToLiveSpecification }))
    await before.send(new TransactWriteCommand(transaction))
    before.destroy()
    await first.close()

    clock += 60_000
    const second = await startDynamoDb({ path, now: () => clock })
    const after = connect(second.endpoint)
    await after.send(new TransactWriteCommand(transaction))
    expect(await get('kept', 'counter', after)).toMatchObject({ amount: 1 })
    expect(await get('kept', 'a', after)).toEqual({ ...key('a'), kind: 'k', rank: 1, title: '가' })
    const byKind = { TableName: 'kept', IndexName: 'byKind', KeyConditionExpression: 'kind = :k' }
    const { Count } = await after.send(new QueryCommand({ ...byKind, ExpressionAttributeValues: { ':k': 'k' } }))
    expect(Count).toBe(1)
    const { TimeToLiveDescription } = await after.send(new DescribeTimeToLiveCommand({ TableName: 'kept' }))
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'until' })
    after.destroy()
    await second.close()
  })

  it('is refused with its name while another process holds it, and free once that has ended', async () => {
    const path = join(folder, 'held')
    const { child, says } = await startProcess(path)
    expect(says).toContain(path)
    const attempt = startDynamoDb({ path })
    await expect(attempt).rejects.toBeInstanceOf(DataFolderInUseError)
    await expect(attempt).rejects.toMatchObject({
      code: 'data-folder-in-use',
      folder: path,
      message: containing(path),
    })
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
    await (await startDynamoDb({ path })).close()
  })

  it('is refused in the same process, too, and by the program with a message and status 1', async () => {
    const path = join(folder, 'held-here')
    const holder = await startDynamoDb({ path })
    await expect(startDynamoDb({ path })).rejects.toBeInstanceOf(DataFolderInUseError)
    const { child, says } = await startProcess(path)
    expect(says).toContain(`The data folder ${path} is in use by another stand-in`)
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(1)
    await holder.close()
  })

  it('holds every acknowledged transaction, and no half of one, after the process was killed', async () => {
    const path = join(folder, 'killed')
    const { child, says } = await startProcess(path)
    const remote = connect(endpointIn(says))
    await remote.send(new CreateTableCommand(tableInput('killed')))
    let acknowledged = 0
    const keepWriting = async (): Promise<void> => {
      for (;;) {
        const updates = ['one', 'other'].map((pk) => ({ Update: increment('killed', pk) }))
        await remote.send(new TransactWriteCommand({ TransactItems: updates }))
        acknowledged += 1
        if (acknowledged === 60) child.kill('SIGKILL')
      }
    }
    await Promise.allSettled([keepWriting(), keepWriting(), keepWriting()])
    remote.destroy()

    const survivor = await startDynamoDb({ path })
    const reader = connect(survivor.endpoint)
    const one = Number((await get('killed', 'one', reader))?.['amount'])
    expect(await get('killed', 'other', reader)).toMatchObject({ amount: one })
    expect(one).toBeGreaterThanOrEqual(acknowledged)
    expect(one).toBeLessThanOrEqual(acknowledged + 3)
    reader.destroy()
    await survivor.close()
  })

  it('is released by close even while requests wait, and close may be called twice', async () => {
    const path = join(folder, 'busy')
    const busy = await startDynamoDb({ path })
    const hasty = connect(busy.endpoint)
    await hasty.send(new CreateTableCommand(tableInput('busy')))
    busy.setFault(() => ({ kind: 'delay', ms: 600_000 }))
    const waiting = hasty.send(new GetCommand({ TableName: 'busy', Key: key('a') }))
    const refused = expect(waiting).rejects.toMatchObject({ code: 'ECONNRESET' })
    while (busy.requests.length < 2) await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([busy.close(), busy.close()])
    await refused
    hasty.destroy()
    await (await startDynamoDb({ path })).close()
  })
})

describe('known gaps', () => {
  type Gap = (typeof knownGaps)[number]['behaviour']

  /** Whether a condition holds on an item with these attributes. */
  async function holds(attributes: Row, ConditionExpression: string, values?: Row): Promise<boolean> {
    const table = await newTable()
    await put(table, 'a', attributes)
    const ExpressionAttributeValues = values === undefined ? {} : { ExpressionAttributeValues: values }
    const command = new PutCommand({
      TableName: table,
      Item: key('a'),
      ConditionExpression,
      ...ExpressionAttributeValues,
    })
    return client.send(command).then(
      () => true,
      () => false,
    )
  }

  const unknown = { name: 'UnknownOperationException' }

  const shown: Record<Gap, () => Promise<void>> = {
    'transactions on the same item at the same time': async () => {
      const table = await newTable()
      const transact = (): Promise<unknown> =>
        client.send(new TransactWriteCommand({ TransactItems: [{ Update: increment(table, 'a') }] }))
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, transact))
      expect(outcomes.every((outcome) => outcome.status === 'fulfilled')).toBe(true)
    },
    'expiry of items': async () => {
      const table = await newTable()
      const TimeToLiveSpecification = { AttributeName: 'until', Enabled: true }
      await client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification }))
      await put(table, 'a', { until: 1 })
      nowMs += 30 * 24 * 3_600_000
      expect(await get(table, 'a')).toEqual({ ...key('a'), until: 1 })
    },
    'readiness of a new table': async () => {
      const reply = await client.send(new CreateTableCommand(tableInput('ready-at-once')))
      expect(reply.TableDescription?.TableStatus).toBe('CREATING')
      await put('ready-at-once', 'a')
    },
    'freshness of a global secondary index': async () => {
      const table = await newTable()
      for (let rank = 0; rank < 20; rank += 1) {
        await put(table, 'a', { kind: 'k', rank })
        expect(await pagesOf(table, 'k', { IndexName: 'byKind' })).toMatchObject([[{ rank }]])
      }
    },
    'adding an index to an on-demand table': async () => {
      const table = await newTable()
      const Create = {
        IndexName: 'later',
        KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' as const }],
        Projection: { ProjectionType: 'ALL' as const },
      }
      const command = new UpdateTableCommand({ TableName: table, GlobalSecondaryIndexUpdates: [{ Create }] })
      await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationException' })
    },
    'change streams': async () => {
      const table = await newTable({ StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } })
      const { Table } = await client.send(new DescribeTableCommand({ TableName: table }))
      expect(Table?.LatestStreamArn).toBeUndefined()
    },
    'tags and deletion protection in CreateTable': async () => {
      const table = await newTable({ Tags: [{ Key: 'a', Value: 'b' }], DeletionProtectionEnabled: true })
      const { Table } = await client.send(new DescribeTableCommand({ TableName: table }))
      expect(Table?.DeletionProtectionEnabled).toBeUndefined()
      const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }))
      expect(Tags).toEqual([])
    },
    'item count of a table': async () => {
      const table = await newTable()
      await put(table, 'a')
      const { Table } = await client.send(new DescribeTableCommand({ TableName: table }))
      expect(Table?.ItemCount).toBe(0)
    },
    'PartiQL, backups and account limits': async () => {
      const table = await newTable()
      const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true }
      const backups = new UpdateContinuousBackupsCommand({ TableName: table, PointInTimeRecoverySpecification })
      await expect(client.send(backups)).rejects.toMatchObject(unknown)
      const statement = new ExecuteStatementCommand({ Statement: `SELECT * FROM "${table}"` })
      await expect(client.send(statement)).rejects.toMatchObject(unknown)
      await expect(client.send(new DescribeLimitsCommand({}))).rejects.toMatchObject(unknown)
    },
    'size of a BatchGetItem reply': async () => {
      const table = await newTable()
      const Keys = Array.from({ length: 8 }, (_, n) => key(`big-${n}`))
      for (const { pk } of Keys) await put(table, pk, { text: 'x'.repeat(200_000) })
      const { UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys } } }))
      expect(UnprocessedKeys?.[table]?.Keys?.length).toBe(1)
    },
    'conditions that compare lists or maps': async () => {
      expect(await holds({ steps: [1, 2] }, 'steps = :same', { ':same': [1, 2] })).toBe(false)
      expect(await holds({ more: { x: 1 } }, 'more = :same', { ':same': { x: 1 } })).toBe(false)
    },
    'conditions that compare two missing attributes': async () => {
      expect(await holds({}, 'absent = gone')).toBe(true)
    },
    'conditions on an empty string or false': async () => {
      expect(await holds({ text: '' }, 'size(text) = :zero', { ':zero': 0 })).toBe(false)
      expect(await holds({ done: false }, 'done IN (:no)', { ':no': false })).toBe(false)
      expect(await holds({ note: '' }, 'note BETWEEN :from AND :to', { ':from': '', ':to': 'z' })).toBe(false)
    },
    'ordering of truth values': async () => {
      expect(await holds({ done: false }, 'done < :yes', { ':yes': true })).toBe(true)
    },
    'precision of sums': async () => {
      const table = await newTable()
      const add = (N: string): Promise<{ Attributes?: Record<string, AttributeValue> | undefined }> =>
        client.send(
          new UpdateItemCommand({
            TableName: table,
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
      const table = await newTable()
      let deep: AttributeValue = { S: 'bottom' }
      for (let level = 0; level < 40; level += 1) deep = { L: [deep] }
      await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'a' }, sk: { S: '-' }, deep } }))
    },
    credentials: async () => {
      const credentials = { accessKeyId: 'somebody-else', secretAccessKey: 'wrong' }
      const stranger = new DynamoDBClient({ endpoint: standIn.endpoint, region: 'us-west-1', credentials })
      const { TableNames } = await stranger.send(new ListTablesCommand({}))
      expect(TableNames).toBeDefined()
      stranger.destroy()
    },
  }

  for (const gap of knownGaps) {
    it(`${gap.behaviour}: ${gap.standIn}`, shown[gap.behaviour])
  }
})
