// The edge by itself: what the function behind it is given, what comes back, and what never gets there.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { LambdaFunctionURLEvent } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Edge, startEdge } from '../../mock/edge/server.ts'
import { type FunctionUrl, installAwsLambdaGlobal, startFunctionUrl } from '../../mock/function-url/server.ts'
import { closeServer, loopbackUrl } from '../../mock/loopback.ts'
import { sha256, type SigningKey } from '../../mock/signature.ts'

const key: SigningKey = {
  accessKeyId: 'made-up-key-id',
  secretAccessKey: 'made-up-secret',
  region: 'ap-northeast-2',
  service: 'lambda',
}
const domainName = 'made-up.lambda-url.ap-northeast-2.on.aws'
const untouched = 'function handler(event) { return event.request }'

const control = (type: string) => ({
  Type: 'AWS::CloudFront::OriginAccessControl',
  Properties: {
    OriginAccessControlConfig: {
      OriginAccessControlOriginType: type,
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    },
  },
})

const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6'
const toBucket = { TargetOriginId: 'bucket', CachePolicyId: cachingOptimized }

/** A template with the least that a distribution needs; `function-url` is the API's origin, `bucket` the default. */
function templateWith(
  viewerRequest = untouched,
  { patterns = ['/event', '/api/*'], behaviour = (_pattern: string): object => ({}), origin = {} } = {},
): unknown {
  const both = {
    ResponseHeadersPolicyId: { Ref: 'Headers' },
    FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Viewer', 'FunctionARN'] } }],
  }
  const api = {
    ...both,
    TargetOriginId: 'function-url',
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  }
  const policy = {
    Name: 'headers',
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'same-origin', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
    },
    CustomHeadersConfig: {
      Items: [
        { Header: 'X-Pot', Value: 'from the edge', Override: false },
        { Header: 'X-Lid', Value: 'from the edge', Override: true },
      ],
    },
  }
  return {
    Resources: {
      Distribution: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            DefaultCacheBehavior: { ...both, ...toBucket },
            CacheBehaviors: patterns.map((pattern) => ({ ...api, ...behaviour(pattern), PathPattern: pattern })),
            Origins: [
              { Id: 'bucket', OriginAccessControlId: { 'Fn::GetAtt': ['BucketControl', 'Id'] } },
              {
                Id: 'function-url',
                ConnectionAttempts: 1,
                CustomOriginConfig: { OriginReadTimeout: 60 },
                OriginAccessControlId: { 'Fn::GetAtt': ['FunctionControl', 'Id'] },
                ...origin,
              },
            ],
          },
        },
      },
      Viewer: {
        Type: 'AWS::CloudFront::Function',
        Properties: { FunctionCode: viewerRequest, FunctionConfig: { Runtime: 'cloudfront-js-2.0' } },
      },
      Headers: {
        Type: 'AWS::CloudFront::ResponseHeadersPolicy',
        Properties: { ResponseHeadersPolicyConfig: policy },
      },
      BucketControl: control('s3'),
      FunctionControl: control('lambda'),
    },
  }
}

let functionUrl: FunctionUrl
let webFolder: string
const edges: Edge[] = []

beforeAll(async () => {
  installAwsLambdaGlobal()
  const { handler } = await import('./fixtures/streaming-handler.ts')
  functionUrl = await startFunctionUrl({
    environment: { kind: 'inline', handler },
    caller: key,
    onLog: () => undefined,
  })
  webFolder = await mkdtemp(path.join(tmpdir(), 'alpaco-edge-'))
  await writeFile(path.join(webFolder, 'index.html'), '<p>the page</p>')
})
afterAll(async () => {
  await Promise.all(edges.map((edge) => edge.close()))
  await functionUrl.close()
  await rm(webFolder, { recursive: true })
})

async function start(template: unknown, url = functionUrl.url, by = key): Promise<Edge> {
  const edge = await startEdge({ template, functionUrl: { url, domainName, key: by }, webFolder })
  edges.push(edge)
  return edge
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a request with exactly these headers, several of a name as a list. */
async function ask(
  url: string,
  headers: Record<string, string | string[]> = {},
  { method = 'GET', body = '' } = {},
): Promise<Answer> {
  const [, origin = '', target = ''] = /^(http:\/\/[^/]+)(.*)$/.exec(url) ?? []
  const sent = httpRequest(origin, { method, path: target, headers, agent: false })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }
}

const eventOf = ({ body }: Answer): LambdaFunctionURLEvent =>
  (JSON.parse(body) as { event: LambdaFunctionURLEvent }).event

const refusalOf = ({ status, headers }: Answer) => ({ status, errortype: headers['x-amzn-errortype'] })

