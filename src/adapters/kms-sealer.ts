// Seals callers' own keys with a key of AWS KMS, which no function can read: what is stored is of no use without the right to decrypt.
import type { KMSClient } from '@aws-sdk/client-kms'
import { AppError } from '../errors.ts'
import type { KeySealer, Log } from '../ports.ts'
import { smallCalls } from './small-calls.ts'

export interface KmsSealerOptions {
  /** Id, ARN or alias of a symmetric key. */
  readonly keyId: string
  /** Instead of the region's own endpoint. */
  readonly endpoint?: string | undefined
  readonly region: string
  readonly log: Log
}

/** Opens the sealer. The SDK is loaded, and something is sent, at the first call. */
export function createKmsSealer({ keyId, endpoint, region, log }: KmsSealerOptions): KeySealer {
  let opened: KMSClient | undefined
  async function kms() {
    const { DecryptCommand, EncryptCommand, KMSClient } = await import('./kms.ts')
    opened ??= new KMSClient(smallCalls({ region, endpoint }))
    return { client: opened, DecryptCommand, EncryptCommand }
  }

  /** Neither the key nor what the service says about it goes any further than the kind of the error. */
  async function answer<T>(operation: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send()
    } catch (error) {
      log.warn('key service failed', { operation, error: error instanceof Error ? error.name : 'unknown' })
      throw new AppError('sealing-unavailable', 'A key could not be sealed or opened.')
    }
  }

  return {
    seal: (key, problemId) =>
      answer('seal', async () => {
        const { client, EncryptCommand } = await kms()
        const { CiphertextBlob: sealed } = await client.send(
          new EncryptCommand({
            KeyId: keyId,
            Plaintext: Buffer.from(key, 'utf8'),
            // Additional authenticated data: opening needs the same (KMS Developer Guide, "Encryption context").
            EncryptionContext: { problemId },
          }),
        )
        if (sealed === undefined) throw new TypeError('no ciphertext')
        return sealed
      }),
    open: (sealed, problemId) =>
      answer('open', async () => {
        const { client, DecryptCommand } = await kms()
        const { Plaintext: key } = await client.send(
          new DecryptCommand({ KeyId: keyId, CiphertextBlob: sealed, EncryptionContext: { problemId } }),
        )
        if (key === undefined) throw new TypeError('no plaintext')
        return Buffer.from(key).toString('utf8')
      }),
  }
}
