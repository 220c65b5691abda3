// What a new environment answers before the service behind it is loaded, and how it is loaded.
import { EventEmitter } from 'node:events'
import type { LambdaFunctionURLEvent } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { createHandler, type Service, whole } from '../../src/http/front-door.ts'
import { HandMadeClock } from '../support/hand-made-clock.ts'
import { quietLog } from '../support/quiet-log.ts'

const tokenRules = { issuer: 'https://issuer.example/pool', clientId: 'client' }
const clock = new HandMadeClock()
const config = { isLocal: false, allowedOrigins: [], tokenRules, clock }
const behind: Service = { answer: async () => whole({ status: 200, body: 'from behind' }), log: quietLog }

function token(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
  const parts = [
    { alg: 'RS256', ...header },
    { iss: tokenRules.issuer, aud: tokenRules.clientId, exp: 60, ...claims },
  ]
  return [...parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), 'signature'].join('.')
}

/** A function, how often it loaded the service, and what it answers. */
function door(load: () => Promise<Service> = async () => behind) {
  let loads = 0
  const handle = createHandler(config, () => {
    loads += 1
    return load()
  })
  async function ask(method: string, path: string, sent?: string) {
    const event = {
      rawPath: path,
      rawQueryString: 'locale=en',
      headers: sent === undefined ? {} : { 'x-custom-auth-token': `Bearer ${sent}` },
      requestContext: { requestId: 'r', http: { method } },
    } as unknown as LambdaFunctionURLEvent
    let [status, body] = [0, '']
    const open = (head: { statusCode: number }) => {
      status = head.statusCode
      return Object.assign(new EventEmitter(), {
        write: (text: string) => ((body += text), true),
        end: () => undefined,
      })
    }
    await handle(event, open, { getRemainingTimeInMillis: () => 900_000 })
    return { status, body }
  }
  return { ask, loads: () => loads }
}

describe('the front door', () => {
  it.each([
    ['a preflight', 'OPTIONS', '/generate', undefined, 200],
    ['health', 'GET', '/health', undefined, 200],
    ['a wrong method for it', 'POST', '/health', undefined, 405],
    ['no token', 'GET', '/generate', undefined, 401],
    ['a word for a token', 'GET', '/generate', 'token', 401],
    ['a token of another kind', 'GET', '/generate', token({}, { alg: 'none' }), 401],
    ['a token that is over', 'GET', '/generate', token({ exp: -11 }), 401],
    ['a token that never ends', 'GET', '/generate', token({ exp: undefined }), 401],
    ['a token of another issuer', 'GET', '/generate', token({ iss: 'https://issuer.example/other' }), 401],
    ['a token of another client', 'GET', '/generate', token({ aud: 'other' }), 401],
    ['a token longer than any', 'GET', '/generate', token({ more: 'x'.repeat(9_000) }), 401],
  ])('answers %s without loading anything', async (_what, method, path, sent, status) => {
    const { ask, loads } = door()
    expect((await ask(method, path, sent)).status).toBe(status)
    expect(loads()).toBe(0)
  })

  it('says which tokens are over, and only of those', async () => {
    const { ask } = door()
    expect((await ask('GET', '/me', token({ exp: -11 }))).body).toContain('has expired')
    expect((await ask('GET', '/me', token({ aud: 'other' }))).body).toContain('is not accepted')
  })

  it('leaves to the service what only a signature can tell, an access token too', async () => {
    const { ask, loads } = door()
    const access = token({ aud: undefined, client_id: tokenRules.clientId, exp: -9 })
    for (const sent of [token(), access]) expect(await ask('GET', '/me', sent)).toMatchObject({ status: 200 })
    await Promise.all([ask('GET', '/me', access), ask('DELETE', '/session')])
    expect(loads()).toBe(1)
  })

  it('loads the service anew when that failed, and says nothing of why', async () => {
    let isBroken = true
    const { ask, loads } = door(async () => {
      if (isBroken) throw new Error('TABLE_NAME is missing')
      return behind
    })
    const first = await ask('GET', '/me', token())
    expect(first.status).toBe(500)
    expect(first.body).not.toContain('TABLE_NAME')
    isBroken = false
    expect((await ask('GET', '/me', token())).status).toBe(200)
    expect(loads()).toBe(2)
  })
})
