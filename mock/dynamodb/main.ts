// The stand-in on its own: npx node mock/dynamodb/main.ts --port 8000 --data DIR
import { parseArgs } from 'node:util'
import { startDynamoDb, type StandInOptions } from './server.ts'

try {
  const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } })
  const options: StandInOptions = { port: Number(values.port ?? 8000) }
  if (values.data !== undefined) options.path = values.data
  const standIn = await startDynamoDb(options)
  const where = values.data === undefined ? 'data in memory' : `data in ${values.data}`
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.close())
  process.stdout.write(`DynamoDB stand-in at ${standIn.endpoint} (${where}); Ctrl-C ends it\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