/** What the function is given. */
async function given(
  headers: Record<string, string | string[]> = {},
  { viewerRequest = untouched, query = '' } = {},
): Promise<LambdaFunctionURLEvent> {
  const edge = await start(templateWith(viewerRequest))
  return eventOf(await ask(`${edge.url}/event${query}`, headers))
}

describe('what the function is given', () => {
  it('comes under its own name, with all that the viewer sent', async () => {
    const event = await given(
      { host: 'edge.example', 'last-event-id': 'run:7', cookie: 'a=1; b=2', 'x-odd': ['one', 'two'] },
      { query: '?difficulty=%EC%89%AC%EC%9B%80&n=1&n=2&plus=a+b' },
    )
    expect(event.headers).toMatchObject({ host: domainName, 'last-event-id': 'run:7', 'x-odd': 'one,two' })
    expect(event.cookies).toEqual(['a=1', 'b=2'])
    expect(event.rawQueryString).toBe('difficulty=%EC%89%AC%EC%9B%80&n=1&n=2&plus=a+b')
  })

  it('is signed, and neither the signature nor what the viewer said in its place is shown', async () => {
    const { headers } = await given({
      authorization: 'Bearer mine',
      'x-amz-date': 'forged',
      'x-amz-security-token': 'forged',
      'x-amz-source-arn': 'forged',
    })
    expect(headers['authorization']).toBeUndefined()
    expect(headers).toMatchObject({
      'x-amz-content-sha256': sha256(''),
      'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/) as string,
      'x-amz-source-arn': expect.stringMatching(/^arn:aws:cloudfront::\d+:distribution\//) as string,
    })
    expect(Object.values(headers)).not.toContain('forged')
  })

  it('names the viewer last of those who say that they forwarded', async () => {
    const { headers } = await given({ 'x-forwarded-for': '192.0.2.1', via: '1.1 proxy' })
    expect(headers['x-forwarded-for']).toMatch(/^192\.0\.2\.1,127\.0\.0\.1(,|$)/)
    expect(headers['via']).toMatch(/^1\.1 proxy, 1\.1 [\da-f]+\.cloudfront\.net \(CloudFront\)$/)
    expect(headers['x-amz-cf-id']).toMatch(/^[\w+/]{40}$/)
  })

  it("has nothing of the connection, and nothing that is CloudFront's own to say", async () => {
    const own = ['te', 'proxy-authorization', 'x-real-ip', 'x-edge-location', 'x-accel-buffering']
    const { headers } = await given(Object.fromEntries([...own, 'x-amz-cf-id'].map((name) => [name, 'forged'])))
    for (const name of own) expect(headers[name], name).toBeUndefined()
    expect(headers['x-amz-cf-id']).not.toBe('forged')
  })
})

describe('the function at the edge', () => {
  it('gets the documented event', async () => {
    const show =
      'function handler(event) { event.request.headers.seen = { value: JSON.stringify(event) }; return event.request }'
    const { headers } = await given(
      { host: 'edge.example', Accept: ['a/b', 'c/d'], cookie: ['one=1; two=2', 'one=3'], 'x-real-ip': 'hidden' },
      { viewerRequest: show, query: '?n=1&N=2&n=3&bare' },
    )
    const { version, viewer, request } = JSON.parse(headers['seen'] ?? '') as Record<string, unknown>
    expect({ version, viewer, request }).toEqual({
      version: '1.0',
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/event',
        querystring: {
          n: { value: '1', multiValue: [{ value: '1' }, { value: '3' }] },
          N: { value: '2' },
          bare: { value: '' },
        },
        headers: {
          host: { value: 'edge.example' },
          connection: undefined,
          accept: { value: 'a/b', multiValue: [{ value: 'a/b' }, { value: 'c/d' }] },
        },
        cookies: { one: { value: '1', multiValue: [{ value: '1' }, { value: '3' }] }, two: { value: '2' } },
      },
    })
  })

  it('changes headers, cookies, path and query', async () => {
    const event = await given(
      { 'x-many': ['one', 'two'], cookie: 'a=1; b=2' },
      {
        query: '?a=1',
        viewerRequest: `function handler(event) {
          const request = event.request
          request.headers['x-many'].value = 'changed'
          request.headers['x-new'] = { value: 'ignored', multiValue: [{ value: '1' }, { value: '2' }] }
          delete request.cookies.a
          request.querystring.b = { value: '2' }
          return request
        }`,
      },
    )
    expect(event.headers).toMatchObject({ 'x-many': 'changed,two', 'x-new': '1,2' })
    expect(event.cookies).toEqual(['b=2'])
    expect(event.rawQueryString).toBe('a=1&b=2')
  })

  it.each([
    ['adds a header that is not its own to add', "request.headers['x-amz-cf-id'] = { value: 'x' }"],
    ['adds a header with capitals', "request.headers['X-Mine'] = { value: 'x' }"],
    ['changes the host', "request.headers.host = { value: 'x' }"],
    ['takes the host away', 'delete request.headers.host'],
    ['adds a length', "request.headers['content-length'] = { value: '1' }"],
    ['changes the method', "request.method = 'POST'"],
    ['gives a path without a slash', "request.uri = 'event'"],
    ['gives a header as a plain string', "request.headers['x-mine'] = 'x'"],
  ])('is refused with 502 when it %s', async (_what, change) => {
    const edge = await start(templateWith(`function handler({ request }) { ${change}; return request }`))
    const { status, headers } = await ask(`${edge.url}/event`)
    expect(status).toBe(502)
    expect(headers['x-cache']).toBe('FunctionValidationError from cloudfront')
  })

  it.each([
    ['throws', 'function handler() { throw new Error("x") }'],
    ['evaluates text', 'function handler(event) { eval("1"); return event.request }'],
    ['asks for what Node has', 'function handler(event) { setTimeout(() => {}, 1); return event.request }'],
    ['is not there', 'function other(event) { return event.request }'],
    ['keeps on', 'function handler() { for (;;); }'],
  ])('is 503 when it %s', async (_what, viewerRequest) => {
    const edge = await start(templateWith(viewerRequest))
    const { status, headers } = await ask(`${edge.url}/event`)
    expect(status).toBe(503)
    expect(headers['x-cache']).toBe('FunctionExecutionError from cloudfront')
  })
})

