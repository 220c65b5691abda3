// One DynamoDB table: time limits, retries, expressions, and the one translation of the SDK's exceptions into ours.
import { createHash } from 'node:crypto'
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ResourceNotFoundException,
  TransactionCanceledException,
  TransactionConflictException,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { AppError } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'

/** Where the tables are. What is absent comes from the SDK's own defaults. */
export interface DynamoDbConfig {
  readonly endpoint?: string | undefined
  readonly region?: string | undefined
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined
}

/** Attempts of one request inside the SDK (lost connections, timeouts, throttling, 5xx). */
const maxAttempts = 3
const connectionTimeoutMs = 2_000
const requestTimeoutMs = 5_000
/** Pauses before a write is repeated that lost against another one in flight; the SDK leaves these to its caller. */
const conflictPausesMs = [20, 40, 80, 160]

/** Opens a client; the caller destroys it. */
export function createDynamoDbClient(config: DynamoDbConfig): DynamoDBClient {
  const settings: DynamoDBClientConfig = {
    maxAttempts,
    retryMode: 'standard',
    // Connections are kept alive by default.
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  }
  if (config.endpoint !== undefined) settings.endpoint = config.endpoint
  if (config.region !== undefined) settings.region = config.region
  if (config.credentials !== undefined) settings.credentials = config.credentials
  return new DynamoDBClient(settings)
}

type Item = Record<string, unknown>

interface KeyNames {
  readonly partitionKey: string
  readonly sortKey: string
}

interface TableNames extends KeyNames {
  /** The attribute that says when an item is over, in seconds since 1970. */
  readonly timeToLive: string
}

/** Items of one partition in key order. Strongly consistent, except from an index. */
interface Range {
  readonly partition: string
  /** First and last sort key, both included. */
  readonly between?: readonly [string, string]
  readonly index?: KeyNames & { readonly name: string }
  readonly backwards?: boolean
  /** Most items. */
  readonly limit?: number
  /** Only these attributes; all of them by default. */
  readonly attributes?: readonly string[]
}

/** A change of one stored item, made only while every attribute in `when` has that value. */
export interface Change {
  readonly key: Item
  readonly set: Item
  readonly remove?: readonly string[]
  readonly when: Item
}

/** Counters of one item, which is made when there is none: numbers to be added, and a member to be taken out of a set. */
interface Tally {
  readonly key: Item
  readonly add: Readonly<Record<string, number>>
  readonly without?: { readonly set: string; readonly member: string }
}

/** A member that enters a set of one item, while there is room and every number named is below what is said. */
interface Entry {
  readonly key: Item
  readonly set: string
  readonly member: string
  readonly most: number
  readonly below: Readonly<Record<string, number>>
  /** Attributes to be set as well. */
  readonly also: Item
}

/** One write of a transaction: a new item, an item whatever was there before, none, a change, counters, or only a condition. */
export type Write =
  | {
      readonly create: Item
      /** Whether one that is over may stand in its place. */
      readonly renews?: boolean
    }
  | { readonly put: Item }
  | { readonly remove: Item }
  | { readonly change: Change }
  | { readonly tally: Tally }
  | { readonly check: Pick<Change, 'key' | 'when'> }

/** Which conditions of a transaction did not hold, in the order of its writes; `stored` is in the wire's own notation. */
type Refusal = readonly { readonly failed: boolean; readonly stored: unknown }[]

/**
 * Every method throws AppError `storage-unavailable` when the table fails; `operation` names the request in the log. Items
 * whose time is over are not read: DynamoDB removes them days later.
 */
export interface Table {
  get(operation: string, key: Item): Promise<Item | undefined>
  /** One page of at most 1 MB. */
  page(operation: string, range: Range): Promise<Item[]>
  /** All pages, up to the range's limit. */
  all(operation: string, range: Range): Promise<Item[]>
  put(operation: string, item: Item): Promise<void>
  /** Whether it was there or not. */
  remove(operation: string, key: Item): Promise<void>
  /** False when an item with this key exists. */
  create(operation: string, item: Item): Promise<boolean>
  /** False when the condition does not hold. */
  change(operation: string, change: Change): Promise<boolean>
  /** False when there is no room. Doing it again changes nothing: a member that is in the set stays there. */
  enter(operation: string, entry: Entry): Promise<boolean>
  /** Takes a member out of a set, if it is in it. */
  leave(operation: string, key: Item, set: string, member: string): Promise<void>
  /**
   * All writes or none; undefined when they were made. Repeating the same writes with the same token (at most 36
   * characters; by default the same for the same writes) within ten minutes succeeds again without doing anything.
   */
  transact(operation: string, writes: readonly Write[], token?: string): Promise<Refusal | undefined>
  /** Gives up the connections. */
  close(): void
}

