// A stand-in for AWS KMS on loopback: Encrypt and Decrypt of one symmetric key in the real JSON protocol, encryption context included.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { type AwsJsonAnswer, type AwsJsonServer, startAwsJson } from '../aws-json.ts'

export interface KmsStandIn extends AwsJsonServer {
  /** ARN of the key. */
  readonly keyArn: string
}

const keyArn = 'arn:aws:kms:ap-northeast-2:000000000000:key/5b3c9a52-7b5e-4a55-9a51-0f1d1c1b2a3e'
/** The most that Encrypt takes. */
const plaintextLimitBytes = 4_096
const [ivBytes, tagBytes] = [12, 16]

const askedSchema = z.object({
  KeyId: z.string().optional(),
  Plaintext: z.base64().default(''),
  CiphertextBlob: z.base64().default(''),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
})

/** Starts the stand-in; its key is new every time. */
export async function startKms(): Promise<KmsStandIn> {
  const secret = randomBytes(32)

  function encrypt(asked: unknown): AwsJsonAnswer {
    const { KeyId, Plaintext, EncryptionContext } = askedSchema.parse(asked)
    if (KeyId !== keyArn) return 'NotFoundException'
    const plaintext = Buffer.from(Plaintext, 'base64')
    if (plaintext.length === 0 || plaintext.length > plaintextLimitBytes) return 'ValidationException'
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(contextBytes(EncryptionContext))
    const sealed = Buffer.concat([iv, cipher.update(plaintext), cipher.final()])
    const blob = Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64')
    return { CiphertextBlob: blob, KeyId: keyArn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
  }

  function decrypt(asked: unknown): AwsJsonAnswer {
    const { KeyId, CiphertextBlob, EncryptionContext } = askedSchema.parse(asked)
    if (KeyId !== undefined && KeyId !== keyArn) return 'IncorrectKeyException'
    const blob = Buffer.from(CiphertextBlob, 'base64')
    try {
      const decipher = createDecipheriv('aes-256-gcm', secret, blob.subarray(0, ivBytes))
        .setAAD(contextBytes(EncryptionContext))
        .setAuthTag(blob.subarray(-tagBytes))
      const opened = Buffer.concat([decipher.update(blob.subarray(ivBytes, -tagBytes)), decipher.final()])
      return { Plaintext: opened.toString('base64'), KeyId: keyArn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
    } catch {
      return 'InvalidCiphertextException'
    }
  }

  return { ...(await startAwsJson({ Encrypt: encrypt, Decrypt: decrypt })), keyArn }
}

/** The context in one form, whatever the order in which it was written. */
function contextBytes(context: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}
