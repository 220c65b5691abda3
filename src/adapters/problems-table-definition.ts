// The Problems table as plain data: read by the stacks, the local set-up, the adapter and the tests, so that they cannot disagree.
import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb'

/** Finished problems are spread over this many partitions of their index; a list reads all of them and merges. */
export const completedShards = 8

/** Keys, indexes and time to live. Every key is a string; both indexes are sparse: only `META` items carry their keys. */
export const problemsTable = {
  partitionKey: 'problemId',
  sortKey: 'kind',
  timeToLive: 'expiresAt',
  indexes: {
    /** Published problems, by the time their run was asked for. */
    completed: {
      name: 'CompletedProblemsByCreatedAtGSI',
      partitionKey: 'completedShard',
      sortKey: 'createdAt',
      projected: ['title', 'algorithmType', 'difficulty', 'locale'],
    },
    /** Everything one creator asked for, whatever became of it. */
    creator: {
      name: 'CreatorIdCreatedAtGSI',
      partitionKey: 'creatorId',
      sortKey: 'createdAt',
      projected: ['status', 'title', 'algorithmType', 'difficulty', 'locale'],
    },
  },
} as const

/** Longest wait for a new table, in seconds. */
const creationLimitSeconds = 60

/**
 * Creates the table where it is missing, waits until it is active and switches expiry on. Doing it again, or twice at
 * once, changes nothing. For local use: in the cloud the stack owns the table. Throws what the SDK throws.
 */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  if (!(await exists(client, tableName))) await create(client, tableName)
  await waitUntilTableExists(
    { client, maxWaitTime: creationLimitSeconds, minDelay: 1, maxDelay: 2 },
    { TableName: tableName },
  )
  if (await expires(client, tableName)) return
  const expiry = { AttributeName: problemsTable.timeToLive, Enabled: true }
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: expiry }))
  } catch (error) {
    // Switching on what somebody else has just switched on is refused.
    if (!(await expires(client, tableName))) throw error
  }
}

async function expires(client: DynamoDBClient, tableName: string): Promise<boolean> {
  const { TimeToLiveDescription: expiry } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }))
  return expiry?.TimeToLiveStatus === 'ENABLED' || expiry?.TimeToLiveStatus === 'ENABLING'
}

async function exists(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }))
    return true
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false
    throw error
  }
}

async function create(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(creation(tableName)))
  } catch (error) {
    // Somebody else creates it at this moment: waiting for it is all that is left to do.
    if (!(error instanceof ResourceInUseException)) throw error
  }
}

function creation(tableName: string): CreateTableCommandInput {
  const indexes = Object.values(problemsTable.indexes)
  const keys = [problemsTable, ...indexes].flatMap((owner) => [owner.partitionKey, owner.sortKey])
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys)].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema(problemsTable),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.projected] },
    })),
  }
}

function keySchema(owner: {
  readonly partitionKey: string
  readonly sortKey: string
}): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: owner.partitionKey, KeyType: 'HASH' },
    { AttributeName: owner.sortKey, KeyType: 'RANGE' },
  ]
}
