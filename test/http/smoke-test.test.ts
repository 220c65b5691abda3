// What a deployment is tried with (infra/delivery/smoke-test.sh), tried on the whole way: the distribution as it is synthesized,
// its signature, the function URL, the service.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request as forward } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { synthesize } from '../../infra/synthesis.ts'
import { type Edge, startEdge } from '../../mock/edge/server.ts'
import { makeIssuerKey, signToken, standInClientId, standInIssuer } from '../../mock/issuer/key.ts'
import { startIssuer } from '../../mock/issuer/server.ts'
import { closeServer, loopbackUrl } from '../../mock/loopback.ts'
import type { SigningKey } from '../../mock/signature.ts'
import { type Service, startService } from '../support/service.ts'

const caller: SigningKey = {
  accessKeyId: 'made-up-key-id',
  secretAccessKey: 'made-up-secret',
  region: 'ap-northeast-2',
  service: 'lambda',
}
const running: { close(): Promise<void> }[] = []
let folder: string
let header: string
let token: string
let template: unknown
let front: string
let services: readonly Service[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alpaco-smoke-'))
  header = path.join(folder, 'header')
  template = synthesize()['Alpaco-Edge-dev']
  const key = await makeIssuerKey()
  const issuer = await startIssuer({ keys: [key] })
  token = await signToken(key, 'smoke', { issuedAtSeconds: Math.floor(Date.now() / 1_000), lifetimeSeconds: 600 })
  await writeFile(header, `X-Custom-Auth-Token: Bearer ${token}\n`)
  const users = { COGNITO_ISSUER_URL: standInIssuer, COGNITO_APP_CLIENT_ID: standInClientId }
  const deployedUsers = { ...users, COGNITO_ISSUER_URL: 'https://cognito-idp.ap-northeast-2.amazonaws.com/pool' }
  // A deployed stage takes no token of a stand-in, the local stage asks for none: each answers what it can.
  const [deployed, local] = await Promise.all([
    startService({ caller, env: { STAGE: 'dev', ...deployedUsers } }),
    startService({ caller, env: { ...users, COGNITO_JWKS_URL: issuer.jwksUrl } }),
  ])
  services = [deployed, local]
  const server = createServer((request, response) => {
    const { url } = request.headers['x-custom-auth-token'] === undefined ? deployed : local
    const { method = 'GET', headers } = request
    forward(`${url}${request.url ?? ''}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    }).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  front = loopbackUrl(server)
  running.push(deployed, local, issuer, { close: () => closeServer(server) })
})
afterAll(async () => {
  for (const each of running.reverse()) await each.close()
  await rm(folder, { recursive: true })
})

/** The edge, by whose signature the function is called. */
async function startFront(key: SigningKey): Promise<Edge> {
  const domainName = 'made-up.lambda-url.ap-northeast-2.on.aws'
  const edge = await startEdge({ template, functionUrl: { url: front, domainName, key }, webFolder: folder })
  running.push(edge)
  return edge
}

async function smoke({ url }: Edge): Promise<{ status: unknown; output: string }> {
  const child = spawn('sh', ['infra/delivery/smoke-test.sh', url, header], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SMOKE_TRIES: '1' },
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<unknown[]>,
  ])
  return { status, output: stdout + stderr }
}

it('the smoke test of a deployment passes on one that is whole', async () => {
  const edge = await startFront(caller)
  // Loaded from its sources the service takes seconds to its first byte, and what is deployed does not.
  const nothing = await fetch(`${edge.url}/generations/none`, { headers: { 'x-custom-auth-token': `Bearer ${token}` } })
  expect(nothing.status).toBe(404)
  expect(await smoke(edge)).toEqual({
    status: 0,
    output: '✓ health\n✓ preflight\n✓ no token, no problem\n✓ the service\n✓ a stream\n✓ a problem\n',
  })
})

it('fails where CloudFront may not call the function, which nobody but CloudFront notices', async () => {
  const before = services.map(({ lines }) => lines.length)
  const { status, output } = await smoke(await startFront({ ...caller, secretAccessKey: 'another' }))
  expect(status).toBe(1)
  expect(output).toContain('✗ health: 403 instead of 200')
  expect(services.map(({ lines }) => lines.length)).toEqual(before)
})
