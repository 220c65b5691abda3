// Run by the Node of the target, with nothing but itself: takes a function through a start and a request as Lambda would, and
// keeps what V8 has compiled on the way beside each chunk.
//
//   node --expose-gc warm-up.ts FOLDER     FOLDER stands for Lambda's disk: var/task, opt
//
// Says in FOLDER/node.txt which Node it was, and of which image (infra/packaging/lambda-node.sh).
import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Writable } from 'node:stream'
import vm from 'node:vm'

const folder = path.resolve(process.argv[2] ?? '.')
const task = path.join(folder, 'var/task')

const compiled = new Map<string, vm.Script>()
const Script = vm.Script
vm.Script = class extends Script {
  constructor(source: string, options: vm.ScriptOptions) {
    super(source, options)
    compiled.set(options.filename ?? '', this)
  }
}

const signing = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const keySet = { keys: [{ ...signing.publicKey.export({ format: 'jwk' }), kid: 'warm-up', alg: 'RS256', use: 'sig' }] }

// Stands for every service there is: a table that stores and finds nothing, a secret, a user pool's keys, a model that refuses.
const services = createServer((request, response) => {
  request.resume()
  const target = String(request.headers['x-amz-target'] ?? '')
  const isModel = request.method === 'POST' && target === ''
  const body = target.startsWith('DynamoDB')
    ? {}
    : { SecretString: 'a-key', ...keySet, error: { code: 400, message: 'no', status: 'NO' } }
  response.writeHead(isModel ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
})
services.listen(0, '127.0.0.1')
await once(services, 'listening')
const address = services.address()
const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

const account = '0'.repeat(12)
const issuer = 'https://cognito-idp.ap-northeast-2.amazonaws.com/ap-northeast-2_none'
Object.assign(process.env, {
  STAGE: 'local',
  COGNITO_ISSUER_URL: issuer,
  COGNITO_APP_CLIENT_ID: 'warm-up',
  COGNITO_JWKS_URL: endpoint,
  QUOTA_RUNS_PER_DAY: '1',
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
  AWS_ENDPOINT_URL_LAMBDA: endpoint,
  GEMINI_BASE_URL: endpoint,
  GOOGLE_AI_API_KEY_SECRET_ARN: `arn:aws:secretsmanager:ap-northeast-2:${account}:secret:none`,
  CODE_EXECUTOR_LAMBDA_ARN: `arn:aws:lambda:ap-northeast-2:${account}:function:none`,
})
Reflect.set(globalThis, 'awslambda', {
  streamifyResponse: (handler: unknown) => handler,
  HttpResponseStream: {
    from(stream: unknown, { statusCode }: { readonly statusCode: number }) {
      // What is refused at the door would leave the cache without the rest.
      if (statusCode !== 200) throw new Error(`status ${statusCode}`)
      return stream
    },
  },
})

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what every function of ours exports
const { handler } = createRequire(import.meta.url)(path.join(task, 'index.js')) as {
  handler: (...values: readonly unknown[]) => unknown
}
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const iat = Math.floor(Date.now() / 1_000)
const claims = {
  iss: issuer,
  client_id: 'warm-up',
  token_use: 'access',
  sub: 'none',
  username: 'none',
  iat,
  exp: iat + 900,
}
const signed = `${encoded({ alg: 'RS256', kid: 'warm-up' })}.${encoded(claims)}`
const token = `${signed}.${sign('RSA-SHA256', Buffer.from(signed), signing.privateKey).toString('base64url')}`
const request = (method: string, rawPath: string, rawQueryString = '') => ({
  version: '2.0',
  rawPath,
  rawQueryString,
  headers: { host: '127.0.0.1', 'user-agent': 'warm-up', 'x-custom-auth-token': `Bearer ${token}` },
  requestContext: { requestId: 'none', timeEpoch: Date.now(), http: { method, path: rawPath, sourceIp: '127.0.0.1' } },
  isBase64Encoded: false,
})
// A scheduled function takes anything for an event, and its context is the second argument.
for (const event of [
  request('OPTIONS', '/generate'),
  request('GET', '/health'),
  request('GET', '/generate', 'algorithm_type=graph&difficulty=easy'),
]) {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() })
  const context = { getRemainingTimeInMillis: () => 900_000 }
  await handler(event, Object.assign(stream, context), context)
}

for (const [file, script] of compiled) {
  if (file.endsWith('.js')) writeFileSync(`${file}.cache`, script.createCachedData())
}
const { NODE_IMAGE: image = 'no image' } = process.env
writeFileSync(path.join(folder, 'node.txt'), `${process.version} ${process.arch} ${image}`)
process.exit()
