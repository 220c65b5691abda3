// Run by the Node of the target, with nothing but itself: takes a function through a start and a request as Lambda would, and
// keeps what V8 has compiled on the way beside each chunk.
//
//   node --expose-gc warm-up.ts FOLDER     FOLDER stands for Lambda's disk: var/task, opt
//
// Says in FOLDER/node.txt which Node it was, and of which image (infra/packaging/lambda-node.sh).
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

// Stands for every service there is: a table that stores and finds nothing, a secret, a model that refuses.
const services = createServer((request, response) => {
  request.resume()
  const target = String(request.headers['x-amz-target'] ?? '')
  const isTable = target.startsWith('DynamoDB')
  const body = isTable
    ? '{}'
    : JSON.stringify({ SecretString: 'a-key', error: { code: 400, message: 'no', status: 'NO' } })
  response.writeHead(isTable || target !== '' ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
})
services.listen(0, '127.0.0.1')
await once(services, 'listening')
const address = services.address()
const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

const account = '0'.repeat(12)
Object.assign(process.env, {
  STAGE: 'local',
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
  HttpResponseStream: { from: (stream: unknown) => stream },
})

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what every function of ours exports
const { handler } = createRequire(import.meta.url)(path.join(task, 'index.js')) as {
  handler: (...values: readonly unknown[]) => unknown
}
const request = (method: string, rawPath: string, rawQueryString = '') => ({
  version: '2.0',
  rawPath,
  rawQueryString,
  headers: { host: '127.0.0.1', 'user-agent': 'warm-up' },
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
