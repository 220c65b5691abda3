// What a deployment is tried with (infra/delivery/smoke-test.sh), tried on the service itself.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request as forward } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { makeIssuerKey, signToken, standInClientId, standInIssuer } from '../../mock/issuer/key.ts'
import { startIssuer } from '../../mock/issuer/server.ts'
import { startService } from '../support/service.ts'

it('the smoke test of a deployment passes on a service that is whole', async () => {
  const key = await makeIssuerKey()
  const issuer = await startIssuer({ keys: [key] })
  const users = { COGNITO_ISSUER_URL: standInIssuer, COGNITO_APP_CLIENT_ID: standInClientId }
  // A deployed stage takes no token of a stand-in, the local stage asks for none: each answers what it can.
  const [deployed, local] = await Promise.all([
    startService({
      env: { STAGE: 'dev', ...users, COGNITO_ISSUER_URL: 'https://cognito-idp.ap-northeast-2.amazonaws.com/pool' },
    }),
    startService({ env: { ...users, COGNITO_JWKS_URL: issuer.jwksUrl } }),
  ])
  const front = createServer((request, response) => {
    const { url } = request.headers['x-custom-auth-token'] === undefined ? deployed : local
    const { method = 'GET', headers } = request
    forward(`${url}${request.url ?? ''}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    }).end()
  }).listen(0, '127.0.0.1')
  await once(front, 'listening')
  const address = front.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')

  const folder = await mkdtemp(path.join(tmpdir(), 'alpaco-smoke-'))
  const header = path.join(folder, 'header')
  const now = Math.floor(Date.now() / 1_000)
  const token = await signToken(key, 'smoke', { issuedAtSeconds: now, lifetimeSeconds: 600 })
  await writeFile(header, `X-Custom-Auth-Token: Bearer ${token}\n`)
  const child = spawn('sh', ['infra/delivery/smoke-test.sh', `http://127.0.0.1:${address.port}`, header], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<unknown[]>,
  ])
  expect(stdout + stderr).toBe('✓ health\n✓ preflight\n✓ no token, no problem\n✓ a stream\n✓ a problem\n')
  expect(status).toBe(0)

  front.close()
  await Promise.all([deployed.close(), local.close(), issuer.close(), rm(folder, { recursive: true })])
})
