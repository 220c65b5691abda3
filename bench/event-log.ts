// What storing a model's output costs: our grouped log against one Put per chunk. The table is in another process.
import { PutCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { systemClock } from '../src/adapters/clock.ts'
import { createDynamoDbClient } from '../src/adapters/dynamodb-table.ts'
import { createLog } from '../src/adapters/log.ts'
import { createProblemsTable } from '../src/adapters/problems-table.ts'
import { RunLog } from '../src/generation/run-log.ts'
import { cpuMs, median, type Figure } from './measure.ts'
import type { DynamoDbStandIn } from '../mock/dynamodb/server.ts'
import { defineTable, startApart, startTable, tableClient } from './service.ts'

const calls = 3
const chunksPerCall = 200
const paceMs = 20
const rounds = 5
const chunk = 'for left, right in zip(starts, ends):\n    tot'
const { region, credentials, tableName } = tableClient

export async function eventLog(): Promise<Figure[]> {
  const chunks = calls * chunksPerCall
  const table = await startTable()
  const local = { endpoint: table.endpoint, region, credentials }
  const grouped = await counted(table, await groupedWriter(local))
  const each = await counted(table, await eachWriter(local))
  await table.close()

  const apart = await startApart('mock/dynamodb/main.ts', '--port', '0')
  const remote = { endpoint: apart.endpoint, region, credentials }
  await defineTable(apart.endpoint)
  const idle = await cpuMs(() => pace(chunksPerCall, () => {}))
  // The peer first: its many requests warm the client's code for both.
  const peer = await eachWriter(remote)
  const ours = await groupedWriter(remote)
  await peer.write(50)
  await ours.write(50)
  const measured: { each: number; grouped: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const each = (await cpuMs(() => peer.write(chunksPerCall))) - idle
    measured.push({ each, grouped: (await cpuMs(() => ours.write(chunksPerCall))) - idle })
  }
  const eachCpu = median(measured.map(({ each }) => each))
  const groupedCpu = median(measured.map(({ grouped }) => grouped))
  peer.close()
  ours.close()
  apart.stop()

  const ratio = median(measured.map(({ each, grouped }) => grouped / each))
  return [
    {
      name: 'client CPU per model chunk against one Put per chunk',
      value: `${ratio.toFixed(3)} ×`,
      target: '≤ 0.1 ×',
      met: ratio <= 0.1,
    },
    {
      name: '  CPU per chunk',
      value: `${((1_000 * groupedCpu) / chunks).toFixed(0)} to ${((1_000 * eachCpu) / chunks).toFixed(0)} µs`,
      target: '-',
      met: true,
    },
    {
      name: '  requests per chunk',
      value: `${(grouped.requests / chunks).toFixed(3)} to ${(each.requests / chunks).toFixed(3)}`,
      target: '≤ 0.1',
      met: grouped.requests / chunks <= 0.1,
    },
    {
      name: '  bytes sent per chunk',
      value: `${(grouped.bytes / chunks).toFixed(0)} to ${(each.bytes / chunks).toFixed(0)}`,
      target: '-',
      met: true,
    },
    {
      name: '  write capacity units per chunk',
      value: `${(grouped.units / chunks).toFixed(3)} to ${(each.units / chunks).toFixed(3)}`,
      target: '-',
      met: true,
    },
  ]
}

interface Client {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** Writes chunks of three calls side by side, as in the programs stage. */
interface Writer {
  write(turns: number): Promise<void>
  close(): void
}

async function groupedWriter(client: Client): Promise<Writer> {
  const table = createProblemsTable({
    client,
    tableName,
    clock: systemClock,
    log: createLog({ service: 'bench', stage: 'local' }),
  })
  const problemId = systemClock.newId()
  const createdAt = systemClock.now().toISOString()
  const request = { language: 'python', locale: 'ko' } as const
  const lease = { problemId, term: 1 }
  await table.runs.claim({
    problemId,
    creatorId: 'bench',
    requestId: undefined,
    request,
    createdAt,
    isOwnKey: false,
    isCounted: false,
  })
  const log = new RunLog(lease, table.runs, systemClock, (error) => {
    throw error
  })
  return {
    write: async (turns) => {
      await pace(turns, () => {
        for (let call = 0; call < calls; call += 1) {
          log.emit({
            type: 'delta',
            stage: 'programs',
            artefact: 'reference',
            callId: `call-${call}`,
            attempt: 1,
            text: chunk,
          })
        }
      })
      await systemClock.sleep(200)
    },
    close: () => table.close(),
  }
}

async function eachWriter(client: Client): Promise<Writer> {
  const connection = createDynamoDbClient(client)
  const table = DynamoDBDocumentClient.from(connection)
  const problemId = systemClock.newId()
  let seq = 0
  return {
    write: async (turns) => {
      const writes: Promise<unknown>[] = []
      await pace(turns, () => {
        for (let call = 0; call < calls; call += 1) {
          seq += 1
          const event = {
            type: 'delta',
            problemId,
            seq,
            at: new Date().toISOString(),
            stage: 'programs',
            artefact: 'reference',
            callId: `call-${call}`,
            attempt: 1,
            text: chunk,
          }
          const Item = { problemId, kind: `EVENT#${String(seq).padStart(9, '0')}`, event: JSON.stringify(event) }
          writes.push(table.send(new PutCommand({ TableName: tableName, Item })))
        }
      })
      await Promise.all(writes)
      await systemClock.sleep(200)
    },
    close: () => connection.destroy(),
  }
}

async function counted(table: DynamoDbStandIn, writer: Writer): Promise<ReturnType<typeof cost>> {
  table.resetRequests()
  await writer.write(chunksPerCall)
  writer.close()
  return cost(table.requests)
}

async function pace(times: number, work: () => void): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    work()
    await systemClock.sleep(paceMs)
  }
}

/** A write of up to 1 KB is one unit; a transaction counts double. */
function cost(requests: readonly { operation: string; bytes: number }[]): {
  requests: number
  bytes: number
  units: number
} {
  const writes = requests.filter(({ operation }) => /Put|Update|Transact/.test(operation))
  return {
    requests: writes.length,
    bytes: writes.reduce((sum, { bytes }) => sum + bytes, 0),
    units: writes.reduce(
      (sum, { operation, bytes }) => sum + Math.ceil(bytes / 1_024) * (operation.startsWith('Transact') ? 2 : 1),
      0,
    ),
  }
}
