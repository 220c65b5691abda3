// CloudFront on loopback, as far as it decides what reaches the function URL and what comes back: behaviours and policies
// of a synthesized template, its viewer-request function, the signature of origin access control, the bucket of the web
// app as a folder. What it does is what the documents and published events of real functions say
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html,
// private-content-restricting-access-to-lambda.html). Not known from outside, and decided here for the stricter side:
// - which headers are signed: those that origin access control sets, and the host;
// - what stands for the hash of a body that the viewer has not hashed: `UNSIGNED-PAYLOAD`, which no function URL takes.
//   One report says that a POST without a body does come in without its hash; here it does not;
// - whether the function at the edge gets a path and a query as they came or decoded: here as they came;
// - whether errors that CloudFront makes itself have the headers of the policy: here they have none.
// Left out: TLS (every request counts as one by HTTPS, so nothing is redirected), HTTP/2 and 3, caching and compression of
// the web app, the resource policy of the function (test/infra/edge.test.ts), limits of length, time to connect.
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { closeServer, loopbackUrl } from '../loopback.ts'
import { sha256, sign, type SigningKey } from '../signature.ts'
import { type Behaviour, type Distribution, readDistribution } from './distribution.ts'
import { type Header, runViewerRequest, ViewerFunctionError, type ViewerRequest } from './viewer-function.ts'

export interface EdgeOptions {
  /** With the distribution, as it is synthesized. */
  readonly template: unknown
  /** Of the function URL, and by whose name it is called. */
  readonly functionUrl: { readonly url: string; readonly domainName: string; readonly key: SigningKey }
  /** Stands for the bucket of the web app. */
  readonly webFolder: string
}

export interface Edge {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string
  /** What the bucket was asked for. */
  readonly bucketRequests: readonly { readonly target: string; readonly headers: readonly Header[] }[]
  close(): Promise<void>
}

