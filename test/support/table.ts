// A Problems table of a test's own, on DynamoDB's wire protocol.
import { type DynamoDbStandIn, startDynamoDb } from '../../mock/dynamodb/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createDynamoDbClient } from '../../src/adapters/dynamodb-table.ts'
import { ensureTable } from '../../src/adapters/problems-table-definition.ts'
import { createProblemsTable, type ProblemsTable } from '../../src/adapters/problems-table.ts'
import { quietLog } from './quiet-log.ts'

export const testTableName = 'alpaco-Problems-test'

export interface TestTable {
  readonly table: ProblemsTable
  readonly standIn: DynamoDbStandIn
  close(): Promise<void>
}

/** Starts a table, which is empty; `options` are the stand-in's. */
export async function openTestTable(options: Parameters<typeof startDynamoDb>[0] = {}): Promise<TestTable> {
  const standIn = await startDynamoDb(options)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = { endpoint: standIn.endpoint, region: 'ap-northeast-2', credentials }
  const setUp = createDynamoDbClient(client)
  await ensureTable(setUp, testTableName)
  setUp.destroy()
  const table = createProblemsTable({ client, tableName: testTableName, clock: systemClock, log: quietLog })
  return {
    table,
    standIn,
    async close() {
      table.close()
      await standIn.close()
    },
  }
}
