// A table that never finds a similar problem, so that the same small problem can be made again and again. As a program it
// prints its address: `node test/support/forgetful-table.ts [FOLDER]`.
import { startDynamoDb, type TableRequest } from '../../mock/dynamodb/server.ts'

/** An empty page for whoever looks into the similarity index. */
export function forgetLikeness({ operation, body }: TableRequest): object | undefined {
  const isAboutLikeness =
    operation === 'Query' && JSON.stringify(body['ExpressionAttributeValues']).includes('SIMILAR#')
  return isAboutLikeness ? { Items: [], Count: 0, ScannedCount: 0 } : undefined
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2]
  const standIn = await startDynamoDb({
    answer: forgetLikeness,
    ...(folder === undefined ? {} : { path: folder }),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.close())
  process.stdout.write(`${standIn.endpoint}\n`)
}
