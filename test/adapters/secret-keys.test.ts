// The house keys in a secret: on the wire protocol of Secrets Manager, rotated and away.
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SecretsManagerStandIn, startSecretsManager } from '../../mock/secrets-manager/server.ts'
import { SecretKeys } from '../../src/adapters/secret-keys.ts'
import type { Log } from '../../src/ports.ts'
import { HandMadeClock } from '../support/hand-made-clock.ts'
import { quietLog } from '../support/quiet-log.ts'

let secrets: SecretsManagerStandIn
let logged: string[] = []
const log: Log = { ...quietLog, error: (message, fields) => void logged.push(`${message} ${JSON.stringify(fields)}`) }

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  secrets = await startSecretsManager('')
})
afterEach(() => {
  secrets.setFault(undefined)
  logged = []
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await secrets.close()
})

function opened(clock = new HandMadeClock()): SecretKeys {
  const { secretArn: arn, endpoint } = secrets
  return new SecretKeys({ arn, endpoint, region: 'ap-northeast-2', clock, log })
}
/** The key that would be used now. */
async function keyOf(keys: SecretKeys): Promise<unknown> {
  const choice = (await keys.pool()).choose(0, new Set())
  return 'key' in choice ? choice.key : choice.kind
}

describe('the house key in a secret', () => {
  it.each([
    ['one', 'AIza-one', 1],
    ['several', ' AIza-one , AIza-two,', 2],
    ['made as key and value', '{ "GOOGLE_AI_API_KEY": "AIza-one,AIza-two" }', 2],
  ])('may be %s', async (_what, text, size) => {
    secrets.rotate(text)
    const pool = await opened().pool()
    expect(pool.size).toBe(size)
    expect(pool.choose(0, new Set())).toMatchObject({ key: 'AIza-one' })
  })

  it('is read once for all who ask at once', async () => {
    secrets.rotate('AIza-one')
    const before = secrets.requests.length
    const keys = opened()
    await Promise.all([keys.pool(), keys.pool(), keys.pool()])
    await keys.pool()
    expect(secrets.requests.slice(before)).toEqual(['GetSecretValue'])
  })

  it('is another one five minutes after it was rotated, without a deployment', async () => {
    secrets.rotate('AIza-old')
    const clock = new HandMadeClock()
    const keys = opened(clock)
    expect(await keyOf(keys)).toBe('AIza-old')
    secrets.rotate('AIza-new')
    expect(await keyOf(keys)).toBe('AIza-old')
    await clock.goOn(5 * 60_000)
    expect(await keyOf(keys)).toBe('AIza-new')
  })

  it('is asked for again at once when the provider takes it no more', async () => {
    secrets.rotate('AIza-old')
    const keys = opened()
    await keys.pool()
    secrets.rotate('AIza-new')
    keys.doubt()
    expect(await keyOf(keys)).toBe('AIza-new')
  })

  it('keeps what is known of the keys while they are the same', async () => {
    secrets.rotate('AIza-one')
    const clock = new HandMadeClock()
    const keys = opened(clock)
    const pool = await keys.pool()
    await clock.goOn(6 * 60_000)
    expect(await keys.pool()).toBe(pool)
  })

  it('is used on while the service is away, and nothing of it is said', async () => {
    secrets.rotate('AIza-one')
    const clock = new HandMadeClock()
    const keys = opened(clock)
    await keys.pool()
    secrets.setFault('ResourceNotFoundException')
    await clock.goOn(6 * 60_000)
    expect(await keyOf(keys)).toBe('AIza-one')
    expect(logged).toEqual(['the model key cannot be read {"error":"ResourceNotFoundException"}'])
  })

  it.each([
    ['the service is away', 'disconnected', 'AIza-one'],
    ['nobody may read it', 'AccessDeniedException', 'AIza-one'],
    ['it is JSON of another kind', undefined, '{ "key": "AIza-one" }'],
    ['it is broken JSON', undefined, '{ "GOOGLE_AI_API_KEY": "AIza-one"'],
  ])('is none when %s, which shows nothing of it', async (_why, fault, text) => {
    secrets.rotate(text)
    secrets.setFault(fault)
    const error: unknown = await opened()
      .pool()
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'model-unavailable' })
    expect(`${inspect(error, { depth: 9 })} ${logged.join('')}`).not.toContain('AIza')
  })
})