/** Opens a table. Nothing is sent before the first call. */
export function openTable(
  config: DynamoDbConfig,
  tableName: string,
  keys: TableNames,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Table {
  const client = createDynamoDbClient(config)
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

  /** The answer, or what refused a write with conditions. */
  async function request<T>(operation: string, send: () => Promise<T>): Promise<{ answer: T } | { refusal: Refusal }> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return { answer: await send() }
      } catch (error) {
        const refusal = refusalIn(error)
        if (refusal !== undefined) return { refusal }
        const pauseMs = isPassing(error) ? conflictPausesMs[attempt] : undefined
        if (pauseMs === undefined) throw fault(operation, error)
        await clock.sleep(pauseMs)
      }
    }
  }

  async function answer<T>(operation: string, send: () => Promise<T>): Promise<T> {
    const result = await request(operation, send)
    if ('answer' in result) return result.answer
    throw fault(operation, new Error('a condition was refused that was never made'))
  }

  function fault(operation: string, error: unknown): AppError {
    log.warn('table request failed', { operation, error: error instanceof Error ? error.name : 'unknown' })
    const isMissing = error instanceof ResourceNotFoundException
    return new AppError(
      'storage-unavailable',
      isMissing ? 'The table does not exist.' : 'The table could not be reached.',
      { cause: error },
    )
  }

  async function query(
    operation: string,
    range: Range,
    from: Item | undefined,
  ): Promise<{ items: Item[]; next: Item | undefined }> {
    const input = {
      TableName: tableName,
      ...rangeInput(range, range.index ?? keys, keys.timeToLive),
      ExclusiveStartKey: from,
    }
    const { Items = [], LastEvaluatedKey } = await answer(operation, () => documents.send(new QueryCommand(input)))
    return { items: Items.filter(isLive), next: LastEvaluatedKey }
  }

  const nowSeconds = (): number => Math.floor(clock.now().getTime() / 1_000)

  function isLive(item: Item): boolean {
    const expiresAt = item[keys.timeToLive]
    return typeof expiresAt !== 'number' || expiresAt > nowSeconds()
  }

  const creation = (item: Item, renews = false) => ({
    TableName: tableName,
    Item: item,
    ConditionExpression: `attribute_not_exists(#key)${renews ? ' OR #expiry <= :now' : ''}`,
    ExpressionAttributeNames: { '#key': keys.sortKey, ...(renews ? { '#expiry': keys.timeToLive } : {}) },
    ...(renews ? { ExpressionAttributeValues: { ':now': nowSeconds() } } : {}),
  })

  return {
    async get(operation, key) {
      const input = { TableName: tableName, Key: key, ConsistentRead: true }
      const { Item: item } = await answer(operation, () => documents.send(new GetCommand(input)))
      return item !== undefined && isLive(item) ? item : undefined
    },

    async page(operation, range) {
      return (await query(operation, range, undefined)).items
    },

    async all(operation, range) {
      const found: Item[] = []
      let from: Item | undefined
      do {
        const { items, next } = await query(operation, range, from)
        found.push(...items)
        from = next
      } while (from !== undefined && found.length < (range.limit ?? Infinity))
      return found.slice(0, range.limit)
    },

    async put(operation, item) {
      await answer(operation, () => documents.send(new PutCommand({ TableName: tableName, Item: item })))
    },

    async remove(operation, key) {
      await answer(operation, () => documents.send(new DeleteCommand({ TableName: tableName, Key: key })))
    },

    async create(operation, item) {
      return 'answer' in (await request(operation, () => documents.send(new PutCommand(creation(item)))))
    },

    async change(operation, change) {
      const input = { TableName: tableName, ...changeInput(change) }
      return 'answer' in (await request(operation, () => documents.send(new UpdateCommand(input))))
    },

    async enter(operation, entry) {
      const input = { TableName: tableName, ...entryInput(entry) }
      return 'answer' in (await request(operation, () => documents.send(new UpdateCommand(input))))
    },

    async leave(operation, key, set, member) {
      const input = { TableName: tableName, ...tallyInput({ key, add: {}, without: { set, member } }) }
      await answer(operation, () => documents.send(new UpdateCommand(input)))
    },

    async transact(operation, writes, token) {
      const items: TransactWriteCommandInput['TransactItems'] = writes.map((write) => {
        if ('create' in write)
          return { Put: { ...creation(write.create, write.renews), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } }
        if ('put' in write) return { Put: { TableName: tableName, Item: write.put } }
        if ('remove' in write) return { Delete: { TableName: tableName, Key: write.remove } }
        if ('check' in write) return { ConditionCheck: { TableName: tableName, ...checkInput(write.check) } }
        if ('tally' in write) return { Update: { TableName: tableName, ...tallyInput(write.tally) } }
        return { Update: { TableName: tableName, ...changeInput(write.change) } }
      })
      const input = { TransactItems: items, ClientRequestToken: token ?? contentToken(items) }
      const result = await request(operation, () => documents.send(new TransactWriteCommand(input)))
      return 'refusal' in result ? result.refusal : undefined
    },

    close: () => client.destroy(),
  }
}

