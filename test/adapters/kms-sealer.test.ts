// Callers' own keys in a sealed form: on the wire protocol of the key service, and what fails with it.
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type KmsStandIn, startKms } from '../../mock/kms/server.ts'
import { createKmsSealer } from '../../src/adapters/kms-sealer.ts'
import type { KeySealer, Log } from '../../src/ports.ts'
import { quietLog } from '../support/quiet-log.ts'

const key = 'AIza-a-key-of-somebody'
const region = 'ap-northeast-2'

let kms: KmsStandIn
let sealer: KeySealer
let logged: string[] = []
const log: Log = { ...quietLog, warn: (message, fields) => void logged.push(`${message} ${JSON.stringify(fields)}`) }

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  kms = await startKms()
  sealer = createKmsSealer({ keyId: kms.keyArn, endpoint: kms.endpoint, region, log })
})
afterEach(() => {
  kms.setFault(undefined)
  logged = []
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await kms.close()
})

describe('a sealed key', () => {
  it('is opened for its own run, and shows nothing of the key', async () => {
    const sealed = await sealer.seal(key, 'run-1')
    expect(Buffer.from(sealed).toString('latin1')).not.toContain(key.slice(0, 6))
    expect(await sealer.open(sealed, 'run-1')).toBe(key)
  })

  it('is not opened for another run, nor when a bit of it is another one', async () => {
    const sealed = await sealer.seal(key, 'run-1')
    const changed = Uint8Array.from(sealed, (byte, index) => (index === 20 ? byte ^ 1 : byte))
    await expect(sealer.open(sealed, 'run-2')).rejects.toMatchObject({ code: 'sealing-unavailable' })
    await expect(sealer.open(changed, 'run-1')).rejects.toMatchObject({ code: 'sealing-unavailable' })
  })

  it.each(['KMSInternalException', 'DisabledException', 'disconnected'] as const)(
    'cannot be made while the service answers %s, which says nothing of the key',
    async (fault) => {
      kms.setFault(fault)
      const error: unknown = await sealer.seal(key, 'run-1').catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'sealing-unavailable' })
      expect(logged).toHaveLength(1)
      expect(`${inspect(error, { depth: 9 })} ${logged.join('')}`).not.toContain(key)
    },
  )
})