describe('a behaviour', () => {
  it.each(['/event', '/api/event', '/api/', '//event', '/%65vent', '/assets/../event'])(
    'of the function has %s',
    async (target) => {
      const { headers } = await ask((await start(templateWith())).url + target)
      expect(headers['x-amzn-requestid']).toBeDefined()
    },
  )

  it.each(['/Event', '/event/', '/api', '/events', '/x/event'])('of the bucket has %s', async (target) => {
    const edge = await start(templateWith())
    const { status, headers } = await ask(edge.url + target, { 'x-custom-auth-token': 'mine', cookie: 'a=1' })
    expect(status).toBe(403)
    expect(headers['x-amzn-requestid']).toBeUndefined()
    expect(edge.bucketRequests).toEqual([{ target, headers: [] }])
  })

  it('is the first that matches, though a later one says more', async () => {
    const patterns = ['/index.*', '*.html']
    const template = templateWith(untouched, { patterns, behaviour: (of) => (of === '*.html' ? {} : toBucket) })
    const edge = await start(template)
    expect((await ask(`${edge.url}/index.html`)).body).toBe('<p>the page</p>')
    expect((await ask(`${edge.url}/other.html`)).headers['x-amzn-requestid']).toBeDefined()
  })

  it('takes only its methods, and no body where none belongs', async () => {
    const edge = await start(templateWith())
    expect((await ask(`${edge.url}/index.html`)).body).toBe('<p>the page</p>')
    for (const [target, method, body] of [
      ['/index.html', 'POST', ''],
      ['/event', 'TRACE', ''],
      ['/event', 'GET', 'body'],
      ['/event', 'OPTIONS', 'body'],
    ] as const) {
      const headers = { 'content-length': String(body.length), 'x-amz-content-sha256': sha256(body) }
      const answer = await ask(edge.url + target, headers, { method, body })
      expect(answer.status, `${method} ${target}`).toBe(403)
      expect(answer.headers['server']).toBe('CloudFront')
    }
  })

  it.each([
    ['caches what a function says', { behaviour: () => ({ CachePolicyId: cachingOptimized }) }],
    ['compresses what a function says', { behaviour: () => ({ Compress: true }) }],
    ['passes the host', { behaviour: () => ({ OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3' }) }],
    ['asks more than once', { origin: { ConnectionAttempts: 3 } }],
  ])('that %s is more than the stand-in can do, and it says so', async (_what, options) => {
    await expect(start(templateWith(untouched, options))).rejects.toThrow(/stand-in|Invalid/)
  })
})

describe('an answer', () => {
  it('has the headers of the policy, and none of the connection', async () => {
    const edge = await start(templateWith(untouched, { patterns: ['/teapot'] }))
    const { status, headers } = await ask(`${edge.url}/teapot`)
    expect(status).toBe(418)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'self'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=60; includeSubDomains',
      // The function's own, which this one does not replace.
      'x-pot': 'short',
      'x-lid': 'from the edge',
      'set-cookie': ['a=1; HttpOnly', 'b=2'],
      'x-cache': 'Error from cloudfront',
    })
  })

  it.each([
    ['nobody is there', 502, (socket: Socket) => socket.destroy()],
    ['nobody answers', 504, () => undefined],
  ])('is of CloudFront when %s', async (_what, status, treat) => {
    const silent = createServer().on('connection', treat)
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const template = templateWith(untouched, { origin: { CustomOriginConfig: { OriginReadTimeout: 0.2 } } })
    const edge = await start(template, loopbackUrl(silent))
    const answer = await ask(`${edge.url}/event`)
    await closeServer(silent)
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({ server: 'CloudFront', 'x-cache': 'Error from cloudfront' })
    expect((await ask(`${edge.url}/event`)).status).toBe(502)
  })

  it('that falls silent half-way, or goes on for too long, breaks off', async () => {
    const slow = createServer((_, response) => {
      response.write('half')
    })
    await once(slow.listen(0, '127.0.0.1'), 'listening')
    for (const origin of [{ CustomOriginConfig: { OriginReadTimeout: 0.2 } }, { ResponseCompletionTimeout: 0.2 }]) {
      const edge = await start(templateWith(untouched, { origin }), loopbackUrl(slow))
      await expect(ask(`${edge.url}/event`)).rejects.toThrow('aborted')
    }
    await closeServer(slow)
  })
})

describe('the function URL', () => {
  const forbidden = { status: 403, errortype: 'AccessDeniedException' }
  const badSignature = { status: 403, errortype: 'InvalidSignatureException' }

  it('takes nobody who has not signed', async () => {
    expect(refusalOf(await ask(`${functionUrl.url}/event`))).toEqual(forbidden)
    expect(refusalOf(await ask(`${functionUrl.url}/event`, { authorization: 'Bearer mine' }))).toEqual(forbidden)
  })

  it('takes nobody who has signed with another key', async () => {
    const other = await start(templateWith(), functionUrl.url, { ...key, secretAccessKey: 'another' })
    expect(refusalOf(await ask(`${other.url}/event`))).toEqual(badSignature)
    const unknown = await start(templateWith(), functionUrl.url, { ...key, accessKeyId: 'another' })
    expect(refusalOf(await ask(`${unknown.url}/event`))).toEqual({
      status: 403,
      errortype: 'UnrecognizedClientException',
    })
  })

  it.each(['POST', 'PUT', 'PATCH'])('takes a %s with the hash of its body, and no other', async (method) => {
    const { url } = await start(templateWith())
    const body = '{"prompt":"눈"}'
    const headers = { 'content-type': 'application/json' }
    const hashed = (hash: string) => ask(`${url}/event`, { ...headers, 'x-amz-content-sha256': hash }, { method, body })
    expect(eventOf(await hashed(sha256(body))).body).toBe(body)
    expect(refusalOf(await hashed(sha256('')))).toEqual(badSignature)
    expect(refusalOf(await hashed('UNSIGNED-PAYLOAD'))).toEqual(badSignature)
    expect(refusalOf(await ask(`${url}/event`, headers, { method, body }))).toEqual(badSignature)
    expect(refusalOf(await ask(`${url}/event`, headers, { method }))).toEqual(badSignature)
    expect((await ask(`${url}/event`, { ...headers, 'x-amz-content-sha256': sha256('') }, { method })).status).toBe(200)
  })

  it('takes a DELETE without a body as it is, and none with a body that is not hashed', async () => {
    const { url } = await start(templateWith())
    expect((await ask(`${url}/event`, {}, { method: 'DELETE' })).status).toBe(200)
    const headers = { 'content-length': '4' }
    expect(refusalOf(await ask(`${url}/event`, headers, { method: 'DELETE', body: 'body' }))).toEqual(badSignature)
  })

  it('agrees with the AWS SDK about signatures', async () => {
    const invoked = async (secretAccessKey: string): Promise<number | undefined> => {
      const client = new LambdaClient({
        endpoint: functionUrl.url,
        region: key.region,
        credentials: { accessKeyId: key.accessKeyId, secretAccessKey },
        maxAttempts: 1,
      })
      // Its path has characters that are escaped twice, its query one parameter.
      const command = new InvokeCommand({ FunctionName: 'arn:aws:lambda:x', Qualifier: 'a b', Payload: '{"n":1}' })
      return client.send(command).then(
        () => 200,
        (error: { $metadata: { httpStatusCode?: number } }) => error.$metadata.httpStatusCode,
      )
    }
    // The fixture does not know the path, and fails.
    expect(await invoked(key.secretAccessKey)).toBe(502)
    expect(await invoked('another')).toBe(403)
  })
})
