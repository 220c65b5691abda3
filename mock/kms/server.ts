// A stand-in for AWS KMS on loopback: Encrypt and Decrypt of one symmetric key in the real JSON protocol, encryption context included.
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { loopbackUrl } from '../loopback.ts'

/** What goes wrong instead of an answer: the service's own error, or nobody there. */
type KmsFault = 'KMSInternalException' | 'DisabledException' | 'disconnected'

export interface KmsStandIn {
  readonly endpoint: string
  /** ARN of the key. */
  readonly keyArn: string
  /** Names of the operations that were asked for. */
  readonly requests: readonly string[]
  setFault(fault: KmsFault | undefined): void
  close(): Promise<void>
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
type Asked = z.infer<typeof askedSchema>

/** Starts the stand-in; its key is new every time. */
export async function startKms(): Promise<KmsStandIn> {
  const secret = randomBytes(32)
  const requests: string[] = []
  let fault: KmsFault | undefined

  /** The answer, or the name of an error. */
  function encrypt({ KeyId, Plaintext, EncryptionContext }: Asked): object | string {
    if (KeyId !== keyArn) return 'NotFoundException'
    const plaintext = Buffer.from(Plaintext, 'base64')
    if (plaintext.length === 0 || plaintext.length > plaintextLimitBytes) return 'ValidationException'
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(contextBytes(EncryptionContext))
    const sealed = Buffer.concat([iv, cipher.update(plaintext), cipher.final()])
    const blob = Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64')
    return { CiphertextBlob: blob, KeyId: keyArn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
  }

  function decrypt({ KeyId, CiphertextBlob, EncryptionContext }: Asked): object | string {
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

  const operations: Readonly<Record<string, (asked: Asked) => object | string>> = { Encrypt: encrypt, Decrypt: decrypt }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).replace('TrentService.', '')
    const asked = askedSchema.safeParse(JSON.parse(await text(request))).data
    requests.push(operation)
    if (fault === 'disconnected') {
      response.destroy()
      return
    }
    const answered = asked === undefined ? 'ValidationException' : operations[operation]?.(asked)
    const result = fault ?? answered ?? 'UnknownOperationException'
    const isFault = typeof result === 'string'
    const faultStatus = result === 'KMSInternalException' ? 500 : 400
    response.writeHead(isFault ? faultStatus : 200, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
    })
    response.end(JSON.stringify(isFault ? { __type: result, message: result } : result))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: loopbackUrl(server),
    keyArn,
    requests,
    setFault(other) {
      fault = other
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** The context in one form, whatever the order in which it was written. */
function contextBytes(context: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}