/** 36 characters, the most DynamoDB takes. */
function contentToken(items: TransactWriteCommandInput['TransactItems']): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 36)
}

/** Reasons that say nothing about the conditions of a transaction and pass by themselves. */
const passingReasons = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])

function isPassing(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true
  if (!(error instanceof TransactionCanceledException)) return false
  return (error.CancellationReasons ?? []).some((reason) => passingReasons.has(reason.Code ?? ''))
}

function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof ConditionalCheckFailedException) return [{ failed: true, stored: error.Item }]
  if (!(error instanceof TransactionCanceledException)) return undefined
  const reasons = error.CancellationReasons ?? []
  return reasons.some((reason) => reason.Code === 'ConditionalCheckFailed')
    ? reasons.map((reason) => ({ failed: reason.Code === 'ConditionalCheckFailed', stored: reason.Item }))
    : undefined
}

function rangeInput(range: Range, keys: KeyNames, timeToLive: string): Omit<QueryCommandInput, 'TableName'> {
  const names: Record<string, string> = { '#partition': keys.partitionKey }
  const values: Item = { ':partition': range.partition }
  const conditions = ['#partition = :partition']
  if (range.between !== undefined) {
    names['#sort'] = keys.sortKey
    values[':from'] = range.between[0]
    values[':to'] = range.between[1]
    conditions.push('#sort BETWEEN :from AND :to')
  }
  const attributes = range.attributes === undefined ? undefined : [...range.attributes, timeToLive]
  attributes?.forEach((attribute, index) => (names[`#a${index}`] = attribute))
  return {
    KeyConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ConsistentRead: range.index === undefined,
    ScanIndexForward: range.backwards !== true,
    IndexName: range.index?.name,
    Limit: range.limit,
    ProjectionExpression: attributes?.map((_, index) => `#a${index}`).join(', '),
  }
}

function tallyInput({ key, add, without }: Tally) {
  const names: Record<string, string> = {}
  const values: Item = {}
  const sums = Object.entries(add).map(([attribute, value], index) => {
    names[`#a${index}`] = attribute
    values[`:a${index}`] = value
    return `#a${index} :a${index}`
  })
  if (without !== undefined) {
    names['#set'] = without.set
    values[':members'] = new Set([without.member])
  }
  const added = sums.length === 0 ? [] : [`ADD ${sums.join(', ')}`]
  return {
    Key: key,
    UpdateExpression: [...added, ...(without === undefined ? [] : ['DELETE #set :members'])].join(' '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  }
}

function entryInput({ key, set, member, most, below, also }: Entry) {
  const names: Record<string, string> = { '#set': set }
  const values: Item = { ':member': member, ':members': new Set([member]), ':most': most }
  const conditions = ['(attribute_not_exists(#set) OR size(#set) < :most OR contains(#set, :member))']
  Object.entries(below).forEach(([attribute, value], index) => {
    names[`#b${index}`] = attribute
    values[`:b${index}`] = value
    conditions.push(`(attribute_not_exists(#b${index}) OR #b${index} < :b${index})`)
  })
  const sets = Object.entries(also).map(([attribute, value], index) => {
    names[`#s${index}`] = attribute
    values[`:s${index}`] = value
    return `#s${index} = :s${index}`
  })
  return {
    Key: key,
    UpdateExpression: `ADD #set :members SET ${sets.join(', ')}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  }
}

function checkInput({ key, when }: Pick<Change, 'key' | 'when'>) {
  const attributes = Object.entries(when)
  return {
    Key: key,
    ConditionExpression: attributes.map((_, index) => `#a${index} = :v${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map(([attribute], index) => [`#a${index}`, attribute])),
    ExpressionAttributeValues: Object.fromEntries(attributes.map(([, value], index) => [`:v${index}`, value])),
  }
}

function changeInput({ key, set, remove = [], when }: Change) {
  const names: Record<string, string> = {}
  const values: Item = {}
  const name = (attribute: string): string => {
    const placeholder = `#a${Object.keys(names).length}`
    names[placeholder] = attribute
    return placeholder
  }
  const equation = ([attribute, value]: [string, unknown]): string => {
    const placeholder = `:v${Object.keys(values).length}`
    values[placeholder] = value
    return `${name(attribute)} = ${placeholder}`
  }
  const sets = `SET ${Object.entries(set).map(equation).join(', ')}`
  const removes = remove.length === 0 ? '' : ` REMOVE ${remove.map(name).join(', ')}`
  const conditions = Object.entries(when).map(equation).join(' AND ')
  return {
    Key: key,
    UpdateExpression: sets + removes,
    ConditionExpression: conditions,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  }
}
