// What no packaging can take away from the first run of an environment: a token is verified with the issuer's key, and the four
// requests of a claim are made, by the same libraries and without anything of ours around them.
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'

const {
  COGNITO_JWKS_URL: jwksUrl = '',
  AWS_ENDPOINT_URL_DYNAMODB: endpoint = '',
  AWS_REGION: region = '',
} = process.env
const TableName = process.env['PROBLEMS_TABLE_NAME'] ?? 'none'

export const handler = awslambda.streamifyResponse(async ({ headers }, responseStream) => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  get(jwksUrl, (response) => void text(response).then(resolve, reject)).on('error', reject)
  const keys = JSON.parse(await promise) as JSONWebKeySet
  const [, token = ''] = (headers['x-custom-auth-token'] ?? '').split(' ')
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { algorithms: ['RS256'] })

  const table = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region }))
  const Key = { problemId: `FLOOR#${payload.sub}`, kind: 'FLOOR' }
  const update = {
    TableName,
    Key,
    UpdateExpression: 'SET #count = :count',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':count': 1 },
  }
  await table.send(new GetCommand({ TableName, Key }))
  await table.send(new UpdateCommand(update))
  await table.send(new UpdateCommand(update))
  await table.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] }))

  const stream = awslambda.HttpResponseStream.from(responseStream, { statusCode: 200 })
  stream.write(': ok\n\n')
  stream.end()
})