const sessionToken = 'made-up-session-token'
const account = '000000000000'
const sourceArn = `arn:aws:cloudfront::${account}:distribution/LOOPBACK`
const pop = 'ICN00-L0'
const connectionHeaders = new Set(['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'])
const contentTypes: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/** Starts the stand-in. Throws where the template asks for what it does not do. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const distribution = readDistribution(options.template)
  const bucketRequests: Edge['bucketRequests'][number][] = []
  const server = createServer({ noDelay: true }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (error instanceof ViewerFunctionError) {
        refuse(response, error.kind === 'FunctionExecutionError' ? 503 : 502, error.kind)
      } else response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: target = '/' } = request
    const behaviour = distribution.behaviourOf(pathOf(target))
    const hasBody = Number(request.headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in request.headers
    if (!behaviour.allowedMethods.includes(method) || (hasBody && ['GET', 'HEAD', 'OPTIONS'].includes(method))) {
      refuse(response, 403, 'Error')
      return
    }
    const ip = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
    const asked = runViewerRequest(behaviour.viewerRequest, { method, target, headers: headersOf(request), ip })
    if (behaviour.origin === 'function-url') {
      await askFunction(asked, request, response, behaviour, distribution, options.functionUrl)
      return
    }
    const kept = behaviour.passesViewer ? asked.headers : asked.headers.filter(([name]) => name === 'accept-encoding')
    bucketRequests.push({ target: pathOf(asked.target), headers: kept })
    await askBucket(pathOf(asked.target), response, behaviour, options.webFolder)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: loopbackUrl(server), bucketRequests, close: () => closeServer(server) }
}

const pathOf = (target: string): string => target.split('?')[0] ?? '/'

function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index]?.toLowerCase() ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ])
}

async function askFunction(
  asked: ViewerRequest,
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
  { readTimeoutMs, completionTimeoutMs }: Distribution,
  { url, domainName, key }: EdgeOptions['functionUrl'],
): Promise<void> {
  const { method, target } = asked
  const upstream = httpRequest(new URL(url), {
    method,
    path: target,
    headers: originHeaders(asked, request.httpVersion, domainName, key),
    agent: false,
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  let hasFailed = false
  const fail = (status: number): void => {
    if (hasFailed) return
    hasFailed = true
    upstream.destroy()
    if (response.headersSent) response.destroy()
    else refuse(response, status, 'Error')
  }
  const completion = Number.isFinite(completionTimeoutMs) && setTimeout(() => fail(504), completionTimeoutMs)
  upstream.setTimeout(readTimeoutMs, () => fail(504))
  upstream.on('error', () => fail(502))
  upstream.once('response', (answer) => {
    writeHead(response, answer.statusCode ?? 502, headersOf(answer), behaviour)
    answer.once('error', () => response.destroy())
    // As it comes, byte for byte.
    answer.pipe(response)
  })
  response.once('close', () => {
    if (completion !== false) clearTimeout(completion)
    upstream.destroy()
    resolve()
  })
  request.pipe(upstream)
  await promise
}

/** All that the viewer sent, under the origin's name, with CloudFront's own additions and signature. */
function originHeaders(
  { method, target, headers, ip }: ViewerRequest,
  httpVersion: string,
  domainName: string,
  key: SigningKey,
): Record<string, string> {
  const sent = new Map<string, string>()
  for (const [name, value] of headers) {
    const earlier = sent.get(name)
    if (name !== 'te')
      sent.set(name, earlier === undefined ? value : earlier + (name === 'cookie' ? '; ' : ',') + value)
  }
  const hops = [sent.get('x-forwarded-for'), ip].filter((hop) => hop !== undefined)
  const vias = [sent.get('via'), `${httpVersion} ${randomBytes(16).toString('hex')}.cloudfront.net (CloudFront)`]
  const hasNoBody = ['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method)
  const bodyHash = sent.get('x-amz-content-sha256') ?? (hasNoBody ? sha256('') : 'UNSIGNED-PAYLOAD')
  const signed = {
    host: domainName,
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
    'x-amz-security-token': sessionToken,
    'x-amz-source-account': account,
    'x-amz-source-arn': sourceArn,
  }
  return {
    ...Object.fromEntries(sent),
    'x-forwarded-for': hops.join(','),
    via: vias.filter((via) => via !== undefined).join(', '),
    'x-amz-cf-id': randomBytes(30).toString('base64'),
    ...signed,
    // Whatever the viewer said there is gone.
    authorization: sign({ method, target, headers: signed, bodyHash }, Object.keys(signed), key),
  }
}

async function askBucket(
  target: string,
  response: ServerResponse,
  behaviour: Behaviour,
  folder: string,
): Promise<void> {
  const file = path.join(folder, decodeURIComponent(target))
  const found = file.startsWith(folder + path.sep) ? await stat(file).catch(() => undefined) : undefined
  if (found?.isFile() !== true) {
    // To who may read but not list, the bucket does not say what is not there.
    const body =
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
    writeHead(response, 403, [['content-type', 'application/xml']], behaviour)
    response.end(body)
    return
  }
  const type = contentTypes[path.extname(file)] ?? 'application/octet-stream'
  const head: Header[] = [
    ['content-type', type],
    ['content-length', String(found.size)],
  ]
  writeHead(response, 200, head, behaviour)
  createReadStream(file).pipe(response)
}

/** The head of an origin's answer, with what CloudFront takes away and adds. */
function writeHead(
  response: ServerResponse,
  status: number,
  headers: readonly Header[],
  { responseHeaders }: Behaviour,
): void {
  response.statusCode = status
  for (const [name, value] of headers) if (!connectionHeaders.has(name)) response.appendHeader(name, value)
  for (const { name, value, overrides } of responseHeaders) {
    if (overrides || !response.hasHeader(name)) response.setHeader(name, value)
  }
  addOwnHeaders(response, status >= 400 ? 'Error' : 'Miss')
  response.flushHeaders()
}

/** An answer of CloudFront's own. */
function refuse(response: ServerResponse, status: number, result: string): void {
  const body = `<html><head><title>ERROR: The request could not be satisfied</title></head><body>${status} ERROR</body></html>`
  response.statusCode = status
  response.setHeader('content-type', 'text/html')
  response.setHeader('server', 'CloudFront')
  addOwnHeaders(response, result)
  response.end(body)
}

function addOwnHeaders(response: ServerResponse, result: string): void {
  response.setHeader('x-cache', `${result} from cloudfront`)
  response.setHeader('via', `1.1 ${randomBytes(16).toString('hex')}.cloudfront.net (CloudFront)`)
  response.setHeader('x-amz-cf-pop', pop)
  response.setHeader('x-amz-cf-id', randomBytes(30).toString('base64'))
}
